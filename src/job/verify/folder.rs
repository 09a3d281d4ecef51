//! A folder against the lists in it.

use std::path::Path;

use super::lists::{self, List};
use super::matching::{Matched, Scope};
use super::report::Report;
use crate::engine::pass::OnError;
use crate::engine::recall::Files;
use crate::engine::state::State;
use crate::engine::walk::{self, Rules, Tree};
use crate::engine::{Tally, Work};
use crate::error::{Error, Result};

/// Judge `root` by every list in and below it.
pub(super) fn verify_folder(root: &Path, state: &State, work: &Work<'_>) -> Result<Report> {
    let tree = walk::walk(root, Rules::Content)?;
    let (lists, faults) = lists::in_tree(&tree);
    if let Some((_, error)) = faults.into_iter().next() {
        return Err(error);
    }
    if lists.is_empty() {
        let reason = "no list in it or below (checksum.txt, .md5, .mhl, ascmhl); hint: make one with `reelpack checksum`";
        return Err(Error::NoList { path: root.to_owned(), reason });
    }
    judge(&tree, &lists, Scope::Everything, state, work)
}

/// Judge the folder that a list lies in by this list alone.
pub(super) fn verify_list(path: &Path, state: &State, work: &Work<'_>) -> Result<Report> {
    let list = List::read(path)?;
    let tree = walk::walk(&list.folder, Rules::Content)?;
    judge(&tree, &[list], Scope::OneList, state, work)
}

fn judge(
    tree: &Tree,
    lists: &[List],
    scope: Scope,
    state: &State,
    work: &Work<'_>,
) -> Result<Report> {
    let matched = Matched::new(tree, lists, scope)?;
    let algorithms = matched.algorithms();
    let wanted = matched.wanted();
    let mut files =
        Files::new(wanted.iter().map(|file| (file.path, file.mark)), &algorithms, false);
    files.recall(state);
    let answers = files.digests(state, work, OnError::GoOn)?;
    let wanted: Vec<_> = wanted.iter().map(|file| file.wanted).collect();
    let mut tally = Tally::default();
    for answer in answers.iter().flatten() {
        tally.add(answer.size, answer.trusted);
    }
    let answers = wanted.into_iter().zip(answers.iter().map(Result::as_ref));
    Ok(matched.conclude(tally, answers))
}
