//! Virtual tracks as pieces of their files, one behind the other.

use std::collections::{BTreeSet, HashMap};

use super::Version;
use crate::format::imf::model::{Composition, Resource, Source};
use crate::format::imf::{Rational, Uuid};
use crate::format::xml::NodeId;
use crate::job::imf::rules::descriptor::{Descriptor, encoding_of};
use crate::job::imf::rules::segment::length::{Length, rate_of, segment_length};

/// Pieces that a track may come to when it is cut; beyond that it is compared as it is written. A composition of
/// 10,000 resources has 20,000 after two hundred edits.
const MAX_PIECES: usize = 300_000;

/// Repeats that are laid out one by one.
const MAX_REPEATS: u64 = 64;

/// What is played: of which file, from where, how long, and how often if that is not laid out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) file: Option<Uuid>,
    pub(super) entry: u64,
    pub(super) played: u64,
    pub(super) repeats: u64,
}

/// A piece of a track.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) key: Key,
    /// Edit units of the track before it.
    pub(super) start: u64,
    /// The resource.
    pub(super) at: NodeId,
}

/// A virtual track.
#[derive(Debug)]
pub(super) struct Timeline<'a> {
    pub(super) id: Option<Uuid>,
    pub(super) kind: &'a str,
    pub(super) at: NodeId,
    /// That of its first resource.
    pub(super) rate: Option<Rational>,
    pub(super) languages: Vec<String>,
    pub(super) pieces: Vec<Piece>,
}

/// Where equal stretches of two pictures begin, in edit units of the composition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) a: u64,
    pub(super) b: u64,
}

/// How a composition counts.
pub(super) struct Clock {
    rate: Option<Rational>,
    /// Edit units before each segment, and behind the last.
    segments: Vec<u64>,
}

impl Clock {
    /// That of a composition.
    pub(super) fn of(composition: &Composition) -> Self {
        let mut segments = vec![0_u64];
        for segment in &composition.segments {
            let before = segments.last().copied().unwrap_or(0);
            let length = segment_length(segment, composition).unwrap_or(0);
            segments.push(before.saturating_add(length));
        }
        Self { rate: composition.edit_rate, segments }
    }

    /// Edit units of a track in those of the composition, rounded down.
    pub(super) fn units(&self, units: u64, rate: Option<Rational>) -> u64 {
        let length = self.rate.zip(rate).and_then(|(into, rate)| Length::new(units, rate, into));
        length.and_then(Length::whole).unwrap_or(units)
    }

    /// Edit units before a segment.
    pub(super) fn segment_start(&self, index: usize) -> u64 {
        self.segments.get(index).or(self.segments.last()).copied().unwrap_or(0)
    }

    /// The segment that an edit unit lies in.
    pub(super) fn segment(&self, unit: u64) -> usize {
        let behind = self.segments.partition_point(|start| *start <= unit);
        behind.saturating_sub(1).min(self.segments.len().saturating_sub(2))
    }

    /// `HH:MM:SS:FF` at the rounded rate.
    pub(super) fn timecode(&self, unit: u64) -> String {
        let rate = self.rate.unwrap_or(Rational { numerator: 1, denominator: 1 });
        let (above, below) = (u128::from(rate.numerator), u128::from(rate.denominator));
        let frames = u64::try_from((above + below / 2) / below).unwrap_or(1).max(1);
        let (seconds, frame) = (unit / frames, unit % frames);
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        format!("{hours:02}:{minutes:02}:{:02}:{frame:02}", seconds % 60)
    }
}

impl Timeline<'_> {
    /// Whether it is the main picture.
    pub(super) fn is_picture(&self) -> bool {
        self.kind == "MainImageSequence"
    }
}

