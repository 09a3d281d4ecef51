//! Index and label of a tape. What goes over are tuples: an index may have millions of files.

use std::ffi::OsString;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::interruptible::interruptible;
use crate::format::ltfs::{File, Volume};
use crate::job::tape;

type VolumeRow<'py> = (
    &'static str,
    String,
    String,
    String,
    OsString,
    Option<u64>,
    Option<bool>,
    Vec<Bound<'py, PyTuple>>,
);

/// What an index or a label says. Documented at `reelpack.lto.read_ltfs`.
#[pyfunction]
pub(super) fn ltfs_read(py: Python<'_>, path: PathBuf) -> PyResult<VolumeRow<'_>> {
    let mut volume = interruptible(py, None, |progress| tape::read(&path, progress))?;
    let files = std::mem::take(&mut volume.files);
    let rows = files.into_iter().map(|file| row(py, &volume, file)).collect::<PyResult<_>>()?;
    let Volume { kind, version, uuid, creator, name, generation, compression, .. } = volume;
    Ok((kind.name(), version, uuid, creator, text(name), generation, compression, rows))
}

/// Path, size, block, and pairs of algorithm and value.
fn row<'py>(py: Python<'py>, volume: &Volume, file: File) -> PyResult<Bound<'py, PyTuple>> {
    let path = text(volume.path(&file));
    let digests = file.digests.into_iter().map(|digest| (digest.algorithm, digest.value));
    let digests = PyTuple::new(py, digests.collect::<Vec<_>>())?;
    (path, file.size, file.block, digests).into_pyobject(py)
}

/// A name of a tape as one of this system, whose bytes are its own.
#[cfg(unix)]
fn text(name: Vec<u8>) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(name)
}

/// A name of a tape as one of this system, which has characters only.
#[cfg(not(unix))]
fn text(name: Vec<u8>) -> OsString {
    String::from_utf8(name)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
        .into()
}
