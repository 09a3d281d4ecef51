//! The 64 steps of MD5 over whole registers, written once for every width.
//!
//! One MD5 stream is a chain of dependent steps, so nothing makes a single stream much faster. Streams
//! of different files do not depend on each other: each 32-bit lane of a register holds one of them,
//! and `G` registers are interleaved so that one works while another waits for its last result.
//!
//! Source: RFC 1321, section 3.4.
#![expect(unsafe_code, reason = "blocks are read through pointers, once for each lane and block")]
#![expect(clippy::inline_always, reason = "see `Vector`")]

use super::{BLOCK_LEN, State};

/// A register of 32-bit lanes, one MD5 stream in each.
///
/// The methods are `inline(always)` so that they become part of the function that names the
/// processor feature they need; nothing outside such a function calls them.
pub(super) trait Vector: Copy {
    const LANES: usize;

    fn splat(value: u32) -> Self;
    fn add(self, other: Self) -> Self;
    /// The same value, by a way the compiler cannot see through.
    fn settled(self) -> Self;
    /// Rotate left by `L`; `R` is `32 - L`, which some instruction sets want as a constant.
    fn rotate<const L: i32, const R: i32>(self) -> Self;
    fn f(b: Self, c: Self, d: Self) -> Self;
    /// `early + G(b, c, d)`. The two halves of `G` have no bit in common, so that they can be added one
    /// after the other, and the half without `b`, which comes last, can go first.
    fn plus_g(early: Self, b: Self, c: Self, d: Self) -> Self;
    fn h(b: Self, c: Self, d: Self) -> Self;
    fn i(b: Self, c: Self, d: Self) -> Self;
    /// Word `k` of the 64 bytes that lie `offset` after each pointer, as register `k` of the result.
    ///
    /// # Safety
    ///
    /// Each of the `LANES` pointers is valid for reads of `offset + 64` bytes, at any alignment.
    unsafe fn gather(blocks: &[*const u8], offset: usize) -> [Self; 16];
    fn from_lanes(lanes: impl Fn(usize) -> u32) -> Self;
    fn lane(self, lane: usize) -> u32;
}

/// `floor(2^32 * abs(sin(i + 1)))`, RFC 1321, section 3.4.
#[rustfmt::skip]
const SINES: [u32; 64] = [
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613, 0xfd46_9501,
    0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821,
    0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
    0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a,
    0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70,
    0x289b_7ec6, 0xeaa1_27fa, 0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
    0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
    0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
];

type Words<V, const G: usize> = [[V; 16]; G];
type Registers<V, const G: usize> = [[V; 4]; G];

/// One step for all groups: `a = b + rotate(a + f + word + sine)`, RFC 1321's `[abcd k s i]`.
///
/// `AT` tells which of the four registers plays `a`. What does not depend on the step before
/// (`a + word + sine`) is added first, so that it is ready when the chain arrives; left to itself, LLVM
/// sorts the sum the other way round, two additions longer in each step and slower by a third.
#[inline(always)]
fn step<V: Vector, const G: usize, const AT: usize, const L: i32, const R: i32>(
    registers: &mut Registers<V, G>,
    words: &Words<V, G>,
    word: usize,
    sine: u32,
    plus: impl Fn(V, V, V, V) -> V,
) {
    for group in 0..G {
        let state = &mut registers[group];
        let (b, c, d) = (state[(AT + 1) % 4], state[(AT + 2) % 4], state[(AT + 3) % 4]);
        let early = state[AT].add(words[group][word].add(V::splat(sine)));
        state[AT] = plus(early, b, c, d).rotate::<L, R>().add(b);
    }
}

/// The four rounds over one block of each lane.
#[inline(always)]
fn rounds<V: Vector, const G: usize>(state: &mut Registers<V, G>, words: &Words<V, G>) {
    let plus_f = |early: V, b, c, d| early.settled().add(V::f(b, c, d));
    let plus_h = |early: V, b, c, d| early.settled().add(V::h(b, c, d));
    let plus_i = |early: V, b, c, d| early.settled().add(V::i(b, c, d));
    for n in (0..16).step_by(4) {
        step::<V, G, 0, 7, 25>(state, words, n, SINES[n], plus_f);
        step::<V, G, 3, 12, 20>(state, words, n + 1, SINES[n + 1], plus_f);
        step::<V, G, 2, 17, 15>(state, words, n + 2, SINES[n + 2], plus_f);
        step::<V, G, 1, 22, 10>(state, words, n + 3, SINES[n + 3], plus_f);
    }
    for n in (0..16).step_by(4) {
        step::<V, G, 0, 5, 27>(state, words, (5 * n + 1) % 16, SINES[16 + n], V::plus_g);
        step::<V, G, 3, 9, 23>(state, words, (5 * n + 6) % 16, SINES[17 + n], V::plus_g);
        step::<V, G, 2, 14, 18>(state, words, (5 * n + 11) % 16, SINES[18 + n], V::plus_g);
        step::<V, G, 1, 20, 12>(state, words, (5 * n + 16) % 16, SINES[19 + n], V::plus_g);
    }
    for n in (0..16).step_by(4) {
        step::<V, G, 0, 4, 28>(state, words, (3 * n + 5) % 16, SINES[32 + n], plus_h);
        step::<V, G, 3, 11, 21>(state, words, (3 * n + 8) % 16, SINES[33 + n], plus_h);
        step::<V, G, 2, 16, 16>(state, words, (3 * n + 11) % 16, SINES[34 + n], plus_h);
        step::<V, G, 1, 23, 9>(state, words, (3 * n + 14) % 16, SINES[35 + n], plus_h);
    }
    for n in (0..16).step_by(4) {
        step::<V, G, 0, 6, 26>(state, words, (7 * n) % 16, SINES[48 + n], plus_i);
        step::<V, G, 3, 10, 22>(state, words, (7 * n + 7) % 16, SINES[49 + n], plus_i);
        step::<V, G, 2, 15, 17>(state, words, (7 * n + 14) % 16, SINES[50 + n], plus_i);
        step::<V, G, 1, 21, 11>(state, words, (7 * n + 21) % 16, SINES[51 + n], plus_i);
    }
}

/// Add `count` blocks of each lane to its state; lanes follow each other group by group.
///
/// # Safety
///
/// `states` and `blocks` hold `G * V::LANES` items, and each pointer is valid for reads of
/// `64 * count` bytes.
#[inline(always)]
pub(super) unsafe fn compress<V: Vector, const G: usize>(
    states: &mut [State],
    blocks: &[*const u8],
    count: usize,
) {
    // Loops, not `array::from_fn`: what is large enough that the compiler does not inline it into the
    // function with the processor feature loses the feature, and half of the speed.
    let mut registers: Registers<V, G> = [[V::splat(0); 4]; G];
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
        rounds(&mut registers, &words);
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
