//! The digests of files: those that the memory knows are recalled, the others read, and remembered.

use std::path::Path;

use super::Work;
use super::pass::{Digests, Item, Observer, OnError, Seen, Source, best_in_lanes, in_order};
use super::state::{Known, Noted, State, Subject, Wanted};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::fs::Mark;

/// What is known of one file in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The digests that were asked for, in that order.
    pub digests: Vec<Digest>,
    /// CRC-32 of its bytes, where it was asked for.
    pub crc: Option<u32>,
    /// How many they are.
    pub size: u64,
    /// Whether it was recalled, and not read.
    pub trusted: bool,
}

impl Answer {
    /// The digest of this algorithm, if it was asked for.
    pub fn of(&self, algorithm: Algorithm) -> Option<Digest> {
        self.digests.iter().copied().find(|digest| digest.algorithm() == algorithm)
    }
}

/// What is known of a file, and what an observer saw of it if it was read.
pub type Observed<O> = Result<(Answer, Option<O>)>;

/// Files, and what is known of them before they are read.
pub struct Files<'a> {
    paths: Vec<&'a Path>,
    subjects: Vec<Subject<'a>>,
    algorithms: &'a [Algorithm],
    /// Whether a CRC is asked for as well.
    summed: bool,
    known: Vec<Option<Answer>>,
}

impl<'a> Files<'a> {
    /// Nothing is known yet; these digests are asked for, and CRCs as well if `summed`.
    pub fn new(
        files: impl Iterator<Item = (&'a Path, Mark)>,
        algorithms: &'a [Algorithm],
        summed: bool,
    ) -> Self {
        let (mut paths, mut subjects) = (vec![], vec![]);
        for (path, mark) in files {
            paths.push(path);
            subjects.push(Subject::beside(subjects.last(), path, mark));
        }
        let known = vec![None; paths.len()];
        Self { paths, subjects, algorithms, summed, known }
    }

    /// Take from the memory what the run may trust.
    pub fn recall(&mut self, state: &State) {
        self.known = self.ask(|wanted| state.recall(&self.subjects, wanted));
    }

    /// Take from the memory, whoever read the files, what `confirm` agrees with; it is given the number
    /// of the file and its digest of the first algorithm.
    pub fn recall_confirmed(&mut self, state: &State, confirm: impl Fn(usize, Digest) -> bool) {
        let known = self.ask(|wanted| state.recall_all(&self.subjects, wanted));
        for (n, answer) in known.into_iter().enumerate() {
            if answer.as_ref().is_some_and(|answer| confirm(n, answer.digests[0])) {
                self.known[n] = answer;
            }
        }
    }

    /// A file is known if all that is asked for is.
    fn ask(&self, recall: impl Fn(Wanted) -> Vec<Option<Known>>) -> Vec<Option<Answer>> {
        let empty = |subject: &Subject<'_>| {
            let size = subject.mark.stamp.size;
            let digests = Vec::with_capacity(self.algorithms.len());
            Some(Answer { digests, crc: None, size, trusted: true })
        };
        let mut answers: Vec<_> = self.subjects.iter().map(empty).collect();
        if self.summed {
            for (answer, known) in answers.iter_mut().zip(recall(Wanted::Crc)) {
                let crc = known.and_then(|known| known.crc);
                *answer = answer.take().zip(crc).map(|(answer, crc)| answer.with_crc(crc));
            }
        }
        for algorithm in self.algorithms {
            for (answer, known) in answers.iter_mut().zip(recall(Wanted::Digest(*algorithm))) {
                *answer = answer.take().zip(known).map(|(answer, known)| answer.with(known.digest));
            }
        }
        answers
    }

    /// The digests of each file, in order: as they are known, or read. With [`OnError::Stop`] none of the
    /// results is an error.
    ///
    /// # Errors
    ///
    /// Those of [`pass::run`](super::pass::run).
    pub fn digests(
        self,
        state: &State,
        work: &Work<'_>,
        on_error: OnError,
    ) -> Result<Vec<Result<Answer>>> {
        let answers = self.observed(state, work, on_error, |_| ())?;
        Ok(answers.into_iter().map(|answer| Ok(answer?.0)).collect())
    }

    /// The same, and what an observer saw of each file that was read; it is given the file's number.
    ///
    /// # Errors
    ///
    /// Those of [`pass::run`](super::pass::run).
    pub fn observed<O: Observer>(
        mut self,
        state: &State,
        work: &Work<'_>,
        on_error: OnError,
        observe: impl Fn(usize) -> O + Sync,
    ) -> Result<Vec<Observed<O>>> {
        let known = std::mem::take(&mut self.known);
        let fresh: Vec<_> = (0..known.len()).filter(|&n| known[n].is_none()).collect();
        let item = |&n: &usize| Item {
            source: Source::File(self.paths[n]),
            size: self.subjects[n].mark.stamp.size,
        };
        let items: Vec<_> = fresh.iter().map(item).collect();
        let own = self.own();
        let seen = state.recording(&self.subjects, |recorder| {
            let observe = |n: usize| {
                let digests = Digests::beside(own, self.algorithms, observe(fresh[n]));
                recorder.watch(fresh[n], digests)
            };
            let seen = work.pass_as(|_| own, &items, on_error, observe)?.into_iter();
            Ok::<Vec<_>, Error>(seen.map(|seen| seen.map(|seen| self.answer(seen))).collect())
        })?;
        let mut seen = seen.into_iter();
        let merged = known.into_iter().map(|known| match known {
            Some(answer) => Ok((answer, None)),
            // As many as are not known were read: the pass has a result for each.
            None => seen.next().unwrap_or(Err(Error::Cancelled)),
        });
        Ok(merged.collect())
    }

    /// What the pass itself computes. The memory keeps a CRC-32 beside MD5.
    fn own(&self) -> Algorithm {
        if self.summed { Algorithm::Md5 } else { best_in_lanes(self.algorithms) }
    }

    fn answer<O: Observer>(&self, seen: Seen<Noted<'_, Digests<O>>>) -> (Answer, Option<O>) {
        let inner = seen.observer.inner;
        let digests = in_order(self.algorithms, seen.digest, inner.digests());
        let answer = Answer { digests, crc: inner.crc(), size: seen.size, trusted: false };
        (answer, Some(inner.inner))
    }
}

impl Answer {
    fn with(mut self, digest: Digest) -> Self {
        self.digests.push(digest);
        self
    }

    fn with_crc(self, crc: u32) -> Self {
        Self { crc: Some(crc), ..self }
    }
}
