//! Digests of files that lie anywhere, without a list.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::digest::Algorithm;
use crate::engine::Work;
use crate::engine::pass::OnError;
use crate::engine::recall::{Answer, Files};
use crate::engine::state::{Run, State};
use crate::error::{Error, Result};
use crate::fs::{self, Kind, Mark};

/// What is known of each file, in order; each is read once.
///
/// With one reader they are read one after the other as they are given, which is what a tape wants.
///
/// # Errors
///
/// [`Error::Io`] for what is not there, no regular file, or cannot be read; [`Error::Changed`];
/// [`Error::State`] for a memory that is required and cannot be used.
pub fn of_files(
    paths: &[PathBuf],
    algorithms: &[Algorithm],
    work: &Work<'_>,
) -> Result<Vec<Answer>> {
    let Some(first) = paths.first() else { return Ok(vec![]) };
    let marks = paths.iter().map(|path| mark(path)).collect::<Result<Vec<_>>>()?;
    let state = State::begin(work.memory, &Run { job: "digests", source: first, target: None })?;
    let subjects = paths.iter().map(PathBuf::as_path).zip(marks);
    let answers = Files::new(subjects, algorithms, false).digests(&state, work, OnError::Stop)?;
    state.finish();
    answers.into_iter().collect()
}

/// How a file is at this moment: a folder has no bytes, and a pipe would be waited for.
fn mark(path: &Path) -> Result<Mark> {
    match fs::stat(path)? {
        (Kind::File, mark) => Ok(mark),
        (Kind::Folder, _) => Err(Error::io(path)(ErrorKind::IsADirectory.into())),
        (Kind::Other, _) => {
            Err(Error::io(path)(std::io::Error::other("not a regular file; hint: name a file")))
        }
    }
}
