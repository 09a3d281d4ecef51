//! One image element: what it holds, and how many bytes that takes.

use super::super::source::Fields;
use super::IMAGE_HEADER_END;

/// Lines of whole words; the two places of the fill bits take the same room.
const FILLED: [u16; 2] = [1, 2];
/// Run-length encoded.
const RLE: u16 = 1;
/// Descriptor of an element that is not described.
const UNDEFINED: u8 = u8::MAX;

/// A field of the header.
pub(super) struct Element {
    pub(super) descriptor: u8,
    pub(super) transfer: u8,
    pub(super) colorimetric: u8,
    pub(super) bit_depth: u8,
    packing: u16,
    encoding: u16,
    /// None where it is undefined, 0, or inside the header.
    pub(super) offset: Option<u32>,
    /// Bytes after each line.
    line_padding: u64,
    /// Bytes after the last line.
    image_padding: u64,
}

/// A number of bytes that the header leaves partly open.
pub(super) struct Extent {
    /// All that a complete file needs.
    pub(super) least: u64,
    /// With every padding that the header allows for.
    pub(super) most: u64,
}

impl Element {
    /// `fields` are the 72 bytes of one element.
    pub(super) fn read(fields: Fields<'_>) -> Option<Self> {
        let padding = |at| Some(fields.u32(at)?).map(|pad| if pad == u32::MAX { 0 } else { pad });
        Some(Self {
            descriptor: fields.u8(20)?,
            transfer: fields.u8(21)?,
            colorimetric: fields.u8(22)?,
            bit_depth: fields.u8(23)?,
            packing: fields.u16(24)?,
            encoding: fields.u16(26)?,
            offset: fields.u32(28).filter(|at| (IMAGE_HEADER_END..u32::MAX).contains(at)),
            line_padding: padding(32)?.into(),
            image_padding: padding(36)?.into(),
        })
    }

    pub(super) fn described(&self) -> bool {
        self.descriptor != UNDEFINED
    }

    pub(super) fn compressed(&self) -> bool {
        self.encoding == RLE
    }

    /// Three 10-bit samples in a 32-bit word, or each 12-bit sample in 16 bits. Other depths have
    /// nothing to fill.
    pub(super) fn filled(&self) -> bool {
        FILLED.contains(&self.packing)
    }

    pub(super) fn method_b(&self) -> bool {
        self.packing == FILLED[1]
    }

    /// Samples for each pixel: 1 where the descriptor is unknown, because fewer there cannot be.
    fn samples(&self) -> u64 {
        match self.descriptor {
            // Cb,Y,Cr,Y: two pixels.
            100 | 150 => 2,
            // R,G,B and Cb,Y,A,Cr,Y,A and Cb,Y,Cr.
            50 | 101 | 102 | 151 => 3,
            51 | 52 | 103 | 152 => 4,
            several @ 153..=156 => u64::from(several) - 148,
            _ => 1,
        }
    }

    /// Bytes of `samples` in one run, where a run ends with its last sample.
    fn run(&self, samples: u128) -> u128 {
        match self.bit_depth {
            10 if self.filled() => samples.div_ceil(3) * 4,
            12 if self.filled() => samples * 2,
            depth => (samples * u128::from(depth)).div_ceil(8),
        }
    }

    /// Bytes of the picture: at least one run over all lines without any padding (`GraphicsMagick` says
    /// that of 10-bit luma), at most each line on whole words with the padding that the header tells.
    pub(super) fn size(&self, width: u32, height: u32) -> Extent {
        let (lines, samples) = (u128::from(height), u128::from(width) * u128::from(self.samples()));
        let line = self.run(samples).next_multiple_of(4);
        // A padding longer than what it pads is garbage.
        let padding = Some(self.line_padding.into()).filter(|padding| *padding <= line);
        let most = lines * (line + padding.unwrap_or(0));
        let behind = Some(self.image_padding.into()).filter(|padding| *padding <= most);
        Extent {
            least: saturated(self.run(lines * samples)),
            most: saturated(most + behind.unwrap_or(0)),
        }
    }
}

fn saturated(bytes: u128) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
