use super::generation;
use crate::format::manifest::ascmhl::{DEFAULT_IGNORE, Ignore, ignore_patterns};

/// Pattern, path (a folder ends with a slash), whether `git check-ignore` says that it is ignored.
const CASES: [(&str, &str, bool); 33] = [
    (".DS_Store", ".DS_Store", true),
    (".DS_Store", "Clips/.DS_Store", true),
    (".DS_Store", "a.DS_Store", false),
    ("ascmhl", "ascmhl/", true),
    ("ascmhl", "Clips/ascmhl/0001.mhl", true),
    ("ascmhl/", "ascmhl/", true),
    ("ascmhl/", "ascmhl", false),
    ("ascmhl/", "Clips/ascmhl/0001.mhl", true),
    ("*.tmp", "a.tmp", true),
    ("*.tmp", "Clips/a.tmp", true),
    ("*.tmp", "a.tmp.mov", false),
    ("*.tmp", "a.tmp/b.mov", true),
    ("a*b*c", "aXbXbc", true),
    ("a*b*c", "aXcXb", false),
    ("?.mov", "\u{e4}.mov", true),
    ("?.mov", ".mov", false),
    ("*", "a/b", true),
    ("/a.mov", "a.mov", true),
    ("/a.mov", "Clips/a.mov", false),
    ("Clips/a.mov", "Clips/a.mov", true),
    ("Clips/a.mov", "x/Clips/a.mov", false),
    ("Clips/*.mov", "Clips/a.mov", true),
    ("Clips/*.mov", "Clips/deep/a.mov", false),
    ("/Clips/", "Clips/a.mov", true),
    ("**/a.mov", "a.mov", true),
    ("**/a.mov", "x/y/a.mov", true),
    ("Clips/**", "Clips/", false),
    ("Clips/**", "Clips/deep/a.mov", true),
    ("Clips/**/a.mov", "Clips/a.mov", true),
    ("Clips/**/a.mov", "Clips/x/y/a.mov", true),
    ("Clips/**/a.mov", "x/Clips/a.mov", false),
    ("a**b", "aXb", true),
    ("a**b", "a/b", false),
];

#[test]
fn patterns_match_as_git_has_it() {
    for (pattern, path, expected) in CASES {
        let ignore = Ignore::new(&[pattern]);
        let found = ignore.matches(path.trim_end_matches('/'), path.ends_with('/'));
        assert_eq!(found, expected, "{pattern} {path}");
    }
}

#[test]
fn a_pattern_that_is_not_understood_is_told() {
    let odd = ["!keep", "[ab].mov", "a\\*", "#a", "", "/", "a//b", " a", "a "];
    let ignore = Ignore::new(&odd);

    assert_eq!(ignore.not_understood(), odd);
    assert!(odd.iter().all(|path| !ignore.matches(path, false)));
}

#[test]
fn many_stars_take_no_time() {
    let pattern = "*a".repeat(200);
    let path = format!("{}b", "a".repeat(5_000));

    assert!(!Ignore::new(&[pattern]).matches(&path, false));
}

#[test]
fn the_latest_generation_says_what_is_ignored() {
    let mut earlier = generation(vec![]);
    earlier.ignore = vec!["early".to_owned()];
    let mut latest = generation(vec![]);
    assert_eq!(ignore_patterns(&[]), DEFAULT_IGNORE);
    assert_eq!(ignore_patterns(&[earlier.clone(), latest.clone()]), DEFAULT_IGNORE);
    latest.ignore = vec!["late".to_owned()];
    assert_eq!(ignore_patterns(&[earlier, latest]), ["late"]);
}
