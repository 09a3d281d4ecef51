//! What people come for; each a use of the engine.

pub mod audit;
pub mod checksum;
pub mod cloning;
pub mod copy;
pub mod cut;
pub mod digests;
pub mod frame;
mod history;
pub mod imf;
pub mod listing;
pub mod package;
pub mod preflight;
pub mod profiles;
pub mod reading;
pub mod sequences;
pub mod survey;
pub mod tape;
pub mod update;
pub mod verify;

use std::path::Path;

use crate::error::{Error, Result};
use crate::format::manifest::{Entry, checksum_txt};
use crate::fs::{self, Kind};

/// # Errors
///
/// [`Error::Io`] with the system's own "not a directory" if `path` leads to anything else.
fn expect_folder(path: &Path) -> Result<()> {
    match fs::stat(path)? {
        (Kind::Folder, _) => Ok(()),
        _ => Err(Error::io(path)(std::io::ErrorKind::NotADirectory.into())),
    }
}

/// Bytes of the longest list that is read: more than 250,000 lines of the longest names.
const LONGEST_LIST: u64 = 256 << 20;

/// All bytes of a list.
///
/// # Errors
///
/// [`Error::Io`] if it cannot be read, [`Error::NoList`] if it is too large.
fn read_modest(path: &Path) -> Result<Vec<u8>> {
    if fs::stat(path)?.1.stamp.size > LONGEST_LIST {
        let reason = "is larger than any list; hint: name a folder, a list or a zip";
        return Err(Error::NoList { path: path.to_owned(), reason });
    }
    fs::read(path)
}

/// The lines of a `checksum.txt`.
///
/// # Errors
///
/// Those of [`read_modest`], and [`Error::Manifest`] if a line cannot be understood.
fn read_list(path: &Path) -> Result<Vec<Entry>> {
    checksum_txt::parse(&read_modest(path)?).map_err(|fault| Error::Manifest {
        path: path.to_owned(),
        line: fault.line,
        fault: fault.fault,
    })
}
