//! What people come for; each a use of the engine.

pub mod checksum;
pub mod package;
pub mod verify;

use std::path::Path;

use crate::error::{Error, Result};
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
