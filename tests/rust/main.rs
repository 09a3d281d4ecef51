//! The public API of the crate, on real files in temporary folders; one binary, so that it links once.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests make their own files, without the crate's help"
)]

mod checksum;
mod copy;
mod package;
mod state;
mod unwritten;
mod verify_folder;
mod verify_zip;
mod walk;

use std::fs;
use std::path::Path;

use reelpack::engine::Work;
use reelpack::engine::pass::Settings;
use reelpack::engine::state::Choice;
use reelpack::job::verify::{Report, verify};
use reelpack::progress::Progress;

/// Files with these contents below `root`; folders are made on the way.
fn write(root: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Two threads, and the memory that is given.
fn with_memory<T>(memory: &Choice, job: impl FnOnce(&Work<'_>) -> T) -> T {
    let settings = &Settings::new(Some(2), None, Path::new(".")).unwrap();
    job(&Work { settings, progress: &Progress::default(), memory })
}

/// Two threads, and no memory.
fn working<T>(job: impl FnOnce(&Work<'_>) -> T) -> T {
    with_memory(&Choice::none(), job)
}

fn report(path: &Path) -> Report {
    working(|work| verify(path, work)).unwrap()
}

/// `status path` of each finding.
fn findings(report: &Report) -> Vec<String> {
    let line = |finding: &reelpack::job::verify::Finding| {
        format!("{} {}", finding.status, finding.path.text)
    };
    report.findings.iter().map(line).collect()
}

/// `path: reason` of each thing that was not looked at.
fn not_checked(report: &Report) -> Vec<String> {
    let line = |skipped: &reelpack::job::verify::NotChecked| {
        format!("{}: {}", skipped.path.text, skipped.reason)
    };
    report.not_checked.iter().map(line).collect()
}
