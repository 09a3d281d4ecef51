//! What changed between two compositions, in time code.
//!
//! Each virtual track is laid out as pieces of its track files, cut wherever either composition cuts them, and
//! both lay-outs are aligned: so a shot that was put in is one change, and not all that follows it.

mod align;
mod descriptor;
mod marker;
mod property;
mod segment;
mod timeline;
mod track;

#[cfg(test)]
mod tests;

use serde::Serialize;

use self::align::align;
use self::timeline::{Clock, Span, Timeline, timelines};
use crate::format::imf::model::Composition;
use crate::format::imf::{Document, Uuid};

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// What the composition says of itself.
    Property,
    /// How it is divided.
    Segment,
    /// A whole virtual track.
    Track,
    /// Languages of a virtual track.
    Language,
    /// What is played of which file.
    Resource,
    /// The file alone: the same pieces of another.
    #[serde(rename = "track file")]
    TrackFile,
    /// A mark in time.
    Marker,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// The second has it, the first has not.
    Added,
    /// The first has it, the second has not.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
    /// It is the same, elsewhere.
    Moved,
}

/// A stretch of a composition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Edit units of the composition from its start, rounded down.
    pub start: u64,
    /// Edit units of the composition.
    pub duration: u64,
    /// Its first frame, `HH:MM:SS:FF`, counted from 0 at the rounded edit rate, without drop-frame.
    pub timecode: String,
    /// The frame behind its last.
    pub end_timecode: String,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it is about.
    pub kind: Kind,
    /// What became of it.
    pub what: What,
    /// Kind of the virtual track, such as `MainImageSequence`.
    pub track: Option<String>,
    /// Id of the virtual track in the second; in the first where it was removed.
    pub track_id: Option<Uuid>,
    /// Index of the segment in the second; in the first where it was removed.
    pub segment: Option<usize>,
    /// Where it is in the first; for what was added, where that would be, without a length.
    #[serde(skip)]
    pub from: Option<Stretch>,
    /// The same of the second.
    #[serde(skip)]
    pub to: Option<Stretch>,
    /// Start of [`Change::to`]; of [`Change::from`] where it was removed. So are the three that follow.
    pub start: Option<u64>,
    /// Edit units of the composition.
    pub duration: Option<u64>,
    /// Its first frame.
    pub timecode: Option<String>,
    /// The frame behind its last.
    pub end_timecode: Option<String>,
    /// The element that holds a property, such as `ContentTitle`.
    pub name: Option<String>,
    /// What the first has.
    pub before: Option<String>,
    /// What the second has.
    pub after: Option<String>,
    /// The line of the first document.
    pub a_line: Option<usize>,
    /// The line of the second.
    pub b_line: Option<usize>,
    /// All of it in one line.
    pub message: String,
}

/// A composition and the document that it was read from.
pub type Version<'a> = (&'a Document, &'a Composition);

/// What changed from the first to the second: properties, then all else by kind and in the order of time.
///
/// The cost is that of the pieces that differ: near to linear where compositions are versions of one another.
pub fn diff(a: Version<'_>, b: Version<'_>) -> Vec<Change> {
    let mut changes = property::changes(a, b);
    changes.extend(descriptor::changes(a, b));
    changes.extend(segment::changes(a, b));
    let (of_a, of_b) = (timelines(a), timelines(b));
    let pairs = track::pairs(&of_a, &of_b);
    let mut picture: Option<Vec<Span>> = None;
    for pair in pairs {
        let (found, spans) = track::changes(pair, a, b);
        changes.extend(found);
        if pair.0.is_some_and(Timeline::is_picture) && picture.is_none() {
            picture = Some(spans);
        }
    }
    changes.extend(marker::changes(a, b, picture.as_deref()));
    changes.sort_by_key(|change| (change.kind, change.start));
    changes
}

impl Change {
    /// One without a place in time.
    fn of(kind: Kind, what: What, before: Option<String>, after: Option<String>) -> Self {
        Self {
            kind,
            what,
            track: None,
            track_id: None,
            segment: None,
            from: None,
            to: None,
            start: None,
            duration: None,
            timecode: None,
            end_timecode: None,
            name: None,
            before,
            after,
            a_line: None,
            b_line: None,
            message: String::new(),
        }
    }

    /// Give it a place in both.
    fn at(mut self, from: Option<Stretch>, to: Option<Stretch>) -> Self {
        let place = if self.what == What::Removed { &from } else { &to };
        if let Some(place) = place {
            self.start = Some(place.start);
            self.duration = Some(place.duration);
            self.timecode = Some(place.timecode.clone());
            self.end_timecode = Some(place.end_timecode.clone());
        }
        (self.from, self.to) = (from, to);
        self
    }
}

/// What became of something, by whether the first and the second have it.
fn what(before: bool, after: bool) -> What {
    match (before, after) {
        (false, true) => What::Added,
        (true, false) => What::Removed,
        (true, true) | (false, false) => What::Changed,
    }
}

fn stretch(clock: &Clock, start: u64, end: u64) -> Stretch {
    Stretch {
        start,
        duration: end.saturating_sub(start),
        timecode: clock.timecode(start),
        end_timecode: clock.timecode(end),
    }
}

/// For people: a range of time code, or the point where something would be.
impl std::fmt::Display for Stretch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.duration {
            0 => f.write_str(&self.timecode),
            _ => write!(f, "{} to {}", self.timecode, self.end_timecode),
        }
    }
}
