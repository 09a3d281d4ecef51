//! The histories that come with the reference tool, where they lie beside this project.

use std::path::{Path, PathBuf};

use super::{LIMIT, parse_chain, parse_generation};
use crate::digest::{Algorithm, digest_of};
use crate::format::manifest::ascmhl::{
    Action, FileFact, FolderFact, Generation, History, Ignore, Next, Record, generation_number,
    ignore_patterns, next_generation, render_chain, render_generation,
};

#[expect(clippy::print_stderr, reason = "a test that tests nothing has to say so")]
fn histories() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures/ascmhl");
    let folders = ["scenario_01/travel_01", "scenario_02/travel_01", "scenario_02/file_server"];
    let found = folders.map(|folder| fixtures.join(folder).join("A002R2EC/ascmhl"));
    if found.iter().all(|folder| folder.is_dir()) {
        return found.into();
    }
    eprintln!("skipped: no histories in {}", fixtures.display());
    vec![]
}

#[expect(clippy::disallowed_methods, reason = "a test's own data")]
fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

/// The generations of a history, by its chain, each sealed by it.
fn generations(folder: &Path) -> Vec<Generation> {
    let chain = read(&folder.join("ascmhl_chain.xml"));
    let chain = parse_chain(&chain, LIMIT).unwrap();
    let rendered = render_chain(&chain).unwrap();
    assert_eq!(parse_chain(rendered.as_bytes(), LIMIT).unwrap(), chain);
    let links = chain.links.iter().map(|link| {
        let bytes = read(&folder.join(&link.file));
        assert_eq!(digest_of(Algorithm::C4, &bytes), link.c4);
        assert_eq!(generation_number(&link.file), Some(link.number));
        parse_generation(&bytes, LIMIT).unwrap()
    });
    links.collect()
}

#[test]
fn they_are_read_and_written() {
    for folder in histories() {
        let generations = generations(&folder);
        assert_eq!(generations[0].records.len(), 4);
        assert_eq!(generations[0].creator.host, "myHost.local");
        for generation in generations {
            let text = render_generation(&generation).unwrap();
            assert_eq!(parse_generation(text.as_bytes(), LIMIT).unwrap(), generation);
        }
    }
}

#[test]
fn the_files_beside_them_are_as_they_say() {
    for folder in histories() {
        let generations = generations(&folder);
        let ignore = Ignore::new(&ignore_patterns(&generations));
        let history = History::of(&generations);
        let expected = history.expected(&ignore);
        assert!(history.contradictions().is_empty() && ignore.not_understood().is_empty());
        assert_eq!(expected.folders, ["Clips"]);
        assert_eq!(expected.files.len(), 3);
        for file in expected.files {
            let bytes = read(&folder.join("..").join(&file.name));
            assert_eq!(file.size, Some(bytes.len() as u64), "{}", file.name);
            assert_eq!(file.digests, [digest_of(Algorithm::Xxh64, &bytes)], "{}", file.name);
        }
    }
}

/// The second generation of the second scenario, made from the first, is what the reference tool made.
#[test]
fn the_next_generation_is_that_of_the_reference_tool() {
    let Some(folder) = histories().into_iter().next_back() else { return };
    let generations = generations(&folder);
    let [first, second] = &generations[..] else { panic!("two generations") };
    let (mut files, mut folders, mut hashed) = (vec![], vec![], None);
    for record in &second.records {
        match record {
            Record::File(file) => {
                hashed = file.hashes[0].hashed;
                assert_eq!(file.hashes[0].action, Some(Action::Verified));
                let digests: Vec<_> = file.hashes.iter().map(|hash| hash.digest).collect();
                files.push((file, digests));
            }
            Record::Folder(folder) => {
                let modified = folder.modified.unwrap();
                folders.push(FolderFact { path: &folder.path, modified });
            }
        }
    }
    let files: Vec<FileFact<'_>> = files
        .iter()
        .map(|(file, digests)| FileFact {
            path: &file.path,
            size: file.size.unwrap(),
            modified: file.modified.unwrap(),
            digests,
            previous: None,
        })
        .collect();
    let next = Next {
        files: &files,
        folders: &folders,
        algorithms: &[Algorithm::Xxh64],
        creator: second.creator.clone(),
        process: second.process,
        hashed: hashed.unwrap(),
        ignore: ignore_patterns(std::slice::from_ref(first)),
        nested: &[],
        references: vec![],
    };

    let found = next_generation(&History::of(std::slice::from_ref(first)), &next).unwrap();

    assert_eq!(&found, second);
}
