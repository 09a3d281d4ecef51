//! The 64 steps of MD5 over whole registers, written once for every width.
//!
//! `N` registers are interleaved so that one works while another waits for its last result.
//!
//! Source: RFC 1321, section 3.4.
#![expect(clippy::inline_always, reason = "see `Vector`")]

use crate::digest::lanes::{self, Rounds, Vector, Words};

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

type Registers<V, const N: usize> = lanes::Registers<V, N, 4>;

/// The function of a round, added to what is there, RFC 1321, section 3.4. A trait for the same reason as
/// [`Rounds`].
trait Mix {
    fn plus<V: Vector>(early: V, b: V, c: V, d: V) -> V;
}

struct F;
struct G;
struct H;
struct I;

impl Mix for F {
    #[inline(always)]
    fn plus<V: Vector>(early: V, b: V, c: V, d: V) -> V {
        early.settled().add(V::f(b, c, d))
    }
}

impl Mix for G {
    #[inline(always)]
    fn plus<V: Vector>(early: V, b: V, c: V, d: V) -> V {
        V::plus_g(early, b, c, d)
    }
}

impl Mix for H {
    #[inline(always)]
    fn plus<V: Vector>(early: V, b: V, c: V, d: V) -> V {
        early.settled().add(V::h(b, c, d))
    }
}

impl Mix for I {
    #[inline(always)]
    fn plus<V: Vector>(early: V, b: V, c: V, d: V) -> V {
        early.settled().add(V::i(b, c, d))
    }
}

/// One step for all groups: `a = b + rotate(a + f + word + sine)`, RFC 1321's `[abcd k s i]`.
///
/// `AT` tells which of the four registers plays `a`. What does not depend on the step before
/// (`a + word + sine`) is added first, so that it is ready when the chain arrives; left to itself, LLVM
/// sorts the sum the other way round, two additions longer in each step and slower by a third.
#[inline(always)]
fn step<M: Mix, V: Vector, const N: usize, const AT: usize, const L: i32, const R: i32>(
    registers: &mut Registers<V, N>,
    words: &Words<V, N>,
    word: usize,
    sine: u32,
) {
    for group in 0..N {
        let state = &mut registers[group];
        let (b, c, d) = (state[(AT + 1) % 4], state[(AT + 2) % 4], state[(AT + 3) % 4]);
        let early = state[AT].add(words[group][word].add(V::splat(sine)));
        state[AT] = M::plus(early, b, c, d).rotate::<L, R>().add(b);
    }
}

/// The four rounds.
pub(super) struct Md5;

impl Rounds<4> for Md5 {
    #[inline(always)]
    fn rounds<V: Vector, const N: usize>(state: &mut Registers<V, N>, words: &mut Words<V, N>) {
        for n in (0..16).step_by(4) {
            step::<F, V, N, 0, 7, 25>(state, words, n, SINES[n]);
            step::<F, V, N, 3, 12, 20>(state, words, n + 1, SINES[n + 1]);
            step::<F, V, N, 2, 17, 15>(state, words, n + 2, SINES[n + 2]);
            step::<F, V, N, 1, 22, 10>(state, words, n + 3, SINES[n + 3]);
        }
        for n in (0..16).step_by(4) {
            step::<G, V, N, 0, 5, 27>(state, words, (5 * n + 1) % 16, SINES[16 + n]);
            step::<G, V, N, 3, 9, 23>(state, words, (5 * n + 6) % 16, SINES[17 + n]);
            step::<G, V, N, 2, 14, 18>(state, words, (5 * n + 11) % 16, SINES[18 + n]);
            step::<G, V, N, 1, 20, 12>(state, words, (5 * n + 16) % 16, SINES[19 + n]);
        }
        for n in (0..16).step_by(4) {
            step::<H, V, N, 0, 4, 28>(state, words, (3 * n + 5) % 16, SINES[32 + n]);
            step::<H, V, N, 3, 11, 21>(state, words, (3 * n + 8) % 16, SINES[33 + n]);
            step::<H, V, N, 2, 16, 16>(state, words, (3 * n + 11) % 16, SINES[34 + n]);
            step::<H, V, N, 1, 23, 9>(state, words, (3 * n + 14) % 16, SINES[35 + n]);
        }
        for n in (0..16).step_by(4) {
            step::<I, V, N, 0, 6, 26>(state, words, (7 * n) % 16, SINES[48 + n]);
            step::<I, V, N, 3, 10, 22>(state, words, (7 * n + 7) % 16, SINES[49 + n]);
            step::<I, V, N, 2, 15, 17>(state, words, (7 * n + 14) % 16, SINES[50 + n]);
            step::<I, V, N, 1, 21, 11>(state, words, (7 * n + 21) % 16, SINES[51 + n]);
        }
    }
}
