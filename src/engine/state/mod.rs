//! The memory of earlier work: a database file that knows which files were read to their end, and how they
//! were then.
//!
//! A file is recalled only if device, inode, size and both times are what they were when it was read, to
//! the nanosecond. By itself a run recalls only what the same run, unfinished, had read before it; with
//! [`Choice::cached`] it recalls everything. What is recalled is not read, and every job says how much that
//! was. A memory that cannot be used never stops a job: it reads everything, and says why.
//!
//! Beside it [`calls`] remembers which calls of a service must not be made twice: that it cannot be used does
//! stop such a call.
//!
//! `docs/trust.md` says for people what is trusted and why.

mod batch;
pub mod calls;
mod database;
mod maintenance;
mod recollect;
mod record;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

pub use maintenance::{Facts, Unfinished, clear, facts, forget, prune};
pub use record::{Noted, Recorder};

use database::Database;

use super::walk::name_in;
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::fs::{self, Mark};

/// Which memory a job has, and how far it is believed.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its file; `None` to remember nothing.
    pub file: Option<PathBuf>,
    /// Whether a file that cannot be opened is an error, or a reason to do without.
    pub required: bool,
    /// Whether everything in it is trusted, or only what the same run had finished.
    pub cached: bool,
    /// The time now, in nanoseconds since 1970.
    pub clock: fn() -> i64,
}

impl Choice {
    /// Remember nothing, trust nothing.
    pub fn none() -> Self {
        Self { file: None, required: false, cached: false, clock: || 0 }
    }
}

/// What makes a run the same as an earlier one.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// Name of the job.
    pub job: &'static str,
    /// What it reads.
    pub source: &'a Path,
    /// What it writes, if anything.
    pub target: Option<&'a Path>,
}

/// What may be known already: a file, or a member of a zip.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The folder it lies in, or the zip.
    pub folder: &'a Path,
    /// Its name there, as bytes.
    pub name: Cow<'a, [u8]>,
    /// How the file, or the zip, is now.
    pub mark: Mark,
}

impl<'a> Subject<'a> {
    /// A file.
    pub fn file(path: &'a Path, mark: Mark) -> Self {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        let folder = fs::folder_of(path);
        Self { folder, name: Cow::Borrowed(name), mark }
    }

    /// A file that probably lies in the same folder as `neighbour`.
    pub fn beside(neighbour: Option<&Self>, path: &'a Path, mark: Mark) -> Self {
        let folder = neighbour.map(|neighbour| neighbour.folder);
        match folder.and_then(|folder| Some((folder, name_in(folder, path)?))) {
            Some((folder, name)) => Self { folder, name: Cow::Borrowed(name), mark },
            None => Self::file(path, mark),
        }
    }
}

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The digest of its bytes.
    pub digest: Digest,
    /// Their CRC-32, if the job that read them took it; it is kept beside MD5 only.
    pub crc: Option<u32>,
}

/// What a job asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The digest of this algorithm.
    Digest(Algorithm),
    /// MD5, and the CRC as well if any job ever took it of these bytes.
    Crc,
}

impl Wanted {
    fn algorithm(self) -> Algorithm {
        match self {
            Self::Digest(algorithm) => algorithm,
            Self::Crc => Algorithm::Md5,
        }
    }
}

/// The memory, open for one run.
pub struct State {
    open: Option<Open>,
    cached: bool,
    clock: fn() -> i64,
    /// Why it is of no use, or no longer.
    fault: Mutex<Option<Error>>,
    /// Files recorded by this run.
    recorded: AtomicU64,
    /// Whether it is said already what becomes of the run.
    is_over: AtomicBool,
}

struct Open {
    database: Mutex<Database>,
    /// This run.
    run: i64,
    /// Runs like it that did not finish, the latest first.
    before: Vec<i64>,
    /// What those left of their target.
    parts: Vec<(i64, PathBuf)>,
}

impl State {
    /// Open the memory and begin a run.
    ///
    /// # Errors
    ///
    /// [`Error::State`] if it cannot be used and is required.
    pub fn begin(choice: &Choice, run: &Run<'_>) -> Result<Self> {
        let (open, fault) = match choice.file.as_deref().map(|file| Open::new(file, run)) {
            None => (None, None),
            Some(Ok(open)) => (Some(open), None),
            Some(Err(error)) if choice.required => return Err(error),
            Some(Err(error)) => (None, Some(error)),
        };
        let (cached, clock) = (choice.cached, choice.clock);
        let (fault, recorded, is_over) = (Mutex::new(fault), AtomicU64::new(0), false.into());
        Ok(Self { open, cached, clock, fault, recorded, is_over })
    }

