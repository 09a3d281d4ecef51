//! Which instructions add blocks to lanes: chosen at run time, or forced by name.
#![expect(
    unsafe_code,
    reason = "calls functions that need a processor feature, after asking for it"
)]

use std::fmt;
use std::str::FromStr;

use super::{BLOCK_LEN, MAX_LANES, START, State, portable};
use crate::error::{Error, Result};

/// A way to compute MD5 in lanes.
///
/// A value of this type is a proof that the processor can do it: it is made by [`Simd::best`] and by
/// parsing a name, and both ask the processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simd(Path);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

/// One stream on its way: its state, and whole blocks that are to be added to it.
#[derive(Debug)]
pub struct Lane<'a> {
    /// What the blocks before have made of [`START`].
    pub state: &'a mut State,
    /// The bytes to come; at least as many blocks as [`Simd::advance`] is asked for.
    pub bytes: &'a [u8],
}

type Compress = unsafe fn(&mut [State], &[*const u8], usize);

impl Simd {
    /// The path that every processor has, and the best one for a single stream.
    pub fn portable() -> Self {
        Self(Path::Portable)
    }

    /// The fastest path that this processor has.
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        for path in [Path::Avx512, Path::Avx2] {
            if path.is_there() {
                return Self(path);
            }
        }
        Self(Path::Portable)
    }

    /// How many lanes are best for bytes that are just being read. 32 are faster by a fifth over bytes that
    /// lie in the second-level cache, but their buffers fill it: with 16, 300 frames took 0.69 s, with 32
    /// 0.74 s.
    pub fn lanes(self) -> usize {
        self.width().min(16)
    }

    /// How many lanes [`Simd::advance`] takes at the most.
    pub fn width(self) -> usize {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => 32,
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => 16,
            Path::Portable => portable::WIDTH,
        }
    }

    /// Add the first `count` blocks of each lane's bytes to its state.
    ///
    /// # Panics
    ///
    /// If there are more than [`Simd::width`] lanes, or one has fewer than `count` blocks.
    pub fn advance(self, lanes: &mut [Lane<'_>], count: usize) {
        assert!(lanes.iter().all(|lane| lane.bytes.len() / BLOCK_LEN >= count), "a lane is short");
        let (compress, width) = self.kernel(lanes.len());
        assert!(lanes.len() <= width, "more lanes than the path has");
        let Some(first) = lanes.first() else { return };
        // Lanes without a stream compute the first one's blocks again; their result is dropped.
        let mut states = [START; MAX_LANES];
        let mut blocks = [first.bytes.as_ptr(); MAX_LANES];
        for (n, lane) in lanes.iter().enumerate() {
            states[n] = *lane.state;
            blocks[n] = lane.bytes.as_ptr();
        }
        // SAFETY: `kernel` names a function that this processor has, with its width; each pointer
        // is that of a lane whose length was checked above.
        unsafe { compress(&mut states[..width], &blocks[..width], count) };
        for (lane, state) in lanes.iter_mut().zip(states) {
            *lane.state = state;
        }
    }

    /// The function for that many lanes, and how many it takes.
    fn kernel(self, lanes: usize) -> (Compress, usize) {
        match self.0 {
            _ if lanes <= 1 => (portable::compress_one, 1),
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 if lanes <= 16 => (super::avx512::compress_16, 16),
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => (super::avx512::compress_32, 32),
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 if lanes <= 8 => (super::avx2::compress_8, 8),
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => (super::avx2::compress_16, 16),
            Path::Portable => (portable::compress_wide, portable::WIDTH),
        }
    }
}

impl Path {
    fn is_there(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => is_x86_feature_detected!("avx512f"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => is_x86_feature_detected!("avx2"),
            Self::Portable => true,
        }
    }
}

impl FromStr for Simd {
    type Err = Error;

    /// A path by name, `avx512`, `avx2` or `portable`; one that this processor lacks is an error.
    fn from_str(name: &str) -> Result<Self> {
        let path = match name {
            #[cfg(target_arch = "x86_64")]
            "avx512" => Path::Avx512,
            #[cfg(target_arch = "x86_64")]
            "avx2" => Path::Avx2,
            "portable" => Path::Portable,
            _ => return Err(Error::Simd { name: name.to_owned() }),
        };
        if path.is_there() { Ok(Self(path)) } else { Err(Error::Simd { name: name.to_owned() }) }
    }
}

impl fmt::Display for Simd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => "avx512",
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => "avx2",
            Path::Portable => "portable",
        })
    }
}
