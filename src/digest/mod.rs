//! Digests of bytes: what they are called and how they are written. Nothing here reads a file.

mod algorithm;
mod c4;
mod hasher;
pub mod lanes;
pub mod md5;
pub mod sha1;

#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use algorithm::{Algorithm, UnknownAlgorithm};
pub use hasher::{Hasher, digest_of};

/// What was computed over the bytes of a file; numbers with their most significant byte first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Digest {
    /// See [`Algorithm::Md5`].
    Md5(#[serde(with = "serde_bytes")] [u8; 16]),
    /// See [`Algorithm::Sha1`].
    Sha1(#[serde(with = "serde_bytes")] [u8; 20]),
    /// See [`Algorithm::Sha256`].
    Sha256(#[serde(with = "serde_bytes")] [u8; 32]),
    /// See [`Algorithm::Xxh64`].
    Xxh64(#[serde(with = "serde_bytes")] [u8; 8]),
    /// See [`Algorithm::Xxh3`].
    Xxh3(#[serde(with = "serde_bytes")] [u8; 8]),
    /// See [`Algorithm::Xxh128`].
    Xxh128(#[serde(with = "serde_bytes")] [u8; 16]),
    /// The SHA-512 that [`Algorithm::C4`] writes.
    C4(#[serde(with = "serde_bytes")] [u8; 64]),
}

impl Digest {
    /// What computed it.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Md5(_) => Algorithm::Md5,
            Self::Sha1(_) => Algorithm::Sha1,
            Self::Sha256(_) => Algorithm::Sha256,
            Self::Xxh64(_) => Algorithm::Xxh64,
            Self::Xxh3(_) => Algorithm::Xxh3,
            Self::Xxh128(_) => Algorithm::Xxh128,
            Self::C4(_) => Algorithm::C4,
        }
    }

    /// A digest as lists write it: hex digits in either case, or a C4 id. `None` if it is none of that
    /// algorithm.
    pub fn parse(algorithm: Algorithm, text: &str) -> Option<Self> {
        Some(match algorithm {
            Algorithm::Md5 => Self::Md5(unhex(text)?),
            Algorithm::Sha1 => Self::Sha1(unhex(text)?),
            Algorithm::Sha256 => Self::Sha256(unhex(text)?),
            Algorithm::Xxh64 => Self::Xxh64(unhex(text)?),
            Algorithm::Xxh3 => Self::Xxh3(unhex(text)?),
            Algorithm::Xxh128 => Self::Xxh128(unhex(text)?),
            Algorithm::C4 => Self::C4(c4::parse(text)?),
        })
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Md5(bytes) | Self::Xxh128(bytes) => bytes,
            Self::Sha1(bytes) => bytes,
            Self::Sha256(bytes) => bytes,
            Self::Xxh64(bytes) | Self::Xxh3(bytes) => bytes,
            Self::C4(bytes) => bytes,
        }
    }
}

/// Lower-case hex digits, or a C4 id.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // One number is written several times as fast as 16 bytes.
            Self::Md5(bytes) | Self::Xxh128(bytes) => {
                write!(f, "{:032x}", u128::from_be_bytes(*bytes))
            }
            Self::C4(bytes) => f.write_str(&c4::render(bytes)),
            Self::Sha1(_) | Self::Sha256(_) | Self::Xxh64(_) | Self::Xxh3(_) => {
                self.bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
    }
}

fn unhex<const N: usize>(hex: &str) -> Option<[u8; N]> {
    if hex.len() != 2 * N || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, digits) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}
