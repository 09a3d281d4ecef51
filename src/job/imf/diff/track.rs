//! What changed along a virtual track.

use std::collections::HashSet;

use super::timeline::{Clock, Key, Piece, cut, join};
use super::{Change, Kind, Span, Timeline, Version, What, align, stretch, what};
use crate::format::imf::{Rational, Uuid};

/// Pieces that a message names.
const NAMED: usize = 3;

type Pair<'a> = (Option<&'a Timeline<'a>>, Option<&'a Timeline<'a>>);

/// Which tracks are versions of each other: those of one id; then those of one kind and language, or that share
/// a file, in their order; then what is left of the picture. The others were removed or added.
pub(super) fn pairs<'a>(a: &'a [Timeline<'a>], b: &'a [Timeline<'a>]) -> Vec<Pair<'a>> {
    let mut left: Vec<&Timeline<'_>> = b.iter().collect();
    let mut pairs: Vec<Pair<'a>> = a.iter().map(|one| (Some(one), None)).collect();
    let same_id = |a: &Timeline<'_>, b: &Timeline<'_>| a.id.is_some() && a.id == b.id;
    let alike = |a: &Timeline<'_>, b: &Timeline<'_>| {
        a.kind == b.kind && a.languages == b.languages && share(a, b)
    };
    let same_file = |a: &Timeline<'_>, b: &Timeline<'_>| a.kind == b.kind && share(a, b);
    let same_language = |a: &Timeline<'_>, b: &Timeline<'_>| {
        a.kind == b.kind && (a.is_picture() || a.languages == b.languages)
    };
    take(&mut pairs, &mut left, same_id);
    take(&mut pairs, &mut left, alike);
    take(&mut pairs, &mut left, same_file);
    take(&mut pairs, &mut left, same_language);
    pairs.extend(left.into_iter().map(|other| (None, Some(other))));
    pairs
}

fn take<'a>(
    pairs: &mut [Pair<'a>],
    left: &mut Vec<&'a Timeline<'a>>,
    is_one: impl Fn(&Timeline<'_>, &Timeline<'_>) -> bool,
) {
    for pair in pairs.iter_mut().filter(|pair| pair.1.is_none()) {
        let Some(one) = pair.0 else { continue };
        if let Some(index) = left.iter().position(|other| is_one(one, other)) {
            pair.1 = Some(left.remove(index));
        }
    }
}

fn share(a: &Timeline<'_>, b: &Timeline<'_>) -> bool {
    let files: HashSet<Uuid> = a.pieces.iter().filter_map(|piece| piece.key.file).collect();
    b.pieces.iter().any(|piece| piece.key.file.is_some_and(|file| files.contains(&file)))
}

/// A track in both compositions.
struct Both<'a> {
    one: &'a Timeline<'a>,
    other: &'a Timeline<'a>,
    a: Version<'a>,
    b: Version<'a>,
    of_a: Vec<Piece>,
    of_b: Vec<Piece>,
    clocks: (Clock, Clock),
}

/// Indices of pieces that have no match between two that have.
#[derive(Clone, Copy)]
struct Region {
    a: (usize, usize),
    b: (usize, usize),
}

/// What changed, and which stretches did not.
pub(super) fn changes(pair: Pair<'_>, a: Version<'_>, b: Version<'_>) -> (Vec<Change>, Vec<Span>) {
    let (one, other) = match pair {
        (Some(one), Some(other)) => (one, other),
        (Some(one), None) => return (vec![whole(one, What::Removed, a)], vec![]),
        (None, Some(other)) => return (vec![whole(other, What::Added, b)], vec![]),
        (None, None) => return (vec![], vec![]),
    };
    let (of_a, of_b) = cut(&one.pieces, &other.pieces);
    let clocks = (Clock::of(a.1), Clock::of(b.1));
    let both = Both { one, other, a, b, of_a, of_b, clocks };
    let mut changes: Vec<Change> = both.said();
    if !is_same_rate(one.rate, other.rate) {
        return (changes, vec![]);
    }
    let keys = |pieces: &[Piece]| pieces.iter().map(|piece| piece.key.clone()).collect::<Vec<_>>();
    let pairs = align(&keys(&both.of_a), &keys(&both.of_b));
    let regions = regions(&pairs, both.of_a.len(), both.of_b.len());
    changes.extend(regions.into_iter().map(|region| both.resource(region)));
    (changes, pairs.into_iter().map(|pair| both.span(pair)).collect())
}

/// A track that only one composition has.
fn whole(track: &Timeline<'_>, what: What, version: Version<'_>) -> Change {
    let clock = Clock::of(version.1);
    let end = clock.units(track.pieces.last().map_or(0, Piece::end), track.rate);
    let place = Some(stretch(&clock, 0, end));
    let text = Some(name(track));
    let line = Some(version.0.tree.node(track.at).line());
    let change = if what == What::Added {
        Change::of(Kind::Track, what, None, text).at(None, place)
    } else {
        Change::of(Kind::Track, what, text, None).at(place, None)
    };
    let verb = if what == What::Added { "added" } else { "removed" };
    Change {
        message: format!("{} {verb}", name(track)),
        track: Some(track.kind.to_owned()),
        track_id: track.id,
        a_line: line.filter(|_| what == What::Removed),
        b_line: line.filter(|_| what == What::Added),
        ..change
    }
}

/// For people: the kind of a track and its languages.
fn name(track: &Timeline<'_>) -> String {
    if track.languages.is_empty() {
        return track.kind.to_owned();
    }
    format!("{} ({})", track.kind, track.languages.join(", "))
}

fn is_same_rate(one: Option<Rational>, other: Option<Rational>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.equals(other),
        _ => true,
    }
}

