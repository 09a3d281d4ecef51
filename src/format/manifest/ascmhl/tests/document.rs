use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{LIMIT, MORNING, digest_of, file, generation, parse_chain, parse_generation};
use crate::digest::Algorithm;
use crate::format::manifest::ascmhl::{
    ALGORITHMS, Action, Author, Chain, Creator, FileRecord, FolderHashes, FolderRecord, Generation,
    Hash, Link, Process, Record, Reference, Unlistable, generation_name, generation_number,
    render_chain, render_generation,
};
use crate::format::xml::Reason;

const HEAD: &str = "<hashlist version=\"2.0\" xmlns=\"urn:ASC:MHL:v2.0\"><creatorinfo/>\
    <processinfo><process>in-place</process></processinfo>";

/// A document with this inside its `hashes`.
fn with(records: &str) -> String {
    format!("{HEAD}<hashes>{records}</hashes></hashlist>")
}

fn reason(document: &str) -> Reason {
    parse_generation(document.as_bytes(), LIMIT).unwrap_err().reason
}

#[test]
fn what_is_not_known_is_skipped() {
    let document = with(
        "<hash><path>a</path><md5>0cc175b9c0f1b6a831c399e269772661</md5><xxh32>0</xxh32>\
        <metadata><hash><path>no</path></hash></metadata></hash><new/>\
        <other xmlns=\"urn:x\"><hash/></other>",
    );
    let found = parse_generation(document.as_bytes(), LIMIT).unwrap();
    let [Record::File(file)] = &found.records[..] else { panic!("one file") };

    assert_eq!(file.path, "a");
    assert_eq!(file.hashes.len(), 1);
    assert_eq!((file.size, file.hashes[0].action), (None, None));
}

#[test]
fn what_makes_a_record_doubtful_is_refused() {
    let value = |name, value: &str| Reason::Value { name, value: value.to_owned() };
    let hash = |inside: &str| with(&format!("<hash>{inside}</hash>"));
    let folder = |inside: &str| with(&format!("<directoryhash>{inside}</directoryhash>"));
    let md5 = "<md5>0cc175b9c0f1b6a831c399e269772661</md5>";
    let cases = [
        (hash(md5), Reason::Missing("path")),
        (hash("<path>a</path><path>b</path>"), Reason::Twice("path")),
        (hash(&md5.repeat(2)), Reason::Twice("md5")),
        (hash("<path>a</path><md5>0</md5>"), value("md5", "0")),
        (hash("<md5 action='new'/>"), value("action", "new")),
        (hash("<path size='1e3'>a</path>"), value("size", "1e3")),
        (hash("<path size='1' size='2'>a</path>"), Reason::Twice("size")),
        (hash("<md5 hashdate='soon'/>"), value("hashdate", "soon")),
        (folder("<path>a</path><content/>"), Reason::Missing("structure")),
        (folder("<path>a</path><content/><content/>"), Reason::Twice("content")),
        (with("").replace("in-place", "elsewhere"), value("process", "elsewhere")),
        (with("").replace("<creatorinfo/>", ""), Reason::Missing("creatorinfo")),
        (with("</hashes><hashes>"), Reason::Twice("hashes")),
        (with("").replace("\"2.0", "\"1.1"), value("version", "1.1")),
        (
            with("").replace("urn:ASC:MHL:v2.0", "urn:x"),
            Reason::Root { expected: "hashlist", found: "hashlist of another namespace".into() },
        ),
    ];
    for (document, expected) in cases {
        assert_eq!(reason(&document), expected, "{document}");
    }
    let chain = "<ascmhldirectory xmlns='urn:ASC:MHL:DIRECTORY:v2.0'><hashlist sequencenr='1'>\
        <path>a</path><c4>c4</c4></hashlist></ascmhldirectory>";
    assert_eq!(parse_chain(chain.as_bytes(), LIMIT).unwrap_err().reason, value("c4", "c4"));
}

#[test]
fn what_the_format_cannot_hold_is_not_written() {
    let algorithm = Algorithm::Sha256;
    let refused =
        render_generation(&generation(vec![file("a", b"", &[(algorithm, Action::Failed)])]));
    assert_eq!(refused, Err(Unlistable::Algorithm { path: "a".to_owned(), algorithm }));
    let refused = render_generation(&generation(vec![file("a\u{1}", b"", &[])])).unwrap_err();
    assert_eq!(refused.to_string(), "\"a\\u{1}\": has character U+0001, which XML cannot hold");
    let mut untimed = generation(vec![]);
    untimed.creator.created = None;
    assert_eq!(render_generation(&untimed), Err(Unlistable::NoTime));
    for email in ["a", "a@b", "@b.c", "a@.c", "a@b."] {
        let mut generation = generation(vec![]);
        let email = email.to_owned();
        generation.creator.authors =
            vec![Author { email: Some(email.clone()), ..Author::default() }];
        assert_eq!(render_generation(&generation), Err(Unlistable::Email(email)));
    }
}

