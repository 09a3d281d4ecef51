//! The 80 steps of SHA-1 over whole registers, written once for every width.
//!
//! Source: RFC 3174, sections 5 and 6.
#![expect(clippy::inline_always, reason = "see `Vector`")]

use crate::digest::lanes::{Registers, Rounds, Vector, Words};

/// What is added in each step of the four rounds, RFC 3174, section 5.
pub(super) const ADDED: [u32; 4] = [0x5a82_7999, 0x6ed9_eba1, 0x8f1b_bcdc, 0xca62_c1d6];

/// The function of a round, RFC 3174, section 5. A trait for the same reason as [`Rounds`].
trait Mix {
    fn mix<V: Vector>(b: V, c: V, d: V) -> V;
}

struct Choice;
struct Parity;
struct Majority;

impl Mix for Choice {
    #[inline(always)]
    fn mix<V: Vector>(b: V, c: V, d: V) -> V {
        V::f(b, c, d)
    }
}

impl Mix for Parity {
    #[inline(always)]
    fn mix<V: Vector>(b: V, c: V, d: V) -> V {
        V::h(b, c, d)
    }
}

impl Mix for Majority {
    #[inline(always)]
    fn mix<V: Vector>(b: V, c: V, d: V) -> V {
        V::majority(b, c, d)
    }
}

/// Word `t` of the message schedule, which takes the place of word `t - 16`.
#[inline(always)]
fn word<V: Vector>(words: &mut [V; 16], t: usize) -> V {
    if t >= 16 {
        let (far, near) = (words[(t - 14) % 16], words[(t - 3) % 16]);
        let mixed = V::mixed(words[t % 16], far, words[(t - 8) % 16], near);
        words[t % 16] = mixed.rotate::<1, 31>();
    }
    words[t % 16]
}

/// One step for all groups. `AT` tells which of the five registers plays `a`; the names of the others
/// follow it. What depends on the step before, `a`, is added last.
#[inline(always)]
fn step<M: Mix, V: Vector, const G: usize, const AT: usize>(
    registers: &mut Registers<V, G, 5>,
    words: &mut Words<V, G>,
    t: usize,
) {
    for group in 0..G {
        let state = &mut registers[group];
        let (b, c, d) = (state[(AT + 1) % 5], state[(AT + 2) % 5], state[(AT + 3) % 5]);
        let early =
            word(&mut words[group], t).add(V::splat(ADDED[t / 20])).add(state[(AT + 4) % 5]);
        let sum = early.settled().add(M::mix(b, c, d)).settled();
        state[(AT + 4) % 5] = sum.add(state[AT].rotate::<5, 27>());
        state[(AT + 1) % 5] = b.rotate::<30, 2>();
    }
}

/// Five steps: so many until each register plays its first part again. Called with constants, not in a
/// loop, so that each word keeps a register of its own; that makes it faster by half.
#[inline(always)]
fn five<M: Mix, V: Vector, const G: usize>(
    state: &mut Registers<V, G, 5>,
    words: &mut Words<V, G>,
    t: usize,
) {
    step::<M, V, G, 0>(state, words, t);
    step::<M, V, G, 4>(state, words, t + 1);
    step::<M, V, G, 3>(state, words, t + 2);
    step::<M, V, G, 2>(state, words, t + 3);
    step::<M, V, G, 1>(state, words, t + 4);
}

/// Twenty steps with one function.
#[inline(always)]
fn round<M: Mix, V: Vector, const G: usize>(
    state: &mut Registers<V, G, 5>,
    words: &mut Words<V, G>,
    t: usize,
) {
    five::<M, V, G>(state, words, t);
    five::<M, V, G>(state, words, t + 5);
    five::<M, V, G>(state, words, t + 10);
    five::<M, V, G>(state, words, t + 15);
}

/// The four rounds.
pub(super) struct Sha1;

impl Rounds<5> for Sha1 {
    #[inline(always)]
    fn rounds<V: Vector, const G: usize>(state: &mut Registers<V, G, 5>, words: &mut Words<V, G>) {
        for words in words.iter_mut() {
            for word in words.iter_mut() {
                *word = word.swapped();
            }
        }
        round::<Choice, V, G>(state, words, 0);
        round::<Parity, V, G>(state, words, 20);
        round::<Majority, V, G>(state, words, 40);
        round::<Parity, V, G>(state, words, 60);
    }
}
