use std::io::{BufReader, Cursor};

use proptest::collection::vec;
use proptest::prelude::*;

use super::{BOUNDS, Bounds, Fault, Kind, Reason, Volume, read, reading};
use crate::format::xml::{self, Writer};

const UUID: &str = "7f8c9d1e-3a2b-4c5d-8e9f-0a1b2c3d4e5f";

/// An index with these elements in its root folder.
fn index(contents: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ltfsindex version=\"2.4.0\"><creator> test 1.0 </creator>\
         <volumeuuid>{}</volumeuuid><generationnumber>7</generationnumber>\
         <location><partition>a</partition><startblock>5</startblock></location>\
         <directory><name>ABC:001</name><fileuid>1</fileuid><contents>{contents}</contents></directory>\
         </ltfsindex>\n",
        UUID.to_uppercase()
    )
}

fn file(inner: &str) -> String {
    index(&format!("<file><name>a</name><length>9</length>{inner}</file>"))
}

fn read_text(text: &str) -> Result<Volume, Fault> {
    read(text.as_bytes())
}

fn paths(volume: &Volume) -> Vec<String> {
    let path = |file| String::from_utf8_lossy(&volume.path(file)).into_owned();
    volume.files.iter().map(path).collect()
}

fn reason(text: &str) -> Reason {
    read_text(text).unwrap_err().reason
}

#[test]
fn an_index_says_what_it_is() {
    let volume = read_text(&index("")).unwrap();

    assert_eq!((volume.kind, &*volume.version, &*volume.uuid), (Kind::Index, "2.4.0", UUID));
    assert_eq!((&*volume.creator, &*volume.name), ("test 1.0", &b"ABC:001"[..]));
    assert_eq!((volume.generation, volume.compression), (Some(7), None));
    assert!(volume.files.is_empty());
}

#[test]
fn a_label_tells_of_compression_and_partitions() {
    for (text, expected) in [("true", Some(true)), ("0", Some(false)), ("maybe", None)] {
        let label = format!(
            "<ltfslabel version=\"2.4.0\"><creator>c</creator><volumeuuid>{UUID}</volumeuuid>\
             <partitions><index>a</index><data>b</data></partitions><blocksize>524288</blocksize>\
             <compression>{text}</compression></ltfslabel>"
        );

        let volume = read_text(&label).unwrap();

        assert_eq!((volume.kind, volume.compression), (Kind::Label, expected));
        assert_eq!((volume.data_partition.as_deref(), &*volume.uuid), (Some("b"), UUID));
    }
}

#[test]
fn folders_are_named_before_or_behind_what_is_in_them() {
    let entry = "<file><name>f</name><length>1</length></file>";
    let text = index(&format!(
        "<directory><name>A</name><contents><directory><contents>{entry}</contents><name>B</name>\
         </directory>{entry}</contents></directory>{entry}"
    ));

    assert_eq!(paths(&read_text(&text).unwrap()), ["A/B/f", "A/f", "f"]);
}

#[test]
fn names_are_taken_as_they_are_and_decoded_where_that_is_said() {
    let text = index(
        "<file><name> x </name><length>1</length></file>\
         <file><name>50%25 &amp;</name><length>1</length></file>\
         <file><name percentencoded=\"true\">1%3A2%25%zz%FF</name><length>1</length></file>",
    );

    let volume = read_text(&text).unwrap();

    let paths: Vec<_> = volume.files.iter().map(|file| volume.path(file)).collect();
    assert_eq!(paths, [&b" x "[..], b"50%25 &", b"1:2%%zz\xff"]);
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in ["", ".", "..", "a/b", "/"] {
        let entry = format!("<name>{name}</name><length>1</length>");
        let folder = format!("<directory><name>{name}</name><contents/></directory>");
        assert_eq!(reason(&index(&format!("<file>{entry}</file>"))), Reason::Name(name.to_owned()));
        assert_eq!(reason(&index(&folder)), Reason::Name(name.to_owned()));
    }
    for name in ["..%2Fa", "%2e%2E", "%00", "a%2fb"] {
        let name = format!("<name percentencoded=\"true\">{name}</name>");
        let text = index(&format!("<file>{name}<length>1</length></file>"));
        assert!(matches!(reason(&text), Reason::Name(_)), "{name}");
    }
    let nameless = index("<directory><contents/></directory>");
    assert_eq!(reason(&nameless), Reason::Name(String::new()));
    assert_eq!(reason(&index("<file><length>1</length></file>")), Reason::Name(String::new()));
}

#[test]
fn links_are_left_out() {
    let text = index(
        "<file><name>l</name><length>4</length><symlink>a</symlink></file>\
         <file><name>a</name><length>4</length></file>",
    );

    assert_eq!(paths(&read_text(&text).unwrap()), ["a"]);
}

