//! Headers of frames: DPX, `OpenEXR` and TIFF.
//!
//! What the header says of the picture, and how many bytes the file must at least have, so that a
//! frame that was cut off is found without decoding it. No pixel is read, and nothing is corrected.
//!
//! Which format a file has is told by its first bytes, never by its name.

mod dpx;
mod exr;
mod source;
mod tiff;

#[cfg(test)]
mod tests;

use std::fmt;
use std::io::{ErrorKind, Read, Seek};

use source::Source;

/// A format of frames whose headers are read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// SMPTE 268M.
    Dpx,
    /// `OpenEXR`.
    Exr,
    /// TIFF 6.0 and `BigTIFF`.
    Tiff,
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Dpx => "dpx",
            Self::Exr => "exr",
            Self::Tiff => "tiff",
        })
    }
}

/// What the header of a frame says.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Told by the first bytes.
    pub format: Format,
    /// Version, byte order and arrangement: "v2 big-endian", "tiled", "bigtiff little-endian strips".
    pub layout: String,
    /// Pixels from left to right; for `OpenEXR` those of the display window.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Bits for each sample: "10", "16f" for floating point, "16s" for signed, "mixed".
    pub bit_depth: String,
    /// "RGB", "RGBA", "Y", or names with commas between them.
    pub channels: String,
    /// "none", or the format's own word for it.
    pub compression: String,
    /// Transfer and colorimetry (DPX), chromaticities (`OpenEXR`) or photometric interpretation (TIFF);
    /// empty where the header is silent.
    pub encoding: String,
    /// Frames for each second.
    pub frame_rate: Option<f64>,
    /// "01:00:00:00"; with a semicolon before the frames where the header says that frames are dropped.
    pub time_code: Option<String>,
    /// Bytes that the file must at least have. A shorter file was cut off, or never finished. None
    /// where nothing is known.
    pub promised: Option<u64>,
    /// Whether nothing in the picture makes its size depend on what it shows: neither compression nor
    /// deep samples. Frames with the same facts then have the same number of picture bytes, and the
    /// same file size unless other texts in the header (a time, a comment) differ in length.
    pub uniform: bool,
}

/// What is wrong with a header.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The system refused to read.
    #[error("cannot be read: {0}")]
    Unreadable(ErrorKind),
    /// Cut off before the header's end.
    #[error("the file ends before its header does")]
    Short,
    /// Something without which the frame cannot be read is not there.
    #[error("the header has no {0}")]
    Missing(&'static str),
    /// Something is there and cannot be true.
    #[error("the header's {0} cannot be true")]
    Wrong(&'static str),
    /// More than any honest header has. Not read further, so that a hostile one costs nothing.
    #[error("the header has more {0} than are read here")]
    TooMany(&'static str),
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::UnexpectedEof => Self::Short,
            kind => Self::Unreadable(kind),
        }
    }
}

/// Read the header of a file of `size` bytes. None where its first bytes are those of no format here,
/// or fewer than four.
///
/// Whether the file is shorter than [`Header::promised`] is for the caller to say. Cost: one read of
/// 8 KiB at the begin; where the format keeps its tables elsewhere a few more of that size. A hostile
/// header may cost some MiB of memory before it is refused.
///
/// # Errors
///
/// [`Fault`] where the header cannot be understood, or the file ends inside it.
pub fn parse(input: &mut (impl Read + Seek), size: u64) -> Result<Option<Header>, Fault> {
    if size < 4 {
        return Ok(None);
    }
    let mut source = Source::new(input, size);
    let magic = source.array(0)?;
    match &magic {
        b"SDPX" | b"XPDS" => dpx::parse(&mut source, magic).map(Some),
        [0x76, 0x2f, 0x31, 0x01] => exr::parse(&mut source).map(Some),
        b"II*\0" | b"MM\0*" | b"II+\0" | b"MM\0+" => tiff::parse(&mut source, magic).map(Some),
        _ => Ok(None),
    }
}

/// The format that the extension of `name` promises, in any case.
pub fn looks_like(name: &str) -> Option<Format> {
    let (_, extension) = name.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "dpx" => Some(Format::Dpx),
        "exr" => Some(Format::Exr),
        "tif" | "tiff" => Some(Format::Tiff),
        _ => None,
    }
}

/// The rate as a fact of the header: absent where it is unset or nonsense.
fn frame_rate(rate: f64) -> Option<f64> {
    (rate.is_finite() && rate > 0.0 && rate <= FASTEST).then_some(rate)
}

/// Frames a second above which a number in a rate field is taken for garbage. Ours.
const FASTEST: f64 = 100_000.0;
