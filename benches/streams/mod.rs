//! Streams in memory, and the way into lanes, for the kernels of either algorithm.
//!
//! Each stream is 1 MiB, so that 32 of them are read from the last-level cache or memory as they are
//! when files are read. `REELPACK_SIMD` chooses nothing here: every path that the processor has runs.

use reelpack::digest::lanes::{BLOCK_LEN, Lane, Simd};

/// Bytes in each stream.
pub(crate) const STREAM_LEN: usize = 1 << 20;

/// Blocks added at a time: 16 KiB of each stream.
const STEP: usize = 256;

/// Streams in one allocation, each begun a cache line and a bit after the last one's end: at the same
/// offset in their pages, 32 of them would fight for the eight ways of one set of the first-level cache.
const STRIDE: usize = STREAM_LEN + 192;

/// Room for that many streams.
pub(crate) fn memory(count: usize) -> Vec<u8> {
    (0..=250).cycle().take(count * STRIDE).collect()
}

/// The streams in it.
pub(crate) fn streams(memory: &[u8]) -> Vec<&[u8]> {
    memory.chunks_exact(STRIDE).map(|stream| &stream[..STREAM_LEN]).collect()
}

/// Adds blocks to lanes.
type Advance<const N: usize> = fn(Simd, &mut [Lane<'_, N>], usize);

/// What becomes of the streams, without the padding.
pub(crate) fn hash_in_lanes<const N: usize>(
    (start, advance): ([u32; N], Advance<N>),
    simd: Simd,
    streams: &[&[u8]],
) -> Vec<[u32; N]> {
    let mut states = vec![start; streams.len()];
    for at in (0..STREAM_LEN).step_by(STEP * BLOCK_LEN) {
        let mut lanes: Vec<_> = states
            .iter_mut()
            .zip(streams)
            .map(|(state, stream)| Lane { state, bytes: &stream[at..] })
            .collect();
        advance(simd, &mut lanes, STEP);
    }
    states
}
