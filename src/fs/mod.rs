//! Files: the only place that opens, reads, writes or renames them.
//!
//! Every error carries its path. Reading and writing is by position, so that several threads can share
//! a descriptor. What only one system can do has a file of its own, with a portable way beside it.
#![expect(clippy::disallowed_methods, reason = "this is where those functions are to be called")]

mod claim;
mod clone;
mod cursor;
mod local;
mod position;
mod scratch;
mod stamp;
mod storage;
mod tape;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub use clone::BLOCK;
pub(crate) use cursor::Cursor;
pub(crate) use local::is_local;
pub use position::File;
pub(crate) use scratch::expect_replaceable;
pub use scratch::{Scratch, discard, write};
#[cfg(feature = "python")]
pub(crate) use stamp::nanoseconds;
pub use stamp::{Mark, Stamp};
pub use storage::is_rotational;
pub use tape::{is_tape, start_block};

use crate::error::{Error, Result};

/// What a path leads to, links followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A device, socket or pipe.
    Other,
}

/// What `path` leads to, and how that is at this moment.
pub(crate) fn stat(path: &Path) -> Result<(Kind, Mark)> {
    let metadata = std::fs::metadata(path).map_err(Error::io(path))?;
    let kind = match metadata.file_type() {
        kind if kind.is_file() => Kind::File,
        kind if kind.is_dir() => Kind::Folder,
        _ => Kind::Other,
    };
    Ok((kind, Mark::of(&metadata)))
}

/// Whether anything has this name, even a link that leads nowhere.
pub(crate) fn exists(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Whether `path` is itself a link.
pub(crate) fn is_link(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

/// All bytes of a file of modest size.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(Error::io(path))
}

/// Make a folder, and those above it, where they are not there.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path).map_err(Error::io(path))
}

/// Remove a file that reelpack made.
pub(crate) fn remove(path: &Path) -> Result<()> {
    std::fs::remove_file(path).map_err(Error::io(path))
}

/// The folder that `path` names a thing in; a bare name lies in the current one.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The path without links, `.` and `..`.
pub(crate) fn canonical(path: &Path) -> Result<PathBuf> {
    std::fs::canonicalize(path).map_err(Error::io(path))
}

/// Whether the error means that there is nothing, and not that looking was refused.
pub(crate) fn leads_nowhere(error: &Error) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    match error {
        Error::Io { source, .. } => {
            matches!(source.kind(), NotFound | NotADirectory)
                || source.raw_os_error() == Some(LINK_LOOP)
        }
        _ => false,
    }
}

/// What the system calls links that lead in a circle; std's name for it is not stable yet.
#[cfg(unix)]
const LINK_LOOP: i32 = rustix::io::Errno::LOOP.raw_os_error();

/// `ERROR_CANT_RESOLVE_FILENAME`.
#[cfg(not(unix))]
const LINK_LOOP: i32 = 1921;
