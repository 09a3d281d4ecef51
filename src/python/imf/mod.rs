//! IMF packages. What goes over is JSON, whose keys are the fields of the classes in `reelpack.imf`.

mod document;

use std::path::PathBuf;

use pyo3::prelude::*;
use serde::Serialize;

use super::Given;
use super::interruptible::interruptible;
use crate::error::{Error, Result};
use crate::format::imf::{Edition, Uuid};
use crate::job::imf as job;

/// What a package holds. Documented at `reelpack.imf.open`.
#[pyfunction]
#[pyo3(signature = (path, *, having))]
pub(super) fn imf_show(py: Python<'_>, path: PathBuf, having: Vec<PathBuf>) -> PyResult<String> {
    interruptible(py, None, |_| text(&job::show(&path, &having)?))
}

/// What is wrong with a package. Documented at `reelpack.imf.verify`.
#[pyfunction]
#[pyo3(signature = (path, *, having, studio, hashes, jobs, readers, progress))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
pub(super) fn imf_verify(
    py: Python<'_>,
    path: PathBuf,
    having: Vec<PathBuf>,
    studio: bool,
    hashes: bool,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<String> {
    let given = Given::new(&path, jobs, readers, None, false, false)?;
    let options = job::Options { with: &having, studio, hashes };
    interruptible(py, progress, |progress| {
        text(&job::verify(&path, &options, &given.work(progress))?)
    })
}

/// One document. Documented at `reelpack.imf.read`.
#[pyfunction]
pub(super) fn imf_document(py: Python<'_>, path: PathBuf) -> PyResult<String> {
    interruptible(py, None, |_| {
        let read = job::read_document(&path)?;
        Ok(document::document(&path.to_string_lossy(), &read, job::problem_severity).to_string())
    })
}

/// One document, read and written back. Documented at `reelpack.imf.Document.to_xml`.
#[pyfunction]
pub(super) fn imf_rewrite(py: Python<'_>, path: PathBuf) -> PyResult<String> {
    interruptible(py, None, |_| Ok(job::read_document(&path)?.tree.render()))
}

/// Write the lists of a folder. Documented at `reelpack.imf.make`.
#[pyfunction]
#[pyo3(signature = (folder, *, issuer, creator, annotation, issue_date, asset_map_id, packing_list_id,
    edition, supplement, replace, jobs, readers, progress))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
pub(super) fn imf_make(
    py: Python<'_>,
    folder: PathBuf,
    issuer: &str,
    creator: &str,
    annotation: Option<&str>,
    issue_date: &str,
    asset_map_id: &str,
    packing_list_id: &str,
    edition: &str,
    supplement: bool,
    replace: bool,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<String> {
    let given = Given::new(&folder, jobs, readers, None, false, false)?;
    let options = job::MakeOptions {
        issuer,
        creator,
        annotation,
        issue_date,
        asset_map_id: id("asset_map_id", asset_map_id)?,
        packing_list_id: id("packing_list_id", packing_list_id)?,
        edition: parse_edition(edition)?,
        supplement,
        replace,
    };
    interruptible(py, progress, |progress| {
        text(&job::make(&folder, &options, &given.work(progress))?)
    })
}

/// What changed between two compositions. Documented at `reelpack.imf.diff`.
#[pyfunction]
pub(super) fn imf_diff(py: Python<'_>, a: PathBuf, b: PathBuf) -> PyResult<String> {
    interruptible(py, None, |_| text(&job::compare(&a, &b)?))
}

type RuleRow = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
    Option<bool>,
    Option<bool>,
);

/// Every rule. Documented at `reelpack.imf.rules`.
#[pyfunction]
pub(super) fn imf_rules() -> Vec<RuleRow> {
    job::all_rules()
        .map(|rule| {
            let (severity, origin) = (rule.severity.name(), rule.origin.name());
            let (clause, source) = (rule.clause, rule.source);
            let known = (rule.photon, rule.imferno);
            (rule.id, severity, origin, rule.title, rule.fix, clause, source, known.0, known.1)
        })
        .collect()
}

fn text(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Argument { reason: error.to_string() })
}

fn id(name: &str, text: &str) -> Result<Uuid> {
    let reason = || format!("{name}: `{text}` is no UUID");
    Uuid::parse(text).ok_or_else(|| Error::Argument { reason: reason() })
}

fn parse_edition(text: &str) -> Result<Edition> {
    match text {
        "2007" => Ok(Edition::Smpte2007),
        "2016" => Ok(Edition::Smpte2016),
        other => {
            let reason = format!("edition `{other}`: a packing list is of 2007 or 2016");
            Err(Error::Argument { reason })
        }
    }
}
