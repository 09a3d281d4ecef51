//! Lists of a folder.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::interruptible::interruptible;
use crate::engine::pass::Settings;
use crate::error::Error;
use crate::format::manifest::checksum_txt;
use crate::fs;
use crate::job::checksum::{self as job, Layout};

type Lists = (Vec<(OsString, String, u64, u64)>, Vec<(OsString, String)>, u64);

/// The lists of a folder, what they leave out, and the bytes read. Documented at `reelpack.checksum`.
#[pyfunction]
#[pyo3(signature = (source, *, layout, jobs, readers, progress))]
pub(super) fn checksum(
    py: Python<'_>,
    source: PathBuf,
    layout: &str,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Lists> {
    let layout = parse_layout(layout)?;
    let settings = Settings::new(jobs, readers, &source)?;
    let found =
        interruptible(py, progress, |progress| job::lists(&source, layout, &settings, progress))?;
    let row = |list: job::List| (list.path.into_os_string(), list.text, list.count, list.size);
    let lists = found.lists.into_iter().map(row).collect();
    Ok((lists, super::pairs(found.left_out), found.bytes))
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
    let row = |entry: crate::format::manifest::Entry| {
        let algorithm = entry.digest.algorithm().to_owned();
        (entry.name, entry.size, algorithm, entry.digest.to_string())
    };
    Ok(entries.into_iter().map(row).collect())
}
