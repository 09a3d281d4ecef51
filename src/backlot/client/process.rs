//! What belongs to one process: after a fork, the child has none of the threads and locks of its parent.

use std::future::Future;
use std::sync::OnceLock;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::call::Watch;
use crate::error::{Error, Result};

/// How often the calling thread looks whether to stop.
const POLL: Duration = Duration::from_millis(50);

/// Threads that move bytes. The work of a call is done by the thread that calls.
const WORKERS: usize = 2;

/// A value for each process that came out of another one by a fork, each made when it is first asked for.
///
/// Reading takes no lock: a lock that another thread held at the moment of the fork stays locked in the
/// child for ever.
pub(super) struct Processes<T> {
    first: OnceLock<Box<Link<T>>>,
}

struct Link<T> {
    process: u32,
    value: Option<T>,
    /// That of a child.
    next: OnceLock<Box<Self>>,
}

impl<T> Processes<T> {
    pub(super) const fn new() -> Self {
        Self { first: OnceLock::new() }
    }

    /// The value of `process`, which is this one; `make` is given the parent's, if it has one.
    pub(super) fn get(
        &self,
        process: u32,
        make: impl FnOnce(Option<&T>) -> Result<T>,
    ) -> Result<&T> {
        let (mut slot, mut parent) = (&self.first, None);
        while let Some(link) = slot.get() {
            // A number is given again, so only the newest counts.
            if link.process == process && link.next.get().is_none() {
                return Ok(link.value());
            }
            (slot, parent) = (&link.next, Some(link.value()));
        }
        let value = Some(make(parent)?);
        Ok(slot.get_or_init(|| Box::new(Link { process, value, next: OnceLock::new() })).value())
    }
}

impl<T> Link<T> {
    fn value(&self) -> &T {
        self.value.as_ref().expect("taken out only when the link is dropped")
    }
}

/// What a parent made is left alone in its child: ending it would wait for threads that are not there.
impl<T> Drop for Link<T> {
    fn drop(&mut self) {
        if self.process != std::process::id() {
            std::mem::forget(self.value.take());
        }
    }
}

/// Carry `work` out on this thread until it is done, or until `watch` wants to stop.
pub(super) fn run<T>(
    process: u32,
    watch: &dyn Watch,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    static RUNTIMES: Processes<Runtime> = Processes::new();
    RUNTIMES.get(process, |_| runtime())?.block_on(async {
        tokio::select! {
            biased;
            result = work => result,
            stop = stopped(watch) => Err(stop),
        }
    })
}

async fn stopped(watch: &dyn Watch) -> Error {
    loop {
        tokio::time::sleep(POLL).await;
        if let Err(stop) = watch.check() {
            return stop;
        }
    }
}

fn runtime() -> Result<Runtime> {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(WORKERS).thread_name("reelpack-network").enable_all();
    builder.build().map_err(|error| Error::Argument {
        reason: format!("no threads for the network: {error}; hint: look at `ulimit -u`"),
    })
}
