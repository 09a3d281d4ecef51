//! Frame numbers: which ought to be there, and how they are written.
//!
//! These look at frames only: numbers in the names of other files may mean anything.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::case::Case;
use crate::format::path::base_name;
use crate::format::sequence::{Clash, Sequence, clashes};
use crate::job::preflight::view::View;
use crate::job::preflight::wording::{self, Run, counted, number, quoted};

/// Frame numbers that are not there between the first and the last.
pub(super) fn gap(case: &mut Case<'_>) {
    let view = case.view;
    for (index, sequence) in view.frame_sequences().filter(|(index, _)| !view.are_islands(*index)) {
        let missing = gaps(sequence);
        if !missing.is_empty() {
            let message = case.missing(&missing);
            case.sequence(index, message);
        }
    }
}

/// Gaps that are meant.
pub(super) fn islands(case: &mut Case<'_>) {
    let view = case.view;
    for (index, sequence) in view.frame_sequences().filter(|(index, _)| view.are_islands(*index)) {
        let missing = gaps(sequence);
        if !missing.is_empty() {
            let message = format!(
                "{} islands; the gaps between them, {}, are taken as meant",
                number(missing.len() as u64 + 1),
                frames_in(&missing),
            );
            case.sequence(index, message);
        }
    }
}

/// Frames before the first and behind the last, and frames outside of what was told.
pub(super) fn extent(case: &mut Case<'_>) {
    let view = case.view;
    let Some(expected) = &view.delivery.expected else { return };
    if view.frame_sequences().next().is_none() {
        let told = case.frames(&[(*expected.start(), *expected.end())]);
        return case
            .place("", format!("no sequence of frames, and these ought to be there: {told}"));
    }
    for (index, sequence) in view.frame_sequences() {
        let mut parts = Vec::new();
        if !view.are_islands(index) {
            let ends = ends(sequence, expected);
            if !ends.is_empty() {
                parts.push(case.missing(&ends));
            }
        }
        let outside = outside(sequence, expected);
        if !outside.is_empty() {
            let count = frames_in(&outside);
            let (first, last) = (expected.start(), expected.end());
            parts.push(format!("{count} outside {first}-{last}: {}", case.frames(&outside)));
        }
        if !parts.is_empty() {
            case.sequence(index, parts.join("; "));
        }
    }
}

impl Case<'_> {
    fn missing(&self, runs: &[Run]) -> String {
        format!("missing {}: {}", frames_in(runs), self.frames(runs))
    }
}

/// `1 frame`, `12 frames`.
fn frames_in(runs: &[Run]) -> String {
    let count = usize::try_from(wording::count(runs)).unwrap_or(usize::MAX);
    counted(count, "frame", "frames")
}

/// What lies between frames that are there.
fn gaps(sequence: &Sequence) -> Vec<Run> {
    let pairs = sequence.frames.windows(2);
    pairs.filter_map(|pair| between(pair[0].number, pair[1].number)).collect()
}

fn between(before: i64, behind: i64) -> Option<Run> {
    let (first, last) = (before.checked_add(1)?, behind.checked_sub(1)?);
    (first <= last).then_some((first, last))
}

/// What of `expected` lies before the first frame or behind the last.
fn ends(sequence: &Sequence, expected: &RangeInclusive<i64>) -> Vec<Run> {
    let (start, end) = (*expected.start(), *expected.end());
    let head = sequence.first().checked_sub(1).map(|last| (start, last.min(end)));
    let tail = sequence.last().checked_add(1).map(|first| (first.max(start), end));
    let parts = head.into_iter().chain(tail);
    let mut runs: Vec<_> = parts.filter(|(first, last)| first <= last).collect();
    // Where the sequence lies wholly to one side, that side is all of it.
    runs.dedup();
    runs
}

fn outside(sequence: &Sequence, expected: &RangeInclusive<i64>) -> Vec<Run> {
    let numbers = sequence.frames.iter().map(|frame| frame.number);
    wording::runs(numbers.filter(|number| !expected.contains(number)))
}

/// One name with frame numbers of more than one width.
pub(super) fn padding(case: &mut Case<'_>) {
    let view = case.view;
    for clash in clashes(view.delivery.groups) {
        if let Clash::MixedPadding { a, b } = clash
            && view.are_frames(a)
        {
            let message = format!(
                "frame numbers are written in two ways: {}, and {} as {}",
                frames_of(view, b),
                frames_of(view, a),
                quoted(base_name(&view.path_of(a))),
            );
            case.sequence(b, message);
        }
    }
}

fn frames_of(view: &View<'_>, sequence: usize) -> String {
    let frames = view.sequences().get(sequence).map_or(0, |it| it.frames.len());
    counted(frames, "frame", "frames")
}

/// One frame number in two files.
pub(super) fn duplicate_frame(case: &mut Case<'_>) {
    let view = case.view;
    let mut twice: BTreeMap<(usize, usize), Vec<i64>> = BTreeMap::new();
    for clash in clashes(view.delivery.groups) {
        if let Clash::DuplicateFrame { number, sequences } = clash {
            twice.entry(sequences).or_default().push(number);
        }
    }
    for ((a, b), mut numbers) in twice.into_iter().filter(|((a, _), _)| view.are_frames(*a)) {
        numbers.sort_unstable();
        let message = format!(
            "{} also in {}: {}",
            counted(numbers.len(), "frame is", "frames are"),
            quoted(base_name(&view.path_of(a))),
            case.frames(&wording::runs(numbers)),
        );
        case.sequence(b, message);
    }
}

/// Frame numbers below zero.
pub(super) fn negative(case: &mut Case<'_>) {
    for (index, sequence) in case.view.frame_sequences() {
        let numbers = sequence.frames.iter().map(|frame| frame.number);
        let negative = wording::runs(numbers.filter(|number| *number < 0));
        if !negative.is_empty() {
            let count = frames_in(&negative);
            case.sequence(index, format!("{count} below zero: {}", case.frames(&negative)));
        }
    }
}
