//! Numbers, names and runs of frames as messages write them.

use std::fmt::Write as _;

use crate::format::sequence::Rate;

/// Runs that a message names before it says how many more there are: a line stays readable, and what is
/// left out is in the table of files.
const MOST_RUNS: usize = 12;

/// `12,345`.
pub(super) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 frame`, `12,345 frames`: what counts the things is given in both forms.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count as u64), if count == 1 { one } else { many })
}

/// A verb for as many: `1 frame has`, `2 frames have`.
pub(super) fn verb<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

/// A name or value from outside, set apart from the words around it.
pub(super) fn quoted(name: &str) -> String {
    format!("`{name}`")
}

/// `a`, `b` and 3 others.
pub(super) fn some_of(names: &[&str], most: usize) -> String {
    let shown: Vec<_> = names.iter().take(most).map(|name| quoted(name)).collect();
    match names.len().saturating_sub(most) {
        0 => shown.join(", "),
        more => format!("{} and {}", shown.join(", "), counted(more, "other", "others")),
    }
}

/// Numbers in a row, both ends included.
pub(super) type Run = (i64, i64);

/// The runs of numbers that are sorted.
pub(super) fn runs(numbers: impl IntoIterator<Item = i64>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) || *last == number => {
                *last = number;
            }
            _ => runs.push((number, number)),
        }
    }
    runs
}

/// How many numbers are in the runs; the most that can be counted if there are more.
pub(super) fn count(runs: &[Run]) -> u64 {
    runs.iter().fold(0, |sum: u64, (first, last)| {
        sum.saturating_add(first.abs_diff(*last)).saturating_add(1)
    })
}

/// `1004-1010,1015`, or `86404-86410 (01:00:00:04-01:00:00:10), 86415 (01:00:00:15)` if the rate is known.
pub(super) fn frames(runs: &[Run], rate: Option<Rate>) -> String {
    let shown: Vec<_> = runs.iter().take(MOST_RUNS).map(|run| frame_run(*run, rate)).collect();
    let mut out = shown.join(if rate.is_some() { ", " } else { "," });
    if runs.len() > MOST_RUNS {
        let rest = &runs[MOST_RUNS..];
        let more = number(count(rest));
        let _ = write!(out, " and {more} more in {}", counted(rest.len(), "run", "runs"));
    }
    out
}

fn frame_run((first, last): Run, rate: Option<Rate>) -> String {
    let text = if first == last { first.to_string() } else { format!("{first}-{last}") };
    let Some(rate) = rate else { return text };
    let (Some(begin), Some(end)) = (time_code(first, rate), time_code(last, rate)) else {
        return text;
    };
    if first == last { format!("{text} ({begin})") } else { format!("{text} ({begin}-{end})") }
}

/// The time code of a frame number; `None` for a negative one, and from 100 hours on.
fn time_code(frame: i64, rate: Rate) -> Option<String> {
    rate.timecode(frame).map(|code| code.to_string())
}

/// `text` on one line: a name may hold what would break it.
pub(super) fn one_line(text: String) -> String {
    if !text.contains(char::is_control) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if character.is_control() {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}
