//! SHA-1 of many streams at once, and of one.
//!
//! [`advance`] is the kernel: it adds whole blocks to the states of up to [`MAX_LANES`] independent
//! streams. Few streams are faster one by one, with the processor's instructions for SHA-1 or, where it has
//! none, with a way of its own.
//!
//! Source: RFC 3174, method 1 (with the circle of 16 words of method 2); FIPS 180-4, section 6.1.

mod kernels;
#[cfg(target_arch = "x86_64")]
mod rounds;
#[cfg(target_arch = "x86_64")]
mod schedule;
#[cfg(target_arch = "x86_64")]
mod stream;

#[cfg(test)]
mod tests;

pub use kernels::advance;

pub use super::lanes::{BLOCK_LEN, MAX_LANES, MAX_PADDING, Simd};

/// The five words that SHA-1 carries from block to block.
pub type State = [u32; 5];

/// One stream on its way.
pub type Lane<'a> = super::lanes::Lane<'a, 5>;

/// Where every stream begins, RFC 3174, section 6.1.
pub const START: State = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];

/// Append SHA-1's padding to the last bytes of a stream of `size` bytes, which lie in `buffer[..len]`, and
/// return the new length, a multiple of [`BLOCK_LEN`].
///
/// Source: RFC 3174, section 4.
///
/// # Panics
///
/// If `buffer` has less than [`MAX_PADDING`] bytes after `len`.
pub fn pad(buffer: &mut [u8], len: usize, size: u64) -> usize {
    super::lanes::pad(buffer, len, size.wrapping_mul(8).to_be_bytes())
}

/// The digest of a stream whose last, padded block has been added.
pub fn digest(state: &State) -> [u8; 20] {
    let mut bytes = [0; 20];
    for (bytes, word) in bytes.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    bytes
}
