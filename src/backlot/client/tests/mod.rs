mod calls;
mod once;
mod process;
mod retries;
mod secrets;
mod server;
mod tls;
mod tokens;

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::time::{Duration, Instant};

use self::server::Server;
use super::{Attempt, Call, Client, Login, Options, Token, Watch};
use crate::backlot::contract::Contract;
use crate::backlot::secret::Secret;
use crate::error::{Error, Result};

/// One operation of each kind.
const CONTRACT: &str = "
servers: [{url: 'https://backlot.invalid'}]
paths:
  /token:
    post:
      operationId: takeToken
      servers: [{url: 'https://tokens.invalid'}]
      x-evidence: public-page
      x-grant: {validator_id: Directory, scope: delivery}
  /look/{id}:
    get: {operationId: look, x-evidence: assumed}
  /change:
    post: {operationId: change, x-evidence: assumed}
  /deliver:
    post: {operationId: deliver, x-evidence: assumed, x-once: true}
";

/// Texts that may be seen nowhere but on the wire.
const SECRETS: [&str; 6] = [
    "cl!ent/secret",
    "pass word&1",
    "first-access",
    "first-refresh",
    "next-access",
    "next-refresh",
];

fn contract() -> Contract {
    Contract::parse(CONTRACT, Path::new("test.yaml")).unwrap()
}

fn secret(text: &str) -> Secret {
    Secret::from(text.to_owned())
}

fn password() -> Login {
    Login {
        client_id: Some("key".to_owned()),
        client_secret: Some(secret(SECRETS[0])),
        username: Some("user".to_owned()),
        password: Some(secret(SECRETS[1])),
        token: None,
    }
}

fn given(expires_at: Option<f64>) -> Token {
    Token { access: secret(SECRETS[2]), refresh: Some(secret(SECRETS[3])), expires_at }
}

fn lone() -> Login {
    let token = Token { refresh: None, ..given(None) };
    Login { token: Some(token), ..Login::default() }
}

fn options(url: &str, login: Login) -> Options {
    Options {
        contract: contract(),
        url: Some(url.to_owned()),
        token_url: Some(url.to_owned()),
        login,
        timeout: Duration::from_secs(5),
        connect_timeout: Duration::from_secs(2),
        retries: 2,
        ca_files: vec![],
        proxy: None,
    }
}

/// A client of `server` that does not wait before it tries again.
fn client(server: &Server, login: Login) -> Client {
    Client { random: || 0.0, ..Client::new(options(&server.url, login)).unwrap() }
}

fn look(path: &[(String, String)]) -> Call<'_> {
    Call { operation: "look", path, query: &[], body: None, once: None }
}

fn id(value: &str) -> [(String, String); 1] {
    [("id".to_owned(), value.to_owned())]
}

fn change() -> Call<'static> {
    Call { operation: "change", path: &[], query: &[], body: Some(b"{}"), once: None }
}

/// One who waits, and writes down what is noted.
struct Patient {
    now: f64,
    until: Option<Instant>,
    notes: RefCell<Vec<String>>,
    waits: RefCell<Vec<Option<f64>>>,
    checks: Cell<u32>,
}

/// 1994-11-06T08:49:37Z, the example of RFC 9110.
const NOW: f64 = 784_111_777.0;

fn patient() -> Patient {
    let (notes, waits) = (RefCell::default(), RefCell::default());
    Patient { now: NOW, until: None, notes, waits, checks: Cell::new(0) }
}

impl Watch for Patient {
    fn check(&self) -> Result<()> {
        self.checks.set(self.checks.get() + 1);
        match self.until {
            Some(until) if Instant::now() >= until => Err(Error::Cancelled),
            _ => Ok(()),
        }
    }

    fn note(&self, attempt: &Attempt<'_>) {
        self.notes.borrow_mut().push(format!("{attempt:?}"));
        self.waits.borrow_mut().push(attempt.wait);
    }

    fn wants_notes(&self) -> bool {
        true
    }

    fn now(&self) -> f64 {
        self.now
    }
}
