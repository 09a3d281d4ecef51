//! How compositions are divided.

use super::timeline::Clock;
use super::{Change, Kind, Version, What, align, stretch, what};
use crate::format::imf::Uuid;
use crate::format::imf::model::{Resource, Segment};
use crate::job::imf::rules::descriptor::file_of;

/// What is taken for the same segment: one of the same id, else one of the same picture.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Id(Uuid),
    Picture(Vec<(Option<Uuid>, u64, Option<u64>)>),
}

/// Segments that were added, removed, split or joined. One for one, it is their tracks that changed.
pub(super) fn changes(a: Version<'_>, b: Version<'_>) -> Vec<Change> {
    let (of_a, of_b) = (&a.1.segments, &b.1.segments);
    let keys = |own: &[Segment], others: &[Segment]| -> Vec<Key> {
        let ids: std::collections::HashSet<Uuid> = others.iter().filter_map(|it| it.id).collect();
        own.iter().map(|segment| key(segment, &ids)).collect()
    };
    let pairs = align(&keys(of_a, of_b), &keys(of_b, of_a));
    let clocks = (Clock::of(a.1), Clock::of(b.1));
    let mut changes = vec![];
    let (mut start_a, mut start_b) = (0, 0);
    for &(end_a, end_b) in pairs.iter().chain([&(of_a.len(), of_b.len())]) {
        if end_a - start_a != end_b - start_b {
            changes.push(change((start_a, end_a), (start_b, end_b), (a, b), &clocks));
        }
        (start_a, start_b) = (end_a + 1, end_b + 1);
    }
    changes
}

fn key(segment: &Segment, others: &std::collections::HashSet<Uuid>) -> Key {
    if let Some(id) = segment.id.filter(|id| others.contains(id)) {
        return Key::Id(id);
    }
    let image = segment.sequences.iter().find(|it| it.kind == "MainImageSequence");
    let resources = image.into_iter().flat_map(|sequence| &sequence.resources);
    let one = |it: &Resource| (file_of(it), it.entry_point.unwrap_or(0), it.duration());
    Key::Picture(resources.map(one).collect())
}

fn change(
    in_a: (usize, usize),
    in_b: (usize, usize),
    (a, b): (Version<'_>, Version<'_>),
    clocks: &(Clock, Clock),
) -> Change {
    let place = |clock: &Clock, (first, behind): (usize, usize)| {
        stretch(clock, clock.segment_start(first), clock.segment_start(behind))
    };
    let (from, to) = (place(&clocks.0, in_a), place(&clocks.1, in_b));
    let what = what(in_a.1 > in_a.0, in_b.1 > in_b.0);
    let (before, after) = (count(in_a), count(in_b));
    let message = match what {
        What::Added => format!("{after} added: {to}"),
        What::Removed => format!("{before} removed: {from}"),
        What::Changed | What::Moved => format!("{before} ({from}) are now {after} ({to})"),
    };
    let line = |version: Version<'_>, (first, behind): (usize, usize)| {
        let segment = version.1.segments.get(first).filter(|_| first < behind);
        segment.map(|segment| version.0.tree.node(segment.at).line())
    };
    Change {
        segment: Some(if what == What::Removed { in_a.0 } else { in_b.0 }),
        a_line: line(a, in_a),
        b_line: line(b, in_b),
        message,
        ..Change::of(Kind::Segment, what, Some(before), Some(after)).at(Some(from), Some(to))
    }
}

fn count((first, behind): (usize, usize)) -> String {
    match behind - first {
        1 => "1 segment".to_owned(),
        count => format!("{count} segments"),
    }
}
