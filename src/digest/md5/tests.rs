use md5::{Digest as _, Md5};
use proptest::prelude::*;

use super::{BLOCK_LEN, Lane, MAX_PADDING, START, Simd, State, advance, digest, pad};

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

fn paths() -> Vec<Simd> {
    ["avx512", "avx2", "portable"].iter().filter_map(|name| name.parse().ok()).collect()
}

fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut buffer = bytes.to_vec();
    buffer.resize(bytes.len() + MAX_PADDING, 0xff);
    let len = pad(&mut buffer, bytes.len(), bytes.len() as u64);
    buffer.truncate(len);
    buffer
}

/// All streams in lanes, each until it ends: as a short one ends, the others go on without it.
fn in_lanes(simd: Simd, streams: &[Vec<u8>]) -> Vec<[u8; 16]> {
    let buffers: Vec<_> = streams.iter().map(|bytes| padded(bytes)).collect();
    let mut states: Vec<State> = vec![START; streams.len()];
    for (states, buffers) in states.chunks_mut(simd.width()).zip(buffers.chunks(simd.width())) {
        let mut done = 0;
        loop {
            let mut lanes: Vec<_> = states
                .iter_mut()
                .zip(buffers)
                .filter(|(_, buffer)| buffer.len() > done)
                .map(|(state, buffer)| Lane { state, bytes: &buffer[done..] })
                .collect();
            let Some(count) = lanes.iter().map(|lane| lane.bytes.len() / BLOCK_LEN).min() else {
                break;
            };
            advance(simd, &mut lanes, count);
            done += count * BLOCK_LEN;
        }
    }
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
