use proptest::prelude::*;

use super::{Algorithm, Digest, Hasher, digest_of};

/// Of the empty string and of `abc`: RFC 1321, A.5; FIPS 180-4 examples; `xxhsum` 0.8.1 (-H1, -H3, -H2);
/// the C4 id of SHA-512 computed with Python's `hashlib` and integers.
const VECTORS: [(Algorithm, &str, &str); 7] = [
    (Algorithm::Md5, "d41d8cd98f00b204e9800998ecf8427e", "900150983cd24fb0d6963f7d28e17f72"),
    (
        Algorithm::Sha1,
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "a9993e364706816aba3e25717850c26c9cd0d89d",
    ),
    (
        Algorithm::Sha256,
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
    (Algorithm::Xxh64, "ef46db3751d8e999", "44bc2cf5ad770999"),
    (Algorithm::Xxh3, "2d06800538d394c2", "78af5f94892f3950"),
    (Algorithm::Xxh128, "99aa06d3014798d86001c324468d497f", "06b05ab6733a618578af5f94892f3950"),
    (
        Algorithm::C4,
        "c459dsjfscH38cYeXXYogktxf4Cd9ibshE3BHUo6a58hBXmRQdZrAkZzsWcbWtDg5oQstpDuni4Hirj75GEmTc1sFT",
        "c45S4rnaTNWonxss1u8LzsaJdEph1AJhWUF4sh2waXKMsutyfAxg4ybUeuXVWS9HdNcEypmeXn8FZGonD4w1rj9DZp",
    ),
];

#[test]
fn each_algorithm_gives_the_published_digests() {
    for (algorithm, empty, abc) in VECTORS {
        assert_eq!(digest_of(algorithm, b"").to_string(), empty, "{algorithm}");
        assert_eq!(digest_of(algorithm, b"abc").to_string(), abc, "{algorithm}");
    }
}

#[test]
fn a_name_is_that_of_its_algorithm() {
    for algorithm in Algorithm::ALL {
        assert_eq!(algorithm.name().parse(), Ok(algorithm));
        assert_eq!(digest_of(algorithm, b"x").algorithm(), algorithm);
    }
    assert!("crc32".parse::<Algorithm>().unwrap_err().to_string().contains("`crc32`"));
}

#[test]
fn what_is_no_digest_is_refused() {
    let hex = "0cc175b9c0f1b6a831c399e269772661";
    let id = digest_of(Algorithm::C4, b"abc").to_string();
    let too_large = format!("c4{}", "z".repeat(88));
    let wrong = [
        (Algorithm::Md5, &hex[1..]),
        (Algorithm::Sha1, hex),
        (Algorithm::Md5, "+cc175b9c0f1b6a831c399e269772661"),
        (Algorithm::Xxh64, hex),
        (Algorithm::C4, &id[1..]),
        (Algorithm::C4, &id[..89]),
        (Algorithm::C4, &too_large),
    ];
    for (algorithm, text) in wrong {
        assert_eq!(Digest::parse(algorithm, text), None, "{algorithm} {text}");
    }
    assert!(Digest::parse(Algorithm::Md5, &hex.to_uppercase()).is_some());
}

proptest! {
    #[test]
    fn a_digest_is_written_as_it_was_read(bytes: Vec<u8>) {
        for algorithm in Algorithm::ALL {
            let digest = digest_of(algorithm, &bytes);
            prop_assert_eq!(Digest::parse(algorithm, &digest.to_string()), Some(digest));
        }
    }

    #[test]
    fn pieces_give_the_digest_of_the_whole(pieces: Vec<Vec<u8>>) {
        for algorithm in Algorithm::ALL {
            let mut hasher = Hasher::new(algorithm);
            for piece in &pieces {
                hasher.update(piece);
            }
            prop_assert_eq!(hasher.finish(), digest_of(algorithm, &pieces.concat()));
        }
    }
}