fn extent(offset: &str, partition: &str, block: u64) -> String {
    format!(
        "<extent>{offset}<partition>{partition}</partition><startblock>{block}</startblock>\
         <byteoffset>0</byteoffset><bytecount>4</bytecount></extent>"
    )
}

#[test]
fn a_file_begins_at_its_lowest_offset_on_the_data_partition() {
    let at = |offset| format!("<fileoffset>{offset}</fileoffset>");
    for (extents, expected) in [
        (vec![extent(&at(5), "b", 11), extent(&at(0), "b", 80), extent(&at(0), "a", 4)], Some(80)),
        (vec![extent(&at(0), "a", 4)], None),
        // Before 2.0 an extent follows the one before it.
        (vec![extent("", "a", 4), extent("", "b", 30), extent("", "b", 20)], Some(30)),
        (vec![], None),
    ] {
        let text = file(&format!("<extentinfo>{}</extentinfo>", extents.concat()));
        assert_eq!(read_text(&text).unwrap().files[0].block, expected, "{text}");
    }
}

#[test]
fn digests_are_those_of_known_keys() {
    let attribute = |key: &str, value: &str| {
        format!("<xattr><key>{key}</key><value type=\"text\">{value}</value></xattr>")
    };
    let (md5, sha256) = ("ABCDEF01".repeat(4), "12".repeat(32));
    let attributes = [
        attribute("ltfs.hash.md5sum", &md5),
        attribute("LTFS.Hash.SHA256sum", &sha256),
        attribute("ltfs.hash.crc32", "0f0f0f0f"),
        attribute("ltfs.hash.other", "0f"),
        attribute("user.note", "x"),
        attribute("ltfs.hash.", "x"),
    ];
    let text = file(&format!("<extendedattributes>{}</extendedattributes>", attributes.concat()));

    let volume = read_text(&text).unwrap();

    let digests = volume.files[0].digests.iter();
    let digests: Vec<_> = digests.map(|each| (&*each.algorithm, &*each.value)).collect();
    let md5 = md5.to_lowercase();
    let expected = [("md5", &*md5), ("sha256", &*sha256), ("crc32", "0f0f0f0f"), ("other", "0f")];
    assert_eq!(digests, expected);
}

#[test]
fn what_no_algorithm_gives_is_no_digest() {
    for (name, value) in [
        ("md5sum", ""),
        ("md5sum", "deadbeef"),
        ("md5sum", &format!("zz{}", "0".repeat(30))),
        ("crc32", &"0".repeat(32)),
        ("sha1", &"0".repeat(39)),
        ("sha512", &"0".repeat(64)),
        ("xxh64", &"0".repeat(15)),
        ("other", "0"),
        ("other", ""),
    ] {
        let text = file(&format!(
            "<extendedattributes><xattr><key>ltfs.hash.{name}</key><value>{value}</value></xattr>\
             </extendedattributes>"
        ));
        assert!(read_text(&text).unwrap().files[0].digests.is_empty(), "{name} {value}");
    }
}

#[test]
fn what_is_neither_is_refused_with_its_line() {
    assert_eq!(reason(""), Reason::Empty);
    assert_eq!(reason("<html/>"), Reason::Kind("html".to_owned()));
    assert_eq!(reason("<ltfsincrementalindex version=\"2.5.0\"/>"), Reason::Incremental);
    let text = index("\n\n<file><name>a</name><length>-1</length></file>");
    let fault = read_text(&text).unwrap_err();
    assert_eq!(fault.to_string(), "line 4: length: \"-1\" is no number");
    for number in ["", "9e9", "+1", "18446744073709551616", "\u{661}"] {
        let text = index(&format!("<file><name>a</name><length>{number}</length></file>"));
        assert!(matches!(reason(&text), Reason::Number { element: "length", .. }), "{number}");
    }
    let endless = "<file><name>a</name></file>";
    assert!(matches!(reason(&index(endless)), Reason::Number { element: "length", .. }));
}

#[test]
fn attacks_are_refused() {
    let bomb = "<!DOCTYPE ltfsindex [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><ltfsindex>&b;</ltfsindex>";
    assert_eq!(reason(bomb), Reason::Xml(xml::Reason::DocumentType));
    let deep = index(&"<directory><name>a</name><contents>".repeat(600));
    assert_eq!(reason(&deep), Reason::Xml(xml::Reason::Depth(1024)));
    let bounds = Bounds { entries: 3, ..BOUNDS };
    let many = index(&"<file><name>a</name><length>1</length></file>".repeat(3));
    assert_eq!(reading::read(many.as_bytes(), bounds).unwrap_err().reason, Reason::Entries(3));
    let bounds = Bounds { bytes: 4000, ..BOUNDS };
    let name = "x".repeat(100);
    let long = format!("<directory><name>{name}</name><contents>").repeat(10)
        + &"<file><name>a</name><length>1</length></file>".repeat(4)
        + &"</contents></directory>".repeat(10);
    let found = reading::read(index(&long).as_bytes(), bounds).unwrap_err().reason;
    assert_eq!(found, Reason::Bytes(4000));
}

