use proptest::prelude::*;

use super::{Fault, NoDigest, Reason, parse, render};
use crate::digest::{Algorithm, Digest, digest_of};
use crate::format::manifest::Entry;

/// RFC 1321, A.5: MD5 of `a`.
const MD5: &str = "0cc175b9c0f1b6a831c399e269772661";

fn entry(name: &str, algorithm: Algorithm, bytes: &[u8]) -> Entry {
    Entry { name: name.to_owned(), size: None, digests: vec![digest_of(algorithm, bytes)] }
}

/// What `md5sum` of coreutils 9.1 printed for these names, each file with one letter as its content.
#[test]
fn lines_of_coreutils_are_read_and_written_alike() {
    let text = "e1671797c52e15f763380b45e841ec32   lead\n\
        \\4a8a08f09d37b73795649038408b5f33  back\\\\slash\n\
        \\8277e0910d750195b448797616e091ad  cr\\rx\n\
        \\92eb5ffee6ae2fec3ad71c777531578f  new\\nline\n\
        b2f5ff47436671b6e533d8dc3614845d  paren) = x\n";
    let names = [(" lead", b"e"), ("back\\slash", b"c"), ("cr\rx", b"d"), ("new\nline", b"b")];
    let mut expected: Vec<Entry> =
        names.iter().map(|(name, bytes)| entry(name, Algorithm::Md5, *bytes)).collect();
    expected.push(entry("paren) = x", Algorithm::Md5, b"g"));

    assert_eq!(parse(text.as_bytes(), None).unwrap(), expected);
    assert_eq!(render(&expected, Algorithm::Md5).unwrap(), text);
}

/// What coreutils 9.1, xxhsum 0.8.1, rhash 1.4.3 and openssl 3 printed for a file `plain` that holds `a`.
#[test]
fn lines_of_other_tools_are_read() {
    let plain = |algorithm| vec![entry("plain", algorithm, b"a")];
    let cases = [
        ("MD5 (plain) = 0cc175b9c0f1b6a831c399e269772661", plain(Algorithm::Md5)),
        ("0cc175b9c0f1b6a831c399e269772661 *plain", plain(Algorithm::Md5)),
        ("0cc175b9c0f1b6a831c399e269772661 plain", plain(Algorithm::Md5)),
        ("86f7e437faa5a7fce15d1ddcb9eaeaea377667b8  plain", plain(Algorithm::Sha1)),
        ("SHA1  (plain) = 86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", plain(Algorithm::Sha1)),
        (
            "SHA2-256(plain)= ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
            plain(Algorithm::Sha256),
        ),
        ("d24ec4f1a98c6e5b  plain", plain(Algorithm::Xxh64)),
        ("XXH3 (plain) = e6c632b61e964e1f", plain(Algorithm::Xxh3)),
        ("XXH3_e6c632b61e964e1f  plain", plain(Algorithm::Xxh3)),
        ("XXH128 (plain) = a96faf705af16834e6c632b61e964e1f", plain(Algorithm::Xxh128)),
        ("\\MD5 (new\\nline) = 92eb5ffee6ae2fec3ad71c777531578f", {
            vec![entry("new\nline", Algorithm::Md5, b"b")]
        }),
        ("MD5 (paren) = x) = b2f5ff47436671b6e533d8dc3614845d", {
            vec![entry("paren) = x", Algorithm::Md5, b"g")]
        }),
    ];
    for (line, expected) in cases {
        assert_eq!(parse(line.as_bytes(), None), Ok(expected), "{line}");
    }
}

#[test]
fn the_hint_decides_between_digests_of_one_length() {
    let xxh128 = "a96faf705af16834e6c632b61e964e1f  plain\n";
    let xxh3 = "e6c632b61e964e1f  plain\n";
    let read = |text: &str, hint| parse(text.as_bytes(), hint).unwrap()[0].digests[0].algorithm();

    assert_eq!(read(xxh128, Some(Algorithm::Xxh128)), Algorithm::Xxh128);
    assert_eq!(read(xxh128, Some(Algorithm::Sha1)), Algorithm::Md5);
    assert_eq!(read(xxh3, Some(Algorithm::Xxh3)), Algorithm::Xxh3);
    assert_eq!(read(xxh3, None), Algorithm::Xxh64);
}

#[test]
fn what_editors_and_windows_add_is_accepted() {
    let line = format!("{MD5}  plain");
    let expected = Ok(vec![entry("plain", Algorithm::Md5, b"a")]);
    let variants = [
        line.clone(),
        format!("\u{feff}{line}\r\n"),
        format!("# made by hand\n\n \t{line}\n\r\n"),
        line.replace(MD5, &MD5.to_uppercase()),
    ];
    for text in variants {
        assert_eq!(parse(text.as_bytes(), None), expected, "{text:?}");
    }
    assert_eq!(parse(b"", None), Ok(vec![]));
}

#[test]
fn what_is_no_line_is_refused_with_its_number() {
    let cases: [(String, Reason); 7] = [
        ("plain".into(), Reason::Columns),
        (format!("{MD5}\tplain"), Reason::Columns),
        (format!("{}  plain", &MD5[1..]), Reason::Digest(MD5[1..].into())),
        (format!("{}g  plain", &MD5[1..]), Reason::Digest(format!("{}g", &MD5[1..]))),
        (format!("{MD5}  "), Reason::NoName),
        (format!("\\{MD5}  a\\q"), Reason::Escape),
        (format!("MD5 (plain) = {MD5}0"), Reason::Digest(format!("{MD5}0"))),
    ];
    for (line, reason) in cases {
        let text = format!("{MD5}  first\n{line}\n");
        assert_eq!(parse(text.as_bytes(), None), Err(Fault { line: 2, reason }), "{line:?}");
    }
    let not_utf8 = parse(b"0cc175b9c0f1b6a831c399e269772661  \xff", None);
    assert_eq!(not_utf8, Err(Fault { line: 1, reason: Reason::NotUtf8 }));
}

#[test]
fn utf_16_is_refused_by_its_name() {
    let little: Vec<u8> = MD5.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = format!("\u{feff}{MD5}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [little, big] {
        let fault = parse(&bytes, None).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "line 1: UTF-16, which is not read here; hint: save it as UTF-8"
        );
    }
}

#[test]
fn an_entry_without_the_digest_is_named() {
    let entries = [entry("a", Algorithm::Md5, b""), entry("b", Algorithm::Sha1, b"")];
    let missing = NoDigest { name: "b".into(), algorithm: Algorithm::Md5 };
    assert_eq!(render(&entries, Algorithm::Md5), Err(missing));
}

fn digests() -> impl Strategy<Value = Digest> {
    (proptest::sample::select(&Algorithm::ALL[..]), any::<[u8; 8]>())
        .prop_map(|(algorithm, bytes)| digest_of(algorithm, &bytes))
}

proptest! {
    #[test]
    fn what_is_rendered_parses_back(name in "(?s).{1,20}", digest in digests()) {
        let algorithm = digest.algorithm();
        let entries = vec![Entry { name, size: None, digests: vec![digest] }];
        let text = render(&entries, algorithm).unwrap();
        prop_assert_eq!(parse(text.as_bytes(), Some(algorithm)).unwrap(), entries);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        let _any_answer = parse(&bytes, None);
    }
}
