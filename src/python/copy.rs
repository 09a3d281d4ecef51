//! Verified copies of a folder.

use std::ffi::OsString;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::Given;
use super::interruptible::interruptible;
use super::package::{parse_clone, ways};
use crate::job::copy::{self as job, Options};

type Copied<'py> = (
    Vec<super::checksum::List>,
    Vec<(OsString, String)>,
    super::Counts,
    Vec<OsString>,
    Bound<'py, PyBytes>,
    bool,
);

/// Copy a folder. Documented at `reelpack.copy`.
#[pyfunction]
#[pyo3(signature = (
    source, target, *, clone, force, sync, verify, state, required, cached, jobs, readers, progress
))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
#[expect(clippy::fn_params_excessive_bools, reason = "the same")]
pub(super) fn copy<'py>(
    py: Python<'py>,
    source: PathBuf,
    target: PathBuf,
    clone: &str,
    force: bool,
    sync: bool,
    verify: bool,
    state: Option<PathBuf>,
    required: bool,
    cached: bool,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Copied<'py>> {
    let options = Options { clone: parse_clone(clone)?, replace: force, sync, verify };
    let given = Given::new(&source, jobs, readers, state, required, cached)?;
    let made = interruptible(py, progress, |progress| {
        job::copy(&source, &target, &options, &given.work(progress))
    })?;
    let lists = made.lists.into_iter().map(super::checksum::row).collect();
    let (left_out, counts) = (super::pairs(made.left_out), super::counts(made.tally));
    let names = made.names.into_iter().map(|name| super::slashed(name.into_os_string())).collect();
    Ok((lists, left_out, counts, names, ways(py, &made.means), verify))
}
