//! The error enum returned by all fallible functions of this crate.

use std::io;
use std::path::{Path, PathBuf};

use crate::digest::Algorithm;
use crate::fs::Stamp;

/// What a function of this crate returns when it can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an operation could not be carried out.
///
/// A digest that does not match is not an error: it is a finding, and belongs in a report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused to open, read or write `path`.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file, as the caller named it.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file was not the same when its last byte had been read as when its first one was, or as when it
    /// was found.
    #[error("{}: changed while it was read: {}", path.display(), change(before, after))]
    Changed {
        /// The file.
        path: PathBuf,
        /// Size and modification time when it was opened.
        before: Stamp,
        /// The same when it had been read.
        after: Stamp,
    },
    /// A name that a list cannot hold.
    #[error("{}: cannot be listed: {fault}; hint: rename it", path.display())]
    Name {
        /// The file.
        path: PathBuf,
        /// What is wrong with its name.
        fault: NameFault,
    },
    /// Two files that would stand in one list, or one flat zip, under the same name.
    #[error(
        "{}: has the same base name as {}; one list cannot hold both", second.display(), first.display()
    )]
    Collision {
        /// The file met first.
        first: PathBuf,
        /// The other one.
        second: PathBuf,
    },
    /// A folder in which no file is to be listed.
    #[error("{}: no file to list", path.display())]
    NothingToList {
        /// The folder.
        path: PathBuf,
    },
    /// Nothing to judge by: no list, or one without an entry.
    #[error("{}: {reason}", path.display())]
    NoList {
        /// Where a list was looked for, or the list.
        path: PathBuf,
        /// What was (not) found.
        reason: &'static str,
    },
    /// A list that cannot be understood, or not be made.
    #[error("{}: {reason}", path.display())]
    List {
        /// The list.
        path: PathBuf,
        /// Where and what, or why not.
        reason: String,
    },
    /// A line of a list that could not be understood.
    #[error("{}: line {line}: {fault}", path.display())]
    Manifest {
        /// The list.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        fault: LineFault,
    },
    /// Something that the old `npack` left out or got wrong without a word.
    #[error("{}: {reason}", path.display())]
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// Why the work stops here.
        reason: &'static str,
    },
    /// A package that cannot be made, or is none.
    #[error("{}: {reason}", path.display())]
    Package {
        /// The package.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The target is there already, and replacing it was not asked for.
    #[error("{}: is there already", path.display())]
    TargetExists {
        /// The target.
        path: PathBuf,
    },
    /// A time zone that this system does not know.
    #[error("time zone `{name}` is not known")]
    Zone {
        /// As the caller wrote it.
        name: String,
    },
    /// An instruction set that is unknown or that this processor lacks.
    #[error("REELPACK_SIMD={name}: not avx512, avx2 or portable, or this processor lacks it")]
    Simd {
        /// As the caller wrote it.
        name: String,
    },
    /// A number of threads or readers below 1.
    #[error("{name} must be at least 1")]
    TooFew {
        /// The option.
        name: &'static str,
    },
    /// A value of an argument, or several values together, that make no sense.
    #[error("{reason}")]
    Argument {
        /// Which and why.
        reason: String,
    },
    /// A frame whose header cannot be understood.
    #[error("{}: {reason}", path.display())]
    Frame {
        /// The frame.
        path: PathBuf,
        /// What is wrong with its header.
        reason: String,
    },
    /// A profile that cannot be read or understood.
    #[error("{}: {}{reason}", path.display(), line.map(|line| format!("line {line}: ")).unwrap_or_default())]
    Profile {
        /// Its file, or its name if it is built in.
        path: PathBuf,
        /// Counted from 1.
        line: Option<usize>,
        /// What is wrong with it.
        reason: String,
    },
    /// An IMF package that cannot be opened, or not be made, or what is none.
    #[error("{}: {}{reason}", path.display(), line.map(|line| format!("line {line}: ")).unwrap_or_default())]
    Imf {
        /// The folder, or the file.
        path: PathBuf,
        /// Counted from 1; `None` if it is about no line.
        line: Option<usize>,
        /// Why not.
        reason: String,
    },
    /// A movie that cannot be understood, or not be rewritten.
    #[error("{}: {}{reason}", path.display(), if place.is_empty() { String::new() } else { format!("{place}: ") })]
    Movie {
        /// The file.
        path: PathBuf,
        /// The box, such as `moov/trak[1]`; empty for the file.
        place: String,
        /// Why not.
        reason: String,
    },
    /// An index or a label of a tape that cannot be understood.
    #[error("{}:{} {reason}", path.display(), line.map(|line| format!("{line}:")).unwrap_or_default())]
    Lto {
        /// The file.
        path: PathBuf,
        /// Counted from 1; `None` if it is about no line.
        line: Option<usize>,
        /// What is wrong with it.
        reason: String,
    },
    /// Extents cannot be shared with `path`.
    #[error("{}: cannot be cloned: {source}", path.display())]
    Clone {
        /// The file that was to be cloned.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The memory of earlier work cannot be used.
    #[error("{}: {reason}", path.display())]
    State {
        /// Its file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// A service answered that it will not do what it was asked for.
    #[error("{url}: {status}: {message}")]
    Status {
        /// The verb of the call.
        method: String,
        /// What was called, secrets struck out.
        url: String,
        /// The HTTP status.
        status: u16,
        /// The service's own words, secrets struck out, and a hint where we know one.
        message: String,
        /// The whole answer, secrets struck out.
        body: Vec<u8>,
    },
    /// A service did not answer in time; it may have done its work all the same.
    #[error("{url}: no answer within {seconds} s")]
    Timeout {
        /// What was called, secrets struck out.
        url: String,
        /// How long was waited.
        seconds: f64,
    },
    /// A service could not be reached, the connection was lost, or what came over it is of no use.
    #[error("{url}: {reason}")]
    Connection {
        /// What was called, secrets struck out.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// No token is to be had.
    #[error("no token: {reason}")]
    Login {
        /// Why not, and what to do.
        reason: String,
    },
    /// The description of a service, or what a user changed in it, is not understood.
    #[error("{}: {}{reason}", path.display(), line.map(|line| format!("line {line}: ")).unwrap_or_default())]
    Contract {
        /// The file.
        path: PathBuf,
        /// Counted from 1; `None` if it is about no line.
        line: Option<usize>,
        /// What is wrong with it.
        reason: String,
    },
    /// A call that must not be made twice was made before, and nobody knows whether it was carried out.
    #[error("{url}: {reason}")]
    Uncertain {
        /// What was called, secrets struck out.
        url: String,
        /// When it was sent, in seconds since 1970.
        since: f64,
        /// What is known of it, and what to do.
        reason: String,
    },
    /// The caller stopped the work.
    #[error("cancelled")]
    Cancelled,
}

/// Why a name cannot stand in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameFault {
    /// It has a TAB, which separates the columns.
    #[error("its name has a TAB")]
    Tab,
    /// It has a line feed, which ends a line.
    #[error("its name has a line feed")]
    LineFeed,
    /// It has a carriage return, which readers take for part of the line's end.
    #[error("its name has a carriage return")]
    CarriageReturn,
    /// It begins or ends with a blank, which the old tool strips.
    #[error("its name begins or ends with a blank")]
    OuterBlank,
    /// It has a backslash.
    #[error("its path has a backslash, which some readers of zips take for a folder's end")]
    Backslash,
    /// It has a colon as its second character.
    #[error("its path begins like a drive (`C:`), where some readers of zips would put it")]
    Drive,
    /// It is longer than a zip can say.
    #[error("its path has more than 65,535 bytes")]
    TooLong,
    /// It is not UTF-8, the encoding of the list.
    #[error("its name is not UTF-8")]
    NotUtf8,
}

/// Why a line of a list could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LineFault {
    /// Not four columns with a TAB between them.
    #[error("not name, TAB, size, TAB, algorithm, TAB, digest")]
    Columns,
    /// The second column is no size in bytes.
    #[error("`{0}` is not a size in bytes")]
    Size(String),
    /// The third column is an algorithm that is not known here.
    #[error("`{0}` is not an algorithm that such a list is known to have (md5, xxhash)")]
    Algorithm(String),
    /// The fourth column is no digest of that algorithm.
    #[error("`{1}` is no {0} digest")]
    Digest(Algorithm, String),
    /// The line is not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
}

/// How a file changed, as far as a user can see it.
fn change(before: &Stamp, after: &Stamp) -> String {
    if before == after {
        return "its attributes or links, or its bytes with the time set back".to_owned();
    }
    format!("{before}, then {after}")
}

impl Error {
    /// Adapter for `map_err` that adds the path an [`io::Error`] lacks.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
