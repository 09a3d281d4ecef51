//! Frame sequences, by their names alone.

use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::interruptible::interruptible;
use crate::format::sequence::{Notation, Ranges};
use crate::job::preflight::Finding;
use crate::job::sequences::{self as job, Row, Sequences};
use crate::job::survey::Told;

/// `(rule, severity, path, bytes of the path, sequence, message, fix, source, how sure)`.
pub(super) type FindingRow = (
    String,
    &'static str,
    String,
    Option<String>,
    Option<usize>,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
);

type Answer<'py> = (Vec<Bound<'py, PyTuple>>, Vec<String>, Vec<FindingRow>, Vec<(String, String)>);

/// What names and sizes tell. Documented at `reelpack.sequences`.
#[pyfunction]
#[pyo3(signature = (path, *, first, frames, fps, islands, progress))]
pub(super) fn sequences<'py>(
    py: Python<'py>,
    path: PathBuf,
    first: Option<&str>,
    frames: Option<i64>,
    fps: Option<&str>,
    islands: bool,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Answer<'py>> {
    let told = Told::new(first, frames, fps, islands)?;
    let found = interruptible(py, progress, |_| job::of_folder(&path, &told))?;
    answer(py, found)
}

/// The same of names alone. Documented at `reelpack.group_sequences`.
#[pyfunction]
#[pyo3(signature = (names, *, first, frames, fps, islands))]
pub(super) fn group_sequences<'py>(
    py: Python<'py>,
    names: Vec<String>,
    first: Option<&str>,
    frames: Option<i64>,
    fps: Option<&str>,
    islands: bool,
) -> PyResult<Answer<'py>> {
    let told = Told::new(first, frames, fps, islands)?;
    let found = interruptible(py, None, |_| Ok(job::of_names(&names, &told)))?;
    answer(py, found)
}

fn answer(py: Python<'_>, found: Sequences) -> PyResult<Answer<'_>> {
    let rows = found.rows.into_iter().map(|each| row(py, each)).collect::<PyResult<_>>()?;
    let findings = found.findings.into_iter().map(finding_row).collect();
    Ok((rows, found.singles, findings, found.left_out))
}

/// The 13 facts of `_Sequence` in the stub.
pub(super) fn row(py: Python<'_>, row: Row) -> PyResult<Bound<'_, PyTuple>> {
    let Row { sequence, size, missing, time_codes } = row;
    let (first, last) = (sequence.first(), sequence.last());
    let (ranges, count) = (sequence.ranges().to_string(), sequence.frames.len());
    let spans: Vec<(i64, i64)> = missing.spans().collect();
    let (first_code, last_code) = time_codes.unzip();
    let name = (sequence.folder, sequence.head, sequence.tail, sequence.padding);
    let numbers = (first, last, count, size, ranges);
    let rest = (spans, missing.count(), first_code, last_code);
    let parts = (name.into_pyobject(py)?, numbers.into_pyobject(py)?, rest.into_pyobject(py)?);
    let all = parts.0.iter().chain(parts.1.iter()).chain(parts.2.iter());
    PyTuple::new(py, all.collect::<Vec<_>>())
}

pub(super) fn finding_row(finding: Finding) -> FindingRow {
    (
        finding.rule.to_owned(),
        finding.severity.word(),
        finding.path,
        None,
        finding.sequence,
        finding.message,
        finding.fix,
        Some(finding.source.to_string()),
        Some(finding.sure.to_string()),
    )
}

/// `(only left, only right, both)` of two range texts.
#[pyfunction]
pub(super) fn compare_frames(left: &str, right: &str) -> PyResult<(String, String, String)> {
    let parse = |text: &str| {
        text.parse::<Ranges>().map_err(|fault| PyValueError::new_err(fault.to_string()))
    };
    let found = parse(left)?.compare(&parse(right)?);
    Ok((found.only_left.to_string(), found.only_right.to_string(), found.both.to_string()))
}

/// Digits that a pattern is written with: each is a character in some notations.
const WIDEST: usize = 1000;

/// The name of a sequence with a placeholder for the number.
#[pyfunction]
#[pyo3(signature = (head, tail, padding, *, notation))]
pub(super) fn pattern(head: &str, tail: &str, padding: usize, notation: &str) -> PyResult<String> {
    let notation = match notation {
        "percent" => Notation::Percent,
        "hash" => Notation::Hash,
        "at" => Notation::At,
        "houdini" => Notation::Houdini,
        _ => {
            let reason = format!("notation `{notation}` is not percent, hash, at or houdini");
            return Err(PyValueError::new_err(reason));
        }
    };
    if padding > WIDEST {
        return Err(PyValueError::new_err(format!("padding is at most {WIDEST}")));
    }
    Ok(notation.render(head, tail, padding))
}
