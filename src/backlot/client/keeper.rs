//! The token of a client, shared by its threads: got once for all that wait for it.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::options::Token;
use crate::error::{Error, Result};

/// A token is renewed when this part of its life is left, ...
const LAST_PART: f64 = 0.05;

/// ... or so many seconds, whichever is more: a call that takes its time still arrives with it.
const LAST_SECONDS: f64 = 30.0;

/// But not before this part of it is over: a token that lives for seconds would be renewed for each call.
const FIRST_PART: f64 = 0.5;

/// The token, and the way to the next one.
pub(super) struct Keeper {
    held: Mutex<Held>,
    /// Taken by the one that gets a token, while others wait for it.
    flight: tokio::sync::Mutex<()>,
}

#[derive(Clone, Default)]
struct Held {
    token: Option<Arc<Token>>,
    /// The one before, with which calls may still be under way.
    before: Option<Arc<Token>>,
    /// Seconds that the token is valid for in all; `None` if it came from elsewhere.
    life: Option<f64>,
    /// How many tokens were asked for, with or without success.
    flights: u64,
    /// Why the last one could not be had.
    failure: Option<Arc<Error>>,
}

/// A token that was just got.
pub(super) struct Fresh {
    pub(super) token: Token,
    /// Seconds that it is valid for; `None` if nobody said.
    pub(super) life: Option<f64>,
}

impl Keeper {
    pub(super) fn new(token: Option<Token>) -> Self {
        Self::holding(Held { token: token.map(Arc::new), ..Held::default() })
    }

    fn holding(held: Held) -> Self {
        Self { held: Mutex::new(held), flight: tokio::sync::Mutex::new(()) }
    }

    /// For a process that was forked off. Its parent's token is taken over unless another thread was just
    /// about to change it, in which case the lock will never be free here.
    pub(super) fn forked(&self) -> Self {
        match self.held.try_lock() {
            Ok(held) => Self::holding(held.clone()),
            Err(_) => Self::new(None),
        }
    }

    /// The token that is held, good or not.
    pub(super) fn current(&self) -> Option<Arc<Token>> {
        self.lock().token.clone()
    }

    /// The token that is held, and the one before.
    pub(super) fn known(&self) -> [Option<Arc<Token>>; 2] {
        let held = self.lock();
        [held.token.clone(), held.before.clone()]
    }

    /// A token that is valid at `now` and for a while; got with `get`, which is given the old one.
    ///
    /// # Errors
    ///
    /// What `get` returns, here or in the thread that this one waited for.
    pub(super) async fn valid<F: Future<Output = Result<Fresh>>>(
        &self,
        now: f64,
        get: impl FnOnce(Option<Arc<Token>>) -> F,
    ) -> Result<Arc<Token>> {
        self.get(|held| held.token.clone().filter(|token| !is_due(token, held.life, now)), get)
            .await
    }

    /// Another token than `used`, which was refused.
    ///
    /// # Errors
    ///
    /// What `get` returns, here or in the thread that this one waited for.
    pub(super) async fn other<F: Future<Output = Result<Fresh>>>(
        &self,
        used: &Arc<Token>,
        get: impl FnOnce(Option<Arc<Token>>) -> F,
    ) -> Result<Arc<Token>> {
        self.get(|held| held.token.clone().filter(|token| !Arc::ptr_eq(token, used)), get).await
    }

    async fn get<F: Future<Output = Result<Fresh>>>(
        &self,
        good: impl Fn(&Held) -> Option<Arc<Token>>,
        get: impl FnOnce(Option<Arc<Token>>) -> F,
    ) -> Result<Arc<Token>> {
        let seen = {
            let held = self.lock();
            if let Some(token) = good(&held) {
                return Ok(token);
            }
            held.flights
        };
        let _turn = self.flight.lock().await;
        let old = {
            let held = self.lock();
            if let Some(token) = good(&held) {
                return Ok(token);
            }
            // Asking again for each that waited would be so many tries with the same password.
            if let Some(failure) = held.failure.as_ref().filter(|_| held.flights != seen) {
                return Err(copy(failure));
            }
            held.token.clone()
        };
        self.land(get(old).await)
    }

    fn land(&self, result: Result<Fresh>) -> Result<Arc<Token>> {
        let mut held = self.lock();
        held.flights += 1;
        match result {
            Ok(fresh) => {
                let token = Arc::new(fresh.token);
                held.before = held.token.replace(token.clone());
                (held.life, held.failure) = (fresh.life, None);
                Ok(token)
            }
            Err(error) => {
                held.failure = Some(Arc::new(copy(&error)));
                Err(error)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the token ends so soon that it is time for the next one.
fn is_due(token: &Token, life: Option<f64>, now: f64) -> bool {
    let Some(end) = token.expires_at else { return false };
    let margin = life
        .map_or(LAST_SECONDS, |life| (LAST_PART * life).max(LAST_SECONDS).min(FIRST_PART * life));
    end - now < margin
}

/// An error once more: some hold what cannot be copied, but none of those comes of getting a token.
fn copy(error: &Error) -> Error {
    match error {
        Error::Status { method, url, status, message, body } => Error::Status {
            method: method.clone(),
            url: url.clone(),
            status: *status,
            message: message.clone(),
            body: body.clone(),
        },
        Error::Timeout { url, seconds } => Error::Timeout { url: url.clone(), seconds: *seconds },
        Error::Connection { url, reason } => {
            Error::Connection { url: url.clone(), reason: reason.clone() }
        }
        Error::Login { reason } => Error::Login { reason: reason.clone() },
        other => Error::Argument { reason: other.to_string() },
    }
}
