//! The message schedule of SHA-1 for two blocks at once, one in each half of an AVX2 register.
//!
//! Source: RFC 3174, section 6.1. The words from 32 on by the equal recurrence over 6, 16, 28 and 32 words,
//! which four neighbours do not need of each other: it is that of the standard, put into itself once.
#![expect(unsafe_code, reason = "intrinsics that need AVX2, and loads and stores through pointers")]
#![expect(clippy::inline_always, reason = "see `Vector`")]

use std::arch::x86_64::{
    __m256i, _mm_loadu_si128, _mm256_add_epi32, _mm256_alignr_epi8, _mm256_or_si256,
    _mm256_set_epi64x, _mm256_set_m128i, _mm256_set1_epi32, _mm256_setzero_si256,
    _mm256_shuffle_epi8, _mm256_slli_epi32, _mm256_slli_si256, _mm256_srli_epi32,
    _mm256_srli_si256, _mm256_storeu_si256, _mm256_xor_si256,
};

use super::BLOCK_LEN;
use super::rounds::ADDED;

/// Two blocks, one after the other.
pub(super) type Blocks = [[u8; BLOCK_LEN]; 2];

/// Groups of four words in the message schedule of a block.
pub(super) const GROUPS: usize = 20;

/// Four words of each of two blocks, with what is added to them in their steps.
type Group = [[u32; 4]; 2];

/// All words of two blocks; no group lies across two cache lines.
#[repr(align(64))]
pub(super) struct Words(pub(super) [Group; GROUPS]);

/// The words of two blocks on their way.
pub(super) struct Schedule {
    /// The last eight groups, each at its number modulo 8.
    near: [__m256i; 8],
}

impl Schedule {
    /// Nothing has been computed yet.
    ///
    /// # Safety
    ///
    /// The processor has AVX2: for as long as there is a schedule, which takes that for granted.
    #[inline(always)]
    pub(super) unsafe fn new() -> Self {
        // SAFETY: the caller's promise.
        Self { near: [unsafe { _mm256_setzero_si256() }; 8] }
    }

    /// Compute one group, after all those before it, and write it down.
    #[inline(always)]
    pub(super) fn step(&mut self, group: usize, blocks: &Blocks, words: &mut Words) {
        let near = |back: usize| self.near[(group + 8 - back) % 8];
        // SAFETY: there is AVX2, as `new` was promised; 32 bytes are those of a group.
        unsafe {
            let four = match group {
                0..4 => load(blocks, 16 * group),
                4..8 => first(near(1), near(2), near(3), near(4)),
                _ => later(near(1), near(2), near(4), near(7), near(8)),
            };
            self.near[group % 8] = four;
            let sum = _mm256_add_epi32(four, _mm256_set1_epi32(ADDED[group / 5].cast_signed()));
            _mm256_storeu_si256(words.0[group].as_mut_ptr().cast(), sum);
        }
    }
}

/// Four words of each block as they lie there.
#[inline]
#[target_feature(enable = "avx2")]
fn load(blocks: &Blocks, offset: usize) -> __m256i {
    let (low, high) = (0x0405_0607_0001_0203, 0x0c0d_0e0f_0809_0a0b);
    let order = _mm256_set_epi64x(high, low, high, low);
    // SAFETY: 16 bytes of a block that has 64, as `offset` is at most 48.
    let [first, second] = unsafe {
        [
            _mm_loadu_si128(blocks[0].as_ptr().add(offset).cast()),
            _mm_loadu_si128(blocks[1].as_ptr().add(offset).cast()),
        ]
    };
    _mm256_shuffle_epi8(_mm256_set_m128i(second, first), order)
}

/// Words 16 to 31, from the four groups before them. The last word of a group needs the first one of the
/// same, which is added when that is known.
#[inline]
#[target_feature(enable = "avx2")]
fn first(one: __m256i, two: __m256i, three: __m256i, four: __m256i) -> __m256i {
    let ago_3 = _mm256_srli_si256::<4>(one);
    let ago_14 = _mm256_alignr_epi8::<8>(three, four);
    let mixed = _mm256_xor_si256(_mm256_xor_si256(ago_3, two), _mm256_xor_si256(ago_14, four));
    let missing = _mm256_slli_si256::<12>(mixed);
    _mm256_xor_si256(rotate::<1, 31>(mixed), rotate::<2, 30>(missing))
}

/// Words from 32 on, from the groups so far before them.
#[inline]
#[target_feature(enable = "avx2")]
fn later(one: __m256i, two: __m256i, four: __m256i, seven: __m256i, eight: __m256i) -> __m256i {
    let ago_6 = _mm256_alignr_epi8::<8>(one, two);
    let mixed = _mm256_xor_si256(_mm256_xor_si256(four, seven), _mm256_xor_si256(eight, ago_6));
    rotate::<2, 30>(mixed)
}

#[inline]
#[target_feature(enable = "avx2")]
fn rotate<const L: i32, const R: i32>(value: __m256i) -> __m256i {
    _mm256_or_si256(_mm256_slli_epi32::<L>(value), _mm256_srli_epi32::<R>(value))
}
