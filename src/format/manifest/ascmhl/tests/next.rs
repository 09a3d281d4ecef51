use super::{MORNING, file, generation};
use crate::digest::{Algorithm, Digest, digest_of};
use crate::format::manifest::ascmhl::{
    Action, Creator, FileFact, FolderFact, Generation, History, Ignore, Next, NoDigest, Process,
    Record, next_generation,
};

const MD5: Algorithm = Algorithm::Md5;
const XXH64: Algorithm = Algorithm::Xxh64;
const SECOND: i64 = 1_000_000_000;

fn next<'a>(files: &'a [FileFact<'a>], algorithms: &'a [Algorithm]) -> Next<'a> {
    Next {
        files,
        folders: &[],
        algorithms,
        creator: Creator::default(),
        process: Process::InPlace,
        hashed: MORNING,
        ignore: vec![],
        nested: &[],
        references: vec![],
    }
}

fn fact<'a>(path: &'a str, digests: &'a [Digest]) -> FileFact<'a> {
    FileFact { path, size: 1, modified: MORNING + 1, digests, previous: None }
}

fn both(bytes: &[u8]) -> [Digest; 2] {
    [MD5, XXH64].map(|algorithm| digest_of(algorithm, bytes))
}

/// Each file's path with its algorithms and actions.
fn actions(generation: &Generation) -> Vec<(&str, Vec<(Algorithm, Action)>)> {
    let files = generation.records.iter().filter_map(|record| match record {
        Record::File(file) => Some(file),
        Record::Folder(_) => None,
    });
    let of = |hash: &super::Hash| (hash.digest.algorithm(), hash.action.unwrap());
    files.map(|file| (&*file.path, file.hashes.iter().map(of).collect())).collect()
}

/// One file `a` that holds `1`, recorded with XXH64.
fn known() -> [Generation; 1] {
    [generation(vec![file("a", b"1", &[(XXH64, Action::Original)])])]
}

/// What the file `a` has now, what is wanted of it, and what is recorded.
type Case<'a> = (&'a [Digest], &'a [Algorithm], &'a [(Algorithm, Action)]);

/// As `ascmhl create` 1.2 did with the same files: see the judges.
#[test]
fn actions_follow_from_the_history() {
    let (sound, hurt) = (both(b"1"), both(b"2"));
    let cases: [Case<'_>; 6] = [
        (&sound, &[XXH64], &[(XXH64, Action::Verified)]),
        (&hurt, &[XXH64], &[(XXH64, Action::Failed)]),
        (&sound, &[MD5], &[(MD5, Action::Verified), (XXH64, Action::Verified)]),
        (&sound, &[XXH64, MD5], &[(MD5, Action::Verified), (XXH64, Action::Verified)]),
        (&hurt, &[MD5], &[(XXH64, Action::Failed)]),
        (&sound, &[], &[]),
    ];
    for (digests, algorithms, expected) in cases {
        let generations = known();
        let files = [fact("a", digests), fact("new", digests)];
        let found = next_generation(&History::of(&generations), &next(&files, algorithms)).unwrap();
        let new: Vec<_> = [MD5, XXH64]
            .into_iter()
            .filter(|one| algorithms.contains(one))
            .map(|one| (one, Action::Original))
            .collect();
        assert_eq!(actions(&found), [("a", expected.to_vec()), ("new", new)], "{algorithms:?}");
    }
}

#[test]
fn a_renamed_file_is_held_against_what_it_was() {
    let (sound, hurt) = (both(b"1"), both(b"2"));
    let found = |digests: &[Digest]| {
        let file = FileFact { previous: Some("a"), ..fact("b", digests) };
        let found = next_generation(&History::of(&known()), &next(&[file], &[XXH64])).unwrap();
        let Some(Record::File(record)) = found.records.first() else { panic!("one file") };
        assert_eq!(record.previous.as_deref(), Some("a"));
        record.hashes[0].action
    };
    assert_eq!(found(&sound), Some(Action::Original));
    assert_eq!(found(&hurt), Some(Action::Failed));
}

