//! Lists of a folder.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::Given;
use super::interruptible::interruptible;
use crate::digest::Algorithm;
use crate::error::Error;
use crate::format::manifest::{Entry, checksum_txt};
use crate::fs;
use crate::job::checksum::{self as job, Layout, Options};
use crate::job::update::Kind;

type Lists = (
    Vec<(OsString, String, u64, u64)>,
    Vec<(OsString, String)>,
    super::Counts,
    Vec<(OsString, &'static str)>,
);

/// The lists of a folder, what they leave out, and the bytes read. Documented at `reelpack.checksum`.
#[pyfunction]
#[pyo3(signature = (source, *, layout, update, state, required, cached, jobs, readers, progress))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
pub(super) fn checksum(
    py: Python<'_>,
    source: PathBuf,
    layout: &str,
    update: bool,
    state: Option<PathBuf>,
    required: bool,
    cached: bool,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Lists> {
    let layout = parse_layout(layout)?;
    let given = Given::new(&source, jobs, readers, state, required, cached)?;
    let found = interruptible(py, progress, |progress| {
        let options = Options { layout, update, algorithms: &[Algorithm::Md5] };
        job::lists(&source, &options, &given.work(progress))
    })?;
    let lists = found.lists.into_iter().map(row).collect();
    let changes = found
        .changes
        .into_iter()
        .map(|change| (super::slashed(change.path.into_os_string()), kind(change.kind)));
    Ok((lists, super::pairs(found.left_out), super::counts(found.tally), changes.collect()))
}

/// `(path, text, count, size)` of a list.
pub(super) fn row(list: job::List) -> (OsString, String, u64, u64) {
    (list.path.into_os_string(), list.text, list.count, list.size)
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::New => "new",
        Kind::Changed => "changed",
        Kind::Gone => "gone",
    }
}

fn parse_layout(name: &str) -> PyResult<Layout> {
    match name {
        "folder" => Ok(Layout::Folder),
        "root" => Ok(Layout::Root),
        "npack" => Ok(Layout::Npack),
        _ => Err(PyValueError::new_err(format!("layout `{name}` is not folder, root or npack"))),
    }
}

/// How many files the old `npack` counts in each folder. Used by `reelpack.npack`.
#[pyfunction]
#[pyo3(signature = (source, *, layout))]
pub(super) fn walk(
    py: Python<'_>,
    source: PathBuf,
    layout: &str,
) -> PyResult<Vec<(OsString, u64)>> {
    if parse_layout(layout)? != Layout::Npack {
        return Err(PyValueError::new_err("only the old tool counts its files beforehand"));
    }
    let counts = interruptible(py, None, |_| job::counts(&source))?;
    Ok(counts.into_iter().map(|(folder, count)| (folder.into_os_string(), count)).collect())
}

/// Write a list, whole or not at all.
#[pyfunction]
#[pyo3(signature = (path, text, *, sync))]
pub(super) fn write_list(py: Python<'_>, path: PathBuf, text: &str, sync: bool) -> PyResult<()> {
    py.detach(|| fs::write(&path, text.as_bytes(), sync)).map_err(PyErr::from)
}

/// `(name, size, algorithm, hexdigest)` of each line, in order.
#[pyfunction]
#[pyo3(signature = (text, *, path))]
pub(super) fn parse_list(text: &str, path: &str) -> PyResult<Vec<(String, u64, String, String)>> {
    let entries = checksum_txt::parse(text.as_bytes()).map_err(|fault| Error::Manifest {
        path: Path::new(path).to_owned(),
        line: fault.line,
        fault: fault.fault,
    })?;
    let row = |entry: Entry| {
        let digest = entry.digests.first()?;
        let algorithm = digest.algorithm().to_string();
        Some((entry.name, entry.size?, algorithm, digest.to_string()))
    };
    // A line of such a list has a size and a digest.
    Ok(entries.into_iter().filter_map(row).collect())
}
