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
        let result = self.carry_out(local, trip, watch);
        match &result {
            // Without it the call counts as unanswered, which is safe; the answer matters more now.
            Ok(answer) => {
                let kept = self.known(local).strike(&answer.body);
                let _may_be_kept = calls.answer(&key, watch.now(), answer.status, kept.as_bytes());
            }
            Err(_) if trip.may_be_done.get() => {}
            Err(_) => calls.forget(&key)?,
        }
        result
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

fn uncertain(url: String, since: f64) -> Error {
    let reason = "was sent before and not answered, so it may be under way; \
                  hint: look at the request, then send it again all the same with `--again`";
    Error::Uncertain { url, since, reason: reason.to_owned() }
}
