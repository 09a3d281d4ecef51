//! The memory of earlier work: looking into it, and making it forget.

use std::ffi::OsString;
use std::path::PathBuf;

use pyo3::prelude::*;

use crate::engine::state as core;

type Run = (String, OsString, Option<OsString>, Option<OsString>, u64, i64, u64);

/// `(size, files, folders, unfinished)`. Documented at `reelpack.state`.
#[pyfunction]
pub(super) fn state_facts(py: Python<'_>, path: PathBuf) -> PyResult<(u64, u64, u64, Vec<Run>)> {
    let facts = py.detach(|| core::facts(&path))?;
    let run = |run: core::Unfinished| {
        let target = run.target.map(PathBuf::into_os_string);
        let part = run.part.map(PathBuf::into_os_string);
        (run.job, run.source.into_os_string(), target, part, run.part_size, run.began, run.files)
    };
    let unfinished = facts.unfinished.into_iter().map(run).collect();
    Ok((facts.size, facts.files, facts.folders, unfinished))
}

/// How many files of a folder, and of those below it, are forgotten now.
#[pyfunction]
pub(super) fn state_forget(py: Python<'_>, path: PathBuf, folder: PathBuf) -> PyResult<u64> {
    py.detach(|| core::forget(&path, &folder)).map_err(PyErr::from)
}

/// How many files that are no more are forgotten now.
#[pyfunction]
pub(super) fn state_prune(py: Python<'_>, path: PathBuf) -> PyResult<u64> {
    py.detach(|| core::prune(&path)).map_err(PyErr::from)
}

/// How many parts are removed now, with the state itself.
#[pyfunction]
pub(super) fn state_clear(py: Python<'_>, path: PathBuf) -> PyResult<u64> {
    py.detach(|| core::clear(&path)).map_err(PyErr::from)
}
