use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use reelpack::Error;
use reelpack::job::verify::verify;
use zip::CompressionMethod::{Deflated, Stored};
use zip::write::SimpleFileOptions;

use super::{findings, not_checked, report, working};

const ONE: &str = "md5\tf97c5d29941bfb1b2fdab0874906ab82";

/// A zip by another writer, `list` as its `checksum.txt`.
fn zip(folder: &Path, members: &[(&str, &[u8])], list: &str) -> PathBuf {
    let path = folder.join("a.zip");
    let mut writer = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for (n, (name, bytes)) in members.iter().chain([&("checksum.txt", list.as_bytes())]).enumerate()
    {
        let method = if n % 2 == 1 { Deflated } else { Stored };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
    path
}

fn flip(path: &Path, needle: &[u8]) {
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.windows(needle.len()).position(|window| window == needle).unwrap();
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn list_and_members_are_compared_in_both_directions() {
    let folder = tempfile::tempdir().unwrap();
    let members: &[(&str, &[u8])] =
        &[("good", b"one"), ("bad", b"One"), ("long", b"ones"), ("extra", b"x"), ("../up", b"x")];
    let list =
        format!("bad\t3\t{ONE}\ngone\t3\t{ONE}\ngood\t3\t{ONE}\nlong\t3\t{ONE}\ngood\t3\t{ONE}\n");

    let report = report(&zip(folder.path(), members, &list));

    let expected = [
        "unsafe ../up",
        "mismatch bad",
        "extra extra",
        "missing gone",
        "duplicate good",
        "size long",
    ];
    assert_eq!(findings(&report), expected);
    assert_eq!(report.checked, 5);
}

#[test]
fn a_byte_that_flipped_inside_a_member_is_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    let path = zip(folder.path(), &[("a", b"one")], &format!("a\t3\t{ONE}\n"));
    flip(&path, b"one");

    assert_eq!(findings(&report(&path)), ["corrupt a"]);
}

#[test]
fn base_names_in_the_list_stand_for_members_in_folders() {
    let folder = tempfile::tempdir().unwrap();
    let path = zip(folder.path(), &[("sub/a", b"one")], &format!("a\t3\t{ONE}\n"));

    assert_eq!(findings(&report(&path)), [""; 0]);
}

#[test]
fn a_zip_that_was_cut_off_is_corrupt() {
    let folder = tempfile::tempdir().unwrap();
    let path = zip(folder.path(), &[("a", b"one")], &format!("a\t3\t{ONE}\n"));
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 30]).unwrap();

    let report = report(&path);

    assert_eq!(findings(&report), ["corrupt a.zip"]);
    assert_eq!(not_checked(&report), ["a.zip: its members: the directory cannot be read"]);
}

#[test]
fn a_list_inside_that_is_corrupt_leaves_the_rest_unjudged() {
    let folder = tempfile::tempdir().unwrap();
    let path = zip(folder.path(), &[("a", b"one")], &format!("a\t3\t{ONE}\n"));
    flip(&path, ONE.as_bytes());

    let report = report(&path);

    assert_eq!(findings(&report), ["corrupt checksum.txt"]);
    assert_eq!(not_checked(&report), ["a.zip: its members: the list inside cannot be read"]);
}

#[test]
fn without_a_list_inside_there_is_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    let mut writer = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    writer.start_file("a", SimpleFileOptions::default().compression_method(Stored)).unwrap();
    writer.finish().unwrap();

    let result = working(|work| verify(&path, work));

    assert!(matches!(result, Err(Error::NoList { .. })));
}

/// A zip with one name twice, which no other writer here makes: the second of two names is patched.
#[test]
fn a_name_that_two_members_have_is_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    let path = zip(folder.path(), &[("a", b"one"), ("b", b"one")], &format!("a\t3\t{ONE}\n"));
    let bytes: Vec<u8> = fs::read(&path).unwrap();
    let names: Vec<_> = (4..bytes.len())
        .filter(|&at| {
            bytes[at] == b'b' && (bytes[at - 3..at] == [0, 0, 0] || bytes[at - 2..at] == [0, 0])
        })
        .collect();
    let mut patched = bytes;
    for at in names {
        patched[at] = b'a';
    }
    fs::write(&path, patched).unwrap();

    assert_eq!(findings(&report(&path)), ["duplicate a"]);
}

/// The sizes in a directory are whatever somebody wrote there.
#[test]
fn members_that_claim_more_than_there_can_be_are_corrupt_and_nothing_overflows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    let mut writer = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let large = SimpleFileOptions::default().compression_method(Deflated).large_file(true);
    for name in ["a", "b"] {
        writer.start_file(name, large).unwrap();
        writer.write_all(b"one").unwrap();
    }
    writer.start_file("checksum.txt", SimpleFileOptions::default()).unwrap();
    writer.write_all(format!("a\t3\t{ONE}\nb\t3\t{ONE}\n").as_bytes()).unwrap();
    writer.finish().unwrap();
    let told = fs::read(&path).unwrap();
    // The zip64 field of each local header, made to claim all that 64 bits can say.
    let mut bytes = told.clone();
    for at in 0..told.len() - 12 {
        if told[at..at + 12] == [1, 0, 16, 0, 3, 0, 0, 0, 0, 0, 0, 0] {
            bytes[at + 4..at + 12].fill(0xff);
        }
    }
    assert_ne!(bytes, told);
    fs::write(&path, bytes).unwrap();

    assert_eq!(findings(&report(&path)), ["corrupt a", "corrupt b"]);
}

/// Bits that other readers act upon: each is flipped where the local header has it, and where the
/// directory has it, and in both.
#[test]
fn flags_and_versions_that_other_readers_stumble_over_are_corrupt() {
    let folder = tempfile::tempdir().unwrap();
    let path = zip(folder.path(), &[("é", b"one")], &format!("é\t3\t{ONE}\n"));
    let good = fs::read(&path).unwrap();
    assert_eq!(findings(&report(&path)), [""; 0]);
    let central = good.windows(4).position(|four| four == b"PK\x01\x02").unwrap();

    for (bit, places) in [(11, 3), (3, 3), (5, 3), (6, 3), (13, 3)] {
        for which in 1..=places {
            let mut bytes = good.clone();
            for (half, at) in [(1, 6), (2, central + 8)] {
                if which & half != 0 {
                    bytes[at + bit / 8] ^= 1 << (bit % 8);
                }
            }
            fs::write(&path, bytes).unwrap();
            assert_eq!(findings(&report(&path)), ["corrupt é"], "bit {bit}, places {which}");
        }
    }
    for at in [4, central + 6] {
        let mut bytes = good.clone();
        bytes[at] ^= 0x80;
        fs::write(&path, bytes).unwrap();
        assert_eq!(findings(&report(&path)), ["corrupt é"], "version at {at}");
    }
}
