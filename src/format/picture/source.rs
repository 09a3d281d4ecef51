//! A file as numbers at places, read in a few pieces.

use std::io::{Read, Seek, SeekFrom};

use super::Fault;

/// Bytes read at a time: holds a whole DPX header, and nearly every header of the other two.
const WINDOW: u64 = 8 << 10;

/// What one value may take, 1 MiB: a list of 30,000 channels. More is refused, so that a wrong number
/// cannot take all memory.
const LARGEST: u64 = 1 << 20;

/// The file, and the piece of it that was read last.
pub(super) struct Source<'a, R> {
    input: &'a mut R,
    size: u64,
    start: u64,
    window: Vec<u8>,
}

impl<'a, R: Read + Seek> Source<'a, R> {
    pub(super) fn new(input: &'a mut R, size: u64) -> Self {
        Self { input, size, start: 0, window: Vec::new() }
    }

    /// Bytes of the whole file, as the caller told.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// `len` bytes from `offset`, or [`Fault::Short`].
    pub(super) fn bytes(&mut self, offset: u64, len: u64) -> Result<&[u8], Fault> {
        if len > LARGEST {
            return Err(Fault::TooMany("bytes"));
        }
        let end = offset.checked_add(len).filter(|end| *end <= self.size).ok_or(Fault::Short)?;
        if offset < self.start || end > self.start + self.window.len() as u64 {
            self.fill(offset, len)?;
        }
        let from = usize::try_from(offset - self.start).map_err(|_| Fault::Short)?;
        let len = usize::try_from(len).map_err(|_| Fault::Short)?;
        self.window.get(from..from + len).ok_or(Fault::Short)
    }

    /// At most `len` bytes from `offset`: fewer where the file ends.
    pub(super) fn up_to(&mut self, offset: u64, len: u64) -> Result<&[u8], Fault> {
        let len = len.min(self.size.saturating_sub(offset));
        self.bytes(offset, len)
    }

    pub(super) fn array<const N: usize>(&mut self, offset: u64) -> Result<[u8; N], Fault> {
        self.bytes(offset, N as u64)?.try_into().map_err(|_| Fault::Short)
    }

    fn fill(&mut self, offset: u64, len: u64) -> Result<(), Fault> {
        let len = len.max(WINDOW).min(self.size.saturating_sub(offset));
        self.window.clear();
        // With room for all of it, the system is asked once.
        self.window.reserve_exact(usize::try_from(len).map_err(|_| Fault::TooMany("bytes"))?);
        self.start = offset;
        self.input.seek(SeekFrom::Start(offset))?;
        self.input.take(len).read_to_end(&mut self.window)?;
        Ok(())
    }
}

/// Which byte of a number comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Little => "little-endian",
            Self::Big => "big-endian",
        }
    }
}

/// Bytes in which numbers stand at known places. None where they end before.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) order: Order,
}

impl Fields<'_> {
    fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.bytes.get(at..)?.first_chunk().copied()
    }

    pub(super) fn u8(self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    pub(super) fn u16(self, at: usize) -> Option<u16> {
        let bytes = self.array(at)?;
        Some(match self.order {
            Order::Little => u16::from_le_bytes(bytes),
            Order::Big => u16::from_be_bytes(bytes),
        })
    }

    pub(super) fn u32(self, at: usize) -> Option<u32> {
        let bytes = self.array(at)?;
        Some(match self.order {
            Order::Little => u32::from_le_bytes(bytes),
            Order::Big => u32::from_be_bytes(bytes),
        })
    }

    pub(super) fn u64(self, at: usize) -> Option<u64> {
        let bytes = self.array(at)?;
        Some(match self.order {
            Order::Little => u64::from_le_bytes(bytes),
            Order::Big => u64::from_be_bytes(bytes),
        })
    }

    pub(super) fn i32(self, at: usize) -> Option<i32> {
        self.u32(at).map(u32::cast_signed)
    }

    pub(super) fn f32(self, at: usize) -> Option<f32> {
        self.u32(at).map(f32::from_bits)
    }
}
