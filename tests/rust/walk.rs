use std::path::Path;

use reelpack::engine::walk::{Rules, Tree, walk};

use super::write;

fn taken(tree: &Tree) -> Vec<String> {
    let relative = |path: &Path| tree.relative(path).to_string_lossy().replace('\\', "/");
    tree.files.iter().map(|file| relative(&file.path)).collect()
}

fn left_out(tree: &Tree) -> Vec<String> {
    let line = |left: &reelpack::engine::walk::LeftOut| {
        format!("{}: {}", tree.relative(&left.path).to_string_lossy(), left.reason)
    };
    tree.left_out.iter().map(line).collect()
}

fn tree(root: &Path) {
    let files = ["b", "a/1", "a/.2", ".h/3", "checksum.txt", "my_checksum.txt.bak", "a.1"];
    write(root, &files.map(|name| (name, name.as_bytes())));
}

#[test]
fn what_is_taken_comes_in_the_order_of_paths_and_the_rest_has_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    tree(folder.path());

    let tree = walk(folder.path(), Rules::Own).unwrap();

    assert_eq!(taken(&tree), ["a.1", "a/1", "b", "my_checksum.txt.bak"]);
    let expected = [".h: hidden folder", "a/.2: hidden file", "checksum.txt: earlier list"];
    assert_eq!(left_out(&tree), expected);
}

#[test]
fn by_the_rules_of_npack_hidden_folders_are_entered() {
    let folder = tempfile::tempdir().unwrap();
    tree(folder.path());

    let tree = walk(folder.path(), Rules::Npack).unwrap();

    assert_eq!(taken(&tree), [".h/3", "a.1", "a/1", "b"]);
    let expected = [
        "a/.2: hidden file",
        "checksum.txt: earlier list",
        "my_checksum.txt.bak: name contains checksum.txt",
    ];
    assert_eq!(left_out(&tree), expected);
}

#[cfg(unix)]
#[test]
fn links_to_files_are_followed_and_others_named() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("real/frame", b"12345")]);
    for (target, name) in
        [("real/frame", "link"), ("real", "folder"), ("nowhere", "broken"), ("loop", "loop")]
    {
        symlink(target, folder.path().join(name)).unwrap();
    }
    rustix::fs::mkfifoat(rustix::fs::CWD, folder.path().join("pipe"), 0o600.into()).unwrap();

    let tree = walk(folder.path(), Rules::Own).unwrap();

    assert_eq!(taken(&tree), ["link", "real/frame"]);
    assert_eq!(tree.files[0].mark.stamp.size, 5);
    let expected = [
        "broken: broken link",
        "folder: link to a folder",
        "loop: broken link",
        "pipe: not a regular file",
    ];
    assert_eq!(left_out(&tree), expected);
}

#[test]
fn lists_of_any_format_are_no_content() {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("Show");
    let files = [
        "Show.md5",
        "Show.xxh128",
        "other.md5",
        "Show.txt",
        "roll/roll.sha1",
        "roll/Show.sha1",
        "roll/anything.MHL",
        "roll/ascmhl/0001_roll_2020-01-16_091500Z.mhl",
        "ascmhl",
    ];
    write(&root, &files.map(|name| (name, name.as_bytes())));

    let tree = walk(&root, Rules::Content).unwrap();

    assert_eq!(taken(&tree), ["Show.txt", "ascmhl", "other.md5", "roll/Show.sha1"]);
    let expected = [
        "Show.md5: earlier list",
        "Show.xxh128: earlier list",
        "roll/anything.MHL: earlier list",
        "roll/ascmhl: earlier list",
        "roll/roll.sha1: earlier list",
    ];
    assert_eq!(left_out(&tree), expected);
    assert_eq!(walk(&root, Rules::Own).unwrap().files.len(), files.len());
}
