//! Names with the same text around their number, and how the number's width parts them.

use super::alike::{Member, Numbered};
use super::name::{Run, base_start, runs};
use super::number::width;
use super::{Frame, Groups, Sequence};

/// Sort names with their number into sequences and singles.
pub(super) fn families(names: &[&str], numbered: Numbered, groups: &mut Groups) {
    let Numbered { run, mut members } = numbered;
    members.sort_unstable();
    for family in members.chunk_by(|left, right| left.family == right.family) {
        let (first, last) = (family[0], family[family.len() - 1]);
        if (first.width, first.number) == (last.width, last.number) {
            groups.singles.extend(family.iter().map(|member| member.index));
            continue;
        }
        let name = names[first.index];
        let run = runs(name).nth(run);
        let sequence = |(padding, frames)| Some(sequence(name, run?, padding, frames));
        groups.sequences.extend(by_padding(family).into_iter().filter_map(sequence));
    }
}

fn sequence(name: &str, run: Run, padding: usize, frames: Vec<Frame>) -> Sequence {
    let base = base_start(name);
    Sequence {
        folder: name[..base.saturating_sub(1)].to_owned(),
        head: name[base..run.start].to_owned(),
        tail: name[run.end..].to_owned(),
        padding,
        frames,
    }
}

/// The sequences of a family, each with its padding.
///
/// A width is joined to the narrower one if its numbers go on from there. Joined numbers without a
/// leading zero are not padded, and one pattern writes all of them: they are one sequence with whatever
/// else of the family is not padded.
fn by_padding(family: &[Member]) -> Vec<(usize, Vec<Frame>)> {
    let mut found: Vec<(usize, Vec<Frame>)> = vec![];
    let mut classes = family.chunk_by(|left, right| left.width == right.width).peekable();
    while let Some(class) = classes.next() {
        let mut frames: Vec<Frame> = class.iter().map(frame).collect();
        let mut widest = class;
        while let Some(wider) = classes.next_if(|wider| continues(widest, wider)) {
            frames.extend(wider.iter().map(frame));
            widest = wider;
        }
        let is_joined = widest[0].width > class[0].width;
        let padding = if is_joined && !is_padded(class) { 1 } else { class[0].width };
        match found.iter_mut().find(|(same, _)| *same == padding) {
            Some((_, all)) => all.extend(frames),
            None => found.push((padding, frames)),
        }
    }
    for (_, frames) in &mut found {
        frames.sort_unstable();
    }
    found
}

fn frame(member: &Member) -> Frame {
    Frame { number: member.number, index: member.index }
}

/// Whether a number has a zero in front.
fn is_padded(class: &[Member]) -> bool {
    class.iter().any(|member| member.width > width(member.number))
}

/// Whether numbers of one more character are what follows the narrower ones, which are at their limit:
/// 9999 and 10000, and below zero -999 and -1000.
fn continues(narrow: &[Member], wider: &[Member]) -> bool {
    let (lowest, highest) = (narrow[0], narrow[narrow.len() - 1]);
    if wider[0].width != highest.width + 1 || is_padded(wider) {
        return false;
    }
    let (below, above) = wider.split_at(wider.partition_point(|member| member.number < 0));
    let above = above.first().map(|member| member.number);
    let below = below.last().map(|member| member.number);
    // Neighbours, the one without a leading zero and the other one character shorter: 9999 and 10000, or
    // -999 and -1000, and no others.
    above.is_none_or(|number| number.checked_sub(1) == Some(highest.number))
        && below.is_none_or(|number| number.checked_add(1) == Some(lowest.number))
}
