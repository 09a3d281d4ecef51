//! Sample descriptions: what the samples of a track are.
//!
//! Source: Apple, `QuickTime File Format`, sample description atoms; ffmpeg `mov_parse_stsd_video` and
//! those beside it.

mod esds;
mod picture;
mod sound;

use std::io::{Read, Seek};

use super::atom::{Atom, first};
use super::model::{About, Entry, Timecode, Track, TrackKind};
use super::number::{array_at, u8_at, u32_at};
use super::reader::Reader;
use super::{Fault, FourCc, MAX_ENTRIES};

/// Bytes of a description that are the same for all: six that are kept free, and which place the media
/// data is at.
const COMMON: u64 = 8;

/// Flags of time code.
const DROP_FRAME: u32 = 1;
const COUNTER: u32 = 8;

/// All descriptions of `stsd`.
pub(super) fn read<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    stsd: &Atom,
    track: &mut Track,
) -> Result<(), Fault> {
    let version = reader.parse(stsd, 8, |body| u32_at(body, 4).and(u8_at(body, 0)))?;
    let Some(version) = version else { return Ok(()) };
    let entries = reader.children_from(stsd, stsd.body + 8)?;
    track.entry_count = entries.len() as u64;
    for atom in entries.iter().take(MAX_ENTRIES) {
        let about = match track.kind {
            TrackKind::Video => picture::read(reader, atom)?.map(About::Picture),
            TrackKind::Audio => sound::read(reader, atom, version)?.map(About::Sound),
            TrackKind::Timecode => reader.parse(atom, COMMON + 20, timecode)?.map(About::Timecode),
            TrackKind::Text | TrackKind::Other(_) | TrackKind::Unknown => None,
        };
        let tag = original(reader, atom, track.kind)?;
        track.entries.push(Entry {
            tag: atom.kind,
            original: tag,
            about: about.unwrap_or(About::Other),
        });
    }
    Ok(())
}

/// What an encrypted description was before: `sinf` has it in `frma`.
fn original<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    kind: TrackKind,
) -> Result<Option<FourCc>, Fault> {
    let from = match (&atom.kind.0, kind) {
        (b"encv", TrackKind::Video) => atom.body + COMMON + picture::FIXED,
        (b"enca", TrackKind::Audio) => atom.body + COMMON + sound::FIXED,
        _ => return Ok(None),
    };
    let atoms = reader.children_from(atom, from)?;
    let Some(sinf) = first(&atoms, *b"sinf") else { return Ok(None) };
    let below = reader.children(sinf)?;
    let Some(frma) = first(&below, *b"frma") else { return Ok(None) };
    reader.parse(frma, 4, |body| array_at(body, 0).map(FourCc))
}

fn timecode(body: &[u8]) -> Option<Timecode> {
    let at = 12;
    let flags = u32_at(body, at)?;
    Some(Timecode {
        time_scale: u32_at(body, at + 4)?,
        frame_duration: u32_at(body, at + 8)?,
        base: u8_at(body, at + 12)?,
        drop_frame: flags & DROP_FRAME != 0,
        is_counter: flags & COUNTER != 0,
    })
}