#[test]
fn a_folder_is_renamed_when_its_files_are() {
    let digests = both(b"1");
    let folder = |path| FolderFact { path, modified: MORNING };
    let first = [fact("old/deep/a", &digests), fact("kept/b", &digests)];
    let folders = ["old", "old/deep", "kept"].map(folder);
    let first = Next { folders: &folders, ..next(&first, &[XXH64]) };
    let first = [next_generation(&History::of(&[]), &first).unwrap()];
    let files = [
        FileFact { previous: Some("old/deep/a"), ..fact("new/deep/a", &digests) },
        FileFact { previous: Some("kept/b"), ..fact("moved/b", &digests) },
    ];
    let folders = ["new", "new/deep", "kept", "moved"].map(folder);
    let second = Next { folders: &folders, ..next(&files, &[XXH64]) };

    let second = next_generation(&History::of(&first), &second).unwrap();

    let previous: Vec<_> = second
        .records
        .iter()
        .filter_map(|record| match record {
            Record::Folder(folder) => Some((&*folder.path, folder.previous.as_deref())),
            Record::File(_) => None,
        })
        .collect();
    let expected =
        [("kept", None), ("moved", None), ("new/deep", Some("old/deep")), ("new", Some("old"))];
    assert_eq!(previous, expected);
    let generations = [first[0].clone(), second];
    let expected = History::of(&generations).expected(&Ignore::default());
    assert_eq!(expected.folders, ["kept", "moved", "new", "new/deep"]);
}

#[test]
fn a_digest_that_is_needed_and_not_there_is_told() {
    let md5 = [digest_of(MD5, b"1")];
    let files = [fact("a", &md5)];
    let found = next_generation(&History::of(&known()), &next(&files, &[MD5]));

    assert_eq!(found, Err(NoDigest { path: "a".to_owned(), algorithm: XXH64 }));
}

#[test]
fn records_come_folder_by_folder() {
    let digests = both(b"1");
    let paths = ["b", "a.txt", "a/z", "a/b/c", "a-b/c"];
    let files = paths.map(|path| fact(path, &digests));
    let folders = ["a", "a-b", "a/b", "c"].map(|path| FolderFact { path, modified: MORNING });
    let mut next = next(&files, &[XXH64]);
    next.folders = &folders;

    let found = next_generation(&History::of(&[]), &next).unwrap();

    let order: Vec<&str> = found
        .records
        .iter()
        .map(|record| match record {
            Record::File(file) => &*file.path,
            Record::Folder(folder) => &*folder.path,
        })
        .collect();
    assert_eq!(order, ["a/b/c", "a/b", "a/z", "a", "a-b/c", "a-b", "c", "a.txt", "b"]);
    let Record::File(first) = &found.records[0] else { panic!("a file") };
    assert_eq!((first.modified, first.size), (Some(MORNING), Some(1)));
    assert_eq!(MORNING % SECOND, 0);
}

#[test]
fn what_has_a_history_of_its_own_counts_for_folders_alone() {
    let digests = both(b"1");
    let files = [fact("A001/clip", &digests), fact("A001x", &digests)];
    let folders = ["A001", "A001/deep"].map(|path| FolderFact { path, modified: MORNING });
    let mut whole = next(&files, &[XXH64]);
    whole.folders = &folders;
    let nested = Next { nested: &["A001"], ..whole.clone() };

    let [whole, nested] =
        [whole, nested].map(|next| next_generation(&History::of(&[]), &next).unwrap());

    assert_eq!(nested.root, whole.root);
    assert_eq!(actions(&nested), [("A001x", vec![(XXH64, Action::Original)])]);
    assert_eq!(nested.records.len(), 2, "the folder itself is recorded, what is in it is not");
}
