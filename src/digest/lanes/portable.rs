//! One stream in one ordinary register, alone or two of them interleaved: the path of every processor
//! that has no wider one, and of the last file that is left when all others are done.
#![expect(unsafe_code, reason = "loads through pointers whose length the caller vouches for")]
#![expect(clippy::inline_always, reason = "see `Vector`")]

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use std::arch::asm;

use super::Vector;

/// Streams of the portable path. One leaves half of the processor idle, waiting for its last step; with
/// three the sixteen registers of x86-64 no longer hold them. To try: `cargo bench --bench md5`.
pub(in crate::digest) const PORTABLE_LANES: usize = 2;

impl Vector for u32 {
    const LANES: usize = 1;

    #[inline(always)]
    fn splat(value: u32) -> Self {
        value
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    #[inline(always)]
    fn settled(self) -> Self {
        settled(self)
    }

    #[inline(always)]
    fn rotate<const L: i32, const R: i32>(self) -> Self {
        self.rotate_left(L.cast_unsigned())
    }

    #[inline(always)]
    fn swapped(self) -> Self {
        self.swap_bytes()
    }

    #[inline(always)]
    fn f(b: Self, c: Self, d: Self) -> Self {
        d ^ (b & (c ^ d))
    }

    #[inline(always)]
    fn plus_g(early: Self, b: Self, c: Self, d: Self) -> Self {
        early.add(!d & c).settled().add(d & b)
    }

    #[inline(always)]
    fn h(b: Self, c: Self, d: Self) -> Self {
        b ^ (c ^ d)
    }

    #[inline(always)]
    fn i(b: Self, c: Self, d: Self) -> Self {
        c ^ (b | !d)
    }

    #[inline(always)]
    fn majority(b: Self, c: Self, d: Self) -> Self {
        (c & d) | (b & (c | d))
    }

    #[inline(always)]
    fn mixed(a: Self, b: Self, c: Self, d: Self) -> Self {
        a ^ b ^ (c ^ d)
    }

    #[inline(always)]
    unsafe fn gather(blocks: &[*const u8], offset: usize) -> [Self; 16] {
        // SAFETY: the caller vouches for 64 bytes after `offset`.
        let words = unsafe { blocks[0].add(offset).cast::<[[u8; 4]; 16]>().read() };
        words.map(u32::from_le_bytes)
    }

    #[inline(always)]
    fn from_lanes(lanes: impl Fn(usize) -> u32) -> Self {
        lanes(0)
    }

    #[inline(always)]
    fn lane(self, _lane: usize) -> u32 {
        self
    }
}

/// The same value, out of the compiler's sight; see `md5::rounds`. The letters name a 32-bit register.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn settled(mut value: u32) -> u32 {
    // SAFETY: no instruction at all.
    unsafe {
        asm!("/* {0:e} */", inout(reg) value, options(pure, nomem, nostack, preserves_flags));
    };
    value
}

/// As above.
#[cfg(target_arch = "aarch64")]
#[inline(always)]
fn settled(mut value: u32) -> u32 {
    // SAFETY: no instruction at all.
    unsafe {
        asm!("/* {0:w} */", inout(reg) value, options(pure, nomem, nostack, preserves_flags));
    };
    value
}

/// Elsewhere the compiler does as it likes: right, if slower.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
#[inline(always)]
fn settled(value: u32) -> u32 {
    value
}
