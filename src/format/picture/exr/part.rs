//! One part: the attributes that matter here, and how many chunks it has.

use std::io::{Read, Seek};

use super::super::source::Fields;
use super::super::{Fault, frame_rate};
use super::Flags;
use super::attribute::Attributes;
use super::compression::Compression;
use super::extent::{Tiles, Window};

/// The attributes that are read; previews and texts are stepped over.
const WANTED: [&str; 10] = [
    "type",
    "channels",
    "compression",
    "displayWindow",
    "dataWindow",
    "tiles",
    "chromaticities",
    "framesPerSecond",
    "timeCode",
    "chunkCount",
];

/// How the pixels of a part are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Scanline,
    Tiled,
    DeepScanline,
    DeepTiled,
}

/// A named plane of samples.
pub(super) struct Channel {
    pub(super) name: String,
    /// 0 whole number of 32 bits, 1 half, 2 float.
    pub(super) sample: i32,
}

/// What one header says.
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) channels: Vec<Channel>,
    pub(super) compression: Compression,
    pub(super) display: Window,
    pub(super) data: Window,
    pub(super) tiles: Option<Tiles>,
    pub(super) chromaticities: Option<[f32; 8]>,
    pub(super) frame_rate: Option<f64>,
    /// As in SMPTE 12M: digits and flags.
    pub(super) time_code: Option<u32>,
    /// Entries in its chunk offset table. None where the compression is unknown and nobody counts.
    pub(super) chunks: Option<u64>,
}

/// The attributes as they come.
#[derive(Default)]
struct Draft {
    kind: Option<String>,
    channels: Option<Vec<Channel>>,
    compression: Option<Compression>,
    display: Option<Window>,
    data: Option<Window>,
    tiles: Option<Tiles>,
    chromaticities: Option<[f32; 8]>,
    frame_rate: Option<f64>,
    time_code: Option<u32>,
    chunk_count: Option<u32>,
}

impl Part {
    pub(super) fn read<R: Read + Seek>(
        attributes: &mut Attributes<'_, '_, R>,
        flags: Flags,
    ) -> Result<Self, Fault> {
        let mut draft = Draft::default();
        while let Some(attribute) = attributes.next()? {
            if WANTED.contains(&attribute.name.as_str()) {
                draft.take(&attribute.name, attributes.value(&attribute)?)?;
            }
        }
        draft.finish(flags)
    }

    /// Whether the bytes of the pixels do not depend on what they show.
    ///
    /// The data window may differ from frame to frame where it is not the display window.
    pub(super) fn uniform(&self) -> bool {
        self.compression == Compression::NONE && !self.kind.deep() && self.data == self.display
    }
}

impl Kind {
    /// The `type` of a part is true where there are several parts or deep ones. In a file with a single
    /// flat part it may be left over from another file (the library corrects it, too), and the version
    /// field decides.
    fn new(name: Option<&str>, flags: Flags) -> Result<Self, Fault> {
        if !flags.multi_part && !flags.deep {
            return Ok(if flags.tiled { Self::Tiled } else { Self::Scanline });
        }
        match name {
            Some("scanlineimage") => Ok(Self::Scanline),
            Some("tiledimage") => Ok(Self::Tiled),
            Some("deepscanline") => Ok(Self::DeepScanline),
            Some("deeptile") => Ok(Self::DeepTiled),
            Some(_) => Err(Fault::Wrong("part type")),
            None => Err(Fault::Missing("part type")),
        }
    }

    pub(super) fn deep(self) -> bool {
        matches!(self, Self::DeepScanline | Self::DeepTiled)
    }

    pub(super) fn tiled(self) -> bool {
        matches!(self, Self::Tiled | Self::DeepTiled)
    }
}

impl Draft {
    fn take(&mut self, name: &str, value: Fields<'_>) -> Result<(), Fault> {
        match name {
            "type" => self.kind = Some(String::from_utf8_lossy(value.bytes).into_owned()),
            "channels" => self.channels = Some(channels(value.bytes).ok_or(CHANNELS)?),
            "compression" => self.compression = value.u8(0).map(Compression),
            "displayWindow" => self.display = Window::read(value),
            "dataWindow" => self.data = Window::read(value),
            "tiles" => self.tiles = Tiles::read(value),
            "chromaticities" => self.chromaticities = chromaticities(value),
            "framesPerSecond" => self.frame_rate = rational(value).and_then(frame_rate),
            "timeCode" => self.time_code = value.u32(0),
            "chunkCount" => self.chunk_count = value.u32(0),
            _ => {}
        }
        Ok(())
    }

    fn finish(self, flags: Flags) -> Result<Part, Fault> {
        let kind = Kind::new(self.kind.as_deref(), flags)?;
        let compression = self.compression.ok_or(Fault::Missing("compression"))?;
        let data = self.data.ok_or(Fault::Missing("data window"))?;
        let size = data.size().ok_or(Fault::Wrong("data window"))?;
        let tiles = match self.tiles {
            None if kind.tiled() => return Err(Fault::Missing("tile size")),
            tiles => tiles.filter(|_| kind.tiled()),
        };
        let counted = match tiles {
            Some(tiles) => Some(tiles.count(size)),
            None => compression.lines().map(|lines| u64::from(size.1.div_ceil(lines))),
        };
        let told = self.chunk_count.map(u64::from);
        // Only there the attribute is required; elsewhere it may be left over from another file.
        let chunks =
            if flags.multi_part || flags.deep { told.or(counted) } else { counted.or(told) };
        Ok(Part {
            kind,
            channels: self.channels.ok_or(Fault::Missing("channels"))?,
            compression,
            display: self.display.ok_or(Fault::Missing("display window"))?,
            data,
            tiles,
            chromaticities: self.chromaticities,
            frame_rate: self.frame_rate,
            time_code: self.time_code,
            chunks,
        })
    }
}

const CHANNELS: Fault = Fault::Wrong("channel list");

/// Names with 16 bytes behind each, and a zero at the end.
fn channels(mut bytes: &[u8]) -> Option<Vec<Channel>> {
    let mut channels = Vec::new();
    while *bytes.first()? != 0 {
        let len = bytes.iter().position(|byte| *byte == 0)?;
        let name = String::from_utf8_lossy(&bytes[..len]).into_owned();
        let (description, rest) = bytes.get(len + 1..)?.split_at_checked(16)?;
        let sample = i32::from_le_bytes(*description.first_chunk()?);
        channels.push(Channel { name, sample });
        bytes = rest;
    }
    Some(channels)
}

/// Red, green, blue and white, each with x and y.
fn chromaticities(fields: Fields<'_>) -> Option<[f32; 8]> {
    let mut values = [0.0; 8];
    for (index, value) in values.iter_mut().enumerate() {
        *value = fields.f32(index * 4)?;
    }
    Some(values)
}

fn rational(fields: Fields<'_>) -> Option<f64> {
    Some(f64::from(fields.i32(0)?) / f64::from(fields.u32(4)?))
}
