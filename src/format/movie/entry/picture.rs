//! Descriptions of picture.

use std::io::{Read, Seek};

use super::super::atom::Atom;
use super::super::model::{Avc, Colour, Field, Picture};
use super::super::number::{u8_at, u16_at, u32_at};
use super::super::reader::Reader;
use super::super::{Fault, MAX_BODY};
use super::{COMMON, esds};

/// Bytes of a description of picture before the boxes in it, behind what is common.
pub(super) const FIXED: u64 = 70;

pub(super) fn read<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
) -> Result<Option<Picture>, Fault> {
    let Some(mut picture) = reader.parse(atom, COMMON + FIXED, fixed)? else { return Ok(None) };
    for extra in reader.children_from(atom, atom.body + COMMON + FIXED)? {
        take(reader, &extra, &mut picture)?;
    }
    Ok(Some(picture))
}

fn fixed(body: &[u8]) -> Option<Picture> {
    Some(Picture {
        width: u16_at(body, 24)?,
        height: u16_at(body, 26)?,
        depth: u16_at(body, 74)?,
        compressor: compressor(body.get(42..74)?),
        ..Picture::default()
    })
}

/// A length and as many characters; `None` if there are none.
fn compressor(name: &[u8]) -> Option<String> {
    let (len, name) = name.split_first()?;
    let name = String::from_utf8_lossy(name.get(..usize::from(*len))?);
    let name = name.trim_end_matches('\0').trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// What a box in the description tells. The first of each kind counts.
fn take<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    extra: &Atom,
    picture: &mut Picture,
) -> Result<(), Fault> {
    match &extra.kind.0 {
        b"avcC" => picture.avc = picture.avc.or(reader.parse(extra, 4, avc)?),
        b"colr" => {
            let len = extra.len().saturating_sub(4);
            let found = reader.body(extra, 11).map(|body| colour(body, len))?;
            // Where a file has both, the numbers tell more than a profile.
            if !matches!(picture.colour, Some(Colour::Code { .. })) {
                picture.colour = found.or(picture.colour);
            }
        }
        b"pasp" => {
            let aspect = |body: &[u8]| u32_at(body, 0).zip(u32_at(body, 4));
            picture.pixel_aspect = picture.pixel_aspect.or(reader.parse(extra, 8, aspect)?);
        }
        b"fiel" => picture.field = picture.field.or(reader.parse(extra, 2, field)?),
        b"esds" => {
            let body = reader.body(extra, MAX_BODY)?;
            picture.object_type = picture.object_type.or(esds::parse(body).map(|one| one.0));
        }
        _ => {}
    }
    Ok(())
}

fn avc(body: &[u8]) -> Option<Avc> {
    let [_, profile, constraints, level] = *body.first_chunk()?;
    Some(Avc { profile, constraints, level })
}

fn field(body: &[u8]) -> Option<Field> {
    Some(Field { count: u8_at(body, 0)?, order: u8_at(body, 1)? })
}

/// `nclx` of MP4, `nclc` of `QuickTime`, or a profile of `len` bytes.
fn colour(body: &[u8], len: u64) -> Option<Colour> {
    let code = |full_range| {
        let (primaries, transfer) = (u16_at(body, 4)?, u16_at(body, 6)?);
        Some(Colour::Code { primaries, transfer, matrix: u16_at(body, 8)?, full_range })
    };
    match body.first_chunk()? {
        b"nclx" => code(Some(u8_at(body, 10)? & 0x80 != 0)),
        b"nclc" => code(None),
        b"prof" | b"rICC" => Some(Colour::Profile(len)),
        _ => None,
    }
}
