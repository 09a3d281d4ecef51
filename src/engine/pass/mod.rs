//! The one pass: every byte of many files is read once, hashed in lanes and shown to an observer.
//!
//! [`run`] decides what is read when, by whom and into which buffers. Each thread of a run owns a set of
//! lanes and fills them from one queue: a lane whose file ends takes the next one, so that lanes stay
//! full whatever the sizes. A chunk is read into a buffer that stays in the second-level cache, seen by
//! the observer there, and hashed from there. What is to be known beyond one digest (a CRC, a copy, a frame
//! header) is an [`Observer`]; what a job makes of the answers comes after the pass.

mod chain;
mod digests;
mod lane;
mod observer;
mod settings;
mod worker;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize};

pub use digests::{Digests, best_in_lanes, in_order};
pub use observer::{Crc32, Observer, Whole};
pub use settings::Settings;

use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::fs::{self, File};
use crate::progress::Progress;

/// Files that are asked where on a tape they lie before it is known that they lie on one.
const PROBES: usize = 8;

/// One thing to be read from its first byte to its last.
pub struct Item<'a> {
    /// Where the bytes are.
    pub source: Source<'a>,
    /// Bytes that are expected; they decide the order of reading and the total of the progress. A file
    /// that has another size when it is opened is read as it is.
    pub size: u64,
}

/// Where the bytes of an [`Item`] are.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// A file, opened by the pass when its turn comes. It must have the same size and modification
    /// time when its last byte has been read.
    File(&'a Path),
    /// `size` bytes of an open file from this offset on, as they lie.
    Range(&'a File, u64),
    /// The same, deflated into this many bytes.
    Deflated(&'a File, u64, u64),
}

/// What the pass has seen of one item.
#[derive(Debug)]
pub struct Seen<O> {
    /// MD5 of the bytes; from [`run_as`], what was asked for.
    pub digest: Digest,
    /// How many there were.
    pub size: u64,
    /// The observer, which has seen all of them.
    pub observer: O,
}

/// What to do about an item that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnError {
    /// Stop the run; its result is the error of the first such item in the order given.
    Stop,
    /// Go on; the error stands in the item's place.
    GoOn,
}

/// Read all items once and compute MD5 of each. Results come in the order of `items`, whatever the order of
/// reading.
///
/// Reading goes from large to small, so that the last lanes end together; with a single reader it goes
/// strictly one item after the other: in the order given, or that of the blocks on a tape. Memory: a chunk for each lane
/// ([`Observer::CHUNK_LEN`]), at most 32 lanes for each thread.
///
/// # Errors
///
/// [`Error::Cancelled`]; with [`OnError::Stop`] the first item's error too.
pub fn run<O: Observer>(
    items: &[Item<'_>],
    settings: &Settings,
    on_error: OnError,
    progress: &Progress,
    observe: impl Fn(usize) -> O + Sync,
) -> Result<Vec<Result<Seen<O>>>> {
    run_as(|_| Algorithm::Md5, items, settings, on_error, progress, observe)
}

/// The same with another digest: `algorithm` says which one, of each item by its number.
///
/// MD5 and SHA-1 are computed in lanes; any other algorithm costs what it costs for each item alone.
///
/// # Errors
///
/// Those of [`run`].
pub fn run_as<O: Observer>(
    algorithm: impl Fn(usize) -> Algorithm + Sync,
    items: &[Item<'_>],
    settings: &Settings,
    on_error: OnError,
    progress: &Progress,
    observe: impl Fn(usize) -> O + Sync,
) -> Result<Vec<Result<Seen<O>>>> {
    if items.is_empty() {
        return progress.check().map(|()| vec![]);
    }
    let crew = settings.crew(items.len());
    // A zip may claim any sizes: their sum is for the eye only, and must not overflow.
    let total = items.iter().fold(0, |total: u64, item| total.saturating_add(item.size));
    progress.expect(items.len() as u64, total);
    let queue = Queue {
        items,
        algorithm: &algorithm,
        order: order(items, crew.lanes * crew.threads == 1),
        next: AtomicUsize::new(0),
        stopped: AtomicBool::new(false),
        on_error,
        progress,
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(crew.threads)
        .thread_name(|n| format!("reelpack-{n}"))
        .build()
        .map_err(|error| Error::io(Path::new("threads"))(std::io::Error::other(error)))?;
    let parts = pool.broadcast(|_| worker::work(&queue, crew.lanes, settings.simd, &observe));
    progress.check()?;
    gather(items.len(), parts, on_error)
}

/// What the threads of a run share.
struct Queue<'a> {
    items: &'a [Item<'a>],
    algorithm: &'a (dyn Fn(usize) -> Algorithm + Sync),
    order: Vec<usize>,
    next: AtomicUsize,
    stopped: AtomicBool,
    on_error: OnError,
    progress: &'a Progress,
}

fn order(items: &[Item<'_>], one_by_one: bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    if !one_by_one {
        order.sort_by_key(|&index| std::cmp::Reverse(items[index].size));
    } else if let Some(blocks) = blocks(items) {
        order.sort_by_key(|&index| blocks[index]);
    }
    order
}

/// Where files begin on a tape, so that it need not run to and fro; `None` where they lie on none.
fn blocks(items: &[Item<'_>]) -> Option<Vec<Option<u64>>> {
    let block = |item: &Item<'_>| match item.source {
        Source::File(path) => fs::start_block(path),
        Source::Range(..) | Source::Deflated(..) => None,
    };
    // An empty file has no place on a tape, and no other file system is asked about each of its files.
    items.iter().filter(|item| item.size > 0).take(PROBES).find_map(block)?;
    Some(items.iter().map(block).collect())
}

type Part<O> = Vec<(usize, Result<Seen<O>>)>;

fn gather<O>(count: usize, parts: Vec<Part<O>>, on_error: OnError) -> Result<Vec<Result<Seen<O>>>> {
    let mut all: Part<O> = parts.into_iter().flatten().collect();
    all.sort_unstable_by_key(|(index, _)| *index);
    let results: Vec<_> = all.into_iter().map(|(_, result)| result).collect();
    if on_error == OnError::Stop {
        let mut whole = Vec::with_capacity(count);
        for result in results {
            whole.push(Ok(result?));
        }
        assert_eq!(whole.len(), count, "every item was read");
        return Ok(whole);
    }
    assert_eq!(results.len(), count, "every item has a result");
    Ok(results)
}
