//! TIFF: directories of tagged values anywhere in the file, picture data wherever they say.
//!
//! Source: "TIFF Revision 6.0", Adobe 1992, and for files over 4 GiB "The `BigTIFF` File Format",
//! <https://libtiff.gitlab.io/libtiff/specification/bigtiff.html>. Tags by their names there.
//!
//! The facts are those of the first directory; the bytes that must be there are those of all.

mod directory;
mod survey;
mod words;

use std::io::{Read, Seek};

use directory::Directory;
use survey::Survey;

use super::source::{Fields, Order, Source};
use super::{Fault, Format, Header};

const IMAGE_WIDTH: u16 = 256;
const IMAGE_LENGTH: u16 = 257;
const BITS_PER_SAMPLE: u16 = 258;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC_INTERPRETATION: u16 = 262;
const STRIP_OFFSETS: u16 = 273;
const SAMPLES_PER_PIXEL: u16 = 277;
const STRIP_BYTE_COUNTS: u16 = 279;
const PLANAR_CONFIGURATION: u16 = 284;
const TILE_OFFSETS: u16 = 324;
const TILE_BYTE_COUNTS: u16 = 325;
/// Adobe `PageMaker` 6.0 TIFF Technical Notes, 1: directories beside the main chain.
const SUB_IFDS: u16 = 330;
const EXTRA_SAMPLES: u16 = 338;
const SAMPLE_FORMAT: u16 = 339;

/// The compression that is none.
const UNCOMPRESSED: u64 = 1;
/// The configuration that keeps each sample in a plane of its own.
const PLANAR: u64 = 2;

/// Byte order and width of offsets.
#[derive(Clone, Copy)]
struct Variant {
    order: Order,
    big: bool,
}

pub(super) fn parse<R: Read + Seek>(
    source: &mut Source<'_, R>,
    magic: [u8; 4],
) -> Result<Header, Fault> {
    let order = if magic[0] == b'I' { Order::Little } else { Order::Big };
    let variant = Variant { order, big: magic.contains(&b'+') };
    let at = first_directory(source, variant)?;
    let mut file = File { source, variant };
    let first = file.directory(at)?;
    let survey = Survey::take(&mut file, &first)?;
    file.describe(&first, &survey)
}

/// Where the file's header says that the first directory is.
fn first_directory<R: Read + Seek>(
    source: &mut Source<'_, R>,
    variant: Variant,
) -> Result<u64, Fault> {
    let bytes = source.bytes(0, if variant.big { 16 } else { 8 })?;
    let fields = Fields { bytes, order: variant.order };
    let at = if variant.big {
        if (fields.u16(4), fields.u16(6)) != (Some(8), Some(0)) {
            return Err(Fault::Wrong("offset size"));
        }
        fields.u64(8)
    } else {
        fields.u32(4).map(u64::from)
    };
    at.filter(|at| *at > 0).ok_or(Fault::Missing("directory"))
}

/// A file that is being read.
struct File<'a, 'b, R> {
    source: &'a mut Source<'b, R>,
    variant: Variant,
}

impl<R: Read + Seek> File<'_, '_, R> {
    fn describe(&mut self, first: &Directory, survey: &Survey) -> Result<Header, Fault> {
        let samples = self.number(first, SAMPLES_PER_PIXEL)?.unwrap_or(1);
        let bits = self.numbers(first, BITS_PER_SAMPLE)?.unwrap_or(vec![1]);
        let formats = self.numbers(first, SAMPLE_FORMAT)?.unwrap_or(vec![1]);
        let extra = self.numbers(first, EXTRA_SAMPLES)?.unwrap_or_default();
        let photometric = self.number(first, PHOTOMETRIC_INTERPRETATION)?;
        let compression = self.number(first, COMPRESSION)?.unwrap_or(UNCOMPRESSED);
        Ok(Header {
            format: Format::Tiff,
            layout: self.layout(first, survey.pages)?,
            width: self.side(first, IMAGE_WIDTH, "width")?,
            height: self.side(first, IMAGE_LENGTH, "height")?,
            bit_depth: words::bit_depth(&bits, &formats),
            channels: words::channels(photometric, samples, &extra),
            compression: words::compression(compression),
            encoding: photometric.map(words::photometric).unwrap_or_default(),
            frame_rate: None,
            time_code: None,
            promised: Some(survey.promised),
            uniform: survey.uncompressed,
        })
    }

    /// "classic little-endian strips", "bigtiff big-endian tiles, planar, 3 pages".
    fn layout(&mut self, first: &Directory, pages: usize) -> Result<String, Fault> {
        let variant = if self.variant.big { "bigtiff" } else { "classic" };
        let pieces = if first.find(TILE_OFFSETS).is_some() { "tiles" } else { "strips" };
        let planar = self.number(first, PLANAR_CONFIGURATION)? == Some(PLANAR);
        let planar = if planar { ", planar" } else { "" };
        let pages = if pages > 1 { format!(", {pages} pages") } else { String::new() };
        Ok(format!("{variant} {} {pieces}{planar}{pages}", self.variant.order.word()))
    }

    fn side(&mut self, first: &Directory, tag: u16, name: &'static str) -> Result<u32, Fault> {
        let side = self.number(first, tag)?.ok_or(Fault::Missing(name))?;
        u32::try_from(side).ok().filter(|side| *side > 0).ok_or(Fault::Wrong(name))
    }
}
