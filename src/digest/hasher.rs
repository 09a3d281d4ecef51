//! Any algorithm over a stream that comes in pieces.
//!
//! MD5 and SHA-1 are here for few and small streams; many files go through their lanes.

use sha2::{Digest as _, Sha256, Sha512};
use twox_hash::{XxHash3_64, XxHash3_128, XxHash64};

use super::lanes::{BLOCK_LEN, Lane, MAX_PADDING, Simd};
use super::{Algorithm, Digest, md5, sha1};

/// Computes one digest.
pub struct Hasher(Kind);

enum Kind {
    Md5(Box<Stream<4>>),
    Sha1(Box<Stream<5>>),
    Sha256(Sha256),
    Xxh64(XxHash64),
    Xxh3(Box<XxHash3_64>),
    Xxh128(Box<XxHash3_128>),
    C4(Sha512),
}

impl Hasher {
    /// Nothing has been seen yet.
    pub fn new(algorithm: Algorithm) -> Self {
        Self(match algorithm {
            Algorithm::Md5 => Kind::Md5(Box::new(Stream::new(md5::START, md5::advance))),
            Algorithm::Sha1 => Kind::Sha1(Box::new(Stream::new(sha1::START, sha1::advance))),
            Algorithm::Sha256 => Kind::Sha256(Sha256::new()),
            Algorithm::Xxh64 => Kind::Xxh64(XxHash64::with_seed(0)),
            Algorithm::Xxh3 => Kind::Xxh3(Box::new(XxHash3_64::with_seed(0))),
            Algorithm::Xxh128 => Kind::Xxh128(Box::new(XxHash3_128::with_seed(0))),
            Algorithm::C4 => Kind::C4(Sha512::new()),
        })
    }

    /// See the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        use std::hash::Hasher as _;
        match &mut self.0 {
            Kind::Md5(hasher) => hasher.update(bytes),
            Kind::Sha1(hasher) => hasher.update(bytes),
            Kind::Sha256(hasher) => hasher.update(bytes),
            Kind::Xxh64(hasher) => hasher.write(bytes),
            Kind::Xxh3(hasher) => hasher.write(bytes),
            Kind::Xxh128(hasher) => hasher.write(bytes),
            Kind::C4(hasher) => hasher.update(bytes),
        }
    }

    /// The digest of all that was seen.
    pub fn finish(self) -> Digest {
        use std::hash::Hasher as _;
        match self.0 {
            Kind::Md5(hasher) => Digest::Md5(md5::digest(&hasher.finish(md5::pad))),
            Kind::Sha1(hasher) => Digest::Sha1(sha1::digest(&hasher.finish(sha1::pad))),
            Kind::Sha256(hasher) => Digest::Sha256(hasher.finalize().into()),
            Kind::Xxh64(hasher) => Digest::Xxh64(hasher.finish().to_be_bytes()),
            Kind::Xxh3(hasher) => Digest::Xxh3(hasher.finish().to_be_bytes()),
            Kind::Xxh128(hasher) => Digest::Xxh128(hasher.finish_128().to_be_bytes()),
            Kind::C4(hasher) => Digest::C4(hasher.finalize().into()),
        }
    }
}

/// The digest of bytes that are at hand.
pub fn digest_of(algorithm: Algorithm, bytes: &[u8]) -> Digest {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(bytes);
    hasher.finish()
}

/// An algorithm that takes whole blocks, in one lane.
struct Stream<const N: usize> {
    state: [u32; N],
    advance: Advance<N>,
    size: u64,
    /// Bytes that do not fill a block yet, and room for the padding.
    rest: [u8; BLOCK_LEN + MAX_PADDING],
    len: usize,
}

/// Adds blocks to lanes.
type Advance<const N: usize> = fn(Simd, &mut [Lane<'_, N>], usize);

/// Appends the padding; see [`md5::pad`].
type Pad = fn(&mut [u8], usize, u64) -> usize;

impl<const N: usize> Stream<N> {
    fn new(start: [u32; N], advance: Advance<N>) -> Self {
        Self { state: start, advance, size: 0, rest: [0; BLOCK_LEN + MAX_PADDING], len: 0 }
    }

    fn update(&mut self, mut bytes: &[u8]) {
        self.size = self.size.wrapping_add(bytes.len() as u64);
        if self.len > 0 {
            let (first, more) = bytes.split_at(bytes.len().min(BLOCK_LEN - self.len));
            self.keep(first);
            bytes = more;
            if self.len < BLOCK_LEN {
                return;
            }
            self.add_rest(BLOCK_LEN);
            self.len = 0;
        }
        let (blocks, rest) = bytes.split_at(bytes.len() - bytes.len() % BLOCK_LEN);
        let lane = Lane { state: &mut self.state, bytes: blocks };
        (self.advance)(Simd::best(), &mut [lane], blocks.len() / BLOCK_LEN);
        self.keep(rest);
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.rest[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }

    fn finish(mut self, pad: Pad) -> [u32; N] {
        let end = pad(&mut self.rest, self.len, self.size);
        self.add_rest(end);
        self.state
    }

    /// Add the first `len` bytes of the rest, which are whole blocks.
    fn add_rest(&mut self, len: usize) {
        let lane = Lane { state: &mut self.state, bytes: &self.rest[..len] };
        (self.advance)(Simd::best(), &mut [lane], len / BLOCK_LEN);
    }
}
