//! What the passes over the files of a zip that need not exist look at.

use super::HELD;
use crate::engine::pass::{Crc32, Observer, Whole};
use crate::engine::walk::Found;
use crate::error::{Error, Result};
use crate::fs::{File, Mark};

/// # Errors
///
/// [`Error::Changed`] for a file that is not in everything as it was found.
pub(super) fn expect_planned(found: &Found, mark: Mark) -> Result<()> {
    if mark == found.mark { Ok(()) } else { Err(changed(found, Some(mark))) }
}

/// A file without a mark was not the same in everything at its end as at its beginning.
fn changed(found: &Found, mark: Option<Mark>) -> Error {
    let (path, before) = (found.path.clone(), found.mark.stamp);
    Error::Changed { path, before, after: mark.map_or(before, |mark| mark.stamp) }
}

/// Insists on a file that is as it was found.
pub(super) struct Planned<'a, O> {
    pub(super) found: &'a Found,
    pub(super) inner: O,
}

impl<O: Observer> Observer for Planned<'_, O> {
    const CHUNK_LEN: usize = O::CHUNK_LEN;

    fn see(&mut self, bytes: &[u8]) -> Result<()> {
        self.inner.see(bytes)
    }

    fn crc(&self) -> Option<u32> {
        self.inner.crc()
    }

    fn take(&mut self, file: &File) -> Result<()> {
        expect_planned(self.found, file.mark()?)
    }

    fn end(&mut self, whole: &Whole) -> Result<()> {
        if whole.mark == Some(self.found.mark) {
            return Ok(());
        }
        Err(changed(self.found, whole.mark))
    }
}

/// Keeps the bytes of a small file.
pub(super) struct Held {
    crc: Crc32,
    pub(super) bytes: Vec<u8>,
    size: u64,
}

impl Held {
    pub(super) fn new(size: u64) -> Self {
        let room = if size <= HELD { usize::try_from(size).unwrap_or(0) } else { 0 };
        Self { crc: Crc32::default(), bytes: Vec::with_capacity(room), size }
    }
}

impl Observer for Held {
    fn see(&mut self, bytes: &[u8]) -> Result<()> {
        if self.size <= HELD {
            self.bytes.extend_from_slice(bytes);
        }
        self.crc.see(bytes)
    }

    fn crc(&self) -> Option<u32> {
        self.crc.crc()
    }
}

/// Where a zip is streamed to.
pub(super) type Sink<'a> = &'a (dyn Fn(&[u8]) -> Result<()> + Sync);

/// Passes the bytes of a file on.
pub(super) struct Emit<'a> {
    pub(super) crc: Crc32,
    pub(super) write: Sink<'a>,
}

impl Observer for Emit<'_> {
    const CHUNK_LEN: usize = 512 << 10;

    fn see(&mut self, bytes: &[u8]) -> Result<()> {
        self.crc.see(bytes)?;
        (self.write)(bytes)
    }

    fn crc(&self) -> Option<u32> {
        self.crc.crc()
    }
}
