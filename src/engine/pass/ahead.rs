//! Reading ahead: a thread that has nothing left to hash reads for one that has.
//!
//! One stream is hashed by one core, whatever there is else. The next core can take the reading off it,
//! which for bytes in the page cache is a tenth to a fifth of the work.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::digest::lanes::MAX_PADDING;
use crate::error::Result;
use crate::fs::File;

/// Bytes that must be left of a file for somebody else to read them: what goes on beside is worth less for
/// fewer.
pub(super) const WORTH: u64 = 4 << 20;

/// Bytes read at a time, 256 KiB: a thread that waits is woken up by each. To try another size: time a run
/// over one file.
const LEN: usize = 256 << 10;

/// Chunks on their way between the two threads.
const DEPTH: usize = 4;

/// Where threads without work wait for those that have too much.
#[derive(Default)]
pub(super) struct Desk {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Default)]
struct State {
    /// Threads that hash, and may still ask.
    working: usize,
    /// Threads that wait, less the errands that they have not seen yet.
    idle: usize,
    errands: VecDeque<Errand>,
}

/// The rest of a file, to be read for somebody.
struct Errand {
    file: Arc<File>,
    span: Range<u64>,
    len: usize,
    empty: Receiver<Vec<u8>>,
    full: Sender<Result<Chunk>>,
}

/// A chunk that was read by another thread.
pub(super) struct Chunk {
    /// The bytes, with room for a padding after them.
    pub(super) buffer: Vec<u8>,
    /// How many there should have been.
    pub(super) len: usize,
    /// How many there were.
    pub(super) found: usize,
}

/// The end at which the chunks of a file arrive, in order.
pub(super) struct Ahead {
    empty: Sender<Vec<u8>>,
    full: Receiver<Result<Chunk>>,
}

impl Ahead {
    /// The next chunk; `used` is the last one's buffer. `None` if nobody reads any more.
    pub(super) fn next(&self, used: Option<Vec<u8>>) -> Option<Result<Chunk>> {
        if let Some(used) = used {
            // A reader that has come to its end needs no more.
            let _ = self.empty.send(used);
        }
        self.full.recv().ok()
    }
}

/// A thread that hashes, as the desk knows it until it is dropped.
pub(super) struct Working<'a>(&'a Desk);

impl Drop for Working<'_> {
    fn drop(&mut self) {
        self.0.lock().working -= 1;
        self.0.bell.notify_all();
    }
}

impl Desk {
    /// For that many threads that hash, each of which is to call [`Desk::begin`].
    pub(super) fn new(working: usize) -> Self {
        let state = State { working, ..State::default() };
        Self { state: Mutex::new(state), bell: Condvar::new() }
    }

    /// One of the threads that hash begins.
    pub(super) fn begin(&self) -> Working<'_> {
        Working(self)
    }

    /// Let an idle thread read `span` of a file, in chunks of at least `len` bytes; `None` if all are busy.
    pub(super) fn ask(&self, file: &Arc<File>, span: Range<u64>, len: usize) -> Option<Ahead> {
        let mut state = self.lock();
        state.idle = state.idle.checked_sub(1)?;
        let ((empty, to_fill), (filled, full)) = (channel(), channel());
        let len = len.max(LEN);
        for _ in 0..DEPTH {
            // The other end is in this function's hands.
            let _ = empty.send(vec![0; len + MAX_PADDING]);
        }
        let file = Arc::clone(file);
        state.errands.push_back(Errand { file, span, len, empty: to_fill, full: filled });
        self.bell.notify_all();
        Some(Ahead { empty, full })
    }

    /// Read for others until none of them is at work any more.
    pub(super) fn serve(&self) {
        let mut state = self.lock();
        state.idle += 1;
        loop {
            if let Some(errand) = state.errands.pop_front() {
                drop(state);
                errand.run();
                state = self.lock();
                state.idle += 1;
            } else if state.working == 0 {
                return;
            } else {
                state = self.bell.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Errand {
    /// Read until the end, a failure, or until nobody wants the chunks any more.
    fn run(mut self) {
        while !self.span.is_empty() {
            let Ok(buffer) = self.empty.recv() else { return };
            let chunk = self.read(buffer);
            let go_on = chunk.as_ref().is_ok_and(|chunk| chunk.found == chunk.len);
            if self.full.send(chunk).is_err() || !go_on {
                return;
            }
        }
    }

    fn read(&mut self, mut buffer: Vec<u8>) -> Result<Chunk> {
        let left = self.span.end - self.span.start;
        let len = usize::try_from(left).map_or(self.len, |left| left.min(self.len));
        let found = self.file.read_at(&mut buffer[..len], self.span.start)?;
        self.span.start += found as u64;
        Ok(Chunk { buffer, len, found })
    }
}
