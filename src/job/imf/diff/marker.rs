//! Marks in time: one that the picture carries along with it did not move.

use std::collections::HashMap;

use super::timeline::Clock;
use super::{Change, Kind, Span, Stretch, Version, What, stretch};
use crate::format::imf::model::{Marker, Source};
use crate::job::imf::rules::segment::length::rate_of;

struct Mark<'a> {
    marker: &'a Marker,
    unit: u64,
}

/// Label and scope.
type Label<'a> = (&'a str, Option<&'a str>);

impl<'a> Mark<'a> {
    fn label(&self) -> Label<'a> {
        (&self.marker.label, self.marker.scope.as_deref())
    }
}

/// Marks that were added, removed or moved; `picture` are its stretches that did not change.
pub(super) fn changes(a: Version<'_>, b: Version<'_>, picture: Option<&[Span]>) -> Vec<Change> {
    let clocks = (Clock::of(a.1), Clock::of(b.1));
    let (of_a, of_b) = (marks(a, &clocks.0), marks(b, &clocks.1));
    let mut open: HashMap<(Label<'_>, u64), Vec<usize>> = HashMap::new();
    for (index, mark) in of_b.iter().enumerate() {
        open.entry((mark.label(), mark.unit)).or_default().push(index);
    }
    let mut is_left = vec![true; of_b.len()];
    let mut gone: Vec<&Mark<'_>> = vec![];
    for mark in &of_a {
        let unit = carried(mark.unit, picture);
        let found = open.get_mut(&(mark.label(), unit)).and_then(Vec::pop);
        match found {
            Some(index) => is_left[index] = false,
            None => gone.push(mark),
        }
    }
    let mut left: HashMap<Label<'_>, Vec<&Mark<'_>>> = HashMap::new();
    for (mark, _) in of_b.iter().zip(is_left).filter(|(_, is_left)| *is_left).rev() {
        left.entry(mark.label()).or_default().push(mark);
    }
    let mut changes: Vec<Change> = vec![];
    for mark in gone {
        let other = left.get_mut(&mark.label()).and_then(Vec::pop);
        changes.push(change(Some(mark), other, (a, b), &clocks));
    }
    for mark in left.into_values().flatten() {
        changes.push(change(None, Some(mark), (a, b), &clocks));
    }
    changes.sort_by(|one, other| (one.start, &one.message).cmp(&(other.start, &other.message)));
    changes
}

/// Where the picture at this edit unit is in the second; where it was replaced, as far behind what was not.
fn carried(unit: u64, picture: Option<&[Span]>) -> u64 {
    let spans = picture.unwrap_or_default();
    let behind = spans.partition_point(|span| span.a <= unit);
    match behind.checked_sub(1).and_then(|index| spans.get(index)) {
        Some(span) => span.b.saturating_add(unit - span.a),
        None => unit,
    }
}

fn marks<'a>((_, composition): Version<'a>, clock: &Clock) -> Vec<Mark<'a>> {
    let mut marks: Vec<Mark<'a>> = vec![];
    for (index, segment) in composition.segments.iter().enumerate() {
        for sequence in &segment.sequences {
            let mut start = clock.segment_start(index);
            for resource in &sequence.resources {
                let rate = rate_of(resource, composition);
                if let Source::Markers(markers) = &resource.source {
                    let entry = resource.entry_point.unwrap_or(0);
                    marks.extend(markers.iter().filter_map(|marker| {
                        let offset = marker.offset?.checked_sub(entry)?;
                        Some(Mark { marker, unit: start.saturating_add(clock.units(offset, rate)) })
                    }));
                }
                start = start.saturating_add(clock.units(resource.duration().unwrap_or(0), rate));
            }
        }
    }
    marks
}

fn change(
    one: Option<&Mark<'_>>,
    other: Option<&Mark<'_>>,
    (a, b): (Version<'_>, Version<'_>),
    clocks: &(Clock, Clock),
) -> Change {
    let place = |mark: Option<&Mark<'_>>, clock: &Clock| -> Option<Stretch> {
        mark.map(|mark| stretch(clock, mark.unit, mark.unit))
    };
    let (from, to) = (place(one, &clocks.0), place(other, &clocks.1));
    let label = one.or(other).map_or("", |mark| mark.marker.label.as_str());
    let (what, message) = match (&from, &to) {
        (Some(from), Some(to)) => {
            (What::Moved, format!("marker {label} moved from {from} to {to}"))
        }
        (Some(from), None) => (What::Removed, format!("marker {label} removed at {from}")),
        (None, Some(to)) => (What::Added, format!("marker {label} added at {to}")),
        (None, None) => (What::Changed, String::new()),
    };
    let text = |place: &Option<Stretch>| place.as_ref().map(Stretch::to_string);
    let line = |mark: Option<&Mark<'_>>, version: Version<'_>| {
        mark.map(|mark| version.0.tree.node(mark.marker.at).line())
    };
    let clock = if what == What::Removed { &clocks.0 } else { &clocks.1 };
    let unit = from.as_ref().filter(|_| what == What::Removed).or(to.as_ref()).map(|it| it.start);
    Change {
        track: Some("MarkerSequence".to_owned()),
        segment: unit.map(|unit| clock.segment(unit)),
        name: Some(label.to_owned()),
        a_line: line(one, a),
        b_line: line(other, b),
        message,
        ..Change::of(Kind::Marker, what, text(&from), text(&to)).at(from, to)
    }
}
