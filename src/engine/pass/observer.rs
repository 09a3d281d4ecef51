//! What else is to be known of the bytes that go by.

use crate::error::Result;

/// Sees each byte of one item once, in order.
pub trait Observer: Send {
    /// Bytes read, and seen, at a time: a multiple of MD5's block. By default 32 KiB: 16 lanes of it,
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

    /// All bytes have been seen, and the item was the same at its end as at its beginning.
    ///
    /// # Errors
    ///
    /// As for [`Observer::see`].
    fn end(&mut self) -> Result<()> {
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
    fn see(&mut self, bytes: &[u8]) -> Result<()> {
        self.0.update(bytes);
        Ok(())
    }
}
