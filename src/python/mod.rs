//! The extension module `reelpack._native`: convert, release, call, convert back.
//!
//! Documented for users in `python/reelpack`; the stub is `_native.pyi`.
#![expect(clippy::needless_pass_by_value, reason = "the binding hands over values it has made")]

mod audit;
mod backlot;
mod checksum;
mod copy;
mod cut;
mod digests;
mod errors;
mod frame;
mod imf;
mod interruptible;
mod ltfs;
mod package;
mod plan;
mod sequences;
mod state;
mod table;
mod verify;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::SystemTime;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::engine::pass::Settings;
use crate::engine::state::Choice;
use crate::engine::walk::LeftOut;
use crate::engine::{Tally, Work};
use crate::error::Result;
use crate::fs;
use crate::progress::Progress;

/// The Rust half of reelpack. Private: `reelpack` is the documented face of it.
#[pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::audit::{audit, preflight, profile_text, profiles};
    #[pymodule_export]
    use super::backlot::{BacklotClient, contract};
    #[pymodule_export]
    use super::checksum::{checksum, parse_list, walk, write_list};
    #[pymodule_export]
    use super::copy::copy;
    #[pymodule_export]
    use super::cut::{cut_check, cut_faststart, cut_rules};
    #[pymodule_export]
    use super::digests::digests;
    #[pymodule_export]
    use super::frame::frame_header;
    #[pymodule_export]
    use super::imf::{
        imf_diff, imf_document, imf_make, imf_rewrite, imf_rules, imf_show, imf_verify,
    };
    #[pymodule_export]
    use super::ltfs::ltfs_read;
    #[pymodule_export]
    use super::package::pack;
    #[pymodule_export]
    use super::plan::{Plan, plan};
    #[pymodule_export]
    use super::sequences::{compare_frames, group_sequences, pattern, sequences};
    #[pymodule_export]
    use super::state::{state_clear, state_facts, state_forget, state_prune};
    #[pymodule_export]
    use super::table::{Table, table};
    #[pymodule_export]
    use super::verify::verify;

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python expects")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.setattr(
            "__all__",
            [
                "BacklotClient",
                "Plan",
                "Table",
                "__version__",
                "audit",
                "checksum",
                "compare_frames",
                "contract",
                "copy",
                "cut_check",
                "cut_faststart",
                "cut_rules",
                "digests",
                "frame_header",
                "group_sequences",
                "imf_diff",
                "imf_document",
                "imf_make",
                "imf_rewrite",
                "imf_rules",
                "imf_show",
                "imf_verify",
                "ltfs_read",
                "pack",
                "parse_list",
                "pattern",
                "plan",
                "preflight",
                "profile_text",
                "profiles",
                "sequences",
                "state_clear",
                "state_facts",
                "state_forget",
                "state_prune",
                "table",
                "verify",
                "walk",
                "write_list",
            ],
        )
    }
}

/// What a call gives a job besides its own arguments.
struct Given {
    settings: Settings,
    memory: Choice,
}

impl Given {
    fn new(
        source: &Path,
        jobs: Option<i64>,
        readers: Option<i64>,
        state: Option<PathBuf>,
        required: bool,
        cached: bool,
    ) -> Result<Self> {
        let memory = Choice { file: state, required, cached, clock: now };
        Ok(Self { settings: Settings::new(jobs, readers, source)?, memory })
    }

    fn work<'a>(&'a self, progress: &'a Progress) -> Work<'a> {
        Work { settings: &self.settings, progress, memory: &self.memory }
    }
}

/// Nanoseconds since 1970.
fn now() -> i64 {
    fs::nanoseconds(SystemTime::now())
}

/// Names of one kind of thing, at least one, each once in the order given.
fn each_once<T>(names: &[String], kind: &str) -> PyResult<Vec<T>>
where
    T: FromStr + PartialEq,
    T::Err: std::fmt::Display,
{
    let mut all = vec![];
    for name in names {
        let one = name
            .parse()
            .map_err(|fault: T::Err| PyValueError::new_err(format!("{kind} {fault}")))?;
        if !all.contains(&one) {
            all.push(one);
        }
    }
    if all.is_empty() {
        return Err(PyValueError::new_err(format!("at least one {kind} is needed")));
    }
    Ok(all)
}

/// Files and bytes read, files and bytes trusted, and what is wrong with the memory.
type Counts = (u64, u64, u64, u64, Option<String>);

fn counts(tally: Tally) -> Counts {
    let Tally { files_read, bytes_read, files_trusted, bytes_trusted, fault } = tally;
    (files_read, bytes_read, files_trusted, bytes_trusted, fault)
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
