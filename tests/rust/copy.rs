use std::fs;
use std::path::Path;

use reelpack::Error;
use reelpack::job::cloning::Wish;
use reelpack::job::copy::{Copied, Options, copy};

use super::{report, working, write};

const PLAIN: Options = Options { clone: Wish::Auto, replace: false, sync: false, verify: true };

fn copied(source: &Path, target: &Path, options: Options) -> Result<Copied, Error> {
    working(|work| copy(source, target, &options, work))
}

#[test]
fn a_copy_has_the_bytes_the_times_and_the_folders_and_a_list_in_each() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("in"), folder.path().join("new/out"));
    let large = vec![7; 1_000_000];
    write(&source, &[("a", b"one"), ("x/large", &large), ("x/empty", b""), (".hidden", b"")]);
    fs::create_dir(source.join("void")).unwrap();

    let made = copied(&source, &target, PLAIN).unwrap();

    assert_eq!(made.names, ["a", "x/empty", "x/large"]);
    assert_eq!((made.tally.files_read, made.left_out.len()), (3, 1));
    for name in &made.names {
        let (from, to) = (source.join(name), target.join(name));
        assert_eq!(fs::read(&from).unwrap(), fs::read(&to).unwrap());
        let time = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
        assert_eq!(time(&from), time(&to));
    }
    assert!(target.join("void").is_dir());
    assert!(report(&target).findings.is_empty());
    assert!(!source.join("checksum.txt").exists());
}

#[test]
fn nobody_s_file_is_replaced_unless_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("in"), folder.path().join("out"));
    write(&source, &[("a", b"one"), ("b", b"two")]);
    write(&target, &[("b", b"mine")]);

    let error = copied(&source, &target, PLAIN).unwrap_err();

    assert!(matches!(error, Error::TargetExists { path } if path == target.join("b")));
    assert!(!target.join("a").exists(), "nothing is written before that is known");
    copied(&source, &target, Options { replace: true, ..PLAIN }).unwrap();
    assert_eq!(fs::read(target.join("b")).unwrap(), b"two");
}

#[test]
fn source_and_target_are_apart() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("in");
    write(&source, &[("x/a", b"one")]);
    let file = folder.path().join("file");
    fs::write(&file, b"").unwrap();
    for target in [&source.join("x/y"), &source, folder.path(), &file] {
        let error = copied(&source, target, PLAIN).unwrap_err();
        assert!(matches!(error, Error::Package { path, .. } if path == *target), "{target:?}");
    }
}