    /// Why nothing, or not all, is remembered.
    pub fn fault(&self) -> Option<String> {
        self.lock_fault().as_ref().map(ToString::to_string)
    }

    /// What is known of each subject, in order, as far as the run may trust it.
    pub fn recall(&self, subjects: &[Subject<'_>], wanted: Wanted) -> Vec<Option<Known>> {
        if self.cached {
            self.recall_all(subjects, wanted)
        } else {
            self.recall_unfinished(subjects, wanted)
        }
    }

    /// What is known of each subject from the unfinished run alone, whatever else is trusted.
    pub fn recall_unfinished(
        &self,
        subjects: &[Subject<'_>],
        wanted: Wanted,
    ) -> Vec<Option<Known>> {
        match &self.open {
            Some(open) if self.continues() => self.ask(open, subjects, wanted, Some(&open.before)),
            _ => vec![None; subjects.len()],
        }
    }

    /// What is known of each subject from anybody.
    pub fn recall_all(&self, subjects: &[Subject<'_>], wanted: Wanted) -> Vec<Option<Known>> {
        match &self.open {
            Some(open) => self.ask(open, subjects, wanted, None),
            None => vec![None; subjects.len()],
        }
    }

    fn ask(
        &self,
        open: &Open,
        subjects: &[Subject<'_>],
        wanted: Wanted,
        runs: Option<&[i64]>,
    ) -> Vec<Option<Known>> {
        open.recall(subjects, wanted, runs).unwrap_or_else(|error| {
            self.give_up(error);
            vec![None; subjects.len()]
        })
    }

    /// Whether an unfinished run like this one is continued.
    pub fn continues(&self) -> bool {
        self.open.as_ref().is_some_and(|open| !open.before.is_empty())
    }

    /// What unfinished runs left of the target, the latest first.
    pub fn parts(&self) -> impl Iterator<Item = &Path> {
        self.open.iter().flat_map(|open| &open.parts).map(|(_, part)| &**part)
    }

    /// Remember the hidden name under which the target is written.
    pub fn set_part(&self, part: &Path) {
        let Some(open) = &self.open else { return };
        let result = fs::canonical(part).and_then(|part| open.lock().set_part(open.run, &part));
        if let Err(error) = result {
            self.give_up(error);
        }
    }

    /// Whether this run recorded anything, so that another one could continue it.
    pub fn has_recorded(&self) -> bool {
        self.recorded.load(Ordering::Relaxed) > 0
    }

    /// The run, and those that it continued, are finished; but not one whose part is still there, which
    /// means that it is at work.
    pub fn finish(&self) {
        let Some(open) = &self.open else { return };
        let at_work =
            |run: i64| open.parts.iter().any(|(other, part)| *other == run && fs::exists(part));
        let over = open.before.iter().copied().filter(|run| !at_work(*run));
        self.end(open, &over.chain([open.run]).collect::<Vec<_>>());
    }

    /// The run left something that is worth continuing, whether or not it read a file.
    pub fn hold(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    fn end(&self, open: &Open, runs: &[i64]) {
        self.is_over.store(true, Ordering::Relaxed);
        if let Err(error) = open.lock().finish(runs) {
            self.give_up(error);
        }
    }

    fn give_up(&self, error: Error) {
        self.lock_fault().get_or_insert(error);
    }

    fn lock_fault(&self) -> std::sync::MutexGuard<'_, Option<Error>> {
        self.fault.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A run that ends before anything is worth continuing leaves no trace.
impl Drop for State {
    fn drop(&mut self) {
        let Some(open) = &self.open else { return };
        if !self.is_over.load(Ordering::Relaxed) && !self.has_recorded() {
            self.end(open, &[open.run]);
        }
    }
}

impl Open {
    fn new(file: &Path, run: &Run<'_>) -> Result<Self> {
        let source = resolved(run.source);
        // It would be listed as a frame, and change while it is read.
        if !file.as_os_str().is_empty() && resolved(file).starts_with(&source) {
            let reason = "lies inside the source; hint: name another folder".to_owned();
            return Err(Error::State { path: file.to_owned(), reason });
        }
        let mut database = Database::open(file)?;
        let target = run.target.map(resolved);
        let begun = database.begin(run.job, &source, target.as_deref())?;
        let (before, parts) = (begun.before, begun.parts);
        Ok(Self { database: Mutex::new(database), run: begun.run, before, parts })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Database> {
        self.database.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The path without links, as far as it is there: the target of a run usually is not, nor may be the
/// folder that it is to lie in.
fn resolved(path: &Path) -> PathBuf {
    for above in path.ancestors() {
        let there = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        if let (Ok(there), Ok(rest)) = (fs::canonical(there), path.strip_prefix(above)) {
            return there.join(rest).components().collect();
        }
    }
    path.to_owned()
}
