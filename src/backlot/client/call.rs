//! One call: what is asked, what is answered, and who watches.

use std::path::Path;

use crate::error::Result;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The operation of the contract.
    pub operation: &'a str,
    /// Values of the parameters of its path. One that an overridden path leaves out goes into the query.
    pub path: &'a [(String, String)],
    /// What stands behind the path, in order.
    pub query: &'a [(String, String)],
    /// JSON to send.
    pub body: Option<&'a [u8]>,
    /// Where it is remembered that it was sent, for an operation that does harm when it is asked for twice.
    pub once: Option<Once<'a>>,
}

/// How a call is kept from being made twice.
#[derive(Clone, Copy, Debug)]
pub struct Once<'a> {
    /// The state file.
    pub state: &'a Path,
    /// Whether it is sent whatever is remembered.
    pub again: bool,
    /// What makes two calls the same, together with their operation and host. Only its digest is kept.
    pub key: &'a str,
}

/// What was answered, with a status from 200 to 299.
#[derive(Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// What was called, secrets struck out.
    pub url: String,
    /// The answer, as it came.
    pub body: Vec<u8>,
    /// Of an answer that was kept: when it came, in seconds since 1970. Nothing was sent then, and secrets
    /// of the body are struck out.
    pub kept_since: Option<f64>,
}

/// The body may hold the token of a transfer: how long it is tells enough.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("url", &self.url)
            .field("len", &self.body.len())
            .field("kept_since", &self.kept_since)
            .finish_non_exhaustive()
    }
}

/// The one who waits for a call. All of it is called on the thread that called.
pub trait Watch {
    /// Whether to go on; asked at least every 50 ms.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`](crate::Error::Cancelled) to stop.
    fn check(&self) -> Result<()>;

    /// Be told of a try, if [`Watch::wants_notes`].
    fn note(&self, attempt: &Attempt<'_>);

    /// Whether [`Watch::note`] does anything: what it would be told costs time.
    fn wants_notes(&self) -> bool;

    /// The time now, in seconds since 1970.
    fn now(&self) -> f64;
}

/// One try of a call, secrets struck out.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt<'a> {
    /// The verb.
    pub method: &'a str,
    /// What was called.
    pub url: &'a str,
    /// The HTTP status; `None` if nothing was answered.
    pub status: Option<u16>,
    /// What came of it, in a few words.
    pub outcome: &'a str,
    /// How long it took.
    pub seconds: f64,
    /// The beginning of what was sent, 2 kB at most.
    pub request: String,
    /// The beginning of what was answered, 2 kB at most.
    pub response: String,
    /// Seconds until the next try; `None` if there is none.
    pub wait: Option<f64>,
}
