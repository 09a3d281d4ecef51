//! MD5 of many streams at once, and of one.
//!
//! [`Simd::advance`] is the kernel: it adds whole blocks to the states of up to [`MAX_LANES`]
//! independent streams. Which instructions do it is chosen once, at run time. Reading files and filling
//! lanes is the engine's work.
//!
//! Source: RFC 1321.

mod portable;
mod rounds;
mod simd;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(test)]
mod tests;

pub use simd::{Lane, Simd};

/// Bytes that one application of MD5's compression function takes.
pub const BLOCK_LEN: usize = 64;

/// Streams that the widest path takes at once: two AVX-512 registers of 16.
pub const MAX_LANES: usize = 32;

/// Bytes that [`pad`] may add: up to a block and eight bytes more.
pub const MAX_PADDING: usize = 2 * BLOCK_LEN;

/// The four words that MD5 carries from block to block.
pub type State = [u32; 4];

/// Where every stream begins, RFC 1321, section 3.3.
pub const START: State = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];

/// Append MD5's padding to the last bytes of a stream of `size` bytes, which lie in
/// `buffer[..len]`, and return the new length, a multiple of [`BLOCK_LEN`].
///
/// Source: RFC 1321, sections 3.1 and 3.2.
///
/// # Panics
///
/// If `buffer` has less than [`MAX_PADDING`] bytes after `len`.
pub fn pad(buffer: &mut [u8], len: usize, size: u64) -> usize {
    let end = (len + 9).next_multiple_of(BLOCK_LEN);
    buffer[len] = 0x80;
    buffer[len + 1..end - 8].fill(0);
    buffer[end - 8..end].copy_from_slice(&size.wrapping_mul(8).to_le_bytes());
    end
}

/// The digest of a stream whose last, padded block has been added.
pub fn digest(state: &State) -> [u8; 16] {
    let mut bytes = [0; 16];
    for (bytes, word) in bytes.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    bytes
}
