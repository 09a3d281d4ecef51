//! What the generations of a history say together: which files there are to be, and what their bytes were.

use std::collections::{BTreeMap, BTreeSet};

use super::{ALGORITHMS, Action, FileRecord, Generation, Ignore, Record};
use crate::digest::{Algorithm, Digest};
use crate::format::manifest::Entry;

/// The generations of a history, seen as one.
///
/// The first digest of each algorithm that a file was recorded with is the truth about it, and follows it
/// when it is renamed. Digests that were recorded as [`Action::Failed`] are those of damaged bytes and are
/// the truth about nothing.
#[derive(Clone, Debug, Default)]
pub struct History<'a> {
    files: BTreeMap<&'a str, Known>,
    folders: BTreeSet<&'a str>,
    contradictions: Vec<Contradiction>,
}

/// What is known of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    size: Option<u64>,
    /// One for each algorithm, the first one recorded first; none if all that were recorded have failed.
    pub(super) digests: Vec<Digest>,
}

/// A digest that was recorded as sound and differs from an earlier one of the same file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The file, as it was called then.
    pub path: String,
    /// Where the generation is in the history, counted from 0.
    pub generation: usize,
    /// The digest that counts.
    pub known: Digest,
    /// The one that the generation has.
    pub found: Digest,
}

/// What a folder has to hold, by its history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The files with what they have to be, sorted by name. One without digests cannot be checked: all that
    /// was ever recorded of it is that it had changed.
    pub files: Vec<Entry>,
    /// The folders, sorted.
    pub folders: Vec<String>,
    /// Files that were recorded once and that the patterns leave out now, sorted.
    pub ignored: Vec<String>,
}

impl<'a> History<'a> {
    /// See generations as one; they have to be in their order.
    pub fn of(generations: &'a [Generation]) -> Self {
        let mut history = Self::default();
        for (index, generation) in generations.iter().enumerate() {
            history.rename(generation);
            for record in &generation.records {
                match record {
                    Record::File(file) => history.add(index, file),
                    Record::Folder(folder) => {
                        history.folders.insert(&folder.path);
                    }
                }
            }
        }
        history
    }

    /// What the folder has to hold: every file and folder of any generation, under its latest name, but for
    /// what `ignore` matches. A file that was left out of the latest generation is still expected, as the
    /// reference tool has it.
    pub fn expected(&self, ignore: &Ignore) -> Expected {
        let mut expected = Expected::default();
        for (path, known) in &self.files {
            if ignore.matches(path, false) {
                expected.ignored.push((*path).to_owned());
                continue;
            }
            let (name, digests) = ((*path).to_owned(), known.digests.clone());
            expected.files.push(Entry { name, size: known.size, digests });
        }
        let folders = self.folders.iter().filter(|path| !ignore.matches(path, true));
        expected.folders = folders.map(|path| (*path).to_owned()).collect();
        expected
    }

    /// Digests that were recorded as sound and are not what earlier generations say, in the order of the
    /// generations. A sound history has none: it is a finding.
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.contradictions
    }

    /// The algorithms that the next generation needs of a file when `requested` are wanted: see
    /// [`next_generation`](super::next_generation). `path` is what the file was called before.
    pub fn algorithms_for(&self, path: &str, requested: &[Algorithm]) -> Vec<Algorithm> {
        let known = self.known(path);
        let mut needed: Vec<Algorithm> =
            requested.iter().copied().filter(|one| ALGORITHMS.contains(one)).collect();
        if let Some(first) = known.first().map(Digest::algorithm) {
            let is_known = |one: &Algorithm| known.iter().any(|digest| digest.algorithm() == *one);
            // What is new is worth something only beside the proof that the bytes are the old ones.
            if !needed.iter().all(is_known) && !needed.contains(&first) {
                needed.push(first);
            }
        }
        needed
    }

    /// [`Self::algorithms_for`] of all files together, known or new, in the order of [`ALGORITHMS`].
    pub fn algorithms(&self, requested: &[Algorithm]) -> Vec<Algorithm> {
        let mut needed: BTreeSet<Algorithm> = requested.iter().copied().collect();
        for path in self.files.keys() {
            needed.extend(self.algorithms_for(path, requested));
        }
        ALGORITHMS.into_iter().filter(|one| needed.contains(one)).collect()
    }

    /// The digests of a file; none if it is new.
    pub(super) fn known(&self, path: &str) -> &[Digest] {
        self.files.get(path).map_or(&[], |known| &known.digests)
    }

    /// Whether any generation has a folder under this name, and none a later name for it.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// All at once: two files may have changed their names for each other's.
    fn rename(&mut self, generation: &'a Generation) {
        let mut renamed = vec![];
        for record in &generation.records {
            match record {
                Record::File(FileRecord { path, previous: Some(previous), .. }) => {
                    renamed.extend(self.files.remove(&**previous).map(|known| (&**path, known)));
                }
                Record::Folder(folder) => {
                    if let Some(previous) = &folder.previous {
                        self.folders.remove(&**previous);
                    }
                }
                Record::File(_) => {}
            }
        }
        self.files.extend(renamed);
    }

    fn add(&mut self, generation: usize, file: &'a FileRecord) {
        let known = self.files.entry(&file.path).or_default();
        let sound = file.hashes.iter().filter(|hash| hash.action != Some(Action::Failed));
        for found in sound.map(|hash| hash.digest) {
            known.size = known.size.or(file.size);
            match known.digests.iter().find(|digest| digest.algorithm() == found.algorithm()) {
                None => {
                    known.digests.reserve_exact(1);
                    known.digests.push(found);
                }
                Some(known) if *known != found => {
                    let (path, known) = (file.path.clone(), *known);
                    self.contradictions.push(Contradiction { path, generation, known, found });
                }
                Some(_) => {}
            }
        }
    }
}
