use std::fs;
use std::io::Read as _;
use std::path::Path;

use jiff::tz::TimeZone;
use proptest::prelude::*;
use reelpack::Error;
use reelpack::job::cloning::Wish;
use reelpack::job::package::{Layout, Options, Package, pack};

use super::{findings, report, working, write};

fn options(layout: Layout) -> Options {
    let (clone, zone) = (Wish::Auto, TimeZone::UTC);
    Options { layout, clone, replace: false, sync: false, zone }
}

fn packed(source: &Path, target: &Path, options: &Options) -> Result<Package, Error> {
    working(|work| pack(source, target, options, work))
}

#[test]
fn the_list_is_the_last_member_and_agrees_with_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("in"), folder.path().join("out.zip"));
    write(&source, &[("x/2", b"two"), ("1", b"one"), ("checksum.txt", b"old")]);

    let made = packed(&source, &target, &options(Layout::Tree)).unwrap();

    let mut zip = zip::ZipArchive::new(fs::File::open(&target).unwrap()).unwrap();
    let names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names, ["1", "x/2", "checksum.txt"]);
    let mut text = String::new();
    zip.by_index(2).unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, made.text);
    assert_eq!(made.size, fs::metadata(&target).unwrap().len());
    assert_eq!((made.members, made.tally.bytes_read), (3, 6));
    assert!(report(&target).findings.is_empty());
}

#[test]
fn the_same_frames_make_the_same_zip() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("in");
    write(&source, &[("1", b"one"), ("2", b"two")]);
    let targets = ["a.zip", "b.zip"].map(|name| folder.path().join(name));

    for target in &targets {
        packed(&source, target, &options(Layout::Flat)).unwrap();
    }

    assert_eq!(fs::read(&targets[0]).unwrap(), fs::read(&targets[1]).unwrap());
}

#[test]
fn nothing_is_left_when_a_target_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("in");
    write(&source, &[("1", b"one"), ("2", b"two"), ("x/1", b"one again")]);
    write(folder.path(), &[("there.zip", b"mine"), ("out/.keep", b"")]);
    let refused = [
        (source.join("in.zip"), Layout::Tree),
        (folder.path().join("there.zip"), Layout::Tree),
        (folder.path().join("out/flat.zip"), Layout::Flat),
        (folder.path().join("missing/a.zip"), Layout::Tree),
        (folder.path().join("out"), Layout::Tree),
    ];

    for (target, layout) in &refused {
        assert!(packed(&source, target, &options(*layout)).is_err(), "{}", target.display());
    }

    assert_eq!(fs::read(folder.path().join("there.zip")).unwrap(), b"mine");
    for (place, count) in [("in", 3), ("out", 1), ("", 3)] {
        assert_eq!(fs::read_dir(folder.path().join(place)).unwrap().count(), count, "{place}");
    }
}

#[test]
fn a_time_stamp_that_does_not_fit_is_clamped_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("in"), folder.path().join("out.zip"));
    write(&source, &[("old", b""), ("new", b"")]);
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1000);
    fs::File::open(source.join("old")).unwrap().set_modified(long_ago).unwrap();

    let made = packed(&source, &target, &options(Layout::Flat)).unwrap();

    assert_eq!(made.clamped, ["old"]);
    let mut zip = zip::ZipArchive::new(fs::File::open(&target).unwrap()).unwrap();
    let old = zip.by_name("old").unwrap().last_modified().unwrap();
    assert_eq!((old.year(), old.month(), old.day()), (1980, 1, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn another_reader_unpacks_what_was_packed(
        files in proptest::collection::btree_map(
            "[a-zé]{1,6}(/[a-z ]{0,3}[a-z])?",
            proptest::collection::vec(any::<u8>(), 0..70_000),
            1..12,
        )
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (source, target) = (folder.path().join("in"), folder.path().join("out.zip"));
        let is_file = |name: &String| !files.keys().any(|other| other.starts_with(&format!("{name}/")));
        let files: Vec<_> = files.iter().filter(|(name, _)| is_file(name)).collect();
        for (name, bytes) in &files {
            write(&source, &[(name, bytes)]);
        }

        packed(&source, &target, &options(Layout::Tree)).unwrap();

        let mut zip = zip::ZipArchive::new(fs::File::open(&target).unwrap()).unwrap();
        prop_assert_eq!(zip.len(), files.len() + 1);
        for (name, bytes) in files {
            let mut found = Vec::new();
            zip.by_name(name).unwrap().read_to_end(&mut found).unwrap();
            prop_assert_eq!(&found, bytes);
        }
        prop_assert_eq!(findings(&report(&target)), Vec::<String>::new());
    }
}
