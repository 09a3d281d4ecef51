//! SHA-1 of a single stream on a processor without instructions for it.
//!
//! The 80 steps are a chain that stays in ordinary registers. The words that go into them are not: those of
//! two blocks are computed side by side in the halves of AVX2 registers, one group of four for each eight
//! steps of the two blocks before, so that both kinds of work share the processor.
//!
//! Source: RFC 3174, sections 5 and 6.1.
#![expect(unsafe_code, reason = "a function that needs processor features, after asking for them")]
#![expect(clippy::inline_always, reason = "see `Vector`")]

use super::schedule::{Blocks, GROUPS, Schedule, Words};
use super::{BLOCK_LEN, State};
use crate::digest::lanes::Vector;

/// Add the blocks, two at a time, if the processor can; returns how many were added: all but an odd one at
/// the end, or none.
pub(super) fn add_pairs(state: &mut State, blocks: &[[u8; BLOCK_LEN]]) -> usize {
    let (pairs, _) = blocks.as_chunks::<2>();
    let can = is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2");
    // With SHA-NI the crate is faster.
    if !can || pairs.is_empty() || is_x86_feature_detected!("sha") {
        return 0;
    }
    // SAFETY: the processor was asked for all three.
    unsafe { compress(state, pairs) };
    2 * pairs.len()
}

/// # Safety
///
/// The processor has AVX2, BMI1 and BMI2.
#[target_feature(enable = "avx2,bmi1,bmi2")]
unsafe fn compress(state: &mut State, pairs: &[Blocks]) {
    let empty = || Words([[[0; 4]; 2]; GROUPS]);
    let (mut now, mut next) = (&mut empty(), &mut empty());
    // SAFETY: this function is compiled with AVX2.
    let mut schedule = unsafe { Schedule::new() };
    for group in 0..GROUPS {
        schedule.step(group, &pairs[0], now);
    }
    for n in 0..pairs.len() {
        // After the last pair its words are computed once more, for nothing.
        let coming = pairs.get(n + 1).unwrap_or(&pairs[n]);
        add_pair(state, now, coming, next);
        std::mem::swap(&mut now, &mut next);
    }
}

/// Add two blocks whose words are there, and compute the words of the two to come.
///
/// Not inlined: the compiler would follow both halves of the buffer at once.
#[inline(never)]
#[target_feature(enable = "avx2,bmi1,bmi2")]
fn add_pair(state: &mut State, now: &Words, coming: &Blocks, next: &mut Words) {
    // SAFETY: this function is compiled with AVX2.
    let schedule = unsafe { Schedule::new() };
    let mut pair = Pair { state: *state, now, schedule, coming, next };
    pair.block::<0>();
    pair.block::<1>();
    *state = pair.state;
}

/// The function of a round, added in two parts that come as early as they can.
trait Mix {
    fn plus(sum: u32, b: u32, c: u32, d: u32) -> u32;
}

struct Choice;
struct Parity;
struct Majority;

impl Mix for Choice {
    #[inline(always)]
    fn plus(sum: u32, b: u32, c: u32, d: u32) -> u32 {
        // The two have no bit in common, so that a sum does for `or`.
        sum.wrapping_add(!b & d).settled().wrapping_add(b & c)
    }
}

impl Mix for Parity {
    #[inline(always)]
    fn plus(sum: u32, b: u32, c: u32, d: u32) -> u32 {
        sum.wrapping_add((b ^ d).settled() ^ c)
    }
}

impl Mix for Majority {
    #[inline(always)]
    fn plus(sum: u32, b: u32, c: u32, d: u32) -> u32 {
        sum.wrapping_add(b & c).settled().wrapping_add((b ^ c) & d)
    }
}

/// One step with a word that has been computed. `AT` tells which of the five registers plays `a`.
#[inline(always)]
fn step<M: Mix, const AT: usize>(state: &mut State, word: u32) {
    let (b, c, d) = (state[(AT + 1) % 5], state[(AT + 2) % 5], state[(AT + 3) % 5]);
    let early = state[(AT + 4) % 5].wrapping_add(word).settled();
    let sum = M::plus(early, b, c, d).settled();
    state[(AT + 4) % 5] = sum.wrapping_add(state[AT].rotate_left(5));
    state[(AT + 1) % 5] = b.rotate_left(30);
}

/// Everything that is at work in a pair of blocks.
struct Pair<'a> {
    state: State,
    now: &'a Words,
    schedule: Schedule,
    coming: &'a Blocks,
    next: &'a mut Words,
}

impl Pair<'_> {
    /// Twenty steps of block `HALF` with one function, from `t` on; before every eighth, four words of the
    /// pair to come.
    #[inline(always)]
    fn round<M: Mix, const HALF: usize>(&mut self, t: usize) {
        self.five::<M, HALF>(t);
        self.five::<M, HALF>(t + 5);
        self.five::<M, HALF>(t + 10);
        self.five::<M, HALF>(t + 15);
    }

    #[inline(always)]
    fn five<M: Mix, const HALF: usize>(&mut self, t: usize) {
        self.step::<M, HALF, 0>(t);
        self.step::<M, HALF, 4>(t + 1);
        self.step::<M, HALF, 3>(t + 2);
        self.step::<M, HALF, 2>(t + 3);
        self.step::<M, HALF, 1>(t + 4);
    }

    #[inline(always)]
    fn step<M: Mix, const HALF: usize, const AT: usize>(&mut self, t: usize) {
        if t.is_multiple_of(8) {
            self.schedule.step(10 * HALF + t / 8, self.coming, self.next);
        }
        step::<M, AT>(&mut self.state, self.now.0[t / 4][HALF][t % 4]);
    }

    /// The 80 steps of block `HALF`.
    #[inline(always)]
    fn block<const HALF: usize>(&mut self) {
        let before = self.state;
        self.round::<Choice, HALF>(0);
        self.round::<Parity, HALF>(20);
        self.round::<Majority, HALF>(40);
        self.round::<Parity, HALF>(60);
        // Through an iterator the state would leave its registers: slower by a fifth.
        let after = self.state;
        self.state = [
            after[0].wrapping_add(before[0]),
            after[1].wrapping_add(before[1]),
            after[2].wrapping_add(before[2]),
            after[3].wrapping_add(before[3]),
            after[4].wrapping_add(before[4]),
        ];
    }
}