#[test]
fn the_name_of_a_generation_has_its_number_folder_and_time() {
    let name = generation_name(1, "A002R2EC", MORNING);
    assert_eq!(name, "0001_A002R2EC_2020-01-16_091500Z.mhl");
    let cases = [
        (&*name, Some(1)),
        ("12345_x.mhl", Some(12345)),
        ("0002.mhl", Some(2)),
        ("._0001_x.mhl", None),
        ("001_x.mhl", None),
        ("+001_x.mhl", None),
        ("0001_x.xml", None),
        ("packinglist.mhl", None),
    ];
    for (name, number) in cases {
        assert_eq!(generation_number(name), number, "{name}");
    }
}

#[test]
fn the_next_number_follows_the_highest() {
    let link = |number| Link { number, file: String::new(), c4: digest_of(Algorithm::C4, b"") };
    assert_eq!(Chain::default().next_number(), 1);
    assert_eq!(Chain { links: vec![link(3), link(1)] }.next_number(), 4);
}

fn text() -> impl Strategy<Value = String> {
    "[ -~\t\r\n\u{e4}\u{308}\u{1f600}]{0,12}"
}

fn time() -> impl Strategy<Value = Option<i64>> {
    option::of(any::<i64>())
}

fn hashes() -> impl Strategy<Value = Vec<Hash>> {
    let action = option::of(proptest::sample::select(&Action::ALL[..]));
    let algorithms = proptest::sample::subsequence(ALGORITHMS.to_vec(), 0..=ALGORITHMS.len());
    (algorithms, action, time(), any::<u8>()).prop_map(|(algorithms, action, hashed, byte)| {
        let digests = algorithms.into_iter().map(|one| digest_of(one, &[byte]));
        digests.map(|digest| Hash { digest, action, hashed }).collect()
    })
}

fn folder_hashes() -> impl Strategy<Value = FolderHashes> {
    (hashes(), hashes()).prop_map(|(content, structure)| FolderHashes { content, structure })
}

fn record() -> impl Strategy<Value = Record> {
    let path = || (text(), time(), time(), option::of(text()));
    let file = (path(), option::of(any::<u64>()), hashes()).prop_map(
        |((path, created, modified, previous), size, hashes)| {
            Record::File(FileRecord { path, size, created, modified, hashes, previous })
        },
    );
    let folder =
        (path(), folder_hashes()).prop_map(|((path, created, modified, previous), hashes)| {
            Record::Folder(FolderRecord { path, created, modified, hashes, previous })
        });
    prop_oneof![file, folder]
}

fn author() -> impl Strategy<Value = Author> {
    let email = option::of("[ -?A-~]{1,5}@[ -?A-~]{1,5}".prop_map(|text| format!("{text}.x")));
    let email = email.prop_filter("a host has no dot in front", |email| {
        email.as_ref().is_none_or(|email| !email.contains("@."))
    });
    (text(), email, option::of(text()), option::of(text()))
        .prop_map(|(name, email, phone, role)| Author { name, email, phone, role })
}

fn creator() -> impl Strategy<Value = Creator> {
    let texts = (text(), text(), option::of(text()), option::of(text()), option::of(text()));
    (any::<i64>(), texts, vec(author(), 0..3)).prop_map(
        |(created, (host, tool, tool_version, location, comment), authors)| Creator {
            created: Some(created),
            host,
            tool,
            tool_version,
            authors,
            location,
            comment,
        },
    )
}

fn generations() -> impl Strategy<Value = Generation> {
    let process = proptest::sample::select(&Process::ALL[..]);
    let references = vec((text(), any::<u8>()), 0..3).prop_map(|references| {
        let c4 = |byte| digest_of(Algorithm::C4, &[byte]);
        references.into_iter().map(|(path, byte)| Reference { path, c4: c4(byte) }).collect()
    });
    let lists = (vec(text(), 0..3), vec(record(), 0..6), references);
    (creator(), process, option::of(folder_hashes()), lists).prop_map(
        |(creator, process, root, (ignore, records, references))| Generation {
            creator,
            process,
            root,
            ignore,
            records,
            references,
        },
    )
}

proptest! {
    #[test]
    fn what_is_rendered_parses_back(generation in generations()) {
        let text = render_generation(&generation).unwrap();
        prop_assert_eq!(parse_generation(text.as_bytes(), LIMIT).unwrap(), generation);
    }

    #[test]
    fn a_chain_that_is_rendered_parses_back(links in vec((any::<u32>(), text(), any::<u8>()), 0..5)) {
        let links = links.into_iter().map(|(number, file, byte)| {
            Link { number, file, c4: digest_of(Algorithm::C4, &[byte]) }
        });
        let chain = Chain { links: links.collect() };
        let text = render_chain(&chain).unwrap();
        prop_assert_eq!(parse_chain(text.as_bytes(), LIMIT).unwrap(), chain);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, middle in "[ -~]{0,60}") {
        let _any_answer = parse_generation(&bytes, LIMIT);
        let _any_answer = parse_generation(with(&middle).as_bytes(), LIMIT);
        let _any_answer = parse_chain(&bytes, LIMIT);
    }
}
