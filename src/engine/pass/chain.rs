//! The digest of one item on its way, by whatever algorithm was asked for.

use crate::digest::lanes::Simd;
use crate::digest::{Algorithm, Digest, Hasher, md5, sha1};

/// What an item's bytes so far have made of the start of its algorithm.
pub(super) enum Chain {
    Md5(md5::State),
    Sha1(sha1::State),
    /// An algorithm that has no lanes.
    Alone(Box<Hasher>),
}

impl Chain {
    pub(super) fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Md5 => Self::Md5(md5::START),
            Algorithm::Sha1 => Self::Sha1(sha1::START),
            Algorithm::Sha256
            | Algorithm::Xxh64
            | Algorithm::Xxh3
            | Algorithm::Xxh128
            | Algorithm::C4 => Self::Alone(Box::new(Hasher::new(algorithm))),
        }
    }

    /// Take the next chunk, which lies in `buffer[..len]`; with `size`, that of the whole item, it is the
    /// last one. Returns how many bytes of the buffer, padding included, are left for [`advance`].
    pub(super) fn take(&mut self, buffer: &mut [u8], len: usize, size: Option<u64>) -> usize {
        match (self, size) {
            (Self::Md5(_), Some(size)) => md5::pad(buffer, len, size),
            (Self::Sha1(_), Some(size)) => sha1::pad(buffer, len, size),
            (Self::Md5(_) | Self::Sha1(_), None) => len,
            (Self::Alone(hasher), _) => {
                hasher.update(&buffer[..len]);
                0
            }
        }
    }

    /// The digest, once the last chunk has been added.
    pub(super) fn digest(self) -> Digest {
        match self {
            Self::Md5(state) => Digest::Md5(md5::digest(&state)),
            Self::Sha1(state) => Digest::Sha1(sha1::digest(&state)),
            Self::Alone(hasher) => hasher.finish(),
        }
    }
}

/// Add as many blocks to each chain of the bytes beside it.
pub(super) fn advance<'a>(
    simd: Simd,
    chains: impl Iterator<Item = (&'a mut Chain, &'a [u8])>,
    count: usize,
) {
    let (mut md5, mut sha1) = (vec![], vec![]);
    for (chain, bytes) in chains {
        match chain {
            Chain::Md5(state) => md5.push(md5::Lane { state, bytes }),
            Chain::Sha1(state) => sha1.push(sha1::Lane { state, bytes }),
            // It has taken them already.
            Chain::Alone(_) => {}
        }
    }
    md5::advance(simd, &mut md5, count);
    sha1::advance(simd, &mut sha1, count);
}
