//! `OpenEXR`: attributes by name, a table of where the chunks are, the chunks.
//!
//! Source: "`OpenEXR` File Layout", <https://openexr.com/en/latest/OpenEXRFileLayout.html>, whose words
//! are used here. Where it is silent (compressions newer than 2.0, the `type` of a single part) the
//! `OpenEXR` library 3.5 was asked, which the document itself puts above it.
//!
//! The table is written last, over zeros: a writer that was stopped leaves zeros in it.

mod attribute;
mod chunk;
mod compression;
mod extent;
mod part;
mod words;

use std::io::{Read, Seek};

use attribute::Attributes;
use part::Part;

use super::source::Source;
use super::{Fault, Format, Header};

/// Behind the magic number and the version field.
const HEADER: u64 = 8;
/// Versions before 2 were never in use outside their makers.
const VERSION: u8 = 2;
/// Parts that are read. Renderers write one for each output, a hundred or more.
const MOST_PARTS: usize = 4096;

/// The version field's flags (bits 8 to 31).
#[derive(Clone, Copy)]
struct Flags {
    /// Bit 9: a single part, in tiles.
    tiled: bool,
    /// Bit 11: at least one deep part.
    deep: bool,
    /// Bit 12: several headers, and each chunk tells its part.
    multi_part: bool,
}

pub(super) fn parse<R: Read + Seek>(source: &mut Source<'_, R>) -> Result<Header, Fault> {
    let [version, flags, _, _] = source.array(4)?;
    if version > VERSION {
        return Err(Fault::Wrong("version"));
    }
    let flags = Flags { tiled: flags & 2 != 0, deep: flags & 8 != 0, multi_part: flags & 16 != 0 };
    let (parts, table) = read_parts(source, flags)?;
    let promised = chunk::promised(source, &parts, table, flags.multi_part)?;
    describe(&parts, flags, promised)
}

/// All parts, and where the chunk offset table begins.
fn read_parts<R: Read + Seek>(
    source: &mut Source<'_, R>,
    flags: Flags,
) -> Result<(Vec<Part>, u64), Fault> {
    let mut attributes = Attributes::new(source, HEADER);
    let mut parts = vec![Part::read(&mut attributes, flags)?];
    // An empty header ends the list.
    while flags.multi_part && !attributes.ended()? {
        if parts.len() == MOST_PARTS {
            return Err(Fault::TooMany("parts"));
        }
        parts.push(Part::read(&mut attributes, flags)?);
    }
    Ok((parts, attributes.at()))
}

fn describe(parts: &[Part], flags: Flags, promised: Option<u64>) -> Result<Header, Fault> {
    let first = &parts[0];
    let (width, height) = first.display.size().ok_or(Fault::Wrong("display window"))?;
    Ok(Header {
        format: Format::Exr,
        layout: words::layout(parts, flags.multi_part),
        width,
        height,
        bit_depth: words::bit_depth(parts),
        channels: words::channels(parts),
        compression: words::compression(parts),
        encoding: first.chromaticities.as_ref().map(words::encoding).unwrap_or_default(),
        frame_rate: first.frame_rate,
        time_code: first.time_code.and_then(words::time_code),
        promised,
        uniform: parts.iter().all(Part::uniform),
    })
}
