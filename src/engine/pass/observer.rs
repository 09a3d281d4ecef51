//! What else is to be known of the bytes that go by.

use crate::digest::Digest;
use crate::error::Result;
use crate::fs::{File, Mark};

/// What is known of an item when all its bytes have been seen.
#[derive(Clone, Copy, Debug)]
pub struct Whole {
    /// MD5 of the bytes, or what else the pass was asked for.
    pub digest: Digest,
    /// How many there were.
    pub size: u64,
    /// How the file was before its first byte was read and after its last, where both are the same in
    /// everything; `None` for a part of a file.
    pub mark: Option<Mark>,
}

/// Sees each byte of one item once, in order.
pub trait Observer: Send {
    /// Bytes read, and seen, at a time: a multiple of a block of the lanes. By default 32 KiB: 16 lanes of it,
    /// and as much that is copied from, fit into a second-level cache of 1 to 2 MiB. To try another:
    /// `make bench`.
    const CHUNK_LEN: usize = 32 << 10;

    /// Take note of the next bytes.
    ///
    /// # Errors
    ///
    /// Whatever keeps the observer from its work, a full disk for one that copies. The item's result is
    /// then that error.
    fn see(&mut self, bytes: &[u8]) -> Result<()>;

    /// The CRC-32 of what was seen, from an observer that takes it.
    fn crc(&self) -> Option<u32> {
        None
    }

    /// Other digests of what was seen than the pass's own, from an observer that computes them, once it has
    /// come to its end.
    fn digests(&self) -> &[Digest] {
        &[]
    }

    /// All bytes have been seen. What else is to be done with the file, still open, is done here: it is
    /// looked at once more afterwards, so that a change meanwhile is found.
    ///
    /// # Errors
    ///
    /// As for [`Observer::see`].
    fn take(&mut self, _file: &File) -> Result<()> {
        Ok(())
    }

    /// The item is through, and was the same at its end as at its beginning.
    ///
    /// # Errors
    ///
    /// As for [`Observer::see`].
    fn end(&mut self, _whole: &Whole) -> Result<()> {
        Ok(())
    }
}

/// Nothing but the digest is to be known.
impl Observer for () {
    fn see(&mut self, _bytes: &[u8]) -> Result<()> {
        Ok(())
    }
}

/// The CRC-32 that zip uses (the catalogue's CRC-32/ISO-HDLC).
#[derive(Debug, Default)]
pub struct Crc32(crc32fast::Hasher);

impl Crc32 {
    /// The sum of what was seen.
    pub fn value(&self) -> u32 {
        self.0.clone().finalize()
    }
}

impl Observer for Crc32 {
    fn crc(&self) -> Option<u32> {
        Some(self.value())
    }

    fn see(&mut self, bytes: &[u8]) -> Result<()> {
        self.0.update(bytes);
        Ok(())
    }
}
