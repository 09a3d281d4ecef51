//! Bytes on their way to the parser, which keeps each piece of a document whole before it looks at it.

use std::io::{self, BufRead, Read};

use memchr::memchr_iter;

/// Hands over no more bytes than a piece may have, and counts them and their lines.
pub(super) struct Metered<R> {
    inner: R,
    left: usize,
    exceeded: bool,
    offset: u64,
    breaks: u64,
}

impl<R> Metered<R> {
    /// Reads `inner`, of which `skipped` bytes have been passed over.
    pub(super) fn new(inner: R, skipped: usize) -> Self {
        Self { inner, left: 0, exceeded: false, offset: skipped as u64, breaks: 0 }
    }

    /// Allow for the next piece.
    pub(super) fn allow(&mut self, bytes: usize) {
        self.left = bytes;
    }

    /// Whether a piece was larger than was allowed.
    pub(super) fn exceeded(&self) -> bool {
        self.exceeded
    }

    /// Where the next byte lies: its line, counted from 1, and its place in the file.
    pub(super) fn place(&self) -> (u64, u64) {
        (self.breaks + 1, self.offset)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let available = self.inner.fill_buf()?;
        if self.left == 0 && !available.is_empty() {
            self.exceeded = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(&available[..available.len().min(self.left)])
    }

    fn consume(&mut self, count: usize) {
        // It lies in memory still: what was handed over is there until it is consumed.
        if let Ok(taken) = self.inner.fill_buf() {
            self.breaks += memchr_iter(b'\n', &taken[..count]).count() as u64;
        }
        self.inner.consume(count);
        self.left -= count;
        self.offset += count as u64;
    }
}

/// What the trait asks for; the parser does not call it.
impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}
