//! Fragments: samples that the header says nothing of.
//!
//! Source: ffmpeg `mov_read_trun` and `mov_read_tfhd`.

use std::collections::HashMap;
use std::io::{Read, Seek};

use super::atom::{Atom, first};
use super::model::Track;
use super::number::{long_at, u8_at, u32_at};
use super::reader::Reader;
use super::summary::Offsets;
use super::table::bounded;
use super::top::Top;
use super::{Fault, MAX_HEADER, Reason};

/// Flag of a sample that cannot be begun with.
const NO_KEY: u32 = 0x0001_0000;

/// What a sample has that has nothing of its own.
#[derive(Clone, Copy, Default)]
struct Usual {
    duration: u32,
    size: u32,
    flags: u32,
}

/// That for each track, by its id.
#[derive(Default)]
pub(super) struct Defaults(HashMap<u32, Usual>);

/// What `mvex` says.
pub(super) fn defaults<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    mvex: &Atom,
) -> Result<Defaults, Fault> {
    let mut all = HashMap::new();
    for trex in reader.children(mvex)?.iter().filter(|atom| atom.kind == b"trex") {
        let usual = |body: &[u8]| {
            let (duration, size) = (u32_at(body, 12)?, u32_at(body, 16)?);
            Some((u32_at(body, 4)?, Usual { duration, size, flags: u32_at(body, 20)? }))
        };
        all.extend(reader.parse(trex, 24, usual)?);
    }
    Ok(Defaults(all))
}

/// Add the samples of all fragments to their tracks.
pub(super) fn read<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    top: &Top,
    defaults: &Defaults,
    tracks: &mut [Track],
) -> Result<(), Fault> {
    let places = tracks.iter().enumerate().filter_map(|(n, track)| Some((track.id?, n)));
    let (places, mut left): (HashMap<_, _>, _) = (places.collect(), MAX_HEADER);
    for moof in top.whole(b"moof") {
        let Some(rest) = left.checked_sub(moof.len()) else {
            reader.keep(moof.fault(Reason::TooMany("bytes of fragments")));
            break;
        };
        left = rest;
        reader.ahead(moof.end);
        for traf in reader.children(&moof)?.iter().filter(|atom| atom.kind == b"traf") {
            let boxes = reader.children(traf)?;
            let added = add(reader, &boxes, defaults, &places, tracks);
            reader.soft(added)?;
        }
    }
    reader.ahead(0);
    Ok(())
}

/// The runs of samples of one track in one fragment.
fn add<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    boxes: &[Atom],
    defaults: &Defaults,
    places: &HashMap<u32, usize>,
    tracks: &mut [Track],
) -> Result<(), Fault> {
    let Some(tfhd) = first(boxes, *b"tfhd") else { return Ok(()) };
    let Some((id, own)) = reader.parse(tfhd, 40, |body| head(body, defaults))? else {
        return Ok(());
    };
    let Some(place) = places.get(&id) else { return Ok(()) };
    if let Some(tfdt) = first(boxes, *b"tfdt") {
        let time = |body: &[u8]| long_at(body, 4, *body.first()? == 1);
        if let Some(time) = reader.parse(tfdt, 12, time)? {
            tracks[*place].durations.begin(time);
        }
    }
    for trun in boxes.iter().filter(|atom| atom.kind == b"trun") {
        run(reader, trun, own, &mut tracks[*place])?;
    }
    Ok(())
}

/// Which track it is, and what its samples have here. Flags say which values there are, in this order.
fn head(body: &[u8], defaults: &Defaults) -> Option<(u32, Usual)> {
    let (flags, id) = (u32_at(body, 0)?, u32_at(body, 4)?);
    let mut usual = defaults.0.get(&id).copied().unwrap_or_default();
    let mut at = 8 + if flags & 0x01 != 0 { 8 } else { 0 } + if flags & 0x02 != 0 { 4 } else { 0 };
    let values = [(0x08, &mut usual.duration), (0x10, &mut usual.size), (0x20, &mut usual.flags)];
    for (flag, value) in values {
        if flags & flag != 0 {
            *value = u32_at(body, at)?;
            at += 4;
        }
    }
    Some((id, usual))
}

/// What a run says of its samples.
struct Run {
    flags: u32,
    count: u64,
    /// The flags of its first sample.
    first: Option<u32>,
    /// Bytes before the values of its samples.
    head: u64,
}

fn parse(body: &[u8]) -> Option<Run> {
    let flags = u32_at(body, 0)? & 0x00ff_ffff;
    let at = 8 + if flags & 0x001 != 0 { 4 } else { 0 };
    let is_told = flags & 0x004 != 0;
    let first = if is_told { Some(u32_at(body, at)?) } else { None };
    let head = at as u64 + if is_told { 4 } else { 0 };
    Some(Run { flags, count: u32_at(body, 4)?.into(), first, head })
}

fn run<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    trun: &Atom,
    usual: Usual,
    track: &mut Track,
) -> Result<(), Fault> {
    let (Some(run), version) = (reader.parse(trun, 16, parse)?, u8_at(reader.body(trun, 1)?, 0))
    else {
        return Ok(());
    };
    // Durations, sizes, flags, offsets: of each sample, in this order.
    let has = [0x100, 0x200, 0x400, 0x800].map(|flag| run.flags & flag != 0);
    let width = has.iter().filter(|has| **has).count();
    if width == 0 {
        // No bytes for each sample, so there may be any number of them.
        let rest = run.count.saturating_sub(u64::from(run.first.is_some()));
        take(track, run.count - rest, Usual { flags: run.first.unwrap_or(0), ..usual });
        take(track, rest, usual);
        return Ok(());
    }
    let range = bounded(trun, trun.body + run.head, run.count, width as u64 * 4)?;
    let mut sample = Sample { has, version, nth: 0, values: Vec::with_capacity(4) };
    reader.entries(range, |value| {
        sample.values.push(u32::from_be_bytes(*value));
        if sample.values.len() == width {
            sample.take(track, usual, run.first);
        }
    })
}

/// The values of a sample, as they come.
struct Sample {
    has: [bool; 4],
    version: Option<u8>,
    nth: u64,
    values: Vec<u32>,
}

impl Sample {
    fn take(&mut self, track: &mut Track, usual: Usual, first: Option<u32>) {
        let mut values = self.values.drain(..);
        let [duration, size, flags, offset] =
            self.has.map(|has| if has { values.next() } else { None });
        let first = first.filter(|_| self.nth == 0);
        let own = Usual {
            duration: duration.unwrap_or(usual.duration),
            size: size.unwrap_or(usual.size),
            flags: first.or(flags).unwrap_or(usual.flags),
        };
        if let Some(offset) = offset {
            let signed = i64::from(offset.cast_signed());
            let offset = if self.version == Some(0) { offset.into() } else { signed };
            Offsets::add(&mut track.offsets, offset);
        }
        self.nth += 1;
        drop(values);
        take(track, 1, own);
    }
}

/// So many samples that are alike.
fn take(track: &mut Track, count: u64, sample: Usual) {
    track.durations.add(count, sample.duration);
    track.sizes.add(count, sample.size);
    track.keys.add(count, sample.flags & NO_KEY == 0);
}
