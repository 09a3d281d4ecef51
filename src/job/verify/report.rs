//! What a check found, and what it did not look at.

use std::ffi::OsStr;
use std::fmt;

use crate::digest::Algorithm;
use crate::engine::Tally;

/// What kind of finding it is. Every finding is a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Status {
    /// In the list, not there.
    Missing,
    /// There, in no list.
    Extra,
    /// There under another name: the digest of a missing file, which is the name expected.
    Renamed,
    /// The right size, another digest.
    Mismatch,
    /// Another size.
    Size,
    /// One name twice, in a list or in a zip.
    Duplicate,
    /// There, but it could not be read to its end as it was.
    Unreadable,
    /// A name that leads out of the folder.
    Unsafe,
    /// The zip itself: its structure, or a member's CRC; a file of an ASC MHL history.
    Corrupt,
    /// A generation of a history that says something else of a file than an earlier one.
    Contradiction,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Renamed => "renamed",
            Self::Mismatch => "mismatch",
            Self::Size => "size",
            Self::Duplicate => "duplicate",
            Self::Unreadable => "unreadable",
            Self::Unsafe => "unsafe",
            Self::Corrupt => "corrupt",
            Self::Contradiction => "contradiction",
        })
    }
}

/// A path as a report shows it: text, and the bytes where they are no UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shown {
    /// With `/` between its parts; replacement characters stand for what is no UTF-8.
    pub text: String,
    /// The bytes, if the text does not tell them.
    pub bytes: Option<Vec<u8>>,
}

impl Shown {
    /// From the bytes of a name.
    pub fn new(bytes: &[u8]) -> Self {
        match str::from_utf8(bytes) {
            Ok(text) => Self { text: text.to_owned(), bytes: None },
            Err(_) => Self {
                text: String::from_utf8_lossy(bytes).into_owned(),
                bytes: Some(bytes.to_owned()),
            },
        }
    }
}

impl From<&OsStr> for Shown {
    fn from(path: &OsStr) -> Self {
        let shown = Self::new(path.as_encoded_bytes());
        if cfg!(windows) { Self { text: shown.text.replace('\\', "/"), ..shown } } else { shown }
    }
}

/// What was expected or found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing, or nothing that could be told.
    Nothing,
    /// Hex digits: MD5, or CRC-32 for a corrupt member.
    Digest(String),
    /// Bytes.
    Size(u64),
    /// In words.
    Text(String),
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Relative to what was verified.
    pub path: Shown,
    /// What is wrong.
    pub status: Status,
    /// Digest, size or nothing, by the status.
    pub expected: Value,
    /// Digest, size, words or nothing, by the status.
    pub found: Value,
}

/// Something that was not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotChecked {
    /// Relative to what was verified.
    pub path: Shown,
    /// Why not.
    pub reason: String,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were compared with a list: all their bytes, or their size alone if that was wrong.
    pub checked: u64,
    /// What was read and compared, and what was compared as the memory knows it.
    pub tally: Tally,
    /// Sorted by path.
    pub findings: Vec<Finding>,
    /// Sorted by path.
    pub not_checked: Vec<NotChecked>,
    /// The lists judged by, relative to what was verified.
    pub lists: Vec<String>,
    /// What their digests are.
    pub algorithms: Vec<Algorithm>,
}

impl Report {
    pub(super) fn add(&mut self, path: Shown, status: Status, expected: Value, found: Value) {
        self.findings.push(Finding { path, status, expected, found });
    }

    pub(super) fn skip(&mut self, path: Shown, reason: impl Into<String>) {
        self.not_checked.push(NotChecked { path, reason: reason.into() });
    }

    /// In the order of paths, each finding once even if several lists make it.
    pub(super) fn sorted(mut self) -> Self {
        self.findings.sort_by(|a, b| {
            (&a.path, a.status, &a.expected).cmp(&(&b.path, b.status, &b.expected))
        });
        self.findings.dedup();
        self.not_checked.sort_by(|a, b| a.path.cmp(&b.path));
        self
    }
}
