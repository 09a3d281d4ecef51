//! The header of one frame.

use std::io::BufReader;
use std::path::Path;

use crate::error::{Error, Result};
use crate::format::picture::{self, Fault, Header};
use crate::fs::{Cursor, File};

/// Bytes of a read: all of a DPX header, and of most others.
const READ: usize = 8192;

/// What the header of a frame says; `None` if its first bytes are those of no format that is read.
///
/// # Errors
///
/// [`Error::Frame`] for a header that cannot be understood, [`Error::Io`].
pub fn header(path: &Path) -> Result<Option<Header>> {
    let file = File::open(path)?;
    let size = file.stamp()?.size;
    of_file(&file, size)
        .map_err(|fault| Error::Frame { path: path.to_owned(), reason: fault.to_string() })
}

/// The same of an open file of so many bytes.
pub(super) fn of_file(file: &File, size: u64) -> std::result::Result<Option<Header>, Fault> {
    picture::parse(&mut BufReader::with_capacity(READ, Cursor::new(file, 0)), size)
}
