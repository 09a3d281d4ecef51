//! A list against what is there: a folder by the lists in it, or a zip by the list inside.
//!
//! What was found is a [`Report`], not an error: an error means that the question could not be answered.
//! `docs/verify.md` says for people what is checked and what is not.

mod folder;
mod lists;
mod matching;
mod report;
mod zip;

use std::path::Path;

pub(super) use lists::in_tree as lists_in;
pub(super) use matching::{Matched, Scope, Wanted};
pub use report::{Finding, NotChecked, Report, Shown, Status, Value};

use crate::engine::Work;
use crate::engine::state::{Run, State};
use crate::error::{Error, Result};
use crate::format::manifest::HISTORY;
use crate::fs::{self, Kind};

/// Judge a folder by every list in and below it, the folder of a list by that list alone, or a
/// zip by the list inside. What is neither a folder nor a zip is taken for a list.
///
/// Each file is read at most once, whatever number of lists names it; one whose size is wrong already is
/// not read. All findings are collected.
///
/// # Errors
///
/// [`Error::NoList`] without a list, or with an empty one;
/// [`Error::Manifest`] for a list that cannot be understood;
/// [`Error::Io`] if a folder, the list or the zip cannot be read;
/// [`Error::Changed`] for a zip that changed meanwhile;
/// [`Error::State`] for a memory that is required and cannot be used.
pub fn verify(path: &Path, work: &Work<'_>) -> Result<Report> {
    let kind = fs::stat(path)?.0;
    if kind == Kind::Other {
        let reason = "no regular file; hint: name a folder, a list or a zip";
        return Err(Error::NoList { path: path.to_owned(), reason });
    }
    let run = Run { job: "verify", source: path, target: None };
    let state = &State::begin(work.memory, &run)?;
    let mut report = match kind {
        Kind::Folder if path.ends_with(HISTORY) => folder::verify_list(path, state, work)?,
        Kind::Folder => folder::verify_folder(path, state, work)?,
        _ if zip::is_zip(path)? => zip::verify(path, state, work)?,
        _ => folder::verify_list(path, state, work)?,
    };
    state.finish();
    report.tally.fault = state.fault();
    Ok(report)
}
