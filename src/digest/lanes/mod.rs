//! Many streams at once: each 32-bit lane of a register holds one of them.
//!
//! A stream of MD5 or SHA-1 is a chain of dependent steps, so nothing makes a single one much faster.
//! Streams of different files do not depend on each other. Here is what both algorithms share: registers
//! of every width ([`Vector`]), the choice between them at run time ([`Simd`]), and the way from streams
//! into lanes and back. What they do with a block is in [`super::md5`] and [`super::sha1`].

mod drive;
mod portable;
mod simd;
#[cfg(test)]
pub(super) mod streams;
mod vector;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
mod avx512vl;

#[cfg(target_arch = "x86_64")]
pub(super) use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub(super) use avx512::Avx512;
#[cfg(target_arch = "x86_64")]
pub(super) use avx512vl::Avx512Vl;
pub(super) use drive::{Compress, Registers, Rounds, Words, advance, compress};
pub(super) use portable::PORTABLE_LANES;
pub(super) use simd::Path;
pub use simd::Simd;
pub(super) use vector::Vector;

/// Bytes that one application of the compression function of MD5 or SHA-1 takes.
pub const BLOCK_LEN: usize = 64;

/// Streams that the widest path takes at once: two AVX-512 registers of 16.
pub const MAX_LANES: usize = 32;

/// Bytes that a padding may have: up to a block and eight bytes more.
pub const MAX_PADDING: usize = 2 * BLOCK_LEN;

/// One stream on its way: its state of `N` words, and whole blocks that are to be added to it.
#[derive(Debug)]
pub struct Lane<'a, const N: usize> {
    /// What the blocks before have made of the algorithm's start.
    pub state: &'a mut [u32; N],
    /// The bytes to come; at least as many blocks as are to be added.
    pub bytes: &'a [u8],
}

/// Append the padding of MD5 or SHA-1 to the last bytes of a stream, which lie in `buffer[..len]`, and
/// return the new length, a multiple of [`BLOCK_LEN`]. `bits` is the length of the whole stream in bits, in
/// the order of bytes that the algorithm wants.
///
/// Source: RFC 1321, sections 3.1 and 3.2; RFC 3174, section 4.
///
/// # Panics
///
/// If `buffer` has less than [`MAX_PADDING`] bytes after `len`.
pub(super) fn pad(buffer: &mut [u8], len: usize, bits: [u8; 8]) -> usize {
    let end = (len + 9).next_multiple_of(BLOCK_LEN);
    buffer[len] = 0x80;
    buffer[len + 1..end - 8].fill(0);
    buffer[end - 8..end].copy_from_slice(&bits);
    end
}
