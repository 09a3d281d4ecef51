//! Movies that lie on a disk.

use std::io::{BufReader, ErrorKind};
use std::path::Path;

use crate::error::{Error, Result};
use crate::format::movie::faststart::Refusal;
use crate::format::movie::model::Movie;
use crate::format::movie::{self, Fault, Reason};
use crate::fs::{self, Cursor, File};

/// Read what the boxes of a file say. Its media data is not read.
///
/// # Errors
///
/// [`Error::Io`]; [`Error::Movie`] for what is no movie, or has no header that is whole.
pub fn open(path: &Path) -> Result<Movie> {
    match fs::stat(path)?.0 {
        fs::Kind::File => {}
        fs::Kind::Folder => return Err(Error::io(path)(ErrorKind::IsADirectory.into())),
        fs::Kind::Other => {
            let reason = "is no regular file".to_owned();
            return Err(Error::Movie { path: path.to_owned(), place: String::new(), reason });
        }
    }
    let file = File::open(path)?;
    let mut input = BufReader::new(Cursor::new(&file, 0));
    movie::read(&mut input).map_err(|fault| of_fault(path, &fault))
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
