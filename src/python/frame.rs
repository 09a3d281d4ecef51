//! Headers of single frames.

use std::path::PathBuf;

use pyo3::prelude::*;

use crate::format::picture::Header;
use crate::job::frame as job;

type Texts = (String, String, String, String, String, String);
type Facts = (Texts, u32, u32, Option<f64>, Option<String>, Option<u64>, bool);

/// What a header says. Documented at `reelpack.frame_header`.
#[pyfunction]
pub(super) fn frame_header(py: Python<'_>, path: PathBuf) -> PyResult<Option<Facts>> {
    Ok(py.detach(|| job::header(&path))?.map(facts))
}

/// The texts, size in pixels, rate, time code, promised bytes, whether all frames have one size.
fn facts(header: Header) -> Facts {
    let Header { layout, bit_depth, channels, compression, encoding, .. } = header;
    let format = header.format.to_string();
    let texts = (format, layout, bit_depth, channels, compression, encoding);
    let rate = header.frame_rate.filter(|rate| rate.is_finite());
    let (width, height) = (header.width, header.height);
    (texts, width, height, rate, header.time_code, header.promised, header.uniform)
}
