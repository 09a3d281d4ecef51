//! One request over the network, and what came back.

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
};
use reqwest::{Method, Response, Url};

/// Bytes of the longest answer that is taken, 64 MiB.
pub(super) const LONGEST: usize = 64 << 20;

/// Bytes that are made room for before they came, whatever the server announces.
const ROOM: u64 = 1 << 20;

/// What goes over the network.
pub(super) struct Letter<'a> {
    pub(super) method: &'a Method,
    pub(super) url: &'a Url,
    pub(super) content_type: &'static str,
    pub(super) body: Option<&'a [u8]>,
    /// The whole header `Authorization`.
    pub(super) authorization: Option<HeaderValue>,
    pub(super) timeout: Duration,
}

/// What was answered, whatever its status.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    /// The header `Retry-After`.
    pub(super) retry_after: Option<String>,
    /// The header `Location`.
    pub(super) location: Option<String>,
}

/// Why there is no answer. Reasons are not struck yet.
#[derive(Debug)]
pub(super) enum Fault {
    /// There was no connection, so nothing was sent.
    Unreached {
        reason: String,
        /// Whether trying again is of no use.
        is_final: bool,
    },
    /// The same, and it was waited for as long as it may take.
    UnreachedInTime,
    /// Nothing, or not all, was answered in time.
    TimedOut,
    /// The connection was lost, or the answer cut.
    Lost { reason: String },
    /// An answer that cannot be taken.
    Useless { reason: String },
}

impl Reply {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

pub(super) type Outcome = Result<Reply, Fault>;

/// Send one request and take the answer to its last byte.
pub(super) async fn exchange(client: &reqwest::Client, letter: &Letter<'_>) -> Outcome {
    let mut request = client
        .request(letter.method.clone(), letter.url.clone())
        .timeout(letter.timeout)
        .header(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(authorization) = &letter.authorization {
        request = request.header(AUTHORIZATION, authorization.clone());
    }
    if let Some(body) = letter.body {
        let content_type = HeaderValue::from_static(letter.content_type);
        request = request.header(CONTENT_TYPE, content_type).body(body.to_vec());
    }
    let response = request.send().await.map_err(Fault::from)?;
    let (retry_after, location) =
        (text(response.headers(), RETRY_AFTER), text(response.headers(), LOCATION));
    let status = response.status().as_u16();
    Ok(Reply { status, body: body(response).await?, retry_after, location })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

async fn body(mut response: Response) -> Result<Vec<u8>, Fault> {
    let room = response.content_length().unwrap_or_default().min(ROOM);
    let mut body = Vec::with_capacity(usize::try_from(room).unwrap_or_default());
    while let Some(chunk) = response.chunk().await.map_err(Fault::from)? {
        if body.len() + chunk.len() > LONGEST {
            let reason = format!("the answer has more than {} MiB", LONGEST >> 20);
            return Err(Fault::Useless { reason });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if error.is_connect() && error.is_timeout() {
            return Self::UnreachedInTime;
        }
        if error.is_connect() {
            let is_final = is_certificate(&error);
            return Self::Unreached { reason: reason(&error), is_final };
        }
        if error.is_timeout() {
            return Self::TimedOut;
        }
        if error.is_builder() {
            return Self::Unreached { reason: reason(&error), is_final: true };
        }
        Self::Lost { reason: reason(&error) }
    }
}

/// Whether the server could not show who it is, which it will not be able to in a second either.
fn is_certificate(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        let tls = unwrapped(cause).downcast_ref();
        matches!(tls, Some(rustls::Error::InvalidCertificate(_)))
    })
}

/// What an error of the system was made from: its own `source` is already the cause of that.
fn unwrapped(cause: &Cause) -> &Cause {
    match cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(inner) => unwrapped(inner),
        None => cause,
    }
}

/// The innermost cause, which says what happened; the others say where.
fn reason(error: &reqwest::Error) -> String {
    let text = causes(error).last().map_or_else(|| error.to_string(), ToString::to_string);
    let text = text.split(" (os error").next().unwrap_or(&text);
    let hint = if is_certificate(error) {
        "; hint: name the file of the certificate authority that signed it"
    } else {
        ""
    };
    format!("{text}{hint}")
}

type Cause = dyn std::error::Error + 'static;

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &Cause> {
    fn next<'e>(cause: &&'e Cause) -> Option<&'e Cause> {
        (*cause).source()
    }
    std::iter::successors(error.source(), next)
}
