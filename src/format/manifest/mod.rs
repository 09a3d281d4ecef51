//! Lists of files with their digests: one file per format.

pub mod ascmhl;
pub mod checksum_txt;
mod kind;
pub mod md5sum;
pub mod mhl;
mod time;

use std::fmt;
use std::str::FromStr;

use crate::digest::{Algorithm, Digest};

/// A format of lists that can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `checksum.txt`.
    ChecksumTxt,
    /// That of `md5sum` and its kin, a list for each algorithm.
    Sums,
    /// MHL 1.1.
    Mhl,
    /// ASC MHL 2.0: the next generation of a history.
    AscMhl,
}

impl Format {
    const ALL: [Self; 4] = [Self::ChecksumTxt, Self::Sums, Self::Mhl, Self::AscMhl];

    /// The name that commands use.
    pub fn name(self) -> &'static str {
        match self {
            Self::ChecksumTxt => "checksum-txt",
            Self::Sums => "md5sum",
            Self::Mhl => "mhl",
            Self::AscMhl => "ascmhl",
        }
    }

    /// Whether lists of the format can hold the digest.
    pub fn holds(self, algorithm: Algorithm) -> bool {
        use Algorithm::{C4, Md5, Sha1, Sha256, Xxh3, Xxh64, Xxh128};
        match self {
            Self::ChecksumTxt => checksum_txt::ALGORITHMS.contains(&algorithm),
            Self::Sums => matches!(algorithm, Md5 | Sha1 | Sha256 | Xxh64 | Xxh3 | Xxh128),
            Self::Mhl => matches!(algorithm, Md5 | Sha1 | Xxh64),
            Self::AscMhl => matches!(algorithm, C4 | Md5 | Sha1 | Xxh3 | Xxh64 | Xxh128),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is none of a format here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not checksum-txt, md5sum, mhl or ascmhl")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|format| format.name() == name);
        known.ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// What the list is called that lies beside the frames.
///
/// Source: "Picture Archival Assets: Folder Structure and File Naming Convention" (partnerhelp article
/// 360000384727): "must be called exactly `checksum.txt`".
pub const FILE_NAME: &str = "checksum.txt";

pub use ascmhl::FOLDER_NAME as HISTORY;
pub use kind::{Kind, PREFIX_LEN, kind_of};

/// One file in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Base name, or a relative path with `/` between its parts.
    pub name: String,
    /// Bytes; `None` in a list that does not say.
    pub size: Option<u64>,
    /// Over all of them, one or more; none in a list of sizes alone.
    pub digests: Vec<Digest>,
}

impl Entry {
    /// The digest of this algorithm, if the list has it.
    pub fn of(&self, algorithm: Algorithm) -> Option<Digest> {
        self.digests.iter().copied().find(|digest| digest.algorithm() == algorithm)
    }
}
