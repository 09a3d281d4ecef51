//! Finding out what is known of files: their lines, looked for in the batches of their folders.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;

use super::batch::{self, Line};
use super::{Known, Open, Subject, Wanted, database};
use crate::error::Result;
use crate::fs::{self, Mark};

impl Open {
    /// What is known of each subject from these runs, or from any.
    pub(super) fn recall(
        &self,
        subjects: &[Subject<'_>],
        wanted: Wanted,
        runs: Option<&[i64]>,
    ) -> Result<Vec<Option<Known>>> {
        let mut memories = vec![Memory::default(); subjects.len()];
        for (folder, numbers) in by_folder(subjects) {
            // A folder that is gone is the error of whoever opens its files: nothing is known of them.
            let Ok(folder) = fs::canonical(folder) else { continue };
            let names = Names::new(subjects, numbers);
            let mut open = names.numbers.len();
            self.lock().each_batch(&folder, |run, lines| {
                if runs.is_none_or(|runs| runs.contains(&run)) {
                    let mut place = 0;
                    for line in batch::decode(lines).map_err(database::damaged)? {
                        let Some(n) = names.find(line.name, &mut place) else { continue };
                        if line.digest.algorithm() != wanted.algorithm() {
                            continue;
                        }
                        let was_settled = memories[n].is_settled(wanted);
                        memories[n].add(&line, &subjects[n].mark);
                        open -= usize::from(!was_settled && memories[n].is_settled(wanted));
                    }
                }
                Ok(open > 0)
            })?;
        }
        Ok(memories.into_iter().map(|memory| memory.known).collect())
    }
}

/// The subjects of one folder by name.
struct Names<'a> {
    subjects: &'a [Subject<'a>],
    /// In the order of their names.
    numbers: Vec<usize>,
}

impl<'a> Names<'a> {
    fn new(subjects: &'a [Subject<'a>], mut numbers: Vec<usize>) -> Self {
        numbers.sort_by(|&a, &b| subjects[a].name.cmp(&subjects[b].name));
        Self { subjects, numbers }
    }

    fn name(&self, place: usize) -> Option<&[u8]> {
        self.numbers.get(place).map(|&n| &*self.subjects[n].name)
    }

    /// The subject of that name. Batches are mostly in the order of names: it is looked for at `place`,
    /// where a line of another algorithm was, and at the next, before it is searched.
    fn find(&self, name: &[u8], place: &mut usize) -> Option<usize> {
        if self.name(*place) != Some(name) {
            *place += 1;
        }
        if self.name(*place) != Some(name) {
            *place = self.numbers.partition_point(|&n| &*self.subjects[n].name < name);
        }
        let n = *self.numbers.get(*place)?;
        if *self.subjects[n].name != *name {
            return None;
        }
        Some(n)
    }
}

/// What the lines seen so far tell of one subject, from the latest back.
#[derive(Clone, Copy, Default)]
struct Memory {
    is_seen: bool,
    known: Option<Known>,
}

impl Memory {
    /// The latest line counts; one before it can only tell the CRC of the same bytes.
    fn add(&mut self, line: &Line<'_>, mark: &Mark) {
        let fits = line.mark == *mark && mark.stamp.modified.is_some();
        match &mut self.known {
            _ if !self.is_seen => self.known = fits.then(|| line.known()),
            Some(known) if known.digest == line.digest => known.crc = known.crc.or(line.crc),
            _ => {}
        }
        self.is_seen = true;
    }

    /// Whether no line before can add anything that is wanted.
    fn is_settled(&self, wanted: Wanted) -> bool {
        let is_enough = |known: Known| wanted != Wanted::Crc || known.crc.is_some();
        self.is_seen && self.known.is_none_or(is_enough)
    }
}

/// Numbers of the subjects in each folder. By the bytes of the path: a `Path` is hashed part by part.
pub(super) fn by_folder<'a>(subjects: &[Subject<'a>]) -> Vec<(&'a Path, Vec<usize>)> {
    let mut places: HashMap<&OsStr, usize> = HashMap::new();
    let mut folders: Vec<(&Path, Vec<usize>)> = vec![];
    for (n, subject) in subjects.iter().enumerate() {
        let next = folders.len();
        let place = *places.entry(subject.folder.as_os_str()).or_insert(next);
        if place == next {
            folders.push((subject.folder, vec![]));
        }
        folders[place].1.push(n);
    }
    folders
}
