//! What the passes over the files of a zip that need not exist look at.

use super::HELD;
use crate::engine::pass::{Crc32, Observer, Whole};
use crate::engine::walk::Found;
use crate::error::Result;
use crate::fs::File;

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
        self.found.expect_same(file.mark()?)
    }

    fn end(&mut self, whole: &Whole) -> Result<()> {
        // Without a mark it was not the same at its end as at its beginning, in something.
        let mark = whole.mark.ok_or_else(|| self.found.changed(self.found.mark.stamp))?;
        self.found.expect_same(mark)
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
