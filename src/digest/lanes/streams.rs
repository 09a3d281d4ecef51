//! Whole streams in lanes, as the tests of every algorithm want them.

use super::{BLOCK_LEN, Lane, MAX_PADDING, Simd};

/// Adds blocks to lanes.
type Advance<const N: usize> = fn(Simd, &mut [Lane<'_, N>], usize);

/// Appends the padding.
type Pad = fn(&mut [u8], usize, u64) -> usize;

/// Every path that this processor has.
pub(in crate::digest) fn paths() -> Vec<Simd> {
    ["avx512", "avx2", "portable"].iter().filter_map(|name| name.parse().ok()).collect()
}

/// What becomes of all streams, `width` at a time, each until it ends: as a short one ends, the others go on
/// without it.
pub(in crate::digest) fn in_lanes<const N: usize>(
    (start, advance, pad): ([u32; N], Advance<N>, Pad),
    (simd, width): (Simd, usize),
    streams: &[Vec<u8>],
) -> Vec<[u32; N]> {
    let buffers: Vec<_> = streams.iter().map(|bytes| padded(bytes, pad)).collect();
    let mut states = vec![start; streams.len()];
    for (states, buffers) in states.chunks_mut(width).zip(buffers.chunks(width)) {
        let mut done = 0;
        loop {
            let mut lanes: Vec<_> = states
                .iter_mut()
                .zip(buffers)
                .filter(|(_, buffer)| buffer.len() > done)
                .map(|(state, buffer)| Lane { state, bytes: &buffer[done..] })
                .collect();
            let Some(count) = lanes.iter().map(|lane| lane.bytes.len() / BLOCK_LEN).min() else {
                break;
            };
            advance(simd, &mut lanes, count);
            done += count * BLOCK_LEN;
        }
    }
    states
}

fn padded(bytes: &[u8], pad: Pad) -> Vec<u8> {
    let mut buffer = bytes.to_vec();
    buffer.resize(bytes.len() + MAX_PADDING, 0xff);
    let len = pad(&mut buffer, bytes.len(), bytes.len() as u64);
    buffer.truncate(len);
    buffer
}
