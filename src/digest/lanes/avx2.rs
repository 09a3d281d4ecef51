//! Eight lanes in an AVX2 register.
#![expect(
    unsafe_code,
    reason = "intrinsics, and loads through pointers whose length the caller vouches for"
)]
#![expect(clippy::inline_always, reason = "see `Vector`")]

use std::arch::asm;
use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_and_si256, _mm256_andnot_si256, _mm256_loadu_si256,
    _mm256_or_si256, _mm256_permute2x128_si256, _mm256_set_epi64x, _mm256_set1_epi32,
    _mm256_shuffle_epi8, _mm256_slli_epi32, _mm256_srli_epi32, _mm256_storeu_si256,
    _mm256_unpackhi_epi32, _mm256_unpackhi_epi64, _mm256_unpacklo_epi32, _mm256_unpacklo_epi64,
    _mm256_xor_si256,
};

use super::Vector;

/// Eight lanes.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Avx2(pub(super) __m256i);

impl Avx2 {
    /// Exclusive or.
    #[inline(always)]
    pub(super) fn exclusive(a: Self, b: Self) -> Self {
        // SAFETY: see the impl of `Vector`.
        Self(unsafe { _mm256_xor_si256(a.0, b.0) })
    }
}

// SAFETY of each block below: `Avx2` is used by the kernels of this name only, which are compiled with
// `avx2` and called after the processor was asked for it.
impl Vector for Avx2 {
    const LANES: usize = 8;

    #[inline(always)]
    fn splat(value: u32) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm256_set1_epi32(value.cast_signed()) })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm256_add_epi32(self.0, other.0) })
    }

    #[inline(always)]
    fn settled(self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { settled(self.0) })
    }

    #[inline(always)]
    fn rotate<const L: i32, const R: i32>(self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe {
            _mm256_or_si256(_mm256_slli_epi32::<L>(self.0), _mm256_srli_epi32::<R>(self.0))
        })
    }

    #[inline(always)]
    fn swapped(self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe {
            let (low, high) = (0x0405_0607_0001_0203, 0x0c0d_0e0f_0809_0a0b);
            _mm256_shuffle_epi8(self.0, _mm256_set_epi64x(high, low, high, low))
        })
    }

    #[inline(always)]
    fn f(b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm256_xor_si256(d.0, _mm256_and_si256(b.0, _mm256_xor_si256(c.0, d.0))) })
    }

    #[inline(always)]
    fn plus_g(early: Self, b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl.
        let (first, last) = unsafe { (_mm256_andnot_si256(d.0, c.0), _mm256_and_si256(d.0, b.0)) };
        early.add(Self(first)).settled().add(Self(last))
    }

    #[inline(always)]
    fn h(b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm256_xor_si256(b.0, _mm256_xor_si256(c.0, d.0)) })
    }

    #[inline(always)]
    fn i(b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl. `b | !d` is `!(!b & d)`.
        Self(unsafe {
            let ones = _mm256_set1_epi32(-1);
            _mm256_xor_si256(c.0, _mm256_or_si256(b.0, _mm256_xor_si256(d.0, ones)))
        })
    }

    #[inline(always)]
    fn majority(b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe {
            let either = _mm256_or_si256(c.0, d.0);
            _mm256_or_si256(_mm256_and_si256(c.0, d.0), _mm256_and_si256(b.0, either))
        })
    }

    #[inline(always)]
    fn mixed(a: Self, b: Self, c: Self, d: Self) -> Self {
        Self::exclusive(Self::exclusive(a, b), Self::exclusive(c, d))
    }

    #[inline(always)]
    unsafe fn gather(blocks: &[*const u8], offset: usize) -> [Self; 16] {
        let mut words = [Self::splat(0); 16];
        for half in 0..2 {
            let mut rows = [Self::splat(0).0; 8];
            for (row, block) in rows.iter_mut().zip(blocks) {
                // SAFETY: the caller vouches for 64 bytes after `offset` at each pointer.
                *row = unsafe { _mm256_loadu_si256(block.add(offset + 32 * half).cast()) };
            }
            // SAFETY: see the impl.
            let columns = unsafe { transpose(&rows) };
            for (word, column) in words[8 * half..].iter_mut().zip(columns) {
                word.0 = column;
            }
        }
        words
    }

    #[inline(always)]
    fn from_lanes(lanes: impl Fn(usize) -> u32) -> Self {
        let words: [u32; 8] = std::array::from_fn(lanes);
        // SAFETY: 32 bytes of `words`; see the impl.
        Self(unsafe { _mm256_loadu_si256(words.as_ptr().cast()) })
    }

    #[inline(always)]
    fn lane(self, lane: usize) -> u32 {
        let mut words = [0_u32; 8];
        // SAFETY: 32 bytes of `words`; see the impl.
        unsafe { _mm256_storeu_si256(words.as_mut_ptr().cast(), self.0) };
        words[lane]
    }
}

/// The same value, out of the compiler's sight; see `md5::rounds`.
#[inline]
#[target_feature(enable = "avx2")]
fn settled(mut value: __m256i) -> __m256i {
    // SAFETY: no instruction at all.
    unsafe {
        asm!("/* {0} */", inout(ymm_reg) value, options(pure, nomem, nostack, preserves_flags));
    };
    value
}

/// Rows to columns, an 8 x 8 matrix of words in three stages of 8 instructions.
#[inline]
#[target_feature(enable = "avx2")]
fn transpose(rows: &[__m256i; 8]) -> [__m256i; 8] {
    let mut pairs = *rows;
    for n in 0..4 {
        pairs[2 * n] = _mm256_unpacklo_epi32(rows[2 * n], rows[2 * n + 1]);
        pairs[2 * n + 1] = _mm256_unpackhi_epi32(rows[2 * n], rows[2 * n + 1]);
    }
    // Number 4q + k: words k and k + 4 of rows 4q to 4q + 3.
    let mut fours = pairs;
    for q in 0..2 {
        for k in 0..2 {
            let (low, high) = (pairs[4 * q + k], pairs[4 * q + k + 2]);
            fours[4 * q + 2 * k] = _mm256_unpacklo_epi64(low, high);
            fours[4 * q + 2 * k + 1] = _mm256_unpackhi_epi64(low, high);
        }
    }
    let mut columns = fours;
    for k in 0..4 {
        columns[k] = _mm256_permute2x128_si256::<0x20>(fours[k], fours[4 + k]);
        columns[4 + k] = _mm256_permute2x128_si256::<0x31>(fours[k], fours[4 + k]);
    }
    columns
}
