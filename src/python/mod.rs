//! The extension module `reelpack._native`: convert, release, call, convert back.
//!
//! Documented for users in `python/reelpack`; the stub is `_native.pyi`.
#![expect(clippy::needless_pass_by_value, reason = "the binding hands over values it has made")]

mod checksum;
mod errors;
mod interruptible;
mod package;
mod verify;

use std::ffi::OsString;

use pyo3::prelude::*;

use crate::engine::walk::LeftOut;

/// The Rust half of reelpack. Private: `reelpack` is the documented face of it.
#[pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::checksum::{checksum, parse_list, walk, write_list};
    #[pymodule_export]
    use super::package::pack;
    #[pymodule_export]
    use super::verify::verify;

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python expects")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.setattr(
            "__all__",
            ["__version__", "checksum", "pack", "parse_list", "verify", "walk", "write_list"],
        )
    }
}

/// `(path with "/", reason)` of each.
fn pairs(left_out: Vec<LeftOut>) -> Vec<(OsString, String)> {
    let pair = |left: LeftOut| (slashed(left.path.into_os_string()), left.reason.to_string());
    left_out.into_iter().map(pair).collect()
}

#[cfg(not(windows))]
fn slashed(path: OsString) -> OsString {
    path
}

#[cfg(windows)]
fn slashed(path: OsString) -> OsString {
    path.to_string_lossy().replace('\\', "/").into()
}
