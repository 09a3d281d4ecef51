//! A request that is sent as often as it may be, until it is answered.

use std::cell::Cell;
use std::time::{Duration, Instant};

use reqwest::header::HeaderValue;
use reqwest::{Method, Url};

use super::call::{Attempt, Watch};
use super::exchange::{Fault, Letter, Outcome, Reply, exchange};
use super::options::Token;
use super::retry::{self, Repeat};
use super::{Client, Local};
use crate::backlot::strike::strike;
use crate::error::{Error, Result};

/// Part of what a service asks to wait that is waited longer, at random: clients that were sent away
/// together do not come back together.
const LATER: f64 = 0.1;

/// One request, to be sent once or more often.
pub(super) struct Trip<'a> {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) content_type: &'static str,
    pub(super) body: Option<&'a [u8]>,
    pub(super) repeat: Repeat,
    /// Whether it may have been carried out.
    pub(super) may_be_done: Cell<bool>,
}

impl Trip<'_> {
    /// The URL as it may be shown.
    pub(super) fn shown(&self) -> String {
        strike(self.url.as_str().as_bytes(), &[])
    }
}

impl Client {
    /// Send the request, again where that helps and does no harm, and return what was answered at last,
    /// whatever its status.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`] and [`Error::Connection`] if there is no answer.
    pub(super) async fn send(
        &self,
        local: &Local,
        trip: &Trip<'_>,
        token: Option<&Token>,
        watch: &dyn Watch,
    ) -> Result<Reply> {
        let client = local.network.client(&self.settings, &trip.url)?;
        let letter = Letter {
            method: &trip.method,
            url: &trip.url,
            content_type: trip.content_type,
            body: trip.body,
            authorization: token.map(authorization).transpose()?,
            timeout: self.timeout,
        };
        let mut tries = 0;
        loop {
            tries += 1;
            let began = Instant::now();
            trip.may_be_done.set(true);
            let outcome = exchange(client, &letter).await;
            trip.may_be_done.set(may_be_done(&outcome));
            let wait = self.wait(&outcome, trip.repeat, tries, watch);
            if watch.wants_notes() {
                self.note(local, trip, &outcome, (began.elapsed(), wait), watch);
            }
            match wait {
                Some(seconds) => tokio::time::sleep(Duration::from_secs_f64(seconds)).await,
                None => return outcome.map_err(|fault| self.error(local, trip, fault)),
            }
        }
    }

    /// Seconds until the next try, if there is to be one.
    fn wait(
        &self,
        outcome: &Outcome,
        repeat: Repeat,
        tries: u32,
        watch: &dyn Watch,
    ) -> Option<f64> {
        if tries > self.retries || !retry::is_worth(outcome, repeat) {
            return None;
        }
        let header = outcome.as_ref().ok().and_then(|reply| reply.retry_after.as_ref());
        match header.and_then(|header| retry::asked(header, watch.now())) {
            Some(seconds) if seconds > retry::LONGEST_ASKED => None,
            Some(seconds) => Some(seconds * (1.0 + LATER * (self.random)())),
            None => Some(retry::backoff(tries, (self.random)())),
        }
    }

    fn note(
        &self,
        local: &Local,
        trip: &Trip<'_>,
        outcome: &Outcome,
        (took, wait): (Duration, Option<f64>),
        watch: &dyn Watch,
    ) {
        let known = self.known(local);
        watch.note(&Attempt {
            method: trip.method.as_str(),
            url: &known.strike(trip.url.as_str().as_bytes()),
            status: outcome.as_ref().ok().map(|reply| reply.status),
            outcome: &known.strike(words(outcome).as_bytes()),
            seconds: took.as_secs_f64(),
            request: known.glimpse(trip.body.unwrap_or_default()),
            response: known.glimpse(outcome.as_ref().map_or(&[], |reply| &reply.body)),
            wait,
        });
    }

    fn error(&self, local: &Local, trip: &Trip<'_>, fault: Fault) -> Error {
        let url = trip.shown();
        match fault {
            Fault::TimedOut => Error::Timeout { url, seconds: self.timeout.as_secs_f64() },
            Fault::UnreachedInTime => {
                Error::Timeout { url, seconds: self.connect_timeout.as_secs_f64() }
            }
            Fault::Unreached { reason, .. }
            | Fault::Lost { reason }
            | Fault::Useless { reason } => {
                let mut reason = self.known(local).strike(reason.as_bytes());
                if trip.repeat == Repeat::UnlessCarriedOut && trip.may_be_done.get() {
                    reason += "; hint: it may have been carried out, so look before you ask again";
                }
                Error::Connection { url, reason }
            }
        }
    }

    /// A reply that is no success; `says` picks what of its body is told.
    pub(super) fn refusal(
        &self,
        local: &Local,
        trip: &Trip<'_>,
        reply: &Reply,
        says: fn(&str) -> String,
        now: f64,
    ) -> Error {
        let known = self.known(local);
        let body = known.strike(&reply.body);
        let mut message = says(&body);
        if let Some(place) = reply.location.as_ref().filter(|_| reply.status / 100 == 3) {
            let place = known.strike(place.as_bytes());
            message = format!("sent on to {place}, which is not followed; hint: name that host");
        }
        let asked = reply.retry_after.as_ref().and_then(|header| retry::asked(header, now));
        if let Some(seconds) = asked.filter(|seconds| *seconds > retry::LONGEST_ASKED) {
            message = format!("{message}; asks to wait {seconds:.0} s, which is not waited for");
        }
        let (method, url, status) = (trip.method.to_string(), trip.shown(), reply.status);
        Error::Status { method, url, status, message, body: body.into_bytes() }
    }
}

fn authorization(token: &Token) -> Result<HeaderValue> {
    let value = HeaderValue::try_from(format!("Bearer {}", token.access.expose()));
    let mut value = value.map_err(|_| Error::Login {
        reason: "the token has characters that no header can hold".to_owned(),
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// Whether the request may have been carried out: what was refused was not, nor what belongs elsewhere;
/// but 302 and 303 also tell where to see what came of it.
fn may_be_done(outcome: &Outcome) -> bool {
    match outcome {
        Err(Fault::Unreached { .. } | Fault::UnreachedInTime) => false,
        Err(Fault::TimedOut | Fault::Lost { .. } | Fault::Useless { .. }) => true,
        Ok(reply) => !matches!(reply.status, 301 | 307 | 308 | 400..500),
    }
}

fn words(outcome: &Outcome) -> &str {
    match outcome {
        Ok(reply) if reply.is_success() => "answered",
        Ok(_) => "refused",
        Err(Fault::TimedOut | Fault::UnreachedInTime) => "timed out",
        Err(
            Fault::Unreached { reason, .. } | Fault::Lost { reason } | Fault::Useless { reason },
        ) => reason,
    }
}
