use std::collections::BTreeMap;

use super::digest;
use crate::digest::{Algorithm, digest_of};
use crate::format::manifest::ascmhl::{FolderDigests, folder_digests};

/// What `ascmhl create` 1.2 wrote: algorithm, folder (the outermost one is ""), content, structure.
const VECTORS: [(Algorithm, &str, &str, &str); 10] = [
    (
        Algorithm::C4,
        "",
        "c45irhdRiJhgnC3uSuRcjWjoscXMRSyoxugTA52msZoG2T7p1uGarddGgEbe9YbL48a4qxVfbonCyAwQUPVPmjmexQ",
        "c43Zr52JV3D3PvTs4P2RMnkSyS7yGj92aCTMv3s3p3FDoFV6SH3gF4StWXMbZ1J6T6sBP8GM3XR9gcE8FR3S5B2U9N",
    ),
    (
        Algorithm::C4,
        "Clips",
        "c45DgtfYrxSwxL2sZmbPLL3iuJxqtFepNEEapsfrzct8optbTNXwE8Gro2Dn5jFjzRfeC4bbFuQAq9yhZk8xzeECnH",
        "c45oFmQ6rq8s9h23eV4N2r4xYSubD11AVVHnb2nPivbWo2pAoLvjQohRKmXA4ritCyHyri1qAEAZRHtS9TYoYps3bS",
    ),
    (Algorithm::Md5, "", "f39ecaa32a372bf6e581e1a25859b2f5", "7ecd81b63df31000c5d28b740714fa66"),
    (
        Algorithm::Sha1,
        "",
        "94ca146eae2ef229d9c4a13910040a9183f8a152",
        "7f97a80f9ffff36ae785943732ffe67f45e68a80",
    ),
    (Algorithm::Xxh128, "", "c99196e9ddb51247de8afbc44f29d337", "846f381e79164f3c5d8f17119ed2e8bf"),
    (
        Algorithm::Xxh128,
        "Clips/deep",
        "76b3282b007234fe8cf4c5ba1a9fd621",
        "6b0d959e30c426f20f427757040ab715",
    ),
    (
        Algorithm::Xxh128,
        "Empty",
        "99aa06d3014798d86001c324468d497f",
        "99aa06d3014798d86001c324468d497f",
    ),
    (Algorithm::Xxh3, "", "60fb327d05a81e9b", "d0ba8c0f94531fb8"),
    (Algorithm::Xxh64, "", "5cb9e6fef5c7792b", "a005fa121b01fb78"),
    (Algorithm::Xxh64, "Clips", "f132129675e32e28", "02ec27e8679db940"),
];

/// The folder that the vectors are of: each file with its content.
const FILES: [(&str, &str); 4] =
    [("zero", ""), ("Clips/deep/c.mov", "c"), ("a.txt", "a"), ("Clips/b.mov", "b")];

fn digests(algorithm: Algorithm) -> BTreeMap<&'static str, FolderDigests> {
    let files = FILES.map(|(path, bytes)| (path, digest_of(algorithm, bytes.as_bytes())));
    folder_digests(files, ["Empty"], algorithm)
}

#[test]
fn folders_have_the_digests_that_the_reference_tool_gives_them() {
    for (algorithm, path, content, structure) in VECTORS {
        let (content, structure) = (digest(algorithm, content), digest(algorithm, structure));
        let expected = FolderDigests { content, structure };
        assert_eq!(digests(algorithm)[path], expected, "{algorithm} of `{path}`");
    }
}

#[test]
fn the_folders_that_files_are_in_need_not_be_named() {
    let paths: Vec<&str> = digests(Algorithm::Md5).into_keys().collect();

    assert_eq!(paths, ["", "Clips", "Clips/deep", "Empty"]);
}

#[test]
fn an_empty_folder_has_the_digests_of_nothing() {
    let nothing = digest_of(Algorithm::Md5, b"");
    let digests = folder_digests([], [], Algorithm::Md5);

    assert_eq!(
        digests,
        BTreeMap::from([("", FolderDigests { content: nothing, structure: nothing })])
    );
}
