use std::path::Path;

use reelpack::Error;
use reelpack::job::checksum::{Layout, Lists, lists};

use super::{working, write};

fn listed(root: &Path, layout: Layout) -> Result<Lists, Error> {
    working(|work| lists(root, &super::state::options(layout), work))
}

const HELLO: &str = "5\tmd5\t5d41402abc4b2a76b9719d911017c592\n";

#[test]
fn each_folder_with_files_gets_a_list_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("x/1", b"hello"), ("x/y/1", b"hello"), ("x/y/0", b"hello")]);

    let made = listed(folder.path(), Layout::Folder).unwrap();

    let found: Vec<_> = made.lists.iter().map(|list| (&list.path, &list.text)).collect();
    let expected = [
        (folder.path().join("x/checksum.txt"), format!("1\t{HELLO}")),
        (folder.path().join("x/y/checksum.txt"), format!("0\t{HELLO}1\t{HELLO}")),
    ];
    assert_eq!(found, expected.iter().map(|(path, text)| (path, text)).collect::<Vec<_>>());
    assert_eq!((made.lists[1].count, made.lists[1].size, made.tally.bytes_read), (2, 10, 15));
}

#[test]
fn two_files_of_one_base_name_are_both_named() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("x/1", b"a"), ("y/1", b"b")]);

    for layout in [Layout::Root, Layout::Npack] {
        let error = listed(folder.path(), layout).unwrap_err().to_string();

        for name in ["x/1", "y/1"] {
            assert!(error.contains(&*folder.path().join(name).to_string_lossy()), "{error}");
        }
    }
}

#[test]
fn a_folder_without_a_file_is_an_error_but_for_npack() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[(".hidden", b"")]);

    assert!(matches!(
        listed(folder.path(), Layout::Folder),
        Err(Error::NothingToList { path }) if path == folder.path()
    ));
    assert_eq!(listed(folder.path(), Layout::Npack).unwrap().lists[0].text, "");
}

#[test]
fn a_source_that_is_no_folder_is_refused_by_the_system_s_own_error() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("file", b"")]);

    for (name, kind) in
        [("file", std::io::ErrorKind::NotADirectory), ("missing", std::io::ErrorKind::NotFound)]
    {
        let error = listed(&folder.path().join(name), Layout::Folder).unwrap_err();
        assert!(matches!(error, Error::Io { source, .. } if source.kind() == kind), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_cannot_be_written_is_an_error() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    for name in [&b"a\tb"[..], b"a\nb", b"a\rb", b"\xff"] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(OsStr::from_bytes(name)), b"").unwrap();

        let error = listed(folder.path(), Layout::Folder).unwrap_err();

        assert!(matches!(error, Error::Name { .. }), "{name:?}: {error}");
    }
}
