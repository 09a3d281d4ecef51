//! Calls that must not be made twice.

use reqwest::Url;
use sha2::{Digest, Sha256};

use super::call::{Answer, Call, Once, Watch};
use super::trip::Trip;
use super::{Client, Local};
use crate::engine::state::calls::{Begun, Calls, Key};
use crate::error::{Error, Result};

impl Client {
    /// Send what was not sent before, and remember what became of it.
    ///
    /// # Errors
    ///
    /// [`Error::Uncertain`] if it was sent before and nobody knows what became of it, [`Error::State`] if
    /// that cannot be found out, and those of any call.
    pub(super) fn call_once(
        &self,
        local: &Local,
        trip: &Trip<'_>,
        (call, once): (&Call<'_>, &Once<'_>),
        watch: &dyn Watch,
    ) -> Result<Answer> {
        let mut calls = Calls::open(once.state)?;
        let key = key(call.operation, &trip.url, once.key);
        match calls.begin(&key, call.operation, watch.now(), once.again)? {
            Begun::Now => {}
            Begun::Unanswered { since } => return Err(uncertain(trip.shown(), since)),
            Begun::Answered { since, status, answer } => {
                let (url, kept_since) = (trip.shown(), Some(since));
                return Ok(Answer { status, url, body: answer, kept_since });
            }
        }
        let since = watch.now();
        match self.carry_out(local, trip, watch) {
            Ok(answer) => {
                let kept = self.known(local).strike(&answer.body);
                // Without it the call counts as unanswered, which is safe; the answer matters more now.
                let _may_be_kept = calls.answer(&key, watch.now(), answer.status, kept.as_bytes());
                Ok(answer)
            }
            Err(Error::Cancelled) if trip.may_be_done.get() => Err(Error::Cancelled),
            Err(error) if trip.may_be_done.get() => Err(lost(&error, trip.shown(), since)),
            Err(error) => {
                calls.forget(&key)?;
                Err(error)
            }
        }
    }
}

/// The digest of what makes two calls the same. Each part is led by its length: they cannot run together.
fn key(operation: &str, url: &Url, own: &str) -> Key {
    let mut hash = Sha256::new();
    for part in [operation, &url.origin().ascii_serialization(), own] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// What to do about a call of which nobody knows what became.
const LOOK: &str = "hint: look at the request, then send it again all the same with `--again`";

fn uncertain(url: String, since: f64) -> Error {
    let reason = format!("was sent before and not answered, so it may be under way; {LOOK}");
    Error::Uncertain { url, since, reason }
}

/// The same when it has just happened: what went wrong is told as what it means.
fn lost(error: &Error, url: String, since: f64) -> Error {
    let error = error.to_string();
    let cause = error.strip_prefix(&format!("{url}: ")).unwrap_or(&error);
    // One hint is enough, and the own one says more.
    let cause = cause.split("; hint: ").next().unwrap_or(cause);
    let reason =
        format!("was sent and may be under way, but there is no good answer ({cause}); {LOOK}");
    Error::Uncertain { url, since, reason }
}
