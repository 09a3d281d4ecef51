//! The client: calls with a token, sent again where that does no harm.

mod call;
mod exchange;
mod grant;
mod keeper;
mod message;
mod network;
mod once;
mod options;
mod process;
mod retry;
mod trip;

#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, Url};

pub use call::{Answer, Attempt, Call, Once, Watch};
pub use options::{Login, Options, Token};

use exchange::Reply;
use keeper::Keeper;
use network::{Network, Settings};
use process::Processes;
use retry::Repeat;
use trip::Trip;

use super::address;
use super::contract::{Contract, Operation, parameters};
use super::secret::Secret;
use super::strike::Known;
use crate::error::{Error, Result};

/// Calls the API. Threads may share it; a process that is forked off may go on using it.
pub struct Client {
    contract: Contract,
    host: Option<Url>,
    token_host: Option<Url>,
    login: Login,
    /// The password in the URL of the proxy, if there is one.
    proxy_secret: Option<Secret>,
    settings: Settings,
    timeout: Duration,
    connect_timeout: Duration,
    retries: u32,
    locals: Processes<Local>,
    /// The number of this process, and a number from 0 to 1: tests have their own.
    process: fn() -> u32,
    random: fn() -> f64,
}

/// What each process has for itself.
struct Local {
    network: Network,
    keeper: Keeper,
}

impl Client {
    /// A client; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for a URL or proxy that cannot be used, [`Error::Io`] if a file of certificates
    /// cannot be read.
    pub fn new(options: Options) -> Result<Self> {
        let settings = Settings::new(&options)?;
        let given = |name, url: Option<String>, known: Option<&str>| match url {
            Some(url) => address::argument(name, &url).map(Some),
            None => known.map(|url| address::argument("host", url)).transpose(),
        };
        let host = given("url", options.url, options.contract.host())?;
        let token_host = given("token_url", options.token_url, options.contract.token_host())?;
        Ok(Self {
            contract: options.contract,
            host,
            token_host,
            login: options.login,
            proxy_secret: options.proxy.as_deref().and_then(password_of),
            settings,
            timeout: options.timeout,
            connect_timeout: options.connect_timeout,
            retries: options.retries,
            locals: Processes::new(),
            process: std::process::id,
            random: fastrand::f64,
        })
    }

    /// Which operations there are.
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// Make one call and wait for its answer, on this thread.
    ///
    /// The token is taken or renewed first if need be. A call that is refused because of its token is sent
    /// once more with a new one.
    ///
    /// # Errors
    ///
    /// [`Error::Status`] for any status but 200 to 299; [`Error::Timeout`] and [`Error::Connection`] if
    /// there is no answer; [`Error::Login`] if no token is to be had; [`Error::Argument`] for a call that
    /// does not fit the contract, or without a host; [`Error::Uncertain`] and [`Error::State`] see [`Once`];
    /// what [`Watch::check`] returns.
    pub fn call(&self, call: &Call<'_>, watch: &dyn Watch) -> Result<Answer> {
        let operation = self.operation(call.operation)?;
        let trip = self.trip(operation, call)?;
        let local = self.local()?;
        match call.once.as_ref().filter(|_| operation.once) {
            Some(once) => self.call_once(local, &trip, (call, once), watch),
            None => self.carry_out(local, &trip, watch),
        }
    }

    /// A token that is valid now, taken or renewed if need be.
    ///
    /// # Errors
    ///
    /// [`Error::Login`] if there is nothing to get one with, [`Error::Status`] if it is refused,
    /// [`Error::Timeout`] and [`Error::Connection`]; what [`Watch::check`] returns.
    pub fn token(&self, watch: &dyn Watch) -> Result<Token> {
        let local = self.local()?;
        let work = async { self.valid_token(local, watch).await.map(|token| (*token).clone()) };
        process::run((self.process)(), watch, work)
    }

    fn local(&self) -> Result<&Local> {
        self.locals.get((self.process)(), |parent| {
            let keeper = match parent {
                Some(parent) => parent.keeper.forked(),
                None => Keeper::new(self.login.token.clone()),
            };
            Ok(Local { network: Network::default(), keeper })
        })
    }

