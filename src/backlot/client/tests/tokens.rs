use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::server::{Reaction, Seen, Server, granted, say};
use super::{
    NOW, Patient, SECRETS, change, client, given, id, lone, look, options, password, patient,
};
use crate::backlot::client::{Client, Login, Token};
use crate::error::{Error, Result};

const THREADS: usize = 16;

fn at_once<T: Send>(act: impl Fn() -> T + Sync) -> Vec<T> {
    let barrier = Barrier::new(THREADS);
    std::thread::scope(|scope| {
        let act = || {
            barrier.wait();
            act()
        };
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(act)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn bearer(seen: &Seen) -> &str {
    seen.header("authorization").unwrap().strip_prefix("Bearer ").unwrap()
}

/// Answers tokens slowly, and takes only the newest.
fn strict(token: fn(&Seen) -> Reaction) -> Server {
    Server::new(move |seen, _| match &*seen.path {
        "/token" => {
            std::thread::sleep(Duration::from_millis(100));
            token(seen)
        }
        _ if bearer(seen) == SECRETS[4] => say(200),
        _ => say(401),
    })
}

#[test]
fn a_token_is_asked_for_with_the_fields_of_the_password_grant() {
    let server = Server::saying(&[200]);

    let token = client(&server, password()).token(&patient()).unwrap();

    let asked = &server.seen("/token")[0];
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(asked.header("authorization"), None);
    assert_eq!(
        asked.body,
        "grant_type=password&client_id=key&client_secret=cl%21ent%2Fsecret&username=user\
         &password=pass+word%261&validator_id=Directory&scope=delivery"
    );
    assert_eq!(token.access.expose(), SECRETS[4]);
    assert_eq!(token.refresh.unwrap().expose(), SECRETS[5]);
    assert_eq!(token.expires_at, Some(NOW + 7199.0));
}

#[test]
fn many_threads_ask_for_one_token() {
    let server = strict(|_| granted());
    let client = client(&server, password());

    let results = at_once(|| client.call(&look(&id("7")), &patient()));

    assert!(results.iter().all(Result::is_ok));
    assert_eq!((server.count("/token"), server.count("/look")), (1, THREADS));
}

#[test]
fn many_threads_that_wait_for_a_token_that_is_refused_try_the_password_once() {
    let server = strict(|_| say(401));
    let client = client(&server, password());

    let results = at_once(|| client.call(&look(&id("7")), &patient()));

    for result in results {
        let error = result.unwrap_err();
        assert!(matches!(&error, Error::Status { status: 401, .. }), "{error}");
    }
    assert_eq!((server.count("/token"), server.count("/look")), (1, 0));
}

#[test]
fn many_threads_whose_token_is_refused_renew_it_once() {
    let server = strict(|_| granted());
    let login = Login { token: Some(given(None)), ..password() };
    let client = client(&server, login);

    let results = at_once(|| client.call(&change(), &patient()));

    assert!(results.iter().all(Result::is_ok));
    assert_eq!(server.count("/token"), 1);
}

#[test]
fn a_refresh_token_is_used_before_the_token_ends() {
    for (left, renewals) in [(31.0, 0), (29.0, 1), (-1.0, 1)] {
        let server = Server::saying(&[200]);
        let login = Login { token: Some(given(Some(NOW + left))), ..password() };

        client(&server, login).call(&change(), &patient()).unwrap();

        let asked = server.seen("/token");
        assert_eq!(asked.len(), renewals, "{left}");
        let grant = "grant_type=refresh_token&client_id=key&client_secret=cl%21ent%2Fsecret\
                     &refresh_token=first-refresh&validator_id=Directory&scope=delivery";
        assert!(asked.iter().all(|asked| asked.body == grant), "{asked:?}");
    }
}

#[test]
fn a_token_is_renewed_by_its_own_length_of_life() {
    for (life, kept_for, renewed_after) in
        [(7199, 6838.0, 6840.0), (100, 69.0, 71.0), (4, 1.9, 2.1)]
    {
        let server = Server::new(move |seen, nth| match &*seen.path {
            "/token" => {
                Reaction::Say(200, format!(r#"{{"access_token":"t{nth}","expires_in":"{life}"}}"#))
            }
            _ => say(200),
        });
        let client = client(&server, password());
        let after = |seconds: f64| Patient { now: NOW + seconds, ..patient() };

        let tokens =
            [0.0, kept_for, renewed_after].map(|seconds| client.token(&after(seconds)).unwrap());

        let seen = tokens.map(|token| token.access.expose().to_owned());
        assert_eq!(seen, ["t0", "t0", "t1"], "{life}");
    }
}

#[test]
fn a_refresh_token_that_is_of_no_use_gives_way_to_the_password() {
    for (reaction, tries) in [(say(400), 1), (say(401), 1), (Reaction::Cut(""), 1), (say(503), 3)] {
        let server = Server::new(move |seen, _| match &*seen.path {
            "/token" if seen.body.contains("grant_type=refresh") => reaction.clone(),
            "/token" => granted(),
            _ => say(200),
        });
        let token = Some(given(Some(NOW)));

        let with_password = client(&server, Login { token: token.clone(), ..password() });
        let result = with_password.call(&change(), &patient());

        let refreshes = |server: &Server| {
            server.seen("/token").iter().filter(|it| it.body.contains("grant_type=refresh")).count()
        };
        assert_eq!(refreshes(&server), tries);
        // A service that is overloaded is not asked for more.
        assert_eq!(result.is_ok(), tries == 1);
        let key_only = Login { username: None, ..Login { token, ..password() } };
        let error = client(&server, key_only).call(&change(), &patient()).unwrap_err();
        assert!(matches!(error, Error::Status { .. } | Error::Connection { .. }), "{error}");
    }
}

#[test]
fn a_refresh_without_a_new_refresh_token_keeps_the_old_one() {
    let body = r#"{"access_token":"a","expires_in":60}"#;
    let server = Server::new(move |_, _| Reaction::Say(200, body.to_owned()));
    let login = Login { token: Some(given(Some(NOW))), ..password() };

    let token = client(&server, login).token(&patient()).unwrap();

    assert_eq!(token.refresh.unwrap().expose(), SECRETS[3]);
}

#[test]
fn a_token_that_nothing_can_renew_is_used_until_it_is_refused() {
    let server = Server::saying(&[200, 401]);
    let old = Token { expires_at: Some(NOW - 9.0), ..lone().token.unwrap() };
    let client = client(&server, Login { token: Some(old), ..Login::default() });

    assert!(client.call(&change(), &patient()).is_ok());
    let error = client.call(&change(), &patient()).unwrap_err();

    assert_eq!(error.to_string(), format!("{}/change: 401: words for 401", server.url));
    assert_eq!((server.count("/token"), server.count("/change")), (0, 2));
}

#[test]
fn a_call_that_is_refused_twice_is_not_sent_a_third_time() {
    let server = Server::saying(&[401]);
    let client = client(&server, password());

    let error = client.call(&change(), &patient()).unwrap_err();

    assert!(matches!(&error, Error::Status { status: 401, .. }), "{error}");
    assert_eq!((server.count("/token"), server.count("/change")), (2, 2));
}

#[test]
fn a_refused_password_shows_all_that_the_service_said() {
    let body =
        r#"{"error":"mfa_required","message":"Second factor","how":["app"],"mfa_token":"x1"}"#;
    let server = Server::new(move |_, _| Reaction::Say(403, body.to_owned()));

    let error = client(&server, password()).call(&change(), &patient()).unwrap_err();

    let text = error.to_string();
    let whole =
        r#"{"error":"mfa_required","message":"Second factor","how":["app"],"mfa_token":"***"}"#;
    assert!(text.starts_with(&format!("{}/token: 403: {whole}; hint: ", server.url)), "{text}");
    let Error::Status { method, status, body, .. } = error else { panic!("{error}") };
    assert_eq!((&*method, status, &*body), ("POST", 403, whole.as_bytes()));
}

#[test]
fn a_login_that_lacks_something_says_what() {
    let server = Server::saying(&[200]);
    for (login, missing) in [
        (
            Login::default(),
            "no token: client_id, client_secret, username, password not given; hint: ",
        ),
        (Login { password: None, ..password() }, "no token: password not given; hint: "),
    ] {
        let error = client(&server, login).call(&change(), &patient()).unwrap_err();

        assert!(matches!(error, Error::Login { .. }));
        assert!(error.to_string().starts_with(missing), "{error}");
    }
    assert_eq!(server.count("/"), 0);
}

#[test]
fn an_answer_that_has_no_token_is_told_without_its_text() {
    for body in ["", "secret-words", "{}", r#"{"access_token":""}"#, r#"{"access_token":7}"#] {
        let server = Server::new(move |_, _| Reaction::Say(200, body.to_owned()));

        let error = client(&server, password()).token(&patient()).unwrap_err();

        let wanted = format!("no token: {}/token: the answer has no `access_token`", server.url);
        assert_eq!(error.to_string(), wanted);
    }
}

#[test]
fn a_token_that_no_header_can_hold_is_not_shown() {
    let server = Server::saying(&[200]);
    let token = Token { access: super::secret("line\nfeed"), refresh: None, expires_at: None };
    let client = Client::new(options(&server.url, Login { token: Some(token), ..lone() })).unwrap();

    let error = client.call(&change(), &patient()).unwrap_err();

    assert_eq!(error.to_string(), "no token: the token has characters that no header can hold");
}

#[test]
fn one_who_stops_waiting_for_a_token_does_not_stop_the_others() {
    static IS_SLOW: AtomicBool = AtomicBool::new(true);
    let server = Server::new(|seen, _| {
        if seen.path == "/token" && IS_SLOW.swap(false, Ordering::Relaxed) {
            std::thread::sleep(Duration::from_secs(3));
        }
        granted()
    });
    let client = client(&server, password());

    let (first, second) = std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            let until = Some(std::time::Instant::now() + Duration::from_millis(300));
            client.token(&Patient { until, ..patient() })
        });
        std::thread::sleep(Duration::from_millis(100));
        let second = client.token(&patient());
        (first.join().unwrap(), second)
    });

    assert!(matches!(first.unwrap_err(), Error::Cancelled));
    assert_eq!(second.unwrap().access.expose(), SECRETS[4]);
}
