//! What the rules look at: names and sizes before a file is opened, and what the pass over the bytes
//! brought. All of it is the caller's; the indices of files are those of [`Delivery::files`].

use std::ops::RangeInclusive;

use crate::digest::Digest;
use crate::engine::walk::Reason;
use crate::format::picture::Header;
use crate::format::sequence::{Groups, Rate};

/// A file that is taken.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Relative to the delivery, with `/` between its parts; what is no UTF-8 is replaced.
    pub path: &'a str,
    /// Whether the name is UTF-8, so that `path` is all of it.
    pub is_text: bool,
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970 in UTC.
    pub modified: Option<i64>,
}

/// A delivery, as the walk found it and the caller described it.
#[derive(Clone, Debug)]
pub struct Delivery<'a> {
    /// Name of the delivery's folder; empty for the root of a drive.
    pub root_name: &'a str,
    /// All files that are taken.
    pub files: &'a [Item<'a>],
    /// All folders that were entered, relative with `/`; `""` is the delivery itself.
    pub folders: &'a [&'a str],
    /// What is not taken, with its path and why. Lists that are there already are among it.
    pub left_out: &'a [(&'a str, Reason)],
    /// The names of `files`, grouped; indices are those of `files`.
    pub groups: &'a Groups,
    /// Frame numbers that ought to be there in each sequence, if that was told.
    pub expected: Option<RangeInclusive<i64>>,
    /// Frames a second, if that was told: frame numbers are shown with their time code then.
    pub rate: Option<Rate>,
    /// Whether gaps are meant.
    pub islands: bool,
}

/// What the pass over the bytes brought about one file.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The header, or what is wrong with it; `None` if the bytes do not begin like a format that is read.
    pub header: Option<Result<&'a Header, &'a str>>,
    /// One digest, of the same algorithm for all files.
    pub digest: Option<Digest>,
    /// What the lists in the delivery say.
    pub listed: Listed,
    /// Why the file could not be read to its end.
    pub error: Option<&'a str>,
}

/// A file against the lists in the delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// As its list says.
    Same,
    /// Another size or digest than its list says.
    Changed,
    /// There are lists that should name it, and none does.
    NotListed,
    /// No list covers it.
    NoList,
}
