//! Digests of bytes: what they are called and how they are written. Nothing here reads a file.

pub mod md5;

use std::fmt;

use serde::{Deserialize, Serialize};

/// What was computed over the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Digest {
    /// MD5, RFC 1321.
    Md5(#[serde(with = "serde_bytes")] [u8; 16]),
}

impl Digest {
    /// The algorithm's name as lists write it.
    pub fn algorithm(&self) -> &'static str {
        match self {
            Self::Md5(_) => "md5",
        }
    }

    /// A digest from its algorithm's name and its hex digits, in either case; `None` if the name is
    /// not known or the digits are not those of such a digest.
    pub fn parse(algorithm: &str, hex: &str) -> Option<Self> {
        match algorithm {
            "md5" => Some(Self::Md5(unhex(hex)?)),
            _ => None,
        }
    }
}

/// Lower-case hex digits.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Md5(bytes) => write!(f, "{:032x}", u128::from_be_bytes(*bytes)),
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

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn a_digest_is_written_as_it_was_read() {
        let hex = "0cc175b9c0f1b6a831c399e269772661";

        let digest = Digest::parse("md5", &hex.to_uppercase()).unwrap();

        assert_eq!(digest.to_string(), hex);
        assert_eq!(digest.algorithm(), "md5");
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        let hex = "0cc175b9c0f1b6a831c399e269772661";
        let wrong =
            [("md5", &hex[1..]), ("sha1", hex), ("md5", "+cc175b9c0f1b6a831c399e269772661")];
        for (algorithm, hex) in wrong {
            assert_eq!(Digest::parse(algorithm, hex), None, "{algorithm} {hex}");
        }
    }
}
