//! A file as bytes at places.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use super::{Fault, MAX_METADATA, Reason};

/// The file, with its size.
pub(super) struct Source<'a, R> {
    input: &'a mut R,
    size: u64,
}

impl<'a, R: Read + Seek> Source<'a, R> {
    pub(super) fn new(input: &'a mut R) -> Result<Self, Fault> {
        let size = input.seek(SeekFrom::End(0)).map_err(|error| unreadable(0, error.kind()))?;
        Ok(Self { input, size })
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// `len` bytes from `at`; never more than are read of the metadata, and memory only for what is
    /// there.
    pub(super) fn bytes(&mut self, at: u64, len: u64) -> Result<Vec<u8>, Fault> {
        if len > MAX_METADATA {
            return Err(Reason::TooMany("bytes").at(at));
        }
        if at.checked_add(len).is_none_or(|end| end > self.size) {
            return Err(Reason::Short.at(self.size));
        }
        let bytes = self.up_to(at, len)?;
        // The file may have become shorter meanwhile.
        let end = at + bytes.len() as u64;
        if bytes.len() as u64 == len { Ok(bytes) } else { Err(Reason::Short.at(end)) }
    }

    /// At most `len` bytes from `at`: fewer where the file ends.
    pub(super) fn up_to(&mut self, at: u64, len: u64) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let fault = |error: std::io::Error| unreadable(at, error.kind());
        self.input.seek(SeekFrom::Start(at)).map_err(fault)?;
        self.input.by_ref().take(len).read_to_end(&mut bytes).map_err(fault)?;
        Ok(bytes)
    }
}

fn unreadable(at: u64, kind: ErrorKind) -> Fault {
    Reason::Unreadable(kind).at(at)
}
