//! Sixteen lanes in an AVX-512 register; rotation and each mixing function are one instruction.
#![expect(
    unsafe_code,
    reason = "intrinsics, and loads through pointers whose length the caller vouches for"
)]
#![expect(clippy::inline_always, reason = "see `Vector`")]

use std::arch::asm;
use std::arch::x86_64::{
    __m512i, _MM_HINT_T0, _mm_prefetch, _mm512_add_epi32, _mm512_loadu_si512, _mm512_rol_epi32,
    _mm512_set1_epi32, _mm512_shuffle_i32x4, _mm512_storeu_si512, _mm512_ternarylogic_epi32,
    _mm512_unpackhi_epi32, _mm512_unpackhi_epi64, _mm512_unpacklo_epi32, _mm512_unpacklo_epi64,
    _mm512_xor_si512,
};

use super::{BLOCK_LEN, Vector};

/// How far ahead, in bytes, blocks are called into the first-level cache. The processor follows fewer
/// than 32 streams by itself; of 128, 256 and 512, the first was the best by 2 to 8 %.
const AHEAD: usize = 2 * BLOCK_LEN;

/// Sixteen lanes.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Avx512(__m512i);

// SAFETY of each block below: `Avx512` is used by the kernels of this name only, which are compiled with
// `avx512f` and called after the processor was asked for it.
impl Vector for Avx512 {
    const LANES: usize = 16;

    #[inline(always)]
    fn splat(value: u32) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm512_set1_epi32(value.cast_signed()) })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm512_add_epi32(self.0, other.0) })
    }

    #[inline(always)]
    fn settled(self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { settled(self.0) })
    }

    #[inline(always)]
    fn rotate<const L: i32, const R: i32>(self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm512_rol_epi32::<L>(self.0) })
    }

    // Without a shuffle of bytes, which is not in AVX-512F: bytes 0 and 2 come from one rotation, 1 and 3
    // from the other.
    #[inline(always)]
    fn swapped(self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe {
            let (left, right) = (_mm512_rol_epi32::<8>(self.0), _mm512_rol_epi32::<24>(self.0));
            _mm512_ternarylogic_epi32::<0xca>(_mm512_set1_epi32(0x00ff_00ff), left, right)
        })
    }

    // The constant parameter is the truth table: bit `4b + 2c + d` is the result for those three bits.
    #[inline(always)]
    fn f(b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm512_ternarylogic_epi32::<0xca>(b.0, c.0, d.0) })
    }

    #[inline(always)]
    fn plus_g(early: Self, b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl.
        early.settled().add(Self(unsafe { _mm512_ternarylogic_epi32::<0xe4>(b.0, c.0, d.0) }))
    }

    #[inline(always)]
    fn h(b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm512_ternarylogic_epi32::<0x96>(b.0, c.0, d.0) })
    }

    #[inline(always)]
    fn i(b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm512_ternarylogic_epi32::<0x39>(b.0, c.0, d.0) })
    }

    #[inline(always)]
    fn majority(b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm512_ternarylogic_epi32::<0xe8>(b.0, c.0, d.0) })
    }

    #[inline(always)]
    fn mixed(a: Self, b: Self, c: Self, d: Self) -> Self {
        // SAFETY: see the impl.
        Self(unsafe { _mm512_xor_si512(_mm512_ternarylogic_epi32::<0x96>(a.0, b.0, c.0), d.0) })
    }

    #[inline(always)]
    unsafe fn gather(blocks: &[*const u8], offset: usize) -> [Self; 16] {
        let mut rows = [Self::splat(0).0; 16];
        for (row, block) in rows.iter_mut().zip(blocks) {
            // SAFETY: the caller vouches for 64 bytes after `offset`; a prefetch may go anywhere.
            *row = unsafe {
                _mm_prefetch::<_MM_HINT_T0>(block.wrapping_add(offset + AHEAD).cast());
                _mm512_loadu_si512(block.add(offset).cast())
            };
        }
        // SAFETY: see the impl.
        let columns = unsafe { transpose(&rows) };
        let mut words = [Self::splat(0); 16];
        for (word, column) in words.iter_mut().zip(columns) {
            word.0 = column;
        }
        words
    }

    #[inline(always)]
    fn from_lanes(lanes: impl Fn(usize) -> u32) -> Self {
        let words: [u32; 16] = std::array::from_fn(lanes);
        // SAFETY: 64 bytes of `words`; see the impl.
        Self(unsafe { _mm512_loadu_si512(words.as_ptr().cast()) })
    }

    #[inline(always)]
    fn lane(self, lane: usize) -> u32 {
        let mut words = [0_u32; 16];
        // SAFETY: 64 bytes of `words`; see the impl.
        unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), self.0) };
        words[lane]
    }
}

/// The same value, out of the compiler's sight; see `md5::rounds`.
#[inline]
#[target_feature(enable = "avx512f")]
fn settled(mut value: __m512i) -> __m512i {
    // SAFETY: no instruction at all.
    unsafe {
        asm!("/* {0} */", inout(zmm_reg) value, options(pure, nomem, nostack, preserves_flags));
    };
    value
}

/// Rows to columns, a 16 x 16 matrix of words in four stages of 16 instructions.
#[inline]
#[target_feature(enable = "avx512f")]
fn transpose(rows: &[__m512i; 16]) -> [__m512i; 16] {
    let mut pairs = *rows;
    for n in 0..8 {
        pairs[2 * n] = _mm512_unpacklo_epi32(rows[2 * n], rows[2 * n + 1]);
        pairs[2 * n + 1] = _mm512_unpackhi_epi32(rows[2 * n], rows[2 * n + 1]);
    }
    // Number 4q + k: word k of each 128-bit part of rows 4q to 4q + 3.
    let mut fours = pairs;
    for q in 0..4 {
        for k in 0..2 {
            let (low, high) = (pairs[4 * q + k], pairs[4 * q + k + 2]);
            fours[4 * q + 2 * k] = _mm512_unpacklo_epi64(low, high);
            fours[4 * q + 2 * k + 1] = _mm512_unpackhi_epi64(low, high);
        }
    }
    // Number 8h + k: parts 0 and 2 of rows 8h to 8h + 7; number 8h + 4 + k: parts 1 and 3.
    let mut eights = fours;
    for h in 0..2 {
        for k in 0..4 {
            let (low, high) = (fours[8 * h + k], fours[8 * h + 4 + k]);
            eights[8 * h + k] = _mm512_shuffle_i32x4::<0x88>(low, high);
            eights[8 * h + 4 + k] = _mm512_shuffle_i32x4::<0xdd>(low, high);
        }
    }
    let mut columns = eights;
    for k in 0..8 {
        columns[k] = _mm512_shuffle_i32x4::<0x88>(eights[k], eights[8 + k]);
        columns[8 + k] = _mm512_shuffle_i32x4::<0xdd>(eights[k], eights[8 + k]);
    }
    columns
}
