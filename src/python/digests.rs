//! Digests of files that get no list.

use std::path::{Path, PathBuf};

use pyo3::prelude::*;

use super::Given;
use super::checksum::parse_algorithms;
use super::interruptible::interruptible;
use crate::engine::recall::Answer;
use crate::job::digests as job;

/// Size, and algorithm and hex of each digest.
type Row = (u64, Vec<(String, String)>);

/// Digests of files in their order. Documented at `reelpack.digests`.
#[pyfunction]
#[pyo3(signature = (paths, *, algorithms, jobs, readers, progress))]
pub(super) fn digests(
    py: Python<'_>,
    paths: Vec<PathBuf>,
    algorithms: Vec<String>,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<Row>> {
    let algorithms = parse_algorithms(&algorithms)?;
    let first = paths.first().map_or(Path::new(""), PathBuf::as_path);
    let given = Given::new(first, jobs, readers, None, false, false)?;
    let found = interruptible(py, progress, |progress| {
        job::of_files(&paths, &algorithms, &given.work(progress))
    })?;
    Ok(found.into_iter().map(row).collect())
}

fn row(answer: Answer) -> Row {
    let pair =
        |digest: &crate::digest::Digest| (digest.algorithm().to_string(), digest.to_string());
    (answer.size, answer.digests.iter().map(pair).collect())
}
