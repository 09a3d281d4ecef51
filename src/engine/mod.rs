//! How bytes are met: which files are taken, the one pass over them, and the memory of earlier ones.

pub mod pass;
pub mod recall;
pub mod state;
pub mod walk;

use crate::digest::Algorithm;
use crate::error::Result;
use crate::progress::Progress;

/// What a job is given besides its own arguments.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// Threads, readers, instructions.
    pub settings: &'a pass::Settings,
    /// Where it says how far it is, and hears that it is to stop.
    pub progress: &'a Progress,
    /// What it remembers, and what it trusts.
    pub memory: &'a state::Choice,
}

impl Work<'_> {
    /// The one pass over these items, with the threads and the progress of the job.
    ///
    /// # Errors
    ///
    /// Those of [`pass::run`].
    pub fn pass<O: pass::Observer>(
        &self,
        items: &[pass::Item<'_>],
        on_error: pass::OnError,
        observe: impl Fn(usize) -> O + Sync,
    ) -> Result<Vec<Result<pass::Seen<O>>>> {
        pass::run(items, self.settings, on_error, self.progress, observe)
    }

    /// The same with another digest than MD5: `algorithm` says which one, of each item by its number.
    ///
    /// # Errors
    ///
    /// Those of [`pass::run_as`].
    pub fn pass_as<O: pass::Observer>(
        &self,
        algorithm: impl Fn(usize) -> Algorithm + Sync,
        items: &[pass::Item<'_>],
        on_error: pass::OnError,
        observe: impl Fn(usize) -> O + Sync,
    ) -> Result<Vec<Result<pass::Seen<O>>>> {
        pass::run_as(algorithm, items, self.settings, on_error, self.progress, observe)
    }
}

/// How much was read, and how much was known already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files read to their end.
    pub files_read: u64,
    /// Bytes of those.
    pub bytes_read: u64,
    /// Files that were not read, because the memory knows them as they are.
    pub files_trusted: u64,
    /// Bytes of those.
    pub bytes_trusted: u64,
    /// Why nothing, or not all, is remembered.
    pub fault: Option<String>,
}

impl Tally {
    /// Count one more.
    pub fn add(&mut self, size: u64, trusted: bool) {
        let (files, bytes) = if trusted {
            (&mut self.files_trusted, &mut self.bytes_trusted)
        } else {
            (&mut self.files_read, &mut self.bytes_read)
        };
        *files += 1;
        *bytes = bytes.saturating_add(size);
    }
}
