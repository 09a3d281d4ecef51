use std::fs;
use std::path::Path;

use reelpack::Error;
use reelpack::job::verify::{Value, verify};

use super::{findings, not_checked, report, working, write};

const ONE: &str = "md5\tf97c5d29941bfb1b2fdab0874906ab82";
const TWO: &str = "md5\tb8a9f715dbb64fd5c56e7783c6820a61";

fn list(root: &Path, name: &str, text: &str) {
    write(root, &[(name, text.as_bytes())]);
}

#[test]
fn what_is_wrong_has_a_status_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("good", b"one"), ("bad", b"One"), ("long", b"ones"), ("extra", b"x")]);
    let text = format!(
        "bad\t3\t{ONE}\ngone\t3\t{ONE}\ngood\t3\t{ONE}\nlong\t3\t{ONE}\n../up\t3\t{ONE}\ngood\t3\t{ONE}\n"
    );
    list(folder.path(), "checksum.txt", &text);

    let report = report(folder.path());

    let expected = [
        "unsafe ../up",
        "mismatch bad",
        "extra extra",
        "missing gone",
        "duplicate good",
        "size long",
    ];
    assert_eq!(findings(&report), expected);
    assert_eq!((report.checked, report.tally.bytes_read), (3, 6));
    assert_eq!(report.findings[5].expected, Value::Size(3));
    assert_eq!(report.findings[5].found, Value::Size(4));
    assert_eq!(report.lists, ["checksum.txt"]);
}

#[test]
fn every_list_in_a_tree_judges_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a/1", b"one"), ("b/1", b"two"), ("c/1", b"one")]);
    list(folder.path(), "a/checksum.txt", &format!("1\t3\t{ONE}\n"));
    list(folder.path(), "b/checksum.txt", &format!("1\t3\t{ONE}\n"));

    let report = report(folder.path());

    assert_eq!(findings(&report), ["mismatch b/1", "extra c/1"]);
    assert_eq!(report.lists, ["a/checksum.txt", "b/checksum.txt"]);
}

#[test]
fn a_list_of_base_names_finds_its_files_below_in_hidden_folders_too() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a/1", b"one"), (".h/2", b"two"), (".h/3", b"not listed")]);
    list(folder.path(), "checksum.txt", &format!("1\t3\t{ONE}\n2\t3\t{TWO}\n"));

    let report = report(folder.path());

    assert_eq!(findings(&report), [""; 0]);
    assert_eq!(report.checked, 2);
    assert_eq!(not_checked(&report), [".h: hidden folder"]);
}

#[test]
fn a_base_name_that_several_files_have_is_not_guessed() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a/1", b"one"), ("b/1", b"one")]);
    list(folder.path(), "checksum.txt", &format!("1\t3\t{ONE}\n"));

    let report = report(folder.path());

    assert_eq!(findings(&report), ["duplicate 1"]);
    let reason = "its name stands for several files";
    assert_eq!(not_checked(&report), [format!("a/1: {reason}"), format!("b/1: {reason}")]);
}

#[test]
fn a_list_alone_judges_its_folder_and_says_what_lies_below() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("1", b"one"), ("2", b"two"), ("below/3", b"three")]);
    list(folder.path(), "checksum.txt", &format!("1\t3\t{ONE}\n"));

    let report = report(&folder.path().join("checksum.txt"));

    assert_eq!(findings(&report), ["extra 2"]);
    assert_eq!(not_checked(&report), ["below: a folder below, in which the list names nothing"]);
}

#[test]
fn two_lists_that_name_one_file_read_it_once() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a/1", b"one")]);
    list(folder.path(), "checksum.txt", &format!("1\t3\t{ONE}\n"));
    list(folder.path(), "a/checksum.txt", &format!("1\t3\t{TWO}\n"));

    let report = report(folder.path());

    assert_eq!(findings(&report), ["mismatch a/1"]);
    assert_eq!(report.checked, 1);
}

#[test]
fn without_a_list_there_is_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a", b"one")]);
    let verified = || working(|work| verify(folder.path(), work));
    assert!(matches!(verified(), Err(Error::NoList { .. })));

    list(folder.path(), "checksum.txt", "");
    assert!(matches!(verified(), Err(Error::NoList { .. })));

    list(folder.path(), "checksum.txt", &format!("a\t3\t{ONE}\nb\tsize\t{ONE}\n"));
    assert!(matches!(verified(), Err(Error::Manifest { line: 2, .. })));
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf_8_is_shown_and_told_in_bytes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("1", b"one")]);
    fs::write(folder.path().join(OsStr::from_bytes(b"\xff.dpx")), b"x").unwrap();
    list(folder.path(), "checksum.txt", &format!("1\t3\t{ONE}\n"));

    let report = report(folder.path());

    assert_eq!(findings(&report), ["extra \u{fffd}.dpx"]);
    assert_eq!(report.findings[0].path.bytes.as_deref(), Some(&b"\xff.dpx"[..]));
}

#[test]
fn however_a_folder_is_spelled_its_files_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("1", b"one"), ("sub/mychecksum.txt", b"two")]);
    list(folder.path(), "checksum.txt", &format!("1\t3\t{ONE}\nmychecksum.txt\t3\t{TWO}\n"));

    for spelling in ["", ".", "./", "/", "/./", "sub/.."] {
        let path = format!("{}/{spelling}", folder.path().display());
        assert_eq!(findings(&report(Path::new(&path))), [""; 0], "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_list_cannot_be_fulfilled_through_a_link_to_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("elsewhere/1", b"one")]);
    let delivery = folder.path().join("delivery");
    list(&delivery, "checksum.txt", &format!("link/1\t3\t{ONE}\n"));
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), delivery.join("link")).unwrap();

    assert_eq!(findings(&report(&delivery)), ["unsafe link/1"]);
}
