//! Lists of a folder.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::Given;
use super::interruptible::interruptible;
use crate::digest::Algorithm;
use crate::format::manifest::{Entry, Format, Kind};
use crate::fs;
use crate::job::checksum::{self as job, Layout, Options};
use crate::job::listing::Creator;
use crate::job::reading;
use crate::job::update::Kind as ChangeKind;

/// `(name, size, algorithm, hexdigest)`.
type Digests = (String, Option<u64>, String, String);

pub(super) type List = (OsString, String, u64, u64, &'static str);
type Lists =
    (Vec<List>, Vec<(OsString, String)>, super::Counts, Vec<(OsString, &'static str)>, Vec<String>);

/// The lists of a folder, what they leave out, and the bytes read. Documented at `reelpack.checksum`.
#[pyfunction]
#[pyo3(signature = (source, *, layout, formats, algorithms, creator, update, state, required, cached,
    jobs, readers, progress))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
pub(super) fn checksum(
    py: Python<'_>,
    source: PathBuf,
    layout: &str,
    formats: Vec<String>,
    algorithms: Vec<String>,
    creator: (String, String),
    update: bool,
    state: Option<PathBuf>,
    required: bool,
    cached: bool,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Lists> {
    let layout = parse_layout(layout)?;
    let (formats, algorithms) = (&parse_formats(&formats)?, &parse_algorithms(&algorithms)?);
    let given = Given::new(&source, jobs, readers, state, required, cached)?;
    let found = interruptible(py, progress, |progress| {
        let creator = Creator { host: &creator.0, user: &creator.1, clock: super::now };
        let options = Options { layout, update, formats, algorithms, creator };
        job::lists(&source, &options, &given.work(progress))
    })?;
    let lists = found.lists.into_iter().map(row).collect();
    let changes = found
        .changes
        .into_iter()
        .map(|change| (super::slashed(change.path.into_os_string()), kind(change.kind)));
    let (left_out, counts) = (super::pairs(found.left_out), super::counts(found.tally));
    Ok((lists, left_out, counts, changes.collect(), found.failed))
}

/// `(path, text, count, size, format)` of a list.
pub(super) fn row(list: job::List) -> List {
    (list.path.into_os_string(), list.text, list.count, list.size, list.format)
}

/// Each format once, in the order given.
fn parse_formats(names: &[String]) -> PyResult<Vec<Format>> {
    super::each_once(names, "format")
}

/// Each algorithm once, in the order given.
pub(super) fn parse_algorithms(names: &[String]) -> PyResult<Vec<Algorithm>> {
    super::each_once(names, "algorithm")
}

fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::New => "new",
        ChangeKind::Changed => "changed",
        ChangeKind::Gone => "gone",
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
#[pyo3(signature = (text, *, path, kind))]
pub(super) fn parse_list(text: &str, path: &str, kind: &str) -> PyResult<Vec<Digests>> {
    let kind = match kind {
        "checksum-txt" => Kind::ChecksumTxt,
        "mhl" => Kind::Mhl,
        "ascmhl" => Kind::AscMhlGeneration,
        "ascmhl-chain" => Kind::AscMhlChain,
        _ => Kind::Sums(algorithm_of(path)),
    };
    let rows = |entry: Entry| {
        let Entry { name, size, digests } = entry;
        digests.into_iter().map(move |digest| {
            (name.clone(), size, digest.algorithm().to_string(), digest.to_string())
        })
    };
    let entries = reading::entries(Path::new(path), text.as_bytes(), kind)?;
    Ok(entries.into_iter().flat_map(rows).collect())
}

/// What the ending of a list's name says; MD5 where it says nothing.
fn algorithm_of(path: &str) -> Algorithm {
    let ending = path.rsplit('.').next().unwrap_or_default();
    ending.parse().unwrap_or(Algorithm::Md5)
}
