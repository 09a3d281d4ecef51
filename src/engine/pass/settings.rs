//! How many threads and lanes a run has.

use std::num::NonZero;
use std::path::Path;

use crate::digest::lanes::Simd;
use crate::error::{Error, Result};
use crate::fs;

/// The environment variable that forces a path: `avx512`, `avx2` or `portable`.
const SIMD: &str = "REELPACK_SIMD";

/// How a run is to be carried out.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Threads.
    pub jobs: usize,
    /// Files that may be open and read at once, over all threads.
    pub readers: usize,
    /// The instructions that compute digests in lanes.
    pub simd: Simd,
}

/// The threads of a run, and the lanes of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Crew {
    pub(super) threads: usize,
    pub(super) lanes: usize,
}

impl Settings {
    /// What the caller asked for, and a default for the rest: a thread for each core, and as many
    /// readers as there are lanes, or one if `source` lies on a tape or a disk that spins.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`] for less than 1, [`Error::Simd`] if `REELPACK_SIMD` names no path of this processor.
    pub fn new(jobs: Option<i64>, readers: Option<i64>, source: &Path) -> Result<Self> {
        let (jobs, readers) = (at_least_one("jobs", jobs)?, at_least_one("readers", readers)?);
        let simd = match std::env::var_os(SIMD) {
            Some(name) => name.to_string_lossy().parse()?,
            None => Simd::best(),
        };
        let jobs =
            jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, NonZero::get));
        let turns =
            readers.is_none() && (fs::is_rotational(source) == Some(true) || fs::is_tape(source));
        let default = if turns { 1 } else { jobs.saturating_mul(simd.lanes()) };
        let readers = readers.unwrap_or(default).min(jobs.saturating_mul(simd.width()));
        Ok(Self { jobs, readers, simd })
    }

    /// Threads and lanes for that many items: spread over all threads before a thread takes a second.
    pub(super) fn crew(&self, items: usize) -> Crew {
        let open = self.readers.min(items).max(1);
        let threads = self.jobs.min(open);
        Crew { threads, lanes: (open / threads).min(self.simd.width()) }
    }
}

fn at_least_one(name: &'static str, number: Option<i64>) -> Result<Option<usize>> {
    let Some(number) = number else { return Ok(None) };
    if number < 1 {
        return Err(Error::TooFew { name });
    }
    Ok(Some(usize::try_from(number).unwrap_or(usize::MAX)))
}

#[cfg(test)]
mod tests {
    use super::{Crew, Settings};
    use crate::digest::lanes::Simd;

    #[test]
    fn no_more_files_are_open_than_readers_were_allowed() {
        let simd = Simd::best();
        let many = simd.width();
        let cases = [
            ((2, 2 * many, 1000), (2, many)),
            ((2, 1, 1000), (1, 1)),
            ((2, 3, 1000), (2, 1)),
            ((4, 2, 1000), (2, 1)),
            ((2, 2 * many, 1), (1, 1)),
            ((2, 2 * many, 0), (1, 1)),
        ];
        for ((jobs, readers, items), (threads, lanes)) in cases {
            let crew = Settings { jobs, readers, simd }.crew(items);
            assert_eq!(crew, Crew { threads, lanes }, "{jobs} {readers} {items}");
        }
    }
}
