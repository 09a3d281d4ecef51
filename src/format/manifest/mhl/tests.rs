use proptest::prelude::*;

use super::{Creator, Hash, List, Unchecked, Unlistable, parse, render, turned};
use crate::digest::{Algorithm, Digest, digest_of};
use crate::format::manifest::Entry;
use crate::format::xml::{Fault, Reason};

const LIMIT: usize = 1 << 20;

/// What `simple-mhl` 1.3.1 wrote for a file that holds `a`, with the digests of the other elements added
/// (`xxhsum`, RFC 1321; XXH32 from `xxhsum -H0`, in decimal).
const DOCUMENT: &str = "<?xml version='1.0' encoding='UTF-8'?>
<hashlist version=\"1.1\">
  <creationdate>2020-01-16T09:15:00Z</creationdate>
  <creatorinfo>
    <username>root</username>
    <hostname>host</hostname>
    <tool>simple-mhl 1.3.1</tool>
    <startdate>2020-01-16T09:15:00Z</startdate>
    <finishdate>2020-01-16T09:15:01Z</finishdate>
  </creatorinfo>
  <hash>
    <file>Clips/a.mov</file>
    <size>1</size>
    <lastmodificationdate>2020-01-15T13:00:00Z</lastmodificationdate>
    <xxhash64be>d24ec4f1a98c6e5b</xxhash64be>
    <md5>0CC175B9C0F1B6A831C399E269772661</md5>
    <hashdate>2020-01-16T09:15:00Z</hashdate>
  </hash>
  <hash>
    <file>old.mov</file>
    <size>1</size>
    <lastmodificationdate>2020-01-15T13:00:00Z</lastmodificationdate>
    <xxhash64>5b6e8ca9f1c44ed2</xxhash64>
    <hashdate>2020-01-16T09:15:00Z</hashdate>
  </hash>
  <hash><file>older.mov</file><xxhash>1426945110</xxhash></hash>
  <hash><file>size.mov</file><size>1</size><null/></hash>
  <hash><file>other.mov</file><sha512>00</sha512></hash>
</hashlist>
";

fn reason(document: &str) -> Reason {
    parse(document.as_bytes(), LIMIT).unwrap_err().reason
}

#[test]
fn each_kind_of_digest_is_read() {
    let list = parse(DOCUMENT.as_bytes(), LIMIT).unwrap();

    assert_eq!(list.creator.tool, "simple-mhl 1.3.1");
    assert_eq!(list.creator.finished, Some(1_579_166_101_000_000_000));
    let xxh64 = digest_of(Algorithm::Xxh64, b"a");
    let [first, old, older, size, other] = &list.hashes[..] else { panic!("five") };
    assert_eq!(first.entry.name, "Clips/a.mov");
    assert_eq!(first.entry.size, Some(1));
    assert_eq!(first.entry.digests, [xxh64, digest_of(Algorithm::Md5, b"a")]);
    assert_eq!(first.modified, Some(1_579_093_200_000_000_000));
    assert_eq!((&old.entry.digests[..], old.deprecated), (&[xxh64][..], true));
    assert_eq!(older.unchecked, Some(Unchecked::Xxh32(1_426_945_110)));
    assert_eq!((size.entry.size, &size.entry.digests[..]), (Some(1), &[][..]));
    assert_eq!(other.unchecked, Some(Unchecked::Unknown("sha512".into())));
    assert_eq!(turned(turned(xxh64)), xxh64);
}

#[test]
fn what_makes_an_entry_doubtful_is_refused() {
    let list = |inside: &str| format!("<hashlist version=\"1.1\">{inside}</hashlist>");
    let hash = |inside: &str| list(&format!("<hash><file>a</file>{inside}</hash>"));
    let value = |name, value: &str| Reason::Value { name, value: value.to_owned() };
    let md5 = "<md5>0cc175b9c0f1b6a831c399e269772661</md5>";
    let cases = [
        (hash("<md5>0cc</md5>"), value("md5", "0cc")),
        (hash("<size>-1</size><null/>"), value("size", "-1")),
        (hash("<size>1</size><size>1</size>"), Reason::Twice("size")),
        (hash("<file>b</file>"), Reason::Twice("file")),
        (hash(&md5.repeat(2)), Reason::Twice("md5")),
        (hash("<hashdate>soon</hashdate>"), value("hashdate", "soon")),
        (hash("<size>1</size>"), Reason::Missing("md5, sha1, xxhash64be or null")),
        (list(&format!("<hash>{md5}</hash>")), Reason::Missing("file")),
        (list("<creatorinfo/><creatorinfo/>"), Reason::Twice("creatorinfo")),
        (list("").replace("1.1", "2.0"), value("version", "2.0")),
    ];
    for (document, expected) in cases {
        assert_eq!(reason(&document), expected, "{document}");
    }
}

