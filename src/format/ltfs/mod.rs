//! Index and label of an LTFS volume, as the XML that drives and tools write to files.
//!
//! The index says what is on a tape and where; the label, which does not change, how it was formatted. Both
//! follow the LTFS Format Specification 2.4.0 of SNIA; where that leaves a choice, the reference
//! implementation decides (LinearTapeFileSystem/ltfs, `src/libltfs/xml_reader_libltfs.c`): names are
//! taken with the blanks around them, elements that are not known are passed over, an older extent
//! without `fileoffset` follows the one before it.
//!
//! What an index does not tell is which partition holds the data: the label does. It is taken to be `b`, as
//! formatting tools have it unless they are told otherwise.

mod model;
mod name;
mod reading;
#[cfg(test)]
mod tests;

use std::io::BufRead;

pub use model::{Digest, File, Kind, Volume};

use crate::format::xml;

/// Bytes of an index; that of a tape with ten million files has fewer.
pub const LONGEST: u64 = 8 << 30;

/// Elements within each other: two for each folder, and no path has 500 of these.
const DEEPEST: usize = 1024;

/// Bytes of a value that is kept; names have 255 characters, extended attributes 4,096 bytes.
const LONGEST_TEXT: usize = 64 * 1024;

/// Bytes of what is passed over in one piece: comments and the extended attributes of others.
const LONGEST_PIECE: usize = 1024 * 1024;

/// What an index may make a reader keep.
#[derive(Clone, Copy)]
struct Bounds {
    /// Files and folders.
    entries: usize,
    /// Bytes of all paths and digests, written out.
    bytes: u64,
}

/// A tape of 18 TB has this many where they have 500 kB each.
const BOUNDS: Bounds = Bounds { entries: 40_000_000, bytes: 8 << 30 };

/// Read an index or a label.
///
/// Files are in the order of the index; links are left out, since they have no bytes of their own. Cost: one
/// pass; memory as large as names, numbers and digests, however long the document.
///
/// # Errors
///
/// [`Fault`] where the input cannot be read, is neither of them, is an incremental index (2.5), is not
/// well-formed, has a document type, is too deep or too large, or has a name that leads elsewhere.
pub fn read(input: impl BufRead) -> Result<Volume, Fault> {
    reading::read(input, BOUNDS)
}

/// Why a file was refused, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: Reason,
}

impl From<xml::Fault> for Fault {
    fn from(fault: xml::Fault) -> Self {
        Self { line: fault.line, reason: Reason::Xml(fault.reason) }
    }
}

/// What can be wrong with an index or a label.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// It is no XML that is read here.
    #[error("{0}")]
    Xml(xml::Reason),
    /// There is nothing in it.
    #[error("no element found")]
    Empty,
    /// It is something else.
    #[error("neither an index nor a label of LTFS, but <{0}>")]
    Kind(String),
    /// It tells only what is new since another index.
    #[error("an incremental index, which holds changes only; hint: take the full one")]
    Incremental,
    /// A name that could lead anywhere, or is none.
    #[error("{0:?} is no name of a file or folder")]
    Name(String),
    /// A number that is none, or has more than 64 bits.
    #[error("{element}: {value:?} is no number")]
    Number {
        /// The element.
        element: &'static str,
        /// What it has, or the start of it.
        value: String,
    },
    /// More than any tape has.
    #[error("more than {0} files and folders")]
    Entries(usize),
    /// More to keep than any tape has.
    #[error("paths and digests of more than {0} bytes")]
    Bytes(u64),
}
