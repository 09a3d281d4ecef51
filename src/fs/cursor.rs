//! An open file with a position of its own: the few bounded reads beside the pass.

use std::io::{self, Read, Seek, SeekFrom};

use super::File;
use crate::error::Error;

/// Reads a shared descriptor from wherever it stands.
pub(crate) struct Cursor<'a> {
    file: &'a File,
    position: u64,
}

impl<'a> Cursor<'a> {
    /// At `position`.
    pub(crate) fn new(file: &'a File, position: u64) -> Self {
        Self { file, position }
    }
}

/// What the operating system said; whoever reads knows the path.
fn bare(error: Error) -> io::Error {
    match error {
        Error::Io { source, .. } => source,
        other => io::Error::other(other),
    }
}

impl Read for Cursor<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.file.read_at(buffer, self.position).map_err(bare)?;
        self.position += len as u64;
        Ok(len)
    }
}

impl Seek for Cursor<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::Current(distance) => self.position.checked_add_signed(distance),
            SeekFrom::End(distance) => {
                let size = self.file.stamp().map_err(bare)?.size;
                size.checked_add_signed(distance)
            }
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