#[test]
fn backslashes_of_windows_are_separators_where_no_slash_is() {
    let names = |document: &str| {
        let list = parse(document.as_bytes(), LIMIT).unwrap();
        let names = list.hashes.into_iter().map(|hash| hash.entry.name);
        (names.collect::<Vec<_>>(), list.backslashes)
    };
    let windows = "<hashlist><hash><file>Clips\\a</file><null/></hash></hashlist>";
    let mixed = windows.replace("<hash>", "<hash><file>b/c</file><null/></hash><hash>");

    assert_eq!(names(windows), (vec!["Clips/a".to_owned()], true));
    assert_eq!(names(&mixed), (vec!["b/c".to_owned(), "Clips\\a".to_owned()], false));
}

#[test]
fn paths_are_given_as_they_are() {
    let document = "<hashlist><hash><file> ../etc/passwd</file><null/></hash></hashlist>";
    let list = parse(document.as_bytes(), LIMIT).unwrap();
    assert_eq!(list.hashes[0].entry.name, " ../etc/passwd");
}

#[test]
fn what_the_format_cannot_hold_is_not_written() {
    let mut list = parse(DOCUMENT.as_bytes(), LIMIT).unwrap();
    list.hashes.truncate(1);
    let change = |change: fn(&mut Hash)| {
        let mut list = list.clone();
        change(&mut list.hashes[0]);
        render(&list).unwrap_err().to_string()
    };
    let cases = [
        change(|hash| hash.entry.digests = vec![Digest::Sha256([0; 32])]),
        change(|hash| hash.entry.size = None),
        change(|hash| hash.entry.name.push('\u{1}')),
    ];
    let expected = [
        "Clips/a.mov: has no md5, sha1 or xxh64 digest, and MHL 1.1 knows no other",
        "Clips/a.mov: has no size, which MHL 1.1 asks for",
        "\"Clips/a.mov\\u{1}\": has character U+0001, which XML cannot hold",
    ];
    assert_eq!(cases, expected);
    list.creator.started = None;
    assert!(matches!(render(&list), Err(Unlistable::Missing { what: "start time", .. })));
}

#[test]
fn a_list_that_is_too_large_is_refused() {
    let reason = Reason::TooLarge { size: DOCUMENT.len(), limit: 10 };
    assert_eq!(parse(DOCUMENT.as_bytes(), 10), Err(Fault { line: 1, offset: 0, reason }));
}

/// Whole seconds: the format's own grain.
fn times() -> impl Strategy<Value = Option<i64>> {
    (-9_000_000_000..9_000_000_000_i64).prop_map(|seconds| Some(seconds * 1_000_000_000))
}

fn texts() -> impl Strategy<Value = String> {
    "[ -~\t\r\n\u{e4}\u{308}\u{1f600}]{0,20}"
}

fn hashes() -> impl Strategy<Value = Hash> {
    let known = [Algorithm::Md5, Algorithm::Sha1, Algorithm::Xxh64];
    let algorithms = proptest::sample::subsequence(known.to_vec(), 0..=3);
    (texts(), any::<u64>(), algorithms, times(), times()).prop_map(
        |(name, size, algorithms, modified, hashed)| {
            let digests = algorithms.into_iter().map(|one| digest_of(one, name.as_bytes()));
            let digests = digests.collect();
            let entry = Entry { name, size: Some(size), digests };
            Hash { entry, modified, hashed, deprecated: false, unchecked: None }
        },
    )
}

fn creators() -> impl Strategy<Value = Creator> {
    (proptest::option::of(texts()), texts(), times()).prop_map(|(name, text, time)| Creator {
        name,
        user: text.clone(),
        host: text.clone(),
        tool: text,
        started: time,
        finished: time,
    })
}

proptest! {
    #[test]
    fn what_is_rendered_parses_back(
        creator in creators(),
        mut hashes in proptest::collection::vec(hashes(), 0..8),
    ) {
        // With a slash in one of them backslashes are names' own.
        for hash in &mut hashes {
            hash.entry.name.push_str("/x");
        }
        let list = List { creator, hashes, backslashes: false };
        let text = render(&list).unwrap();
        prop_assert_eq!(parse(text.as_bytes(), LIMIT).unwrap(), list);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, middle in "[ -~]{0,40}") {
        let _any_answer = parse(&bytes, LIMIT);
        let _any_answer = parse(format!("<hashlist><hash>{middle}").as_bytes(), LIMIT);
    }
}
