use super::super::{Reason, label};
use super::writer::{File, Part, Set, fill, metadata, of, packet, picture, ul};
use super::{read, reason};

/// Where the metadata of a file begins: behind a pack of one kind of essence, and a filler.
const METADATA: usize = 20 + 104 + 29;

fn good() -> Vec<u8> {
    File::new(picture(0)).write()
}

/// A file with a header whose metadata is these bytes.
fn with_metadata(metadata: &[u8]) -> Vec<u8> {
    let mut bytes = good();
    bytes[20 + 32..20 + 40].copy_from_slice(&(metadata.len() as u64).to_be_bytes());
    bytes.truncate(METADATA);
    bytes.extend(metadata);
    bytes
}

fn set(class: u64, items: &[u8]) -> Vec<u8> {
    packet(ul(0x0253_0101, class), items)
}

#[test]
fn what_is_no_mxf_file_is_refused() {
    for bytes in [&b""[..], b"RIFF", &vec![0; 70_000]] {
        assert_eq!(reason(bytes), Reason::NoHeader);
    }
    let footer = &good()[good().len() - 200..];
    assert_eq!(read(footer).unwrap_err().offset, 0);
}

#[test]
fn each_cut_is_refused_or_is_read_without_its_footer() {
    let bytes = good();
    let whole = read(&bytes).unwrap();
    let end = METADATA + metadata(&picture(0)).len();
    for len in 0..bytes.len() {
        match read(&bytes[..len]) {
            Ok(header) => {
                assert!(len >= end, "cut at {len}");
                assert_eq!(header.packages, whole.packages);
                assert!(header.footer != whole.footer || header.last_partition.is_none());
            }
            Err(fault) => assert!(fault.offset <= len as u64 && len < end, "cut at {len}: {fault}"),
        }
    }
}

#[test]
fn a_header_without_metadata_is_refused() {
    let bytes = File::new(Vec::new()).write();
    assert_eq!(reason(&bytes), Reason::Missing("metadata in this partition"));
    let bytes = with_metadata(&fill(9));
    assert!(matches!(read(&bytes).unwrap_err().reason, Reason::Short | Reason::Overrun { .. }));
}

#[test]
fn metadata_of_more_than_64_mib_is_not_read() {
    let mut bytes = good();
    bytes[20 + 32..20 + 40].copy_from_slice(&(64_u64 << 20 | 1).to_be_bytes());
    assert_eq!(reason(&bytes), Reason::TooMany("bytes"));
    bytes[20 + 32..20 + 40].copy_from_slice(&u64::MAX.to_be_bytes());
    assert_eq!(reason(&bytes), Reason::TooMany("bytes"));
}

#[test]
fn a_footer_with_broken_metadata_is_refused_and_not_passed_over() {
    let mut file = File::new(picture(0));
    file.header.status = 1;
    file.footer = Some(Part { status: 4, sets: vec![Set::new(label::TIMECODE, 1)] });
    assert_eq!(reason(&file.write()), Reason::Missing("Preface"));
}

#[test]
fn metadata_has_to_begin_with_a_primer() {
    let bytes = with_metadata(&set(label::PREFACE, &[]));
    assert!(matches!(reason(&bytes), Reason::Missing(what) if what.starts_with("primer")));
}

#[test]
fn lengths_are_held_against_what_is_there() {
    let start = metadata(&[Set::new(label::PREFACE, 1)]);
    let cases: [(&[u8], Reason); 3] = [
        (&[0, 1, 0, 9, 1], Reason::Overrun { what: "an item", len: 9, left: 1 }),
        (&[0, 1, 0], Reason::Size { what: "a length", len: 1 }),
        (&[0], Reason::Size { what: "a tag", len: 1 }),
    ];
    for (items, expected) in cases {
        let bytes = with_metadata(&[start.clone(), set(label::PREFACE, items)].concat());
        assert_eq!(reason(&bytes), expected);
    }
    let mut long = set(label::PREFACE, &[]);
    long[16..20].copy_from_slice(&[0x83, 0xff, 0xff, 0xff]);
    let fault = read(&with_metadata(&[start.clone(), long].concat())).unwrap_err();
    assert_eq!(fault.offset, (METADATA + start.len()) as u64);
    assert_eq!(fault.reason, Reason::Overrun { what: "a packet", len: 0xff_ffff, left: 0 });
}

#[test]
fn the_first_byte_of_a_length_says_how_it_is_written() {
    for form in [0x80, 0x89, 0xff] {
        let mut bytes = good();
        bytes[16] = form;
        assert_eq!(reason(&bytes), Reason::LengthForm(form));
    }
    let mut short = metadata(&picture(0));
    short.extend(ul(0x0101_0101, 0x0301_0210_0100_0000));
    short.extend([0x7f]);
    short.extend([0; 127]);
    assert!(read(&with_metadata(&short)).is_ok());
}

#[test]
fn what_is_no_packet_between_sets_is_refused() {
    let bytes = with_metadata(&[metadata(&picture(0)), vec![0; 17]].concat());
    assert_eq!(reason(&bytes), Reason::Key("0".repeat(32)));
    // Shorter than any packet: nothing can stand there.
    let bytes = with_metadata(&[metadata(&picture(0)), vec![0; 16]].concat());
    assert!(read(&bytes).is_ok());
}

#[test]
fn metadata_ends_where_something_else_begins() {
    let index = packet(ul(0x0253_0101, label::INDEX), b"not a set that is read");
    assert!(read(&with_metadata(&[metadata(&picture(0)), index].concat())).is_ok());
}

#[test]
fn a_tag_for_two_items_is_refused() {
    let entry = |item| [&[0x3c, 0x0a][..], &ul(0x0101_0101, item)].concat();
    let entries = |second| super::writer::batch(18, &[entry(1), entry(second)].concat());
    let primer = |second| packet(ul(0x0205_0101, 0x0d01_0201_0105_0100), &entries(second));
    assert_eq!(reason(&with_metadata(&primer(2))), Reason::TagTwice(0x3c0a));
    assert_eq!(reason(&with_metadata(&primer(1))), Reason::Missing("Preface"));
}

#[test]
fn items_that_lead_to_the_essence_must_have_their_size() {
    for (id, field) in
        [(4, label::PACKAGE_ID), (40, label::TRACK_ID), (41, label::COMPONENT_LENGTH)]
    {
        let mut sets = picture(0);
        of(&mut sets, id).change(field, [0; 5]);
        let found = reason(&File::new(sets).write());
        assert_eq!(found, Reason::Size { what: field.1, len: 5 });
    }
}

#[test]
fn a_package_without_an_id_is_refused() {
    let sets = vec![Set::new(label::PREFACE, 1), Set::new(label::SOURCE_PACKAGE, 2)];
    assert_eq!(reason(&File::new(sets).write()), Reason::Missing("PackageID"));
}

#[test]
fn too_many_items_are_refused() {
    let mut many = Set::new(label::PREFACE, 1);
    for _ in 0..1000 {
        many = many.with(label::PACKAGE_NAME, []);
    }
    assert_eq!(reason(&File::new(vec![many]).write()), Reason::TooMany("items"));
}

#[test]
fn a_fault_says_where_it_is() {
    let mut bytes = good();
    bytes.truncate(METADATA + 40);
    let fault = read(&bytes).unwrap_err();
    let expected = "byte 153: a packet of 422 bytes, where 20 are left";
    assert_eq!(fault.to_string(), expected);
}
