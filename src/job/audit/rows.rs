//! What an audit tells, as rows of tables.

use std::fmt;

use crate::digest::Digest;
use crate::engine::Tally;
use crate::format::picture::Header;
use crate::job::preflight::{Finding, State, Summary};
use crate::job::verify::Shown;

/// One file.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// Relative to the delivery.
    pub path: Shown,
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970, UTC.
    pub modified: Option<i64>,
    /// In the order in which they were asked for; none of a file that could not be read.
    pub digests: Vec<Digest>,
    /// CRC-32 of the bytes.
    pub crc: Option<u32>,
    /// Whether it was recalled, and not read.
    pub trusted: bool,
    /// The worst that is to be said of it.
    pub state: State,
    /// The sequence that it belongs to, by number.
    pub sequence: Option<usize>,
    /// Its frame number.
    pub frame: Option<i64>,
    /// The frame number as time code, where the rate was told.
    pub time_code: Option<String>,
    /// The header, if it is a frame whose header could be read.
    pub header: Option<Header>,
}

/// One sequence.
#[derive(Clone, Debug)]
pub struct SequenceRow {
    /// Its folder and name, with `%06d` in the number's place.
    pub path: String,
    /// Folder alone, empty for the delivery's own.
    pub folder: String,
    /// The same name without the folder.
    pub pattern: String,
    /// Digits of the number.
    pub padding: usize,
    /// Frame numbers: the lowest and the highest there.
    pub first: i64,
    /// See `first`.
    pub last: i64,
    /// Frames that are there.
    pub count: u64,
    /// Their bytes.
    pub size: u64,
    /// Frames that are not there and ought to be.
    pub missing: u64,
    /// The same as ranges.
    pub missing_ranges: String,
    /// First and last as time code, where the rate was told.
    pub time_codes: Option<(String, String)>,
    /// What most of its frames are.
    pub summary: Summary,
    /// The worst that is to be said of any frame.
    pub status: Cell,
    /// Findings about it.
    pub findings: u64,
    /// Every frame from the first expected to the last, in runs.
    pub map: Vec<Run>,
}

/// What one frame number of a map stands for; the worst comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// A file is there.
    There(State),
    /// None is.
    Missing,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::There(state) => state.fmt(f),
            Self::Missing => f.write_str("missing"),
        }
    }
}

/// Frames from `first` to `last` that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// How they are.
    pub cell: Cell,
    /// Frame number.
    pub first: i64,
    /// Frame number, included.
    pub last: i64,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Audit {
    /// In the order of paths.
    pub files: Vec<FileRow>,
    /// In the order of folder and name.
    pub sequences: Vec<SequenceRow>,
    /// The worst first.
    pub findings: Vec<Finding>,
    /// What was not looked at, with the reason; an empty path stands for the whole.
    pub not_checked: Vec<(String, String)>,
    /// The lists that files were held against, relative to the delivery.
    pub lists: Vec<String>,
    /// What was read and what was known.
    pub tally: Tally,
}
