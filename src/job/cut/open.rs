//! Movies that lie on a disk.

use std::io::BufReader;
use std::path::Path;

use crate::error::{Error, Result};
use crate::format::movie::faststart::Refusal;
use crate::format::movie::model::Movie;
use crate::format::movie::{self, Fault, Reason};
use crate::fs::{self, Cursor, File, Kind};

/// Read what the boxes of a file say. Its media data is not read.
///
/// # Errors
///
/// [`Error::Io`]; [`Error::Movie`] for what is no movie, or has no header that is whole.
pub fn open(path: &Path) -> Result<Movie> {
    expect_file(path)?;
    let file = File::open(path)?;
    let mut input = BufReader::new(Cursor::new(&file, 0));
    movie::read(&mut input).map_err(|fault| of_fault(path, &fault))
}

/// A pipe would be waited for; and a folder among movies is one thing that cannot be checked, not the end.
///
/// # Errors
///
/// [`Error::Io`] if it is not there, [`Error::Movie`] for what is no file.
pub(super) fn expect_file(path: &Path) -> Result<()> {
    let reason = match fs::stat(path)?.0 {
        Kind::File => return Ok(()),
        Kind::Folder => "is a directory; hint: name a single MP4 or MOV file",
        Kind::Other => "is no regular file; hint: name a single MP4 or MOV file",
    };
    Err(Error::Movie { path: path.to_owned(), place: String::new(), reason: reason.to_owned() })
}

/// A fault of this file.
pub(super) fn of_fault(path: &Path, fault: &Fault) -> Error {
    match fault.reason {
        Reason::Unreadable(kind) => Error::io(path)(kind.into()),
        _ => Error::Movie {
            path: path.to_owned(),
            place: fault.path.clone(),
            reason: fault.reason.to_string(),
        },
    }
}

/// Why this file is not rewritten.
pub(super) fn of_refusal(path: &Path, refusal: &Refusal) -> Error {
    match refusal {
        Refusal::Fault(fault) => of_fault(path, fault),
        Refusal::Not { path: place, why, .. } => {
            Error::Movie { path: path.to_owned(), place: place.clone(), reason: why.to_string() }
        }
    }
}
