//! What a register of lanes can do, written once for each width.
#![expect(unsafe_code, reason = "blocks are read through pointers, once for each lane and block")]

/// A register of 32-bit lanes, one stream in each.
///
/// The methods are `inline(always)` so that they become part of the function that names the
/// processor feature they need; nothing outside such a function calls them.
///
/// The mixing functions have the names of RFC 1321; those of SHA-1 are `f`, `h` and `majority`.
pub(in crate::digest) trait Vector: Copy {
    const LANES: usize;

    fn splat(value: u32) -> Self;
    fn add(self, other: Self) -> Self;
    /// The same value, by a way the compiler cannot see through.
    fn settled(self) -> Self;
    /// Rotate left by `L`; `R` is `32 - L`, which some instruction sets want as a constant.
    fn rotate<const L: i32, const R: i32>(self) -> Self;
    /// The same words with their bytes in the opposite order.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only for SHA-1 in lanes"))]
    fn swapped(self) -> Self;
    fn f(b: Self, c: Self, d: Self) -> Self;
    /// `early + G(b, c, d)`. The two halves of `G` have no bit in common, so that they can be added one
    /// after the other, and the half without `b`, which comes last, can go first.
    fn plus_g(early: Self, b: Self, c: Self, d: Self) -> Self;
    fn h(b: Self, c: Self, d: Self) -> Self;
    fn i(b: Self, c: Self, d: Self) -> Self;
    /// The bits that at least two of the three have.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only for SHA-1 in lanes"))]
    fn majority(b: Self, c: Self, d: Self) -> Self;
    /// Exclusive or of all four.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only for SHA-1 in lanes"))]
    fn mixed(a: Self, b: Self, c: Self, d: Self) -> Self;
    /// Word `k` of the 64 bytes that lie `offset` after each pointer, its first byte the least significant,
    /// as register `k` of the result.
    ///
    /// # Safety
    ///
    /// Each of the `LANES` pointers is valid for reads of `offset + 64` bytes, at any alignment.
    unsafe fn gather(blocks: &[*const u8], offset: usize) -> [Self; 16];
    fn from_lanes(lanes: impl Fn(usize) -> u32) -> Self;
    fn lane(self, lane: usize) -> u32;
}
