//! The algorithms and their names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A way to compute a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Algorithm {
    /// MD5, RFC 1321.
    Md5,
    /// SHA-1, FIPS 180-4.
    Sha1,
    /// SHA-256, FIPS 180-4.
    Sha256,
    /// XXH64 with seed 0; its canonical form is big-endian, which lists call `xxhash64be` too.
    ///
    /// Source: the xxHash specification, "XXH64 algorithm description", step 7.
    Xxh64,
    /// XXH3 of 64 bits with seed 0.
    Xxh3,
    /// XXH3 of 128 bits with seed 0.
    Xxh128,
    /// SHA-512 written as a C4 id.
    ///
    /// Source: SMPTE ST 2114 as the ASC MHL reference tool writes it.
    C4,
}

impl Algorithm {
    /// All of them, in the order in which tables show them.
    pub const ALL: [Self; 7] =
        [Self::Md5, Self::Sha1, Self::Sha256, Self::Xxh64, Self::Xxh3, Self::Xxh128, Self::C4];

    /// The name that lists and commands use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Xxh64 => "xxh64",
            Self::Xxh3 => "xxh3",
            Self::Xxh128 => "xxh128",
            Self::C4 => "c4",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is none of an algorithm here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not md5, sha1, sha256, xxh64, xxh3, xxh128 or c4")]
pub struct UnknownAlgorithm(pub String);

impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|algorithm| algorithm.name() == name);
        known.ok_or_else(|| UnknownAlgorithm(name.to_owned()))
    }
}
