//! Zips of a folder.

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::interruptible::interruptible;
use crate::engine::pass::Settings;
use crate::error::{Error, Result};
use crate::job::package::{self as job, Layout, Options};

type Packed = (OsString, u64, u64, String, u64, Vec<(OsString, String)>, Vec<String>);

/// Write the files of a folder to a zip. Documented at `reelpack.pack`.
#[pyfunction]
#[pyo3(signature = (source, target, *, layout, force, sync, zone, jobs, readers, progress))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
pub(super) fn pack(
    py: Python<'_>,
    source: PathBuf,
    target: PathBuf,
    layout: &str,
    force: bool,
    sync: bool,
    zone: Option<&str>,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Packed> {
    let options =
        Options { layout: parse_layout(layout)?, replace: force, sync, zone: find_zone(zone)? };
    let settings = Settings::new(jobs, readers, &source)?;
    let made = interruptible(py, progress, |progress| {
        job::pack(&source, &target, &options, &settings, progress)
    })?;
    let left_out = super::pairs(made.left_out);
    let path = target.into_os_string();
    Ok((path, made.size, made.members, made.text, made.bytes, left_out, made.clamped))
}

fn parse_layout(name: &str) -> PyResult<Layout> {
    match name {
        "flat" => Ok(Layout::Flat),
        "tree" => Ok(Layout::Tree),
        "npack" => Ok(Layout::Npack),
        _ => Err(PyValueError::new_err(format!("layout `{name}` is not flat, tree or npack"))),
    }
}

fn find_zone(name: Option<&str>) -> Result<TimeZone> {
    match name {
        Some(name) => TimeZone::get(name).map_err(|_| Error::Zone { name: name.to_owned() }),
        None => Ok(TimeZone::system()),
    }
}
