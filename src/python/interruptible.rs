//! Long work without the GIL, while the calling thread watches for signals and shows progress.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::error::Result;
use crate::progress::Progress;

/// How often the calling thread looks at signals: well below the two seconds that Ctrl-C may take.
const POLL: Duration = Duration::from_millis(50);

/// Calls of the progress callback: every fourth look, five times a second.
const LOOKS_PER_CALL: u32 = 4;

/// Run `work` on a thread of its own and wait for it with the GIL released.
///
/// Python handles signals on its main thread only, and callbacks belong to the caller's: so that thread
/// wakes every 50 ms to look at both. What either raises stops the work, and goes out once it stopped.
pub(super) fn interruptible<T: Send>(
    py: Python<'_>,
    callback: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Progress) -> Result<T> + Send,
) -> PyResult<T> {
    let progress = Progress::default();
    let callback = callback.map(|callback| callback.clone().unbind());
    py.detach(|| {
        std::thread::scope(|scope| {
            let (sender, receiver) = mpsc::sync_channel(1);
            let progress = &progress;
            scope.spawn(move || {
                // The receiver is gone only if the caller is on its way out with an exception.
                let _nobody_waits = sender.send(work(progress));
            });
            for look in 1_u32.. {
                match receiver.recv_timeout(POLL) {
                    Ok(result) => {
                        let value = result.map_err(PyErr::from)?;
                        Python::attach(|py| show(py, callback.as_ref(), progress))?;
                        return Ok(value);
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) => {
                        let due = look % LOOKS_PER_CALL == 0;
                        let callback = callback.as_ref().filter(|_| due);
                        Python::attach(|py| {
                            py.check_signals()?;
                            show(py, callback, progress)
                        })
                        .inspect_err(|_| progress.cancel())?;
                    }
                }
            }
            // The worker panicked; leaving the scope raises it again as PanicException.
            Err(PyRuntimeError::new_err("worker panicked"))
        })
    })
}

fn show(py: Python<'_>, callback: Option<&Py<PyAny>>, progress: &Progress) -> PyResult<()> {
    let Some(callback) = callback else { return Ok(()) };
    let counts = progress.counts();
    callback
        .call1(py, (counts.bytes_done, counts.bytes_total, counts.files_done, counts.files_total))
        .map(drop)
}
