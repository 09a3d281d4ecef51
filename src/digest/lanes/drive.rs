//! From streams into lanes and back, for any algorithm and any register.
#![expect(
    unsafe_code,
    reason = "blocks are read through pointers, by functions that need a processor feature"
)]
#![expect(clippy::inline_always, reason = "see `Vector`")]

use super::{BLOCK_LEN, Lane, MAX_LANES, Vector};

/// The words of one block for each lane, of `G` registers that are interleaved.
pub(in crate::digest) type Words<V, const G: usize> = [[V; 16]; G];

/// The `N` words of each lane's state.
pub(in crate::digest) type Registers<V, const G: usize, const N: usize> = [[V; N]; G];

/// What an algorithm with a state of `N` words does with a block, but for adding the state before it.
///
/// A trait, not a function that is passed on: the call of such a one is not `inline(always)`, and see
/// [`compress`].
pub(in crate::digest) trait Rounds<const N: usize> {
    fn rounds<V: Vector, const G: usize>(state: &mut Registers<V, G, N>, words: &mut Words<V, G>);
}

/// Adds that many blocks to each state.
pub(in crate::digest) type Compress<const N: usize> =
    unsafe fn(&mut [[u32; N]], &[*const u8], usize);

/// Add the first `count` blocks of each lane's bytes to its state, with a function that takes `width` lanes.
///
/// # Panics
///
/// If there are more than `width` lanes, or one has fewer than `count` blocks.
///
/// # Safety
///
/// `compress` may be called with `width` states and as many pointers, each of them valid for reads of
/// `64 * count` bytes.
pub(in crate::digest) unsafe fn advance<const N: usize>(
    (compress, width): (Compress<N>, usize),
    lanes: &mut [Lane<'_, N>],
    count: usize,
) {
    assert!(lanes.iter().all(|lane| lane.bytes.len() / BLOCK_LEN >= count), "a lane is short");
    assert!(lanes.len() <= width, "more lanes than the path has");
    let Some(first) = lanes.first() else { return };
    // Lanes without a stream compute the first one's blocks again; their result is dropped.
    let mut states = [[0; N]; MAX_LANES];
    let mut blocks = [first.bytes.as_ptr(); MAX_LANES];
    for (n, lane) in lanes.iter().enumerate() {
        states[n] = *lane.state;
        blocks[n] = lane.bytes.as_ptr();
    }
    // SAFETY: as the caller promises; each pointer is that of a lane whose length was checked above.
    unsafe { compress(&mut states[..width], &blocks[..width], count) };
    for (lane, state) in lanes.iter_mut().zip(states) {
        *lane.state = state;
    }
}

/// Add `count` blocks of each lane to its state; lanes follow each other group by group.
///
/// # Safety
///
/// `states` and `blocks` hold `G * V::LANES` items, and each pointer is valid for reads of
/// `64 * count` bytes.
#[inline(always)]
pub(in crate::digest) unsafe fn compress<
    A: Rounds<N>,
    V: Vector,
    const G: usize,
    const N: usize,
>(
    states: &mut [[u32; N]],
    blocks: &[*const u8],
    count: usize,
) {
    // Loops, not `array::from_fn`: what is large enough that the compiler does not inline it into the
    // function with the processor feature loses the feature, and half of the speed.
    let mut registers: Registers<V, G, N> = [[V::splat(0); N]; G];
    for (group, registers) in registers.iter_mut().enumerate() {
        for (word, register) in registers.iter_mut().enumerate() {
            *register = V::from_lanes(|lane| states[group * V::LANES + lane][word]);
        }
    }
    let mut words: Words<V, G> = [[V::splat(0); 16]; G];
    for block in 0..count {
        for (words, blocks) in words.iter_mut().zip(blocks.chunks_exact(V::LANES)) {
            // SAFETY: `block` is below `count`, and the caller vouches for `count` blocks.
            *words = unsafe { V::gather(blocks, block.wrapping_mul(BLOCK_LEN)) };
        }
        let before = registers;
        A::rounds(&mut registers, &mut words);
        for (state, before) in registers.iter_mut().zip(before) {
            for (word, before) in state.iter_mut().zip(before) {
                *word = word.add(before);
            }
        }
    }
    for (lane, state) in states.iter_mut().enumerate() {
        for (word, value) in state.iter_mut().enumerate() {
            *value = registers[lane / V::LANES][word].lane(lane % V::LANES);
        }
    }
}
