//! The header of a movie: brands, the `moov` box, and what fragments add to it.

use std::io::{Read, Seek};

use super::atom::{Atom, first};
use super::chunk;
use super::fragment::{self, Defaults};
use super::model::{Movie, Track, TrackKind};
use super::number::{array_at, long_at, u32_at};
use super::reader::Reader;
use super::top::{Top, no_header};
use super::{Fault, FourCc, MAX_BODY, MAX_HEADER, MAX_TRACKS, Reason, edit, track};

/// All that is told of a file with these boxes.
pub(super) fn read<R: Read + Seek>(reader: &mut Reader<'_, R>, top: Top) -> Result<Movie, Fault> {
    let size = reader.size();
    let moov = top.whole(b"moov").next().ok_or_else(|| no_header(reader))?;
    if moov.len() > MAX_HEADER {
        return Err(moov.fault(Reason::TooLarge(moov.len())));
    }
    let mut movie = Movie { size, leftover: top.leftover, ..Movie::default() };
    movie.is_fragmented = top.has(*b"moof");
    reader.media = chunk::media(&top.boxes);
    brands(reader, &top, &mut movie)?;
    reader.ahead(moov.end);
    let defaults = header(reader, &moov, &mut movie)?;
    reader.ahead(0);
    if !movie.tracks.is_empty() {
        fragment::read(reader, &top, &defaults, &mut movie.tracks)?;
    }
    movie.boxes = top.boxes;
    finish(reader, &mut movie)?;
    movie.faults = std::mem::take(&mut reader.faults);
    Ok(movie)
}

fn brands<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    top: &Top,
    movie: &mut Movie,
) -> Result<(), Fault> {
    let Some(ftyp) = top.whole(b"ftyp").next() else { return Ok(()) };
    let body = reader.body(&ftyp, MAX_BODY)?;
    movie.major_brand = array_at(body, 0).map(FourCc);
    let others = body.get(8..).unwrap_or_default().as_chunks().0.iter();
    movie.compatible_brands = others.map(|brand| FourCc(*brand)).collect();
    Ok(())
}

/// The tracks of `moov`, and what its fragments have in common.
fn header<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    moov: &Atom,
    movie: &mut Movie,
) -> Result<Defaults, Fault> {
    let atoms = reader.children(moov)?;
    movie.is_compressed = first(&atoms, *b"cmov").is_some();
    movie.is_reference = first(&atoms, *b"rmra").is_some();
    if let Some(mvhd) = first(&atoms, *b"mvhd") {
        let times = reader.parse(mvhd, 32, times)?;
        (movie.time_scale, movie.duration) = checked(reader, mvhd, times);
    } else if !movie.is_compressed && !movie.is_reference {
        reader.keep(moov.fault(Reason::Missing("mvhd")));
    }
    for (n, trak) in atoms.iter().filter(|atom| atom.kind == b"trak").enumerate() {
        if n == MAX_TRACKS {
            reader.keep(moov.fault(Reason::TooMany("tracks")));
            break;
        }
        movie.tracks.push(track::read(reader, trak)?);
    }
    let mvex = first(&atoms, *b"mvex");
    movie.is_fragmented |= mvex.is_some();
    mvex.map_or(Ok(Defaults::default()), |mvex| fragment::defaults(reader, mvex))
}

/// Time scale and duration of `mvhd` and `mdhd`, which begin alike.
pub(super) fn times(body: &[u8]) -> Option<(u32, u64, bool)> {
    let is_long = *body.first()? == 1;
    let at = if is_long { 20 } else { 12 };
    let duration = long_at(body, at + 4, is_long)?;
    let is_known = duration != if is_long { u64::MAX } else { u32::MAX.into() };
    Some((u32_at(body, at)?, duration, is_known))
}

/// Ticks in a second, which cannot be 0, and a duration, if it is known.
pub(super) fn checked<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    times: Option<(u32, u64, bool)>,
) -> (Option<u32>, Option<u64>) {
    let Some((scale, duration, is_known)) = times else { return (None, None) };
    if scale == 0 {
        reader.keep(atom.fault(Reason::Zero("time scale")));
    }
    ((scale > 0).then_some(scale), is_known.then_some(duration))
}

/// What can be told only when all is known.
fn finish<R: Read + Seek>(reader: &mut Reader<'_, R>, movie: &mut Movie) -> Result<(), Fault> {
    let scale = movie.time_scale;
    for track in &mut movie.tracks {
        track.keys.end(track.sample_count());
        if let Some(mut edits) = track.edits.take() {
            edits.effect = edit::effect(&edits, scale, track);
            track.edits = Some(edits);
        }
        track.timecode_start = timecode_start(reader, track)?;
    }
    Ok(())
}

/// The first sample of a time code track: a number of frames in 32 bits.
///
/// Source: Apple, `QuickTime File Format`, timecode media.
fn timecode_start<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    track: &Track,
) -> Result<Option<i64>, Fault> {
    let is_told = track.kind == TrackKind::Timecode && track.timecode().is_some();
    let Some(at) = track.chunks.first.filter(|_| is_told && !track.is_external) else {
        return Ok(None);
    };
    if track.sizes.count == 0 || at.checked_add(4).is_none_or(|end| end > reader.size()) {
        return Ok(None);
    }
    Ok(u32_at(reader.bytes(at..at + 4)?, 0).map(i64::from))
}
