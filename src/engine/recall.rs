//! The digests of files: those that the memory knows are recalled, the others read, and remembered.

use std::path::Path;

use super::Work;
use super::pass::{self, Item, OnError, Source};
use super::state::{Known, State, Subject};
use crate::digest::Digest;
use crate::error::Result;
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

/// The digest of each file, in order: as `known`, or read. With [`OnError::Stop`] none of the results is
/// an error.
///
/// # Errors
///
/// Those of [`pass::run`].
///
/// # Panics
///
/// If there are not as many `known` as `files`.
pub fn digests(
    files: &[(&Path, Mark)],
    known: &[Option<Digest>],
    state: &State,
    work: &Work<'_>,
    on_error: OnError,
) -> Result<Vec<Result<Answer>>> {
    assert_eq!(known.len(), files.len(), "an answer or none for each file");
    let subjects = subjects(files);
    let fresh: Vec<usize> = (0..files.len()).filter(|&n| known[n].is_none()).collect();
    let items: Vec<_> = fresh
        .iter()
        .map(|&n| Item { source: Source::File(files[n].0), size: files[n].1.stamp.size })
        .collect();
    let seen = state.recording(&subjects, |recorder| {
        let observe = |n: usize| recorder.watch(fresh[n], ());
        let seen = pass::run(&items, work.settings, on_error, work.progress, observe)?;
        let answer =
            |seen: pass::Seen<_>| Answer { digest: seen.digest, size: seen.size, trusted: false };
        Ok::<_, crate::Error>(seen.into_iter().map(|seen| seen.map(answer)).collect::<Vec<_>>())
    })?;
    let mut seen = seen.into_iter();
    let answers = known.iter().zip(files).map(|(known, (_, mark))| match *known {
        Some(digest) => Ok(Answer { digest, size: mark.stamp.size, trusted: true }),
        None => seen.next().expect("what is not known was read"),
    });
    Ok(answers.collect())
}

/// The digests that the run may take from its memory.
pub fn known(files: &[(&Path, Mark)], state: &State) -> Vec<Option<Digest>> {
    digests_of(state.recall(&subjects(files)))
}

/// The digests that the memory has, whoever read the files.
pub fn known_to_anybody(files: &[(&Path, Mark)], state: &State) -> Vec<Option<Digest>> {
    digests_of(state.recall_all(&subjects(files)))
}

fn subjects<'a>(files: &[(&'a Path, Mark)]) -> Vec<Subject<'a>> {
    files.iter().map(|(path, mark)| Subject::file(path, *mark)).collect()
}

fn digests_of(known: Vec<Option<Known>>) -> Vec<Option<Digest>> {
    known.into_iter().map(|known| Some(known?.digest)).collect()
}
