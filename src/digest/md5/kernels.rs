//! MD5 with each of the instruction sets.
#![expect(
    unsafe_code,
    reason = "functions that need a processor feature, called after asking for it"
)]

use super::rounds::Md5;
use super::{Lane, State};
use crate::digest::lanes::{self, Compress, PORTABLE_LANES, Path, Simd};
#[cfg(target_arch = "x86_64")]
use crate::digest::lanes::{Avx2, Avx512};

/// Add the first `count` blocks of each lane's bytes to its state.
///
/// # Panics
///
/// If there are more than [`Simd::width`] lanes, or one has fewer than `count` blocks.
pub fn advance(simd: Simd, lanes: &mut [Lane<'_>], count: usize) {
    // SAFETY: `kernel` names a function that this processor has, with its width.
    unsafe { lanes::advance(kernel(simd.path(), lanes.len()), lanes, count) }
}

/// The function for that many lanes, and how many it takes.
fn kernel(path: Path, lanes: usize) -> (Compress<4>, usize) {
    match path {
        _ if lanes <= 1 => (compress_1, 1),
        #[cfg(target_arch = "x86_64")]
        Path::Avx512 if lanes <= 16 => (avx512_16, 16),
        #[cfg(target_arch = "x86_64")]
        Path::Avx512 => (avx512_32, 32),
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 if lanes <= 8 => (avx2_8, 8),
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 => (avx2_16, 16),
        Path::Portable => (compress_wide, PORTABLE_LANES),
    }
}

/// Add `count` blocks to each of 16 states.
///
/// # Safety
///
/// The processor has AVX-512F; `states` and `blocks` hold 16 items; each pointer is valid for reads
/// of `64 * count` bytes.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn avx512_16(states: &mut [State], blocks: &[*const u8], count: usize) {
    // SAFETY: passed on.
    unsafe { lanes::compress::<Md5, Avx512, 1, 4>(states, blocks, count) }
}

/// Add `count` blocks to each of 32 states.
///
/// # Safety
///
/// As for [`avx512_16`], with 32 items.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn avx512_32(states: &mut [State], blocks: &[*const u8], count: usize) {
    // SAFETY: passed on.
    unsafe { lanes::compress::<Md5, Avx512, 2, 4>(states, blocks, count) }
}

/// Add `count` blocks to each of 8 states.
///
/// # Safety
///
/// As for [`avx512_16`], with AVX2 and 8 items.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn avx2_8(states: &mut [State], blocks: &[*const u8], count: usize) {
    // SAFETY: passed on.
    unsafe { lanes::compress::<Md5, Avx2, 1, 4>(states, blocks, count) }
}

/// Add `count` blocks to each of 16 states.
///
/// # Safety
///
/// As for [`avx512_16`], with AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn avx2_16(states: &mut [State], blocks: &[*const u8], count: usize) {
    // SAFETY: passed on.
    unsafe { lanes::compress::<Md5, Avx2, 2, 4>(states, blocks, count) }
}

/// Add `count` blocks to each of [`PORTABLE_LANES`] states.
///
/// # Safety
///
/// As for [`avx512_16`], with [`PORTABLE_LANES`] items and any processor.
unsafe fn compress_wide(states: &mut [State], blocks: &[*const u8], count: usize) {
    // SAFETY: passed on.
    unsafe { lanes::compress::<Md5, u32, PORTABLE_LANES, 4>(states, blocks, count) }
}

/// Add `count` blocks to a single state.
///
/// # Safety
///
/// As for [`compress_wide`], with one item.
unsafe fn compress_1(states: &mut [State], blocks: &[*const u8], count: usize) {
    // SAFETY: passed on.
    unsafe { lanes::compress::<Md5, u32, 1, 4>(states, blocks, count) }
}
