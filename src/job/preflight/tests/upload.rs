//! Limits, and how to stay within them.

use super::{Made, Profile, builtin, check};

fn files(folder: &str, count: usize) -> impl Iterator<Item = String> {
    (0..count).map(move |n| format!("{folder}x{n}.mov"))
}

/// What to do about too many files.
fn proposed(made: &Made, profile: &Profile) -> Option<String> {
    let found = made.with(|delivery| check(profile, delivery)).findings;
    found.into_iter().find(|it| it.rule == "upload.files").and_then(|it| it.fix)
}

/// The same where one upload takes 250.
fn proposed_of_small(made: &Made) -> Option<String> {
    let text = "extends = \"content-hub\"\nrules.upload.files.limit = 250";
    proposed(made, &Profile::parse(text, &|_| None).unwrap())
}

#[test]
fn one_upload_takes_250_000_files() {
    let of = |last: usize| {
        let folders = [("a/", 150_000), ("b/c/", 60_000), ("b/d/", last)];
        Made::of(folders.into_iter().flat_map(|(folder, count)| files(folder, count)))
    };
    let profile = builtin("content-hub");
    assert_eq!(proposed(&of(40_000), &profile), None);
    assert_eq!(
        proposed(&of(40_001), &profile).unwrap(),
        "split the upload: 2 uploads, for example `a`: 150,000 files; `b`: 100,001 files"
    );
}

#[test]
fn a_folder_stays_whole_where_it_can() {
    let folders = [("", 3), ("a/", 200), ("b/c/", 100), ("b/d/", 100), ("b/e/", 100), ("f/", 1)];
    let made = Made::of(folders.into_iter().flat_map(|(folder, count)| files(folder, count)));
    assert_eq!(
        proposed_of_small(&made).unwrap(),
        "split the upload: 3 uploads, for example the files directly in `.` and `a`: 203 files; \
         `b/c` and `b/d`: 200 files; `b/e` and `f`: 101 files"
    );
}

#[test]
fn a_folder_that_is_too_large_itself_is_cut() {
    assert_eq!(
        proposed_of_small(&Made::of(files("a/", 251))).unwrap(),
        "split the upload: 2 uploads, for example \
         250 of the files in `a`, which is too large for one: 250 files; \
         1 of the files in `a`, which is too large for one: 1 file"
    );
}

#[test]
fn lists_are_uploaded_too() {
    let made = Made::of(files("a/", 249).chain(files("b/", 1)));
    assert_eq!(proposed_of_small(&made), None);
    let fix = proposed_of_small(&made.list("a/checksum.txt")).unwrap();
    assert!(fix.ends_with("`a`: 250 files; `b`: 1 file"), "{fix}");
}

#[test]
fn a_path_has_256_characters_at_most() {
    let said = |name: &str, root: &str| {
        Made::of([name.to_owned()]).root(root).says("picture-archival", "path.length")
    };
    // Characters and not bytes; the folder of the delivery counts, and the separators.
    for letter in ["x", "\u{e9}"] {
        let of = |len: usize| format!("a/b/{}", letter.repeat(len - 8));
        assert_eq!(said(&of(252), "show"), Vec::<String>::new());
        let name = of(256);
        assert_eq!(
            said(&name, "show"),
            [format!(
                "{name}: the path is 257 characters long, with the delivery's own folder; 256 are the most"
            )]
        );
    }
}

#[test]
fn the_paths_of_a_sequence_are_told_once() {
    let head = format!("{}.", "x".repeat(248));
    let made = Made::frames(&head, 1..=4);
    let said = made.root("d").says("picture-archival", "path.length");
    assert_eq!(
        said,
        [format!(
            "{head}####.dpx: 4 paths are up to 259 characters long, with the delivery's own folder; 256 are the most"
        )]
    );
}
