//! Eight lanes in half of an AVX-512 register. For up to eight streams it does the same as a whole one, and
//! the processor has three ports for halves where it has two for whole registers.
#![expect(unsafe_code, reason = "intrinsics that need a processor feature")]
#![expect(clippy::inline_always, reason = "see `Vector`")]

use std::arch::x86_64::{_mm256_rol_epi32, _mm256_ternarylogic_epi32};

use super::{Avx2, Vector};

/// Eight lanes, with the rotation and the mixing of AVX-512VL in one instruction each.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Avx512Vl(Avx2);

impl Avx512Vl {
    /// A function of three bits for each bit: bit `4b + 2c + d` of the table is the result for those three.
    #[inline(always)]
    fn ternary<const TABLE: i32>(b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl of `Vector`.
        Self(Avx2(unsafe { _mm256_ternarylogic_epi32::<TABLE>(b.0.0, c.0.0, d.0.0) }))
    }
}

// SAFETY of each block below: `Avx512Vl` is used by the kernels of this name only, which are compiled with
// `avx512vl`, of which `avx2` is a part, and called after the processor was asked for it.
impl Vector for Avx512Vl {
    const LANES: usize = Avx2::LANES;

    #[inline(always)]
    fn splat(value: u32) -> Self {
        Self(Avx2::splat(value))
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(self.0.add(other.0))
    }

    #[inline(always)]
    fn settled(self) -> Self {
        Self(self.0.settled())
    }

    #[inline(always)]
    fn rotate<const L: i32, const R: i32>(self) -> Self {
        // SAFETY: see the impl.
        Self(Avx2(unsafe { _mm256_rol_epi32::<L>(self.0.0) }))
    }

    #[inline(always)]
    fn swapped(self) -> Self {
        Self(self.0.swapped())
    }

    #[inline(always)]
    fn f(b: Self, c: Self, d: Self) -> Self {
        Self::ternary::<0xca>(b, c, d)
    }

    #[inline(always)]
    fn plus_g(early: Self, b: Self, c: Self, d: Self) -> Self {
        early.settled().add(Self::ternary::<0xe4>(b, c, d))
    }

    #[inline(always)]
    fn h(b: Self, c: Self, d: Self) -> Self {
        Self::ternary::<0x96>(b, c, d)
    }

    #[inline(always)]
    fn i(b: Self, c: Self, d: Self) -> Self {
        Self::ternary::<0x39>(b, c, d)
    }

    #[inline(always)]
    fn majority(b: Self, c: Self, d: Self) -> Self {
        Self::ternary::<0xe8>(b, c, d)
    }

    #[inline(always)]
    fn mixed(a: Self, b: Self, c: Self, d: Self) -> Self {
        Self(Avx2::exclusive(Self::h(a, b, c).0, d.0))
    }

    #[inline(always)]
    unsafe fn gather(blocks: &[*const u8], offset: usize) -> [Self; 16] {
        let mut words = [Self::splat(0); 16];
        // SAFETY: passed on.
        for (word, gathered) in words.iter_mut().zip(unsafe { Avx2::gather(blocks, offset) }) {
            word.0 = gathered;
        }
        words
    }

    #[inline(always)]
    fn from_lanes(lanes: impl Fn(usize) -> u32) -> Self {
        Self(Avx2::from_lanes(lanes))
    }

    #[inline(always)]
    fn lane(self, lane: usize) -> u32 {
        self.0.lane(lane)
    }
}