/// The stretches between pairs, on either side.
fn regions(pairs: &[(usize, usize)], of_a: usize, of_b: usize) -> Vec<Region> {
    let mut regions = vec![];
    let (mut start_a, mut start_b) = (0, 0);
    for &(a, b) in pairs.iter().chain([&(of_a, of_b)]) {
        if a > start_a || b > start_b {
            regions.push(Region { a: (start_a, a), b: (start_b, b) });
        }
        (start_a, start_b) = (a + 1, b + 1);
    }
    regions
}

impl Both<'_> {
    /// What is said of the whole track: kind, rate and languages.
    fn said(&self) -> Vec<Change> {
        let rate = |track: &Timeline<'_>| track.rate.map_or(String::new(), |rate| rate.to_string());
        let mut said = vec![];
        if self.one.kind != self.other.kind {
            said.push((Kind::Track, "kind", self.one.kind.to_owned(), self.other.kind.to_owned()));
        }
        if !is_same_rate(self.one.rate, self.other.rate) {
            said.push((Kind::Track, "edit rate", rate(self.one), rate(self.other)));
        }
        if self.one.languages != self.other.languages {
            let (one, other) = (&self.one.languages, &self.other.languages);
            said.push((Kind::Language, "language", one.join(", "), other.join(", ")));
        }
        said.into_iter()
            .map(|(kind, name, before, after)| self.say(kind, name, before, after))
            .collect()
    }

    fn say(&self, kind: Kind, name: &str, before: String, after: String) -> Change {
        let message = format!("{}: {name} `{before}` is now `{after}`", self.other.kind);
        let what = what(!before.is_empty(), !after.is_empty());
        let full = |text: String| Some(text).filter(|text| !text.is_empty());
        let change = Change::of(kind, what, full(before), full(after));
        Change {
            name: Some(name.to_owned()),
            a_line: Some(self.a.0.tree.node(self.one.at).line()),
            b_line: Some(self.b.0.tree.node(self.other.at).line()),
            ..self.of_track(change, message)
        }
    }

    fn of_track(&self, change: Change, message: String) -> Change {
        let (track, track_id) = (Some(self.other.kind.to_owned()), self.other.id);
        Change { track, track_id, message, ..change }
    }

    /// Pieces that are not the same.
    fn resource(&self, region: Region) -> Change {
        let (of_a, of_b) = (&self.of_a[region.a.0..region.a.1], &self.of_b[region.b.0..region.b.1]);
        let from = place(&self.clocks.0, &self.of_a, region.a, self.one.rate);
        let to = place(&self.clocks.1, &self.of_b, region.b, self.other.rate);
        let (before, after) = (join(of_a), join(of_b));
        let is_same_cut = before.len() == after.len()
            && before.iter().zip(&after).all(|(a, b)| (a.entry, a.played) == (b.entry, b.played));
        let kind = if is_same_cut { Kind::TrackFile } else { Kind::Resource };
        let what = what(!of_a.is_empty(), !of_b.is_empty());
        let (said, then) = (list(&before), list(&after));
        let track = &self.other.kind;
        let message = match what {
            What::Added => format!("{track}: added at {to}: {then}"),
            What::Removed => format!("{track}: removed {from}: {said}"),
            What::Changed | What::Moved => {
                format!("{track}: {from} is now {to}: {said}; instead {then}")
            }
        };
        let unit = if what == What::Removed { from.start } else { to.start };
        let clock = if what == What::Removed { &self.clocks.0 } else { &self.clocks.1 };
        let full = |text: String| Some(text).filter(|text| !text.is_empty());
        let change = Change::of(kind, what, full(said), full(then));
        let line = |pieces: &[Piece], version: Version<'_>| {
            pieces.first().map(|piece| version.0.tree.node(piece.at).line())
        };
        Change {
            segment: Some(clock.segment(unit)),
            a_line: line(of_a, self.a),
            b_line: line(of_b, self.b),
            ..self.of_track(change.at(Some(from), Some(to)), message)
        }
    }

    fn span(&self, (one, other): (usize, usize)) -> Span {
        let (piece, same) = (&self.of_a[one], &self.of_b[other]);
        Span {
            a: self.clocks.0.units(piece.start, self.one.rate),
            b: self.clocks.1.units(same.start, self.other.rate),
        }
    }
}

/// Where some pieces are; of none, where they would be.
fn place(
    clock: &Clock,
    pieces: &[Piece],
    (first, behind): (usize, usize),
    rate: Option<Rational>,
) -> super::Stretch {
    let edge = |index: usize| match pieces.get(index) {
        Some(piece) => piece.start,
        None => pieces.last().map_or(0, Piece::end),
    };
    stretch(clock, clock.units(edge(first), rate), clock.units(edge(behind), rate))
}

/// The first few pieces, and how many more.
fn list(keys: &[Key]) -> String {
    let mut named: Vec<String> = keys.iter().take(NAMED).map(Key::to_string).collect();
    if keys.len() > NAMED {
        named.push(format!("{} more", keys.len() - NAMED));
    }
    named.join(", ")
}

/// For people: the file, and which edit units of it.
impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.file {
            Some(file) => write!(f, "{file}")?,
            None => f.write_str("a file without an id")?,
        }
        write!(f, " {} to {}", self.entry, self.end())?;
        if self.repeats != 1 {
            write!(f, ", {} times", self.repeats)?;
        }
        Ok(())
    }
}
