//! Where a service is: its URL, and what of it may be used.

use std::net::IpAddr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;

use crate::error::{Error, Result};

/// Whatever of a value must not be read as part of the path around it.
///
/// Source: RFC 3986, 2.3, "unreserved characters".
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The host of a service, with the path that all of its operations lie below, if there is one.
///
/// Only `https`, but for this machine itself: a token would go out in the open.
///
/// # Errors
///
/// What is wrong with it, in words that do not repeat it: it may hold a password.
pub(super) fn parse(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "is no URL; hint: write `https://HOST`")?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has a user name or password in it; hint: leave that out");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("has a query or fragment; hint: end it with the host, or a path");
    }
    match url.scheme() {
        "https" if url.has_host() => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err("would send secrets in the open; hint: write `https://`"),
        _ => Err("is no web address; hint: write `https://HOST`"),
    }
}

/// The same for an argument.
///
/// # Errors
///
/// [`Error::Argument`].
pub(super) fn argument(name: &str, text: &str) -> Result<Url> {
    parse(text).map_err(|reason| Error::Argument { reason: format!("`{name}` {reason}") })
}

/// Whether the host is this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `url` with `path` behind its own, and `query` behind that.
pub(super) fn join(url: &Url, path: &str, query: &[(&str, &str)]) -> Url {
    let mut joined = url.clone();
    joined.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
    if !query.is_empty() {
        joined.query_pairs_mut().extend_pairs(query);
    }
    joined
}

/// A value as one part of a path.
///
/// # Errors
///
/// Why it cannot be one: `.` and `..` lead elsewhere however they are written, and nothing at all would
/// call another operation.
pub(super) fn segment(value: &str) -> Result<String, &'static str> {
    match value {
        "" => Err("is empty"),
        "." | ".." => Err("leads to another path"),
        _ => Ok(encode(value)),
    }
}

/// A value with everything escaped that could mean something in a URL.
pub(super) fn encode(value: &str) -> String {
    utf8_percent_encode(value, SEGMENT).to_string()
}
