//! The tables of a track, read once and not kept.
//!
//! Source: Apple, `QuickTime File Format`, sample atoms; ffmpeg `mov_read_stts` and those beside it.

use std::io::{Read, Seek};
use std::ops::Range;

use super::atom::{Atom, first};
use super::model::Track;
use super::number::{u8_at, u32_at, u64_at};
use super::reader::Reader;
use super::summary::Offsets;
use super::{Fault, Reason, place};

/// Bytes before the entries: version and flags, and how many there are.
const HEAD: u64 = 8;

/// All tables among the boxes of `stbl`.
pub(super) fn read<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atoms: &[Atom],
    track: &mut Track,
) -> Result<(), Fault> {
    type Step<R> = fn(&mut Reader<'_, R>, &Atom, &mut Track) -> Result<(), Fault>;
    // Offsets and key frames come behind the tables that say how many samples there are.
    let steps: [(&[u8; 4], Step<R>); 8] = [
        (b"stts", durations),
        (b"stsz", sizes),
        (b"stz2", small_sizes),
        (b"stco", chunks::<4, R>),
        (b"co64", chunks::<8, R>),
        (b"ctts", offsets),
        (b"stss", keys),
        (b"stps", partial_keys),
    ];
    for (kind, step) in steps {
        if let Some(atom) = first(atoms, *kind) {
            let read = step(reader, atom, track);
            reader.soft(read)?;
        }
    }
    finish(reader, atoms, track);
    let placed = if track.is_external { Ok(()) } else { place::check(reader, atoms, track) };
    reader.soft(placed).map(drop)
}

fn finish<R: Read + Seek>(reader: &mut Reader<'_, R>, atoms: &[Atom], track: &mut Track) {
    let (durations, sizes) = (track.durations.count(), track.sizes.count);
    let both = first(atoms, *b"stts").zip(first(atoms, *b"stsz"));
    if let Some((stts, _)) = both.filter(|_| durations != sizes) {
        reader.keep(stts.fault(Reason::Counts { durations, sizes }));
    }
    if first(atoms, *b"stss").is_none() {
        track.keys.add(track.sample_count(), true);
    }
    track.keys.end(track.sample_count());
}

/// Where the entries of a table are, for which its box has to have room.
pub(super) fn room<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    width: u64,
) -> Result<Range<u64>, Fault> {
    let body = reader.body(atom, HEAD)?;
    let count = u32_at(body, 4).ok_or(atom.fault(Reason::TooShort(atom.len())))?;
    bounded(atom, atom.body + HEAD, count.into(), width)
}

/// So many entries from `at` on.
pub(super) fn bounded(atom: &Atom, at: u64, count: u64, width: u64) -> Result<Range<u64>, Fault> {
    let left = atom.end.saturating_sub(at);
    if count > left / width {
        return Err(atom.fault(Reason::Entries { count, left }));
    }
    Ok(at..at + count * width)
}

fn durations<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    track: &mut Track,
) -> Result<(), Fault> {
    let range = room(reader, atom, 8)?;
    reader.entries(range, |entry: &[u8; 8]| {
        let (count, duration) = pair(*entry);
        track.durations.add(count.into(), duration);
    })
}

/// The first and the second half.
fn pair(entry: [u8; 8]) -> (u32, u32) {
    let [first, second] = [0, 4].map(|at| u32_at(&entry, at).unwrap_or(0));
    (first, second)
}

/// Version 0 is said to have no negative numbers; writers put them all the same, as ffmpeg reads them.
fn offsets<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    track: &mut Track,
) -> Result<(), Fault> {
    let range = room(reader, atom, 8)?;
    let mut offsets = 0_u64;
    reader.entries(range, |entry: &[u8; 8]| {
        let (count, offset) = pair(*entry);
        if count > 0 {
            Offsets::add(&mut track.offsets, offset.cast_signed().into());
        }
        offsets = offsets.saturating_add(count.into());
    })?;
    let samples = track.sample_count();
    if offsets == samples { Ok(()) } else { Err(atom.fault(Reason::Offsets { offsets, samples })) }
}

fn sizes<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    track: &mut Track,
) -> Result<(), Fault> {
    let body = reader.body(atom, 12)?;
    let (Some(size), Some(count)) = (u32_at(body, 4), u32_at(body, 8)) else {
        return Err(atom.fault(Reason::TooShort(atom.len())));
    };
    if size > 0 {
        track.sizes.add(count.into(), size);
        return Ok(());
    }
    let range = bounded(atom, atom.body + 12, count.into(), 4)?;
    reader.entries(range, |entry| track.sizes.add(1, u32::from_be_bytes(*entry)))
}

/// Sizes of 4, 8 or 16 bits.
fn small_sizes<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    track: &mut Track,
) -> Result<(), Fault> {
    let body = reader.body(atom, 12)?;
    let (Some(bits), Some(count)) = (u8_at(body, 7), u32_at(body, 8)) else {
        return Err(atom.fault(Reason::TooShort(atom.len())));
    };
    let (at, count) = (atom.body + 12, u64::from(count));
    let sizes = &mut track.sizes;
    match bits {
        16 => {
            let range = bounded(atom, at, count, 2)?;
            reader.entries(range, |entry| sizes.add(1, u16::from_be_bytes(*entry).into()))
        }
        8 => {
            let range = bounded(atom, at, count, 1)?;
            reader.entries(range, |[entry]| sizes.add(1, (*entry).into()))
        }
        _ => {
            let range = bounded(atom, at, count.div_ceil(2), 1)?;
            reader.entries(range, |[entry]| {
                let second = if sizes.count + 1 < count { entry & 0xf } else { 0 };
                sizes.add(1, (entry >> 4).into());
                sizes.add(u64::from(sizes.count < count), second.into());
            })
        }
    }
}

/// `stco`, and `co64` with 64 bits.
fn chunks<const N: usize, R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    track: &mut Track,
) -> Result<(), Fault> {
    let range = room(reader, atom, N as u64)?;
    reader.entries(range, |entry: &[u8; N]| {
        let short = || u32_at(entry, 0).map(u64::from);
        track.chunks.add(u64_at(entry, 0).or_else(short).unwrap_or(0));
    })
}

fn keys<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    track: &mut Track,
) -> Result<(), Fault> {
    let range = room(reader, atom, 4)?;
    let (samples, mut rises) = (track.sample_count(), true);
    reader.entries(range, |entry| {
        let number = u64::from(u32::from_be_bytes(*entry));
        let is_next = number > track.keys.last() && number <= samples;
        rises &= is_next;
        if is_next {
            track.keys.mark(number);
        }
    })?;
    if rises { Ok(()) } else { Err(atom.fault(Reason::KeyOrder)) }
}

fn partial_keys<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    track: &mut Track,
) -> Result<(), Fault> {
    let range = room(reader, atom, 4)?;
    track.keys.partial = (range.end - range.start) / 4;
    Ok(())
}
