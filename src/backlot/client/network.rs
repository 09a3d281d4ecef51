//! The HTTP clients of one process.

use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::{Certificate, ClientBuilder, NoProxy, Proxy, Url, redirect, retry};

use super::options::Options;
use crate::backlot::address;
use crate::error::{Error, Result};
use crate::fs;

/// How long a connection is kept while nobody calls. Some servers hang up after 5 s, and a call that is on
/// its way at that moment is lost.
const IDLE: Duration = Duration::from_secs(4);

/// Connections that are kept for one host: as many as threads are likely to call.
const KEPT: usize = 32;

/// How hosts are reached.
#[derive(Clone)]
pub(super) struct Settings {
    certificates: Vec<Certificate>,
    proxy: Option<Proxy>,
    connect_timeout: Duration,
}

/// What tells hosts apart that need different clients.
#[derive(Clone, Copy)]
enum Kind {
    /// This machine, without TLS: no certificate is needed, and loading them takes a while.
    Plain,
    /// This machine: no proxy.
    Near,
    /// Any other.
    Far,
}

/// A client for each kind of host, with its connections.
#[derive(Default)]
pub(super) struct Network {
    clients: [OnceLock<reqwest::Client>; 3],
}

impl Settings {
    /// # Errors
    ///
    /// [`Error::Io`] if a file of certificates cannot be read, [`Error::Argument`] if it has none, or if the
    /// proxy is none.
    pub(super) fn new(options: &Options) -> Result<Self> {
        let certificates: Result<Vec<_>> =
            options.ca_files.iter().map(|file| certificates(file)).collect();
        let proxy = options.proxy.as_deref().map(proxy).transpose()?;
        let certificates = certificates?.into_iter().flatten().collect();
        Ok(Self { certificates, proxy, connect_timeout: options.connect_timeout })
    }

    fn build(&self, kind: Kind) -> reqwest::Result<reqwest::Client> {
        // Another part of the process may have chosen one already, which is as good.
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        let certificates = self.certificates.iter().cloned();
        let builder = ClientBuilder::new()
            .user_agent(concat!("reelpack/", env!("CARGO_PKG_VERSION")))
            .http1_only()
            // A redirect could carry the token elsewhere.
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(KEPT);
        match (kind, &self.proxy) {
            (Kind::Plain, _) => builder.no_proxy().tls_certs_only([]),
            (Kind::Near, _) => builder.no_proxy().tls_certs_merge(certificates),
            (Kind::Far, None) => builder.tls_certs_merge(certificates),
            (Kind::Far, Some(proxy)) => builder.proxy(proxy.clone()).tls_certs_merge(certificates),
        }
        .build()
    }
}

impl Network {
    /// The client for the host of `url`.
    ///
    /// # Errors
    ///
    /// [`Error::Connection`] if the system has no certificates.
    pub(super) fn client(&self, settings: &Settings, url: &Url) -> Result<&reqwest::Client> {
        let kind = kind(url);
        let slot = &self.clients[kind as usize];
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let client = settings.build(kind).map_err(|error| {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let reason = cause.unwrap_or_else(|| error.to_string());
            Error::Connection { url: url.origin().ascii_serialization(), reason }
        })?;
        Ok(slot.get_or_init(|| client))
    }
}

fn kind(url: &Url) -> Kind {
    match (url.scheme(), address::is_loopback(url)) {
        ("http", true) => Kind::Plain,
        (_, true) => Kind::Near,
        (_, false) => Kind::Far,
    }
}

fn certificates(path: &Path) -> Result<Vec<Certificate>> {
    let bytes = fs::read(path)?;
    match Certificate::from_pem_bundle(&bytes) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(Error::Argument {
            reason: format!("{}: holds no certificate; hint: PEM is expected", path.display()),
        }),
    }
}

fn proxy(url: &str) -> Result<Proxy> {
    let proxy = Proxy::all(url).map_err(|_| Error::Argument {
        reason: "`proxy` is no URL; hint: write `http://HOST:PORT`".to_owned(),
    })?;
    Ok(proxy.no_proxy(NoProxy::from_env()))
}
