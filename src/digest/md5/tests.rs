use md5::{Digest as _, Md5};
use proptest::prelude::*;

use super::{START, Simd, advance, digest, pad};
use crate::digest::lanes::streams::{self, paths};

/// RFC 1321, appendix A.5.
const VECTORS: [(&[u8], &str); 7] = [
    (b"", "d41d8cd98f00b204e9800998ecf8427e"),
    (b"a", "0cc175b9c0f1b6a831c399e269772661"),
    (b"abc", "900150983cd24fb0d6963f7d28e17f72"),
    (b"message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    (b"abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
    (
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        "d174ab98d277d9f5a5611c2c9f419d9f",
    ),
    (
        b"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
        "57edf4a22be3c955ac49da2e2107b67a",
    ),
];

fn in_lanes(simd: Simd, streams: &[Vec<u8>]) -> Vec<[u8; 16]> {
    let states = streams::in_lanes((START, advance, pad), (simd, simd.width()), streams);
    states.iter().map(digest).collect()
}

#[test]
fn every_path_gives_the_digests_of_the_rfc() {
    let streams: Vec<_> = VECTORS.iter().map(|(bytes, _)| bytes.to_vec()).collect();
    let expected: Vec<_> = VECTORS.iter().map(|(_, hex)| (*hex).to_owned()).collect();
    for simd in paths() {
        let found: Vec<_> = in_lanes(simd, &streams)
            .iter()
            .map(|digest| crate::digest::Digest::Md5(*digest).to_string())
            .collect();
        assert_eq!(found, expected, "{simd}");
    }
}

#[test]
fn a_path_that_nobody_has_is_refused() {
    assert!("avx1024".parse::<Simd>().is_err());
}

proptest! {
    #[test]
    fn every_path_agrees_with_the_reference(
        streams in proptest::collection::vec(
            (prop_oneof![0..300_usize, (0..40_usize, 0..3_usize).prop_map(|(n, d)| (n * 64 + d).saturating_sub(1))], any::<u8>())
                .prop_map(|(len, seed)| (0..=250_u8).cycle().take(len).map(|byte| byte ^ seed).collect::<Vec<u8>>()),
            1..70,
        )
    ) {
        let expected: Vec<[u8; 16]> = streams.iter().map(|bytes| Md5::digest(bytes).into()).collect();
        for simd in paths() {
            prop_assert_eq!(&in_lanes(simd, &streams), &expected, "{}", simd);
        }
    }
}
