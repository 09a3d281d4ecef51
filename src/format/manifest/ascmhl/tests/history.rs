use super::{file, generation, renamed};
use crate::digest::{Algorithm, digest_of};
use crate::format::manifest::Entry;
use crate::format::manifest::ascmhl::{Action, Contradiction, Generation, History, Ignore, Record};

const MD5: Algorithm = Algorithm::Md5;
const XXH64: Algorithm = Algorithm::Xxh64;
const SHA1: Algorithm = Algorithm::Sha1;

fn entry(name: &str, bytes: &[u8], algorithms: &[Algorithm]) -> Entry {
    let digests = algorithms.iter().map(|one| digest_of(*one, bytes)).collect();
    Entry { name: name.to_owned(), size: Some(bytes.len() as u64), digests }
}

fn expected(generations: &[Generation]) -> Vec<Entry> {
    History::of(generations).expected(&Ignore::default()).files
}

#[test]
fn the_first_digest_of_each_algorithm_is_the_truth() {
    let generations = [
        generation(vec![file("b", b"b", &[(XXH64, Action::Original)])]),
        generation(vec![
            file("b", b"b", &[(MD5, Action::Verified), (XXH64, Action::Verified)]),
            file("a", b"a", &[(MD5, Action::Original)]),
        ]),
    ];

    let found = expected(&generations);

    assert_eq!(found, [entry("a", b"a", &[MD5]), entry("b", b"b", &[XXH64, MD5])]);
}

#[test]
fn what_has_failed_is_not_the_truth() {
    let failed = [
        generation(vec![file("a", b"sound", &[(XXH64, Action::Original)])]),
        generation(vec![
            file("a", b"hurt", &[(MD5, Action::Failed), (XXH64, Action::Failed)]),
            file("b", b"hurt", &[(MD5, Action::Failed)]),
        ]),
    ];

    let found = expected(&failed);

    let unknown = Entry { name: "b".to_owned(), size: None, digests: vec![] };
    assert_eq!(found, [entry("a", b"sound", &[XXH64]), unknown]);
    assert!(History::of(&failed).contradictions().is_empty());
}

#[test]
fn a_file_is_known_under_its_latest_name() {
    let sound = [(XXH64, Action::Original)];
    let generations = [
        generation(vec![file("a", b"1", &sound), file("b", b"2", &sound), file("c", b"3", &sound)]),
        // Two names were exchanged, and a new file has taken the third one.
        generation(vec![
            renamed(file("b", b"1", &[(MD5, Action::Original)]), "a"),
            renamed(file("a", b"2", &[(MD5, Action::Original)]), "b"),
            renamed(file("d", b"3", &sound), "c"),
        ]),
        generation(vec![file("c", b"new", &sound)]),
    ];

    let found = expected(&generations);

    let both = [XXH64, MD5];
    let d = entry("d", b"3", &[XXH64]);
    let c = entry("c", b"new", &[XXH64]);
    assert_eq!(found, [entry("a", b"2", &both), entry("b", b"1", &both), c, d]);
}

#[test]
fn a_history_that_contradicts_itself_is_told() {
    let generations = [
        generation(vec![file("a", b"1", &[(MD5, Action::Original)])]),
        generation(vec![file("a", b"2", &[(MD5, Action::Verified)])]),
    ];
    let history = History::of(&generations);

    let contradiction = Contradiction {
        path: "a".to_owned(),
        generation: 1,
        known: digest_of(MD5, b"1"),
        found: digest_of(MD5, b"2"),
    };
    assert_eq!(history.contradictions(), [contradiction]);
    assert_eq!(expected(&generations), [entry("a", b"1", &[MD5])]);
}

#[test]
fn what_is_ignored_is_not_expected_and_told() {
    let records = ["b.tmp", "a.mov", "ascmhl/x"].map(|path| file(path, b"", &[]));
    let generations = [generation(Vec::<Record>::from(records))];

    let found = History::of(&generations).expected(&Ignore::new(&["*.tmp", "ascmhl/"]));

    assert_eq!(found.ignored, ["ascmhl/x", "b.tmp"]);
    assert_eq!(found.files.len(), 1);
}

#[test]
fn a_new_algorithm_needs_the_first_one() {
    let generations = [
        generation(vec![file("a", b"", &[(XXH64, Action::Original)])]),
        generation(vec![file("a", b"", &[(XXH64, Action::Verified), (MD5, Action::Verified)])]),
    ];
    let history = History::of(&generations);
    let cases: [(&str, &[Algorithm], &[Algorithm]); 5] = [
        ("a", &[MD5], &[MD5]),
        ("a", &[SHA1], &[SHA1, XXH64]),
        ("a", &[MD5, SHA1], &[MD5, SHA1, XXH64]),
        ("a", &[Algorithm::Sha256, XXH64], &[XXH64]),
        ("new", &[SHA1], &[SHA1]),
    ];
    for (path, requested, needed) in cases {
        assert_eq!(history.algorithms_for(path, requested), needed, "{path} {requested:?}");
    }
    assert_eq!(history.algorithms(&[SHA1]), [SHA1, XXH64]);
    assert_eq!(History::of(&[]).algorithms(&[SHA1, MD5]), [MD5, SHA1]);
}
