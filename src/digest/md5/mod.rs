//! MD5 of many streams at once, and of one.
//!
//! [`advance`] is the kernel: it adds whole blocks to the states of up to [`MAX_LANES`] independent
//! streams. Reading files and filling lanes is the engine's work.
//!
//! Source: RFC 1321.

mod kernels;
mod rounds;

#[cfg(test)]
mod tests;

pub use kernels::advance;

pub use super::lanes::{BLOCK_LEN, MAX_LANES, MAX_PADDING, Simd};

/// The four words that MD5 carries from block to block.
pub type State = [u32; 4];

/// One stream on its way.
pub type Lane<'a> = super::lanes::Lane<'a, 4>;

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
    super::lanes::pad(buffer, len, size.wrapping_mul(8).to_le_bytes())
}

/// The digest of a stream whose last, padded block has been added.
pub fn digest(state: &State) -> [u8; 16] {
    let mut bytes = [0; 16];
    for (bytes, word) in bytes.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    bytes
}
