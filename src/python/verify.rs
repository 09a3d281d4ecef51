//! Checks of folders, lists and zips.

use std::path::PathBuf;

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;

use super::Given;
use super::interruptible::interruptible;
use crate::job::verify::{self as job, Finding, NotChecked, Shown, Value};

type Row<'py> = (String, Option<String>, String, Bound<'py, PyAny>, Bound<'py, PyAny>);
type Answer<'py> =
    (u64, Vec<Row<'py>>, Vec<(String, String)>, Vec<String>, Vec<String>, super::Counts);

/// Judge a folder, a list or a zip. Documented at `reelpack.verify`.
#[pyfunction]
#[pyo3(signature = (path, *, state, required, cached, jobs, readers, progress))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
pub(super) fn verify<'py>(
    py: Python<'py>,
    path: PathBuf,
    state: Option<PathBuf>,
    required: bool,
    cached: bool,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Answer<'py>> {
    let given = Given::new(&path, jobs, readers, state, required, cached)?;
    let report = interruptible(py, progress, |progress| job::verify(&path, &given.work(progress)))?;
    let findings: Vec<_> =
        report.findings.into_iter().map(|finding| row(py, finding)).collect::<PyResult<_>>()?;
    let skipped = |skipped: NotChecked| (skipped.path.text, skipped.reason);
    let not_checked = report.not_checked.into_iter().map(skipped).collect();
    let algorithms = report.algorithms.iter().map(ToString::to_string).collect();
    let counts = super::counts(report.tally);
    Ok((report.checked, findings, not_checked, report.lists, algorithms, counts))
}

fn row(py: Python<'_>, finding: Finding) -> PyResult<Row<'_>> {
    let Shown { text, bytes } = finding.path;
    let (expected, found) = (value(py, finding.expected)?, value(py, finding.found)?);
    Ok((text, bytes.as_deref().map(hex), finding.status.to_string(), expected, found))
}

fn value(py: Python<'_>, value: Value) -> PyResult<Bound<'_, PyAny>> {
    match value {
        Value::Nothing => Ok(py.None().into_bound(py)),
        Value::Digest(text) | Value::Text(text) => text.into_bound_py_any(py),
        Value::Size(size) => size.into_bound_py_any(py),
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits = |byte: &u8| {
        [byte >> 4, byte & 15].map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
    };
    bytes.iter().flat_map(digits).collect()
}