/// The tracks of a composition, but for markers, in the order of first sight.
pub(super) fn timelines(version: Version<'_>) -> Vec<Timeline<'_>> {
    let (document, composition) = version;
    let descriptors = Descriptor::all(document, composition);
    let mut found: Vec<Timeline<'_>> = vec![];
    let mut index: HashMap<Option<Uuid>, usize> = HashMap::new();
    let sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    for sequence in sequences.filter(|sequence| sequence.kind != "MarkerSequence") {
        let at = *index.entry(sequence.track_id).or_insert(found.len());
        if at == found.len() {
            found.push(Timeline {
                id: sequence.track_id,
                kind: &sequence.kind,
                at: sequence.at,
                rate: sequence.resources.first().and_then(|first| rate_of(first, composition)),
                languages: vec![],
                pieces: vec![],
            });
        }
        for resource in &sequence.resources {
            lay_out(&mut found[at].pieces, resource);
            let descriptor = encoding_of(resource).and_then(|id| descriptors.get(&id));
            add(&mut found[at].languages, descriptor);
        }
    }
    found
}

/// Tags are few, and most resources of a track have the same.
fn add(languages: &mut Vec<String>, descriptor: Option<&Descriptor<'_>>) {
    for tag in descriptor.map(|it| it.languages()).unwrap_or_default() {
        if !languages.contains(&tag) {
            languages.push(tag);
        }
    }
}

fn lay_out(pieces: &mut Vec<Piece>, resource: &Resource) {
    let Source::TrackFile { file, .. } = &resource.source else { return };
    let Some(played) = resource.played() else { return };
    let repeats = resource.repeat_count.unwrap_or(1);
    let (times, repeats) = if repeats <= MAX_REPEATS { (repeats, 1) } else { (1, repeats) };
    let entry = resource.entry_point.unwrap_or(0);
    for _ in 0..times {
        let start = pieces.last().map_or(0, Piece::end);
        let key = Key { file: *file, entry, played, repeats };
        pieces.push(Piece { key, start, at: resource.at });
    }
}

impl Key {
    /// The edit unit of the file behind the last.
    pub(super) fn end(&self) -> u64 {
        self.entry.saturating_add(self.played)
    }
}

impl Piece {
    /// The edit unit of the track behind the last.
    pub(super) fn end(&self) -> u64 {
        self.start.saturating_add(self.key.played.saturating_mul(self.key.repeats))
    }
}

/// Both tracks, cut wherever either of them cuts a file.
pub(super) fn cut(a: &[Piece], b: &[Piece]) -> (Vec<Piece>, Vec<Piece>) {
    let mut cuts: HashMap<Option<Uuid>, BTreeSet<u64>> = HashMap::new();
    for piece in a.iter().chain(b).filter(|piece| piece.key.repeats == 1) {
        cuts.entry(piece.key.file).or_default().extend([piece.key.entry, piece.key.end()]);
    }
    match (cut_one(a, &cuts), cut_one(b, &cuts)) {
        (Some(a), Some(b)) => (a, b),
        _ => (a.to_vec(), b.to_vec()),
    }
}

fn cut_one(pieces: &[Piece], cuts: &HashMap<Option<Uuid>, BTreeSet<u64>>) -> Option<Vec<Piece>> {
    let mut found: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let Key { file, entry, repeats, .. } = piece.key;
        let all = cuts.get(&file).filter(|_| repeats == 1);
        let inner = all.into_iter().flat_map(|cuts| cuts.range(entry..piece.key.end()));
        let mut from = entry;
        for cut in inner.copied().filter(|cut| *cut > entry).chain([piece.key.end()]) {
            let key = Key { file, entry: from, played: cut - from, repeats };
            found.push(Piece { key, start: piece.start + (from - entry), at: piece.at });
            from = cut;
        }
        if found.len() > MAX_PIECES {
            return None;
        }
    }
    Some(found)
}

/// Neighbours that play on in one file, as one.
pub(super) fn join(pieces: &[Piece]) -> Vec<Key> {
    let mut joined: Vec<Key> = vec![];
    for Piece { key, .. } in pieces {
        match joined.last_mut() {
            Some(last)
                if last.file == key.file
                    && last.end() == key.entry
                    && (last.repeats, key.repeats) == (1, 1) =>
            {
                last.played += key.played;
            }
            _ => joined.push(key.clone()),
        }
    }
    joined
}
