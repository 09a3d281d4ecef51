//! SHA-1 with each of the instruction sets.
#![expect(
    unsafe_code,
    reason = "functions that need a processor feature, called after asking for it"
)]

use super::Lane;
#[cfg(target_arch = "x86_64")]
use super::{State, rounds::Sha1};
use crate::digest::lanes::{self, BLOCK_LEN, Compress, Path, Simd};
#[cfg(target_arch = "x86_64")]
use crate::digest::lanes::{Avx2, Avx512, Avx512Vl};

/// Add the first `count` blocks of each lane's bytes to its state.
///
/// # Panics
///
/// If a lane has fewer than `count` blocks.
pub fn advance(simd: Simd, lanes: &mut [Lane<'_>], count: usize) {
    assert!(lanes.iter().all(|lane| lane.bytes.len() / BLOCK_LEN >= count), "a lane is short");
    let Some((compress, width)) = kernel(simd.path(), lanes.len()) else {
        return lanes.iter_mut().for_each(|lane| advance_one(simd.path(), lane, count));
    };
    for lanes in lanes.chunks_mut(width) {
        // SAFETY: `kernel` names a function that this processor has, with its width.
        unsafe { lanes::advance((compress, width), lanes, count) }
    }
}

/// Add blocks to a single stream.
fn advance_one(path: Path, lane: &mut Lane<'_>, count: usize) {
    let (blocks, _) = lane.bytes[..count * BLOCK_LEN].as_chunks::<BLOCK_LEN>();
    let done = match path {
        #[cfg(target_arch = "x86_64")]
        Path::Avx512 | Path::Avx2 => super::stream::add_pairs(lane.state, blocks),
        Path::Portable => 0,
    };
    sha1::block_api::compress(lane.state, &blocks[done..]);
}

/// The function for that many lanes, and how many it takes; `None` where one after the other is faster.
fn kernel(path: Path, lanes: usize) -> Option<(Compress<5>, usize)> {
    // The last number is what one lane gets through in a second, in MB: `cargo bench --bench sha1`.
    let kernel: Option<(Compress<5>, usize, usize)> = match path {
        #[cfg(target_arch = "x86_64")]
        Path::Avx512 if lanes <= 8 && is_x86_feature_detected!("avx512vl") => {
            Some((avx512vl_8, 8, 590))
        }
        #[cfg(target_arch = "x86_64")]
        Path::Avx512 => Some((avx512_16, 16, 325)),
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 => Some((avx2_8, 8, 300)),
        Path::Portable => None,
    };
    let (compress, width, rate) = kernel?;
    (lanes * rate > alone()).then_some((compress, width))
}

/// What a single stream gets through in a second, in MB. The figure for processors with instructions for
/// SHA-1 is an estimate: none was at hand.
fn alone() -> usize {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("sha") {
        return 1800;
    }
    840
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
    unsafe { lanes::compress::<Sha1, Avx512, 1, 5>(states, blocks, count) }
}

/// Add `count` blocks to each of 8 states.
///
/// # Safety
///
/// As for [`avx512_16`], with AVX-512VL and 8 items.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl")]
unsafe fn avx512vl_8(states: &mut [State], blocks: &[*const u8], count: usize) {
    // SAFETY: passed on.
    unsafe { lanes::compress::<Sha1, Avx512Vl, 1, 5>(states, blocks, count) }
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
    unsafe { lanes::compress::<Sha1, Avx2, 1, 5>(states, blocks, count) }
}
