//! Zips of a folder.

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::Given;
use super::interruptible::interruptible;
use crate::error::{Error, Result};
use crate::job::cloning::{Means, Wish};
use crate::job::package::{self as job, Layout, Options};

type Packed<'py> = (
    OsString,
    u64,
    u64,
    String,
    Vec<(OsString, String)>,
    Vec<String>,
    super::Counts,
    Bound<'py, PyBytes>,
);

/// Write the files of a folder to a zip. Documented at `reelpack.pack`.
#[pyfunction]
#[pyo3(signature = (
    source, target, *, layout, clone, force, sync, zone, state, required, cached, jobs, readers, progress
))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
#[expect(clippy::fn_params_excessive_bools, reason = "the same")]
pub(super) fn pack<'py>(
    py: Python<'py>,
    source: PathBuf,
    target: PathBuf,
    layout: &str,
    clone: &str,
    force: bool,
    sync: bool,
    zone: Option<&str>,
    state: Option<PathBuf>,
    required: bool,
    cached: bool,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Packed<'py>> {
    let (layout, clone, zone) = (parse_layout(layout)?, parse_clone(clone)?, find_zone(zone)?);
    let options = Options { layout, clone, replace: force, sync, zone };
    let given = Given::new(&source, jobs, readers, state, required, cached)?;
    let made = interruptible(py, progress, |progress| {
        job::pack(&source, &target, &options, &given.work(progress))
    })?;
    let (left_out, counts) = (super::pairs(made.left_out), super::counts(made.tally));
    let path = target.into_os_string();
    let ways = ways(py, &made.means);
    Ok((path, made.size, made.members, made.text, left_out, made.clamped, counts, ways))
}

/// A byte for each: 0 copied, 1 cloned, 2 kept.
pub(super) fn ways<'py>(py: Python<'py>, means: &[Means]) -> Bound<'py, PyBytes> {
    let code = |means: &Means| match means {
        Means::Copied => 0,
        Means::Cloned => 1,
        Means::Kept => 2,
    };
    PyBytes::new(py, &means.iter().map(code).collect::<Vec<u8>>())
}

pub(super) fn parse_clone(name: &str) -> PyResult<Wish> {
    match name {
        "auto" => Ok(Wish::Auto),
        "always" => Ok(Wish::Always),
        "never" => Ok(Wish::Never),
        _ => Err(PyValueError::new_err(format!("clone `{name}` is not auto, always or never"))),
    }
}

pub(super) fn parse_layout(name: &str) -> PyResult<Layout> {
    match name {
        "flat" => Ok(Layout::Flat),
        "tree" => Ok(Layout::Tree),
        "npack" => Ok(Layout::Npack),
        _ => Err(PyValueError::new_err(format!("layout `{name}` is not flat, tree or npack"))),
    }
}

pub(super) fn find_zone(name: Option<&str>) -> Result<TimeZone> {
    match name {
        Some(name) => TimeZone::get(name).map_err(|_| Error::Zone { name: name.to_owned() }),
        None => Ok(TimeZone::system()),
    }
}
