//! A track: `trak` and what lies below it.

use std::io::{Read, Seek};

use super::atom::{Atom, first};
use super::model::{Track, TrackKind};
use super::number::{array_at, u16_at, u32_at};
use super::reader::Reader;
use super::{Fault, FourCc, MAX_BODY, edit, entry, header, language, table};

/// Flag of a track that is to be played.
const ENABLED: u32 = 1;

/// Flag of media data in the file itself.
const SELF_CONTAINED: u32 = 1;

pub(super) fn read<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
) -> Result<Track, Fault> {
    let (atoms, mut track) = (reader.children(atom)?, Track::default());
    if let Some(tkhd) = first(&atoms, *b"tkhd") {
        reader.parse(tkhd, 128, |body| shown(body, &mut track))?;
    }
    if let Some(edts) = first(&atoms, *b"edts") {
        let below = reader.children(edts)?;
        if let Some(elst) = first(&below, *b"elst") {
            let edits = edit::read(reader, elst);
            track.edits = reader.soft(edits)?;
        }
    }
    if let Some(mdia) = first(&atoms, *b"mdia") {
        media(reader, mdia, &mut track)?;
    }
    Ok(track)
}

/// `tkhd`: id, flags, how it is turned, and at which size it is shown.
fn shown(body: &[u8], track: &mut Track) -> Option<()> {
    let flags = u32_at(body, 0)? & 0x00ff_ffff;
    let (id, matrix) = if body[0] == 1 { (20, 52) } else { (12, 40) };
    track.id = Some(u32_at(body, id)?);
    track.is_enabled = Some(flags & ENABLED != 0);
    track.rotation = rotation(body.get(matrix..matrix + 36)?);
    track.display = Some((u32_at(body, matrix + 36)?, u32_at(body, matrix + 40)?));
    Some(())
}

/// A turn by a multiple of 90 degrees, from the first two columns of a matrix.
///
/// Source: Apple, `QuickTime File Format`, matrices; ffmpeg `av_display_rotation_get`.
fn rotation(matrix: &[u8]) -> Option<u16> {
    let cell = |at| u32_at(matrix, at).map(|cell| i64::from(cell.cast_signed()));
    let [a, b, c, d] = [cell(0)?, cell(4)?, cell(12)?, cell(16)?];
    match [a.signum(), b.signum(), c.signum(), d.signum()] {
        [1, 0, 0, 1] => Some(0),
        [0, 1, -1, 0] => Some(90),
        [-1, 0, 0, -1] => Some(180),
        [0, -1, 1, 0] => Some(270),
        _ => None,
    }
}

/// `mdia`: what the track holds.
fn media<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    mdia: &Atom,
    track: &mut Track,
) -> Result<(), Fault> {
    let atoms = reader.children(mdia)?;
    if let Some(mdhd) = first(&atoms, *b"mdhd") {
        let times = reader.parse(mdhd, 64, header::times)?;
        (track.time_scale, track.duration) = header::checked(reader, mdhd, times);
        track.language = reader.parse(mdhd, 64, language_code)?.and_then(language::name);
    }
    if let Some(elng) = first(&atoms, *b"elng") {
        track.language = language::tag(reader.body(elng, MAX_BODY)?).or(track.language.take());
    }
    if let Some(hdlr) = first(&atoms, *b"hdlr") {
        let kind = reader.parse(hdlr, 24, |body| array_at(body, 8).map(FourCc))?;
        track.kind = kind.map_or(TrackKind::Unknown, TrackKind::of);
    }
    let Some(minf) = first(&atoms, *b"minf") else { return Ok(()) };
    let below = reader.children(minf)?;
    if let Some(dinf) = first(&below, *b"dinf") {
        track.is_external = is_external(reader, dinf)?;
    }
    first(&below, *b"stbl").map_or(Ok(()), |stbl| samples(reader, stbl, track))
}

impl TrackKind {
    fn of(handler: FourCc) -> Self {
        match &handler.0 {
            b"vide" => Self::Video,
            b"soun" => Self::Audio,
            b"tmcd" => Self::Timecode,
            b"text" | b"sbtl" | b"subt" | b"subp" | b"clcp" => Self::Text,
            _ => Self::Other(handler),
        }
    }
}

fn language_code(body: &[u8]) -> Option<u16> {
    u16_at(body, if *body.first()? == 1 { 32 } else { 20 })
}

/// Whether any of the places where media data lies is another file.
fn is_external<R: Read + Seek>(reader: &mut Reader<'_, R>, dinf: &Atom) -> Result<bool, Fault> {
    let below = reader.children(dinf)?;
    let Some(dref) = first(&below, *b"dref") else { return Ok(false) };
    let mut is_external = false;
    for place in reader.children_from(dref, dref.body + 8)? {
        let flags = reader.parse(&place, 4, |body| u32_at(body, 0))?;
        is_external |= flags.is_some_and(|flags| flags & SELF_CONTAINED == 0);
    }
    Ok(is_external)
}

/// `stbl`: what the samples are, and their tables.
fn samples<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    stbl: &Atom,
    track: &mut Track,
) -> Result<(), Fault> {
    let atoms = reader.children(stbl)?;
    if let Some(stsd) = first(&atoms, *b"stsd") {
        entry::read(reader, stsd, track)?;
    }
    table::read(reader, &atoms, track)
}
