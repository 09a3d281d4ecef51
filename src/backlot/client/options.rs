//! What a client is made of.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::backlot::contract::Contract;
use crate::backlot::secret::Secret;
use crate::backlot::strike::strike;

/// How the API is called, and as whom.
#[derive(Clone)]
pub struct Options {
    /// Which operations there are.
    pub contract: Contract,
    /// The host that has the data, instead of the contract's.
    pub url: Option<String>,
    /// The host that gives tokens, instead of the contract's.
    pub token_url: Option<String>,
    /// Who calls.
    pub login: Login,
    /// How long one try of one call may take, to the last byte of the answer.
    pub timeout: Duration,
    /// How long making a connection may take, as a part of that.
    pub connect_timeout: Duration,
    /// How often what may be sent again is sent again.
    pub retries: u32,
    /// PEM files of certificate authorities that are trusted beside the system's.
    pub ca_files: Vec<PathBuf>,
    /// A proxy for all hosts but this machine, instead of those in the environment.
    pub proxy: Option<String>,
}

/// What a token is got with. Whatever is there is used: a token, then the password.
#[derive(Clone, Debug, Default)]
pub struct Login {
    /// The name of the API key.
    pub client_id: Option<String>,
    /// The secret of the API key.
    pub client_secret: Option<Secret>,
    /// The user.
    pub username: Option<String>,
    /// The user's password.
    pub password: Option<Secret>,
    /// A token that was got before, or elsewhere.
    pub token: Option<Token>,
}

/// What shows the service who calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Goes with each call.
    pub access: Secret,
    /// Gets the next token without the password.
    pub refresh: Option<Secret>,
    /// When it ends, in seconds since 1970; `None` if nobody said so.
    pub expires_at: Option<f64>,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |url: &Option<String>| url.as_ref().map(|url| strike(url.as_bytes(), &[]));
        f.debug_struct("Options")
            .field("url", &plain(&self.url))
            .field("token_url", &plain(&self.token_url))
            .field("login", &self.login)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("retries", &self.retries)
            .field("ca_files", &self.ca_files)
            .field("proxy", &plain(&self.proxy))
            .finish_non_exhaustive()
    }
}