    fn operation(&self, id: &str) -> Result<&Operation> {
        match self.contract.operation(id) {
            Some(operation) if operation.on_token_host => {
                Err(argument(format!("`{id}` is not for calling: tokens come by themselves")))
            }
            Some(operation) => Ok(operation),
            None => Err(argument(format!("the contract has no operation `{id}`"))),
        }
    }

    fn trip<'a>(&self, operation: &Operation, call: &Call<'a>) -> Result<Trip<'a>> {
        let Some(host) = &self.host else {
            let reason = "the host of the API is not public; hint: name it, or override `host`";
            return Err(argument(reason.to_owned()));
        };
        let mut path = operation.path.clone();
        let mut query: Vec<(&str, &str)> = vec![];
        for (name, value) in call.path {
            let place = format!("{{{name}}}");
            if path.contains(&place) {
                let segment = address::segment(value)
                    .map_err(|reason| argument(format!("`{name}` {reason}")))?;
                path = path.replace(&place, &segment);
            } else {
                query.push((name, value));
            }
        }
        if let Some(name) = parameters(&path).next() {
            return Err(argument(format!("`{}` needs `{name}`", operation.id)));
        }
        query.extend(call.query.iter().map(|(name, value)| (&**name, &**value)));
        let repeat =
            if operation.is_repeatable { Repeat::Always } else { Repeat::UnlessCarriedOut };
        Ok(Trip {
            method: Method::from_bytes(operation.method.as_bytes()).unwrap_or_default(),
            url: address::join(host, &path, &query),
            content_type: "application/json",
            body: call.body,
            repeat,
            may_be_done: Cell::new(false),
        })
    }

    /// Send with a token, and take a success out of it.
    fn carry_out(&self, local: &Local, trip: &Trip<'_>, watch: &dyn Watch) -> Result<Answer> {
        process::run((self.process)(), watch, async {
            let reply = self.send_with_token(local, trip, watch).await?;
            if !reply.is_success() {
                return Err(self.refusal(local, trip, &reply, message::own, watch.now()));
            }
            let (status, url) = (reply.status, trip.shown());
            Ok(Answer { status, url, body: reply.body, kept_since: None })
        })
    }

    async fn send_with_token(
        &self,
        local: &Local,
        trip: &Trip<'_>,
        watch: &dyn Watch,
    ) -> Result<Reply> {
        let token = self.valid_token(local, watch).await?;
        let reply = self.send(local, trip, Some(&token), watch).await?;
        if reply.status != 401 {
            return Ok(reply);
        }
        let is_replaced = local.keeper.current().is_some_and(|held| !Arc::ptr_eq(&held, &token));
        if !is_replaced && !self.can_renew(Some(&token)) {
            return Ok(reply);
        }
        let get = |old| self.grant(local, old, watch);
        let token = local.keeper.other(&token, get).await?;
        self.send(local, trip, Some(&token), watch).await
    }

    /// The token to call with. One that nothing can renew is used until it is refused.
    async fn valid_token(&self, local: &Local, watch: &dyn Watch) -> Result<Arc<Token>> {
        match local.keeper.current() {
            Some(token) if !self.can_renew(Some(&token)) => Ok(token),
            _ => local.keeper.valid(watch.now(), |old| self.grant(local, old, watch)).await,
        }
    }

    /// All secrets that are known here.
    fn known(&self, local: &Local) -> Known {
        let login = &self.login;
        let held = local.keeper.known();
        let tokens = held.iter().flatten().map(|token| &**token).chain(&login.token);
        let of_tokens =
            tokens.flat_map(|token| Some(&token.access).into_iter().chain(&token.refresh));
        let own = login.client_secret.iter().chain(&login.password).chain(&self.proxy_secret);
        Known::new(of_tokens.chain(own))
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plain = |url: &Option<Url>| url.as_ref().map(ToString::to_string);
        f.debug_struct("Client")
            .field("host", &plain(&self.host))
            .field("token_host", &plain(&self.token_host))
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

fn argument(reason: String) -> Error {
    Error::Argument { reason }
}

fn password_of(url: &str) -> Option<Secret> {
    let url = Url::parse(url).ok()?;
    let password = percent_encoding::percent_decode_str(url.password()?).decode_utf8_lossy();
    Some(Secret::from(password.into_owned()))
}
