use proptest::prelude::*;
use sha1::{Digest as _, Sha1};

use super::{BLOCK_LEN, Lane, START, Simd, advance, digest, pad};
use crate::digest::lanes::streams::{self, paths};

/// RFC 3174, section 7.3 (the second one repeats its string ten times), and the empty string.
const VECTORS: [(&[u8], usize, &str); 5] = [
    (b"", 1, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    (b"abc", 1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
        b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        1,
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
    ),
    (b"a", 1_000_000, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
    (
        b"0123456701234567012345670123456701234567012345670123456701234567",
        10,
        "dea356a2cddd90c7a7ecedc5ebb563934f460452",
    ),
];

/// Where the padding begins another block, and where streams are added in pairs of blocks.
const LENGTHS: [usize; 16] =
    [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 191, 64 * 5 + 55];

fn in_lanes(simd: Simd, width: usize, streams: &[Vec<u8>]) -> Vec<[u8; 20]> {
    let states = streams::in_lanes((START, advance, pad), (simd, width), streams);
    states.iter().map(digest).collect()
}

fn reference(streams: &[Vec<u8>]) -> Vec<[u8; 20]> {
    streams.iter().map(|bytes| Sha1::digest(bytes).into()).collect()
}

#[test]
fn every_path_gives_the_digests_of_the_rfc() {
    let streams: Vec<_> = VECTORS.iter().map(|(part, times, _)| part.repeat(*times)).collect();
    let expected: Vec<_> = VECTORS.iter().map(|(_, _, hex)| (*hex).to_owned()).collect();
    for (simd, width) in paths().into_iter().flat_map(|simd| [(simd, 1), (simd, 5)]) {
        let found: Vec<_> = in_lanes(simd, width, &streams)
            .iter()
            .map(|digest| crate::digest::Digest::Sha1(*digest).to_string())
            .collect();
        assert_eq!(found, expected, "{simd} {width}");
    }
}

#[test]
fn the_padding_is_right_at_every_boundary() {
    let stream = |len: &usize| (0..=250_u8).cycle().take(*len).collect();
    let streams: Vec<Vec<u8>> = LENGTHS.iter().map(stream).collect();
    for (simd, width) in paths().into_iter().flat_map(|simd| [(simd, 1), (simd, 7), (simd, 16)]) {
        assert_eq!(in_lanes(simd, width, &streams), reference(&streams), "{simd} {width}");
    }
}

#[test]
#[should_panic(expected = "a lane is short")]
fn no_more_blocks_are_added_than_a_lane_has() {
    let mut states = [START; 2];
    let bytes = [0; BLOCK_LEN];
    let mut lanes: Vec<_> = states.iter_mut().map(|state| Lane { state, bytes: &bytes }).collect();

    advance(Simd::best(), &mut lanes, 2);
}

proptest! {
    #[test]
    fn every_path_agrees_with_the_reference(
        width in 1..33_usize,
        streams in proptest::collection::vec(
            (prop_oneof![0..300_usize, (0..40_usize, 0..3_usize).prop_map(|(n, d)| (n * 64 + d).saturating_sub(1))], any::<u8>())
                .prop_map(|(len, seed)| (0..=250_u8).cycle().take(len).map(|byte| byte ^ seed).collect::<Vec<u8>>()),
            1..70,
        )
    ) {
        let expected = reference(&streams);
        for simd in paths() {
            prop_assert_eq!(&in_lanes(simd, width, &streams), &expected, "{}", simd);
        }
    }
}
