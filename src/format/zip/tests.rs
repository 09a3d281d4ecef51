use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::{ALIGNMENT, Directory, DosTime, Fault, Layout, Method, data_offset, read};

/// A zip in memory by our layout, members in the order given.
fn build(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    build_aligned(members, &vec![false; members.len()])
}

/// The same, the bytes of some of them on block boundaries.
fn build_aligned(members: &[(String, Vec<u8>)], aligned: &[bool]) -> Vec<u8> {
    let mut layout = Layout::default();
    for ((name, bytes), aligned) in members.iter().zip(aligned) {
        if *aligned {
            layout.push_aligned(name.clone(), bytes.len() as u64, DosTime::EARLIEST);
            assert_eq!(layout.places.last().unwrap().data() % u64::from(ALIGNMENT), 0);
        } else {
            layout.push(name.clone(), bytes.len() as u64, DosTime::EARLIEST);
        }
    }
    let crcs: Vec<u32> = members.iter().map(|(_, bytes)| crc32fast::hash(bytes)).collect();
    let mut zip = Vec::new();
    for ((place, (_, bytes)), crc) in layout.places.iter().zip(members).zip(&crcs) {
        assert_eq!(zip.len() as u64, place.offset);
        zip.extend(place.local_header(*crc));
        assert_eq!(zip.len() as u64, place.data());
        zip.extend(bytes);
    }
    zip.extend(layout.end(&crcs));
    zip
}

fn read_all(zip: &[u8]) -> Result<(Directory, Vec<Result<u64, Fault>>), Fault> {
    let mut cursor = Cursor::new(zip);
    let directory = read(&mut cursor, zip.len() as u64)?;
    let data = directory
        .members
        .iter()
        .map(|member| data_offset(&mut cursor, &directory, member))
        .collect();
    Ok((directory, data))
}

fn members() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    proptest::collection::btree_map(
        "[a-zäé_.]{1,12}(/[a-z]{1,4})?",
        proptest::collection::vec(any::<u8>(), 0..200),
        0..12,
    )
    .prop_map(|members| members.into_iter().collect())
}

proptest! {
    #[test]
    fn another_reader_finds_what_was_packed(
        members in members(),
        aligned in proptest::collection::vec(any::<bool>(), 64),
    ) {
        let zip = build_aligned(&members, &aligned[..members.len()]);
        let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();

        prop_assert_eq!(archive.len(), members.len());
        for (n, (name, bytes)) in members.iter().enumerate() {
            let mut member = archive.by_index(n).unwrap();
            let mut found = Vec::new();
            member.read_to_end(&mut found).unwrap();
            let found_name = member.name().unwrap().into_owned();
            prop_assert_eq!((found_name.as_str(), &found), (name.as_str(), bytes));
        }
    }

    #[test]
    fn what_another_writer_packed_is_found(members in members()) {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, bytes) in &members {
            writer.start_file(name.as_str(), stored).unwrap();
            writer.write_all(bytes).unwrap();
        }
        let zip = writer.finish().unwrap().into_inner();

        let (directory, data) = read_all(&zip).unwrap();

        for ((member, data), (name, bytes)) in directory.members.iter().zip(data).zip(&members) {
            let data = usize::try_from(data.unwrap()).unwrap();
            prop_assert_eq!(&member.name, name.as_bytes());
            prop_assert_eq!(member.method, Method::Stored);
            prop_assert_eq!(&zip[data..][..bytes.len()], &bytes[..]);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(mut zip: Vec<u8>, end in any::<bool>()) {
        if end {
            zip.extend(Layout::default().end(&[]));
        }
        let _any_answer = read_all(&zip);
    }

    #[test]
    fn a_zip_with_a_byte_changed_or_cut_never_panics(
        members in members(), at: prop::sample::Index, value: u8, cut: prop::sample::Index,
    ) {
        let mut zip = build(&members);
        let at = at.index(zip.len());
        zip[at] = value;
        let _any_answer = read_all(&zip);
        zip.truncate(cut.index(zip.len()));
        let _any_answer = read_all(&zip);
    }
}

#[test]
fn zip64_is_used_where_a_number_does_not_fit_and_only_there() {
    let limit = u64::from(u32::MAX);
    for (size, large) in [(limit - 1, false), (limit, true), (limit + 1, true)] {
        let mut layout = Layout::default();
        layout.push("a".into(), size, DosTime::EARLIEST);

        assert_eq!(layout.places[0].local_header(0).len(), if large { 51 } else { 31 });
        // Here the directory, if not the member, begins beyond what 32 bits can say.
        assert!(layout.end(&[0]).windows(4).any(|four| four == b"PK\x06\x06"), "{size}");
    }
    for (count, large) in [(65_534, false), (65_535, true)] {
        let mut layout = Layout::default();
        for n in 0..count {
            layout.push(n.to_string(), 0, DosTime::EARLIEST);
        }
        let end = layout.end(&vec![0; count]);
        assert_eq!(end.windows(4).any(|four| four == b"PK\x06\x06"), large, "{count}");
    }
}

#[test]
fn what_the_headers_do_not_agree_on_is_named() {
    let zip = build(&[("a".into(), b"bytes".to_vec()), ("b".into(), b"more".to_vec())]);
    let cases = [
        (30, Fault::Disagree("name")),
        (8, Fault::Disagree("method")),
        (14, Fault::Disagree("CRC")),
        (22, Fault::Disagree("size")),
        (18, Fault::Disagree("packed size")),
        (0, Fault::NoLocalHeader),
    ];
    for (at, fault) in cases {
        let mut zip = zip.clone();
        zip[at] ^= 1;
        let (_, data) = read_all(&zip).unwrap();
        assert_eq!(data[0], Err(fault), "byte {at}");
        assert!(data[1].is_ok());
    }
}

#[test]
fn a_zip_that_was_cut_off_has_no_end() {
    let zip = build(&[("a".into(), b"bytes".to_vec())]);

    assert_eq!(read_all(&zip[..zip.len() - 1]).unwrap_err(), Fault::NoEnd);
    assert_eq!(read_all(b"").unwrap_err(), Fault::NoEnd);
    assert_eq!(read_all(&zip[1..]).unwrap_err(), Fault::End);
}

/// Why the directory is read here and not by the crate `zip`: to it, the second of two members of one
/// name replaces the first, so that nobody learns of it.
#[test]
fn a_name_that_is_there_twice_is_seen_twice() {
    let zip = build(&[("a".into(), b"one".to_vec()), ("a".into(), b"two".to_vec())]);

    assert_eq!(read_all(&zip).unwrap().0.members.len(), 2);
    assert_eq!(zip::ZipArchive::new(Cursor::new(zip)).unwrap().len(), 1);
}
