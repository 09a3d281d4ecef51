//! The digests of files: those that the memory knows are recalled, the others read, and remembered.

use std::path::Path;

use super::Work;
use super::pass::{self, Item, OnError, Source};
use super::state::{Known, State, Subject, Wanted};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::fs::Mark;

/// What is known of one file in the end.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// MD5 of its bytes.
    pub digest: Digest,
    /// How many they are.
    pub size: u64,
    /// Whether it was recalled, and not read.
    pub trusted: bool,
}

/// Files, and what is known of them before they are read.
pub struct Files<'a> {
    paths: Vec<&'a Path>,
    subjects: Vec<Subject<'a>>,
    known: Vec<Option<Digest>>,
}

impl<'a> Files<'a> {
    /// Nothing is known yet.
    pub fn new(files: impl Iterator<Item = (&'a Path, Mark)>) -> Self {
        let (mut paths, mut subjects) = (vec![], vec![]);
        for (path, mark) in files {
            paths.push(path);
            subjects.push(Subject::beside(subjects.last(), path, mark));
        }
        let known = vec![None; paths.len()];
        Self { paths, subjects, known }
    }

    /// Take from the memory what the run may trust.
    pub fn recall(&mut self, state: &State) {
        self.known = digests_of(state.recall(&self.subjects, Wanted::Digest));
    }

    /// Take from the memory, whoever read the files, what `confirm` agrees with; it is given the number
    /// of the file and the digest.
    pub fn recall_confirmed(&mut self, state: &State, confirm: impl Fn(usize, Digest) -> bool) {
        let known = digests_of(state.recall_all(&self.subjects, Wanted::Digest));
        for (n, digest) in known.into_iter().enumerate() {
            if digest.is_some_and(|digest| confirm(n, digest)) {
                self.known[n] = digest;
            }
        }
    }

    /// The digest of each file, in order: as it is known, or read. With [`OnError::Stop`] none of the
    /// results is an error.
    ///
    /// # Errors
    ///
    /// Those of [`pass::run`].
    pub fn digests(
        &self,
        state: &State,
        work: &Work<'_>,
        on_error: OnError,
    ) -> Result<Vec<Result<Answer>>> {
        let seen = self.read(state, work, on_error)?;
        let mut answers = Vec::with_capacity(self.known.len());
        let mut seen = seen.into_iter();
        for (known, subject) in self.known.iter().zip(&self.subjects) {
            let size = subject.mark.stamp.size;
            let known = known.map(|digest| Ok(Answer { digest, size, trusted: true }));
            answers.extend(known.or_else(|| seen.next()));
        }
        Ok(answers)
    }

    fn read(
        &self,
        state: &State,
        work: &Work<'_>,
        on_error: OnError,
    ) -> Result<Vec<Result<Answer>>> {
        let fresh: Vec<_> = (0..self.known.len()).filter(|&n| self.known[n].is_none()).collect();
        let item = |&n: &usize| Item {
            source: Source::File(self.paths[n]),
            size: self.subjects[n].mark.stamp.size,
        };
        let items: Vec<_> = fresh.iter().map(item).collect();
        state.recording(&self.subjects, |recorder| {
            let observe = |n: usize| recorder.watch(fresh[n], ());
            let seen = work.pass(&items, on_error, observe)?;
            Ok::<_, Error>(seen.into_iter().map(|seen| seen.map(|seen| answer(&seen))).collect())
        })
    }
}

fn answer<O>(seen: &pass::Seen<O>) -> Answer {
    Answer { digest: seen.digest, size: seen.size, trusted: false }
}

fn digests_of(known: Vec<Option<Known>>) -> Vec<Option<Digest>> {
    known.into_iter().map(|known| Some(known?.digest)).collect()
}
