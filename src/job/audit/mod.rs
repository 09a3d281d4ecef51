//! Everything that one pass can tell of a delivery: its digests, its frames' headers, whether its lists are
//! true, and what the rules of a profile say of all that.
//!
//! The pass is the one of every job: what is looked for beside the digests are observers. What the rules say
//! before a byte is read is the same as [`preflight`](super::preflight) says.

mod judge;
mod look;
mod rows;

use std::path::Path;

use rayon::prelude::*;

pub use rows::{Audit, FileRow, Run as MapRun, SequenceRow};

use self::judge::Judgement;
use self::look::{Found as FoundHeader, Look};
use super::preflight::Profile;
use super::survey::{Survey, Told};
use super::verify::{Matched, Scope, Wanted, lists_in};
use crate::digest::Algorithm;
use crate::engine::pass::OnError;
use crate::engine::recall::{Answer, Files};
use crate::engine::state::{Run, State};
use crate::engine::{Tally, Work};
use crate::error::{Error, Result};
use crate::fs::Mark;

/// What is asked of an audit.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The rules.
    pub profile: &'a Profile,
    /// What ought to be there.
    pub told: &'a Told,
    /// The digests that each file gets, one or more, each once.
    pub algorithms: &'a [Algorithm],
}

/// Judge a delivery by its names, its bytes and its lists.
///
/// Every file that is taken is read once, but for those that the memory vouches for, of which only the
/// header is read. All findings are collected; a file that cannot be read is one, and a list that
/// cannot be understood is another.
///
/// # Errors
///
/// [`Error::Io`] if it is no folder or a folder cannot be listed; [`Error::State`] for a memory that is
/// required and cannot be used.
pub fn audit(root: &Path, options: &Options<'_>, work: &Work<'_>) -> Result<Audit> {
    let survey = Survey::of_delivery(root, options.told)?;
    let (lists, faults) = lists_in(&survey.tree);
    let matched = Matched::new(&survey.tree, &lists, Scope::Everything)?;
    let state = State::begin(work.memory, &Run { job: "audit", source: root, target: None })?;
    let mut algorithms = options.algorithms.to_vec();
    algorithms.extend(matched.algorithms().iter().filter(|one| !options.algorithms.contains(one)));
    let read = read(&survey, &matched, &algorithms, &state, work)?;
    state.finish();
    let tally = Tally { fault: state.fault(), ..read.tally() };
    let covered = matched.covered();
    let answers = read.answers_for(&matched);
    let report = matched.conclude(tally, answers.into_iter());
    let survey = &survey;
    let judgement = Judgement { survey, read, report, covered, faults, options };
    Ok(judgement.into_audit())
}

/// What was learned of each file, in order; files that only a list names come after those of the tree.
pub(super) struct Learned {
    answers: Vec<Result<Answer>>,
    headers: Vec<FoundHeader>,
    /// The targets of lists that the walk leaves out, from `answers[tree]` on.
    elsewhere: Vec<usize>,
    tree: usize,
}

fn read(
    survey: &Survey,
    matched: &Matched<'_>,
    algorithms: &[Algorithm],
    state: &State,
    work: &Work<'_>,
) -> Result<Learned> {
    let elsewhere = matched.elsewhere();
    let taken = survey.tree.files.iter().map(|file| (&*file.path, file.mark));
    let all: Vec<(&Path, Mark)> =
        taken.chain(elsewhere.iter().map(|(_, path, mark)| (*path, *mark))).collect();
    let mut files = Files::new(all.iter().copied(), algorithms, true);
    files.recall(state);
    let observe = |n: usize| Look::new(all[n].1.stamp.size);
    let seen = files.observed(state, work, OnError::GoOn, observe)?;
    let (answers, headers) = seen
        .into_par_iter()
        .zip(&all)
        .map(|(seen, (path, mark))| match seen {
            Err(error) => (Err(error), None),
            Ok((answer, Some(look))) => (Ok(answer), look.header),
            Ok((answer, None)) => match look::look_at(path, *mark) {
                Ok(header) => (Ok(answer), header),
                Err(error) => (Err(error), None),
            },
        })
        .unzip();
    let elsewhere = elsewhere.into_iter().map(|(target, ..)| target).collect();
    Ok(Learned { answers, headers, elsewhere, tree: survey.tree.files.len() })
}

impl Learned {
    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for answer in self.answers.iter().flatten() {
            tally.add(answer.size, answer.trusted);
        }
        tally
    }

    /// What the lists are held against.
    fn answers_for(&self, matched: &Matched<'_>) -> Vec<(Wanted, Result<&Answer, &Error>)> {
        let answer = |n: usize| self.answers[n].as_ref();
        let taken = (0..self.tree).filter_map(|n| Some((matched.role(n)?, answer(n))));
        let others = self.elsewhere.iter().enumerate();
        taken.chain(others.map(|(n, t)| (Wanted::Target(*t), answer(self.tree + n)))).collect()
    }
}
