//! Sharing extents between files instead of copying bytes, where the file system can.
//!
//! Linux has it for ranges (XFS, Btrfs, bcachefs; ZFS shares whole records only, usually 128 KiB, and
//! refuses ours). Windows has the like on `ReFS`
//! (`FSCTL_DUPLICATE_EXTENTS_TO_FILE`), not written here; macOS clones whole files only.

#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "linux")]
use linux::clone_range;

use std::io::ErrorKind;

use super::File;
use crate::error::{Error, Result};

/// What a range must begin on, and its length be a multiple of, in both files. File systems with larger
/// blocks refuse.
pub const BLOCK: u64 = 4096;

impl File {
    /// Let `len` bytes of this file at `offset` be those of `source` at `start`, without copying them.
    ///
    /// All three numbers are multiples of [`BLOCK`]. Afterwards the files are as independent of each other
    /// as copies are.
    ///
    /// # Errors
    ///
    /// [`Error::Clone`] if the system refuses: other file systems, or one without shared extents;
    /// [`Error::Io`] for a full disk.
    pub fn clone_from(&self, source: &Self, start: u64, len: u64, offset: u64) -> Result<()> {
        clone_range(&source.file, start, len, &self.file, offset).map_err(|error| {
            match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::io(&self.path)(error),
                _ => Error::Clone { path: source.path.clone(), source: error },
            }
        })
    }
}

/// The portable way: there is none, whoever asks has to copy.
#[cfg(not(target_os = "linux"))]
fn clone_range(
    _source: &std::fs::File,
    _start: u64,
    _len: u64,
    _target: &std::fs::File,
    _offset: u64,
) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}