/// A file of a model: its folders and name, its length, its block and its digests.
type Model = (Vec<Vec<u8>>, u64, Option<u64>, Vec<(String, String)>);

fn name() -> impl Strategy<Value = Vec<u8>> {
    let text = "[ -~\u{e4}\u{1f600}\u{1}]{1,12}".prop_map(String::into_bytes);
    let bytes = vec(1_u8.., 1..9);
    prop_oneof![text, bytes]
        .prop_filter("no path", |name| !name.contains(&b'/') && !matches!(&name[..], b"." | b".."))
}

fn model() -> impl Strategy<Value = Model> {
    let digests = vec(("k[a-z0-9]{0,4}[0-9]", "([0-9a-f]{2}){1,4}"), 0..3);
    (vec(name(), 1..5), any::<u64>(), any::<Option<u64>>(), digests)
}

/// Write a name as the reference implementation does, but encode more of it than it must.
fn write_name(out: &mut Writer, name: &[u8]) {
    let text = str::from_utf8(name).ok().filter(|text| !text.contains([':', '\u{1}']));
    match text {
        Some(text) if text.bytes().all(|byte| byte >= b' ' && byte != 0x7f) => {
            out.leaf("name", text).unwrap();
        }
        _ => {
            let coded = percent_encoding::percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
            out.start("name");
            out.attribute("percentencoded", true);
            out.value(coded);
            out.end("name");
        }
    }
}

fn write(models: &[Model]) -> String {
    let mut out = Writer::with_capacity(0);
    out.open("ltfsindex", " version=\"2.4.0\"");
    out.open("directory", "");
    out.leaf("name", "volume").unwrap();
    out.open("contents", "");
    for (path, size, block, digests) in models {
        let (name, folders) = path.split_last().unwrap();
        for folder in folders {
            out.open("directory", "");
            write_name(&mut out, folder);
            out.open("contents", "");
        }
        out.open("file", "");
        write_name(&mut out, name);
        out.leaf("length", &size.to_string()).unwrap();
        write_attributes(&mut out, digests);
        if let Some(block) = block {
            out.open("extentinfo", "");
            out.open("extent", "");
            out.leaf("partition", "b").unwrap();
            out.leaf("startblock", &block.to_string()).unwrap();
            out.close("extent");
            out.close("extentinfo");
        }
        out.close("file");
        for _ in folders {
            out.close("contents");
            out.close("directory");
        }
    }
    out.close("contents");
    out.close("directory");
    out.close("ltfsindex");
    out.finish()
}

fn write_attributes(out: &mut Writer, digests: &[(String, String)]) {
    out.open("extendedattributes", "");
    for (algorithm, value) in digests {
        out.open("xattr", "");
        out.leaf("key", &format!("ltfs.hash.{algorithm}sum")).unwrap();
        out.leaf("value", value).unwrap();
        out.close("xattr");
    }
    out.close("extendedattributes");
}

fn models(volume: &Volume) -> Vec<Model> {
    let of = |file: &super::File| {
        let path = volume.path(file).split(|byte| *byte == b'/').map(<[u8]>::to_vec).collect();
        let digests = file.digests.iter();
        let digests = digests.map(|each| (each.algorithm.clone(), each.value.clone())).collect();
        (path, file.size, file.block, digests)
    };
    volume.files.iter().map(of).collect()
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(expected in vec(model(), 0..6), chunk in 1_usize..100) {
        let text = write(&expected);

        let volume = read(BufReader::with_capacity(chunk, text.as_bytes())).unwrap();

        prop_assert_eq!(models(&volume), expected);
    }

    #[test]
    fn damage_is_refused_or_read_alike_in_any_chunks(
        expected in vec(model(), 1..3),
        junk in vec(any::<u8>(), 0..20),
        place: prop::sample::Index,
        chunk in 1_usize..9,
    ) {
        let mut text = write(&expected).into_bytes();
        let at = place.index(text.len());
        let end = (at + junk.len()).min(text.len());
        text.splice(at..end, junk);

        let whole = read(Cursor::new(&text));

        prop_assert_eq!(read(BufReader::with_capacity(chunk, &text[..])), whole.clone());
        if let Ok(volume) = whole {
            prop_assert!(models(&volume).iter().all(|(path, ..)| !path.contains(&b"..".to_vec())));
        }
    }
}
