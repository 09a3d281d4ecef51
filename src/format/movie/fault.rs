//! What is wrong with a file, and where.

use std::error::Error;
use std::fmt;
use std::io::ErrorKind;

use super::FourCc;

/// Why a file was refused or a box passed over, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Counted from 0, from the start of the file.
    pub offset: u64,
    /// The box, such as `moov/trak[2]/mdia/mdhd`, tracks counted from 1; empty for the file.
    pub path: String,
    /// What is wrong there.
    pub reason: Reason,
}

/// What can be wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The system refused to read.
    Unreadable(ErrorKind),
    /// Not a byte.
    Empty,
    /// Nothing that a movie begins with.
    NoMovie,
    /// No box of this name, which has to be there.
    Missing(&'static str),
    /// The file ended where it was not expected to.
    Short,
    /// A box with fewer bytes than its own head takes.
    BoxSize(u64),
    /// A box that is longer than what it lies in.
    Overrun {
        /// Bytes that it says to have.
        len: u64,
        /// Bytes that there are.
        left: u64,
    },
    /// Media data that says to be longer than the file.
    CutOff {
        /// Which box.
        kind: FourCc,
        /// Bytes that are not there.
        missing: u64,
    },
    /// A box with too few bytes for what it has to tell.
    TooShort(u64),
    /// A box with more bytes than are read here.
    TooLarge(u64),
    /// A table that says to have more entries than it has room for.
    Entries {
        /// How many it says to have.
        count: u64,
        /// Bytes that there are for them.
        left: u64,
    },
    /// More than any honest file has. Not read further, so that a hostile one costs nothing.
    TooMany(&'static str),
    /// Something that cannot be zero.
    Zero(&'static str),
    /// Key frames whose numbers do not rise.
    KeyOrder,
    /// Tables that speak of a different number of samples.
    Counts {
        /// Samples that have a duration.
        durations: u64,
        /// Samples that have a size.
        sizes: u64,
    },
    /// Delays for a different number of samples than there are.
    Offsets {
        /// Samples that have one.
        offsets: u64,
        /// Samples that there are.
        samples: u64,
    },
    /// Samples that lie, or end, where the file has ended.
    Outside {
        /// Where they begin.
        at: u64,
        /// Bytes that they have.
        len: u64,
    },
    /// Samples that lie in the file, and not in its media data.
    Elsewhere {
        /// Where they begin.
        at: u64,
        /// Bytes that they have.
        len: u64,
    },
    /// A table of runs that does not begin with the first one, or does not rise.
    Runs,
    /// Samples that are in no run, so that nobody knows where they lie.
    Unplaced(u64),
    /// A run whose samples are described by what is not there.
    Description {
        /// Which description, counted from 1.
        number: u32,
        /// How many there are.
        count: u64,
    },
}

impl Reason {
    /// At a place of the file that is in no box.
    pub(super) fn at(self, offset: u64) -> Fault {
        Fault { offset, path: String::new(), reason: self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { offset, path, reason } = self;
        match path.as_str() {
            "" => write!(f, "byte {offset}: {reason}"),
            path => write!(f, "byte {offset}, {path}: {reason}"),
        }
    }
}

impl Error for Fault {}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(kind) => write!(f, "cannot be read: {kind}"),
            Self::Empty => {
                f.write_str("the file is empty; hint: copy it again, or export it again")
            }
            Self::NoMovie => f.write_str("no box of a movie; hint: this is no MP4 or MOV file"),
            Self::Missing("moov") => f.write_str(
                "no `moov` box; hint: the file was cut off, or its recording was never finished",
            ),
            Self::Missing(kind) => write!(f, "no `{kind}` box"),
            Self::Short => f.write_str("the file ends here"),
            Self::BoxSize(len) => write!(f, "a box of {len} bytes, fewer than its own head takes"),
            Self::Overrun { len, left } => write!(f, "{len} bytes, where {left} are left"),
            Self::CutOff { kind, missing } => {
                write!(f, "the last {missing} bytes of `{kind}` are not there")
            }
            Self::TooShort(len) => write!(f, "only {len} bytes"),
            Self::TooLarge(len) => write!(f, "{len} bytes, more than are read here"),
            Self::Entries { count, left } => {
                write!(f, "{count} entries, for which {left} bytes are too few")
            }
            Self::TooMany(what) => write!(f, "more {what} than are read here"),
            Self::Zero(what) => write!(f, "the {what} is 0"),
            Self::KeyOrder => {
                f.write_str("the numbers of the key frames do not rise, or are beyond the last")
            }
            Self::Counts { durations, sizes } => {
                write!(f, "{durations} samples have a duration, {sizes} a size")
            }
            Self::Offsets { offsets, samples } => {
                write!(f, "when they are shown is told of {offsets} samples, where {samples} are")
            }
            Self::Outside { at, len } => {
                write!(f, "{len} bytes of samples at byte {at}, beyond the end of the file")
            }
            Self::Elsewhere { at, len } => {
                write!(f, "{len} bytes of samples at byte {at} do not lie in media data")
            }
            Self::Runs => {
                f.write_str("the runs of samples do not begin with the first, or do not rise")
            }
            Self::Unplaced(count) => write!(f, "{count} samples are in no run"),
            Self::Description { number, count } => {
                write!(f, "samples of description {number}, of which there are {count}")
            }
        }
    }
}
