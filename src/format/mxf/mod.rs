//! The header of an MXF file: which tracks it has, how long they are, and what they hold.
//!
//! Only the header partition is read, and of the footer what the header leaves open; essence is not
//! looked at. What is not known here is passed over. Values that a composition playlist repeats as
//! `RegXML` have the same names here.
//!
//! The standard, SMPTE ST 377-1, was not at hand: what is done here is what ffmpeg (`mxfdec.c`),
//! asdcplib and Photon do, with names and types from the public registers of SMPTE.

mod about;
mod assemble;
mod klv;
mod label;
pub mod model;
mod partition;
mod primer;
mod set;
mod source;
mod value;

#[cfg(test)]
mod tests;

use std::io::{ErrorKind, Read, Seek};

pub use about::{EmbeddedTimecode, WhyEmbedded};
use model::Header;
use partition::Partition;
use source::Source;

/// Bytes of the metadata of a partition. Headers that were seen have 16 KB to some MB.
const MAX_METADATA: u64 = 64 << 20;

/// Sets in the metadata of a partition.
const MAX_SETS: usize = 50_000;

/// Items of all sets together.
const MAX_ITEMS: usize = 1_000_000;

/// Items of one set; a descriptor has about 40.
const MAX_ITEMS_OF_SET: usize = 1_000;

/// Elements of an array.
const MAX_ELEMENTS: usize = 65_536;

/// Descriptors that lie below each other.
const MAX_DEPTH: usize = 16;

/// Why a header was refused, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: {reason}")]
pub struct Fault {
    /// Counted from 0, from the start of the file.
    pub offset: u64,
    /// What is wrong there.
    pub reason: Reason,
}

/// What can be wrong with a header.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The system refused to read.
    #[error("cannot be read: {0}")]
    Unreadable(ErrorKind),
    /// Cut off.
    #[error("the file ends inside its header")]
    Short,
    /// No MXF file.
    #[error("no header partition; hint: this is no MXF file")]
    NoHeader,
    /// No partition where another one said that one is.
    #[error("no partition here, though another one says so")]
    NoPartition,
    /// A key that is no universal label.
    #[error("no key of a packet, but {0}")]
    Key(String),
    /// The first byte of a length.
    #[error("a length cannot begin with 0x{0:02x}")]
    LengthForm(u8),
    /// A length that is more than there is.
    #[error("{what} of {len} bytes, where {left} are left")]
    Overrun {
        /// What has that length.
        what: &'static str,
        /// Bytes that it says to have.
        len: u64,
        /// Bytes that there are.
        left: u64,
    },
    /// A size that it cannot have.
    #[error("{what} of {len} bytes")]
    Size {
        /// What has that size.
        what: &'static str,
        /// Bytes that it has.
        len: u64,
    },
    /// More than any honest header has. Not read further, so that a hostile one costs nothing.
    #[error("more {0} than are read here")]
    TooMany(&'static str),
    /// Something that has to be there.
    #[error("no {0}")]
    Missing(&'static str),
    /// A tag that stands for two items.
    #[error("tag {0:04x} stands for two different items")]
    TagTwice(u16),
}

impl Reason {
    fn at(self, offset: u64) -> Fault {
        Fault { offset, reason: self }
    }
}

/// Read the header of an MXF file, from its first byte on.
///
/// Where the header partition is not final (open or incomplete) and the file has a footer with closed
/// metadata, that of the footer is taken. A footer that is missing, or whose partition pack cannot be
/// read, is passed over: the header then is what is known, and says that it is not final.
///
/// A value of a descriptor that is not of its type is kept as [`model::Value::Bytes`]. Cost: some ten
/// reads; memory as large as the metadata, a hostile file may cost ten times its metadata, of which at
/// most 64 MiB are read.
///
/// # Errors
///
/// [`Fault`] where the file is no MXF file, ends inside the metadata, or has metadata that cannot be
/// understood.
pub fn read(input: &mut (impl Read + Seek)) -> Result<Header, Fault> {
    let mut source = Source::new(input)?;
    let start = partition::run_in(&mut source)?;
    let header = Partition::read(&mut source, start)?;
    let index = partition::last_partition(&mut source);
    let (footer, better) = header.footer(&mut source, start, index);
    let better = better.filter(|footer| !header.is_final() && footer.is_better());
    let metadata = better.as_ref().unwrap_or(&header).metadata(&mut source)?;
    let content = assemble::content(&metadata)?;
    Ok(Header {
        operational_pattern: header.operational_pattern,
        is_closed: header.is_closed(),
        is_complete: header.is_complete(),
        essence_containers: header.essence_containers,
        from_footer: better.is_some(),
        run_in: start,
        footer,
        last_partition: index,
        file_package: content.file_package,
        packages: content.packages,
        descriptors: content.descriptors,
    })
}
