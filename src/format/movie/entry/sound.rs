//! Descriptions of sound.

use std::io::{Read, Seek};

use super::super::atom::Atom;
use super::super::model::{Layout, Sound};
use super::super::number::{u8_at, u16_at, u32_at, u64_at};
use super::super::reader::Reader;
use super::super::{Fault, FourCc, MAX_BODY};
use super::{COMMON, esds};

/// Bytes of a description of sound before the boxes in it, behind what is common.
pub(super) const FIXED: u64 = 20;

/// Bytes that `QuickTime`'s versions 1 and 2 have more.
const MORE: [u64; 3] = [0, 16, 36];

/// Labels that are kept of a layout.
const MAX_LABELS: usize = 64;

/// `chan` that lists its channels, and that has a bit for each.
const LISTED: u32 = 0;
const BITS: u32 = 1 << 16;

/// `version` is that of `stsd`: only in its version 0 the descriptions have `QuickTime`'s versions.
pub(super) fn read<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    version: u8,
) -> Result<Option<Sound>, Fault> {
    let most = COMMON + FIXED + MORE[2];
    let told = |body: &[u8]| fixed(body, version == 0, atom.kind);
    let Some((mut sound, fixed)) = reader.parse(atom, most, told)? else { return Ok(None) };
    for extra in reader.children_from(atom, atom.body + fixed)? {
        if extra.kind != b"wave" {
            take(reader, &extra, &mut sound)?;
            continue;
        }
        // QuickTime's own wrapper around the same boxes.
        for inner in reader.children(&extra)? {
            take(reader, &inner, &mut sound)?;
        }
    }
    Ok(Some(sound))
}

/// What is told, and how many bytes tell it.
fn fixed(body: &[u8], is_quicktime: bool, tag: FourCc) -> Option<(Sound, u64)> {
    let version = usize::from(u16_at(body, 8)?).min(if is_quicktime { 2 } else { 0 });
    let mut sound = Sound {
        channels: u16_at(body, 16)?.into(),
        sample_size: u16_at(body, 18)?.into(),
        rate: u32_at(body, 24)? >> 16,
        ..Sound::default()
    };
    if version == 2 {
        sound.rate = whole(f64::from_bits(u64_at(body, 32)?));
        sound.channels = u32_at(body, 40)?;
        sound.sample_size = u32_at(body, 48)?;
    }
    sound.sample_size = sample_size(tag).unwrap_or(sound.sample_size);
    Some((sound, COMMON + FIXED + MORE[version]))
}

/// Bits of a sample that the tag tells; descriptions have 16 for them.
fn sample_size(tag: FourCc) -> Option<u32> {
    match &tag.0 {
        b"in24" => Some(24),
        b"in32" | b"fl32" => Some(32),
        b"fl64" => Some(64),
        _ => None,
    }
}

/// A rate; 0 if it is none.
fn whole(rate: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what does not fit becomes 0 or the highest number"
    )]
    let whole = rate.round() as u32;
    whole
}

/// What a box in the description tells. The first of each kind counts.
fn take<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    extra: &Atom,
    sound: &mut Sound,
) -> Result<(), Fault> {
    match &extra.kind.0 {
        b"esds" if sound.object_type.is_none() => {
            let known = esds::parse(reader.body(extra, MAX_BODY)?);
            sound.object_type = known.map(|one| one.0);
            sound.aac = known.and_then(|one| one.1);
        }
        b"chan" if sound.layout.is_none() => {
            sound.layout = reader.parse(extra, MAX_BODY, layout)?;
        }
        // Rates that have no room in 16 bits.
        b"srat" => sound.rate = reader.parse(extra, 8, |b| u32_at(b, 4))?.unwrap_or(sound.rate),
        b"pcmC" => {
            let bits = reader.parse(extra, 6, |body| u8_at(body, 5))?;
            sound.sample_size = bits.map_or(sound.sample_size, u32::from);
        }
        _ => {}
    }
    Ok(())
}

/// Source: Apple, `CoreAudioTypes.h`, `AudioChannelLayout`; ffmpeg `ff_mov_read_chan`.
fn layout(body: &[u8]) -> Option<Layout> {
    let (tag, bits, count) = (u32_at(body, 4)?, u32_at(body, 8)?, u32_at(body, 12)?);
    match tag {
        LISTED => {
            let count = usize::try_from(count).ok()?.min(MAX_LABELS);
            (0..count).map(|n| u32_at(body, 16 + 20 * n)).collect::<Option<_>>().map(Layout::Labels)
        }
        BITS => Some(Layout::Bitmap(bits)),
        tag => Some(Layout::Tag(tag)),
    }
}
