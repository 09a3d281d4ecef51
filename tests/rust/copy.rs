use std::fs;
use std::path::Path;

use reelpack::Error;
use reelpack::job::cloning::Wish;
use reelpack::job::copy::{Copied, Options, copy};

use reelpack::engine::Work;
use reelpack::engine::pass::Settings;
use reelpack::engine::state::{Choice, facts};
use reelpack::job::cloning::Means;

use super::state::{interrupting, many, memory};
use super::{report, with_memory, working, write};

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

    assert_eq!(made.names, ["a", "x/empty", "x/large"].map(Path::new));
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

fn copied_with(memory: &Choice, source: &Path, target: &Path) -> Result<Copied, Error> {
    with_memory(memory, |work| copy(source, target, &PLAIN, work))
}

#[test]
fn a_refused_copy_does_not_make_the_next_one_a_continued_one() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("in"), folder.path().join("out"));
    let state = folder.path().join("state.db");
    write(&source, &[("a", b"one")]);
    write(&target, &[("checksum.txt", b"theirs")]);
    for _ in 0..2 {
        let error = copied_with(&memory(&state), &source, &target).unwrap_err();

        assert!(matches!(error, Error::TargetExists { path } if path.ends_with("checksum.txt")));
    }
    assert!(facts(&state).unwrap().unfinished.is_empty());
    assert_eq!(fs::read(target.join("checksum.txt")).unwrap(), b"theirs");
}

#[test]
fn a_stopped_copy_goes_on_with_what_reads_as_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("in"), folder.path().join("out"));
    let state = folder.path().join("state.db");
    many(&source, 600);
    let memory = memory(&state);
    interrupting(100, |progress| {
        let settings = &Settings::new(Some(1), Some(1), &source).unwrap();
        let work = Work { settings, progress, memory: &memory };
        copy(&source, &target, &PLAIN, &work).map(drop)
    });
    let modified = fs::metadata(source.join("f.0003")).unwrap().modified().unwrap();
    fs::write(target.join("f.0003"), vec![99; 1 << 16]).unwrap();
    let damaged = fs::File::options().write(true).open(target.join("f.0003")).unwrap();
    damaged.set_times(fs::FileTimes::new().set_modified(modified)).unwrap();

    let made = copied_with(&memory, &source, &target).unwrap();

    assert!(made.means.iter().filter(|means| **means == Means::Kept).count() >= 90);
    assert_eq!(made.means[3], Means::Copied, "the damage is found");
    assert!(report(&target).findings.is_empty());
    assert_eq!(fs::read(target.join("f.0003")).unwrap(), fs::read(source.join("f.0003")).unwrap());
    let hidden = fs::read_dir(&target)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(hidden.count(), 0);
}

#[test]
fn two_names_for_one_file_and_links_to_folders_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("in"), folder.path().join("out"));
    write(&source, &[("A/x", b"aaaa"), ("B/x", b"bbbb")]);
    write(&target, &[("A/x", b"old")]);
    fs::create_dir(target.join("B")).unwrap();
    fs::hard_link(target.join("A/x"), target.join("B/x")).unwrap();
    let force = Options { replace: true, ..PLAIN };

    let error = copied(&source, &target, force).unwrap_err();

    assert!(matches!(error, Error::Package { path, .. } if path == target.join("B/x")));
    fs::remove_dir_all(target.join("B")).unwrap();
    std::os::unix::fs::symlink(source.join("A"), target.join("B")).unwrap();
    let error = copied(&source, &target, force).unwrap_err();
    assert!(matches!(error, Error::Package { path, .. } if path == target.join("B")));
    assert_eq!(fs::read(source.join("A/x")).unwrap(), b"aaaa");
    assert_eq!(fs::read(target.join("A/x")).unwrap(), b"old");
}
