//! Edit lists: what of a track's media is played when.
//!
//! Source: Apple, `QuickTime File Format`, edit atoms; ffmpeg `mov_read_elst` and `mov_write_edts_tag`.

use std::io::{Read, Seek};

use super::atom::Atom;
use super::model::{Edit, Edits, Effect, Track};
use super::number::{long_at, u8_at, u32_at, u64_at};
use super::reader::Reader;
use super::table::room;
use super::{Fault, MAX_EDITS};

/// The first entries, and how many there are.
pub(super) fn read<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    elst: &Atom,
) -> Result<Edits, Fault> {
    let is_long = reader.parse(elst, 1, |body| u8_at(body, 0))? == Some(1);
    let width = if is_long { 20 } else { 12 };
    let range = room(reader, elst, width)?;
    let count = (range.end - range.start) / width;
    let kept = count.min(MAX_EDITS as u64) * width;
    let bytes = reader.bytes(range.start..range.start + kept)?;
    let width = if is_long { 20 } else { 12 };
    let list = bytes.chunks_exact(width).filter_map(|entry| parse(entry, is_long)).collect();
    Ok(Edits { list, count, effect: Effect::Unknown })
}

fn parse(entry: &[u8], is_long: bool) -> Option<Edit> {
    let (start, rate) = if is_long {
        (u64_at(entry, 8)?.cast_signed(), u32_at(entry, 16)?)
    } else {
        (u32_at(entry, 4)?.cast_signed().into(), u32_at(entry, 8)?)
    };
    Some(Edit { duration: long_at(entry, 0, is_long)?, start, rate: rate.cast_signed() })
}

/// What a list amounts to. `scale` is that of the movie.
pub(super) fn effect(edits: &Edits, scale: Option<u32>, track: &Track) -> Effect {
    let [edit] = edits.list[..] else {
        return if edits.count == 0 { Effect::None } else { Effect::Changes };
    };
    let delay = track.offsets.map_or(0, |offsets| offsets.first);
    if edit.rate != Edit::NORMAL || (edit.start != 0 && edit.start != delay) {
        return Effect::Changes;
    }
    match covers(&edit, scale, track) {
        None => Effect::Unknown,
        Some(false) => Effect::Changes,
        Some(true) if edit.start == 0 => Effect::None,
        Some(true) => Effect::Reordered,
    }
}

/// Whether an edit lasts as long as the media, but for what rounding to ticks makes. Where there are
/// fragments, 0 stands for all that will come.
fn covers(edit: &Edit, scale: Option<u32>, track: &Track) -> Option<bool> {
    if edit.duration == 0 {
        return Some(true);
    }
    let (movie, own) = (u128::from(scale?), u128::from(track.time_scale?));
    let media = match track.durations.total() {
        0 => track.duration?,
        total => total,
    };
    // Both in ticks of the movie, times those of the track; half a tick of each is what rounding takes.
    let (lasts, media) = (u128::from(edit.duration) * own, u128::from(media) * movie);
    Some(lasts + own.max(movie) >= media)
}
