//! Zips that need not exist.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::Given;
use super::interruptible::interruptible;
use super::package::{find_zone, parse_layout};
use crate::error::Error;
use crate::job::package::{PlanOptions, Unwritten};
use crate::progress::Progress;

/// Plan the zip of a folder. Documented at `reelpack.plan`.
#[pyfunction]
#[pyo3(signature = (source, *, layout, aligned, zone, state, required, cached, jobs, readers))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
pub(super) fn plan(
    py: Python<'_>,
    source: PathBuf,
    layout: &str,
    aligned: bool,
    zone: Option<&str>,
    state: Option<PathBuf>,
    required: bool,
    cached: bool,
    jobs: Option<i64>,
    readers: Option<i64>,
) -> PyResult<Plan> {
    let options = PlanOptions { layout: parse_layout(layout)?, aligned, zone: find_zone(zone)? };
    let given = Given::new(&source, jobs, readers, state, required, cached)?;
    let made = interruptible(py, None, |progress| {
        Unwritten::new(&source, &options, &given.work(progress))
    })?;
    Ok(Plan { inner: made })
}

/// A zip that need not exist. Documented at `reelpack.ZipPlan`.
#[pyclass(frozen, module = "reelpack._native")]
pub(super) struct Plan {
    inner: Unwritten,
}

#[pymethods]
impl Plan {
    #[getter]
    fn size(&self) -> u64 {
        self.inner.size()
    }

    #[getter]
    fn members(&self) -> Vec<(String, u64, u64, u64)> {
        let places = self.inner.places().iter();
        places.map(|place| (place.name.clone(), place.offset, place.data(), place.size)).collect()
    }

    #[getter]
    fn left_out(&self) -> Vec<(OsString, String)> {
        super::pairs(self.inner.left_out())
    }

    #[getter]
    fn clamped(&self) -> Vec<String> {
        self.inner.clamped().to_vec()
    }

    #[getter]
    fn state_error(&self) -> Option<String> {
        self.inner.fault()
    }

    /// `count` bytes from `offset` on, fewer only at the end.
    fn read<'py>(
        &self,
        py: Python<'py>,
        offset: u64,
        count: usize,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let left = usize::try_from(self.inner.size().saturating_sub(offset)).unwrap_or(count);
        let mut bytes = vec![0; count.min(left)];
        let len = if self.inner.is_ready(offset, bytes.len() as u64) {
            py.detach(|| self.inner.read_at(&mut bytes, offset, &Progress::default()))?
        } else {
            let buffer = &mut bytes;
            interruptible(py, None, |progress| self.inner.read_at(buffer, offset, progress))?
        };
        Ok(PyBytes::new(py, &bytes[..len]))
    }

    /// Call `write` with all bytes, piece by piece.
    #[pyo3(signature = (write, *, progress))]
    fn stream(
        &self,
        py: Python<'_>,
        write: Py<PyAny>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let raised: Mutex<Option<PyErr>> = Mutex::default();
        let hold = || raised.lock().unwrap_or_else(PoisonError::into_inner);
        let sink = |bytes: &[u8]| {
            Python::attach(|py| write.call1(py, (PyBytes::new(py, bytes),)).map(drop)).map_err(
                |error| {
                    // Python's own exception goes out instead of ours.
                    hold().get_or_insert(error);
                    Error::Cancelled
                },
            )
        };
        let streamed = interruptible(py, progress, |progress| self.inner.stream(&sink, progress));
        let error = hold().take();
        error.map_or(streamed, Err)
    }
}
