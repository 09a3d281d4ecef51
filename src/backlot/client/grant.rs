//! Asking for a token: what is sent, and what is answered.

use std::cell::Cell;
use std::sync::Arc;

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::call::Watch;
use super::exchange::Reply;
use super::keeper::Fresh;
use super::options::Token;
use super::retry::Repeat;
use super::trip::Trip;
use super::{Client, Local, message};
use crate::backlot::address;
use crate::backlot::secret::Secret;
use crate::error::{Error, Result};

/// What to do where a password does not lead to a token.
const ELSEWHERE: &str =
    "hint: where a second factor is asked for, a token got elsewhere can be used";

/// A form: names and values.
type Form<'a> = Vec<(&'a str, &'a str)>;

/// The 200 answer of the token call. Source: the public part of the API's own page.
#[derive(Deserialize)]
struct Granted {
    access_token: String,
    refresh_token: Option<String>,
    /// Seconds; a text is taken too.
    #[serde(default)]
    expires_in: Value,
}

impl Client {
    /// Whether there is anything to get a token with, beside the one that is held.
    pub(super) fn can_renew(&self, held: Option<&Token>) -> bool {
        self.refresh_form(held).is_some() || self.password_form().is_ok()
    }

    /// The next token: by refresh token if there is one, or by password.
    ///
    /// A refresh token that is refused, or whose answer was lost, which may have used it up, gives way to
    /// the password if that is known.
    ///
    /// # Errors
    ///
    /// [`Error::Login`] if there is nothing to get one with; [`Error::Status`] with all that the service
    /// said if it refuses; [`Error::Timeout`] and [`Error::Connection`].
    pub(super) async fn grant(
        &self,
        local: &Local,
        old: Option<Arc<Token>>,
        watch: &dyn Watch,
    ) -> Result<Fresh> {
        let password = self.password_form();
        if let Some(form) = self.refresh_form(old.as_deref()) {
            let repeat = if password.is_ok() { Repeat::UnlessLost } else { Repeat::Always };
            match self.ask(local, form, repeat, watch).await {
                Err(error) if password.is_ok() && gives_way(&error) => {}
                Err(error) => return Err(error),
                Ok(mut fresh) => {
                    // RFC 6749, 6: without a new one, the old one stays.
                    let old = old.and_then(|old| old.refresh.clone());
                    fresh.token.refresh = fresh.token.refresh.or(old);
                    return Ok(fresh);
                }
            }
        }
        self.ask(local, password?, Repeat::Always, watch).await
    }

    /// The form of the password grant.
    ///
    /// # Errors
    ///
    /// [`Error::Login`] with what is missing.
    fn password_form(&self) -> Result<Form<'_>> {
        let login = &self.login;
        let fields = [
            ("client_id", login.client_id.as_deref()),
            ("client_secret", login.client_secret.as_ref().map(Secret::expose)),
            ("username", login.username.as_deref()),
            ("password", login.password.as_ref().map(Secret::expose)),
        ];
        let missing: Vec<_> =
            fields.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
        if !missing.is_empty() {
            let reason = format!("{} not given; {ELSEWHERE}", missing.join(", "));
            return Err(Error::Login { reason });
        }
        let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
        Ok([("grant_type", "password")].into_iter().chain(fields).chain(self.extra()).collect())
    }

    /// The form of the refresh grant, if there is a refresh token and an API key.
    fn refresh_form<'a>(&'a self, held: Option<&'a Token>) -> Option<Form<'a>> {
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", self.login.client_id.as_deref()?),
            ("client_secret", self.login.client_secret.as_ref()?.expose()),
            ("refresh_token", held?.refresh.as_ref()?.expose()),
        ];
        Some(fields.into_iter().chain(self.extra()).collect())
    }

    /// What the contract adds to each grant.
    fn extra(&self) -> impl Iterator<Item = (&str, &str)> {
        self.contract.grant().iter().map(|(name, value)| (&**name, &**value))
    }

    async fn ask(
        &self,
        local: &Local,
        form: Form<'_>,
        repeat: Repeat,
        watch: &dyn Watch,
    ) -> Result<Fresh> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let body = Zeroizing::new(body);
        let trip = self.token_trip(body.as_bytes(), repeat)?;
        let now = watch.now();
        let reply = self.send(local, &trip, None, watch).await?;
        if !reply.is_success() {
            // Whoever is merely busy, or broken, does not ask for a second factor.
            let says = if (400..=403).contains(&reply.status) { refused } else { message::own };
            return Err(self.refusal(local, &trip, &reply, says, now));
        }
        fresh(&reply, now).ok_or_else(|| Error::Login {
            reason: format!("{}: the answer has no `access_token`", trip.shown()),
        })
    }

    fn token_trip<'a>(&self, body: &'a [u8], repeat: Repeat) -> Result<Trip<'a>> {
        let operation = self.contract.token_operation();
        let (Some(operation), Some(host)) = (operation, &self.token_host) else {
            let reason = "the contract does not say where; hint: override `token_host`".to_owned();
            return Err(Error::Login { reason });
        };
        Ok(Trip {
            method: Method::from_bytes(operation.method.as_bytes()).unwrap_or(Method::POST),
            url: address::join(host, &operation.path, &[]),
            content_type: "application/x-www-form-urlencoded",
            body: Some(body),
            repeat,
            may_be_done: Cell::new(false),
        })
    }
}

/// All that the service said: it may ask for a second factor in words that nobody has seen.
fn refused(body: &str) -> String {
    format!("{}; {ELSEWHERE}", message::whole(body))
}

/// Whether the password may do what the refresh token did not.
fn gives_way(error: &Error) -> bool {
    match error {
        Error::Status { status, .. } => (400..500).contains(status) && *status != 429,
        Error::Timeout { .. } | Error::Connection { .. } => true,
        _ => false,
    }
}

fn fresh(reply: &Reply, now: f64) -> Option<Fresh> {
    let granted: Granted = serde_json::from_slice(&reply.body).ok()?;
    let life = match &granted.expires_in {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let life = life.filter(|life: &f64| life.is_finite() && *life >= 0.0);
    let access = Some(granted.access_token).filter(|token| !token.is_empty())?;
    let refresh = granted.refresh_token.filter(|token| !token.is_empty());
    let expires_at = life.map(|life| now + life);
    let token = Token { access: access.into(), refresh: refresh.map(Secret::from), expires_at };
    Some(Fresh { token, life })
}
