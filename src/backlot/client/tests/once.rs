use std::path::Path;
use std::time::Duration;

use super::server::{Reaction, Server, granted, say};
use super::{Patient, SECRETS, client, lone, options, password, patient};
use crate::backlot::client::{Answer, Call, Client, Once};
use crate::error::{Error, Result};

fn deliver<'a>(state: &'a Path, key: &'a str) -> Call<'a> {
    let once = Some(Once { state, again: false, key });
    Call { operation: "deliver", path: &[], query: &[], body: Some(b"{}"), once }
}

fn again<'a>(state: &'a Path, key: &'a str) -> Call<'a> {
    Call { once: Some(Once { state, again: true, key }), ..deliver(state, key) }
}

fn on(server: &Server, call: &Call<'_>) -> Result<Answer> {
    client(server, password()).call(call, &patient())
}

#[test]
fn a_delivery_that_was_started_is_not_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let body = r#"{"transferId":"t1","asperaTransportToken":"abc","echo":"next-access"}"#;
    let server = Server::new(move |seen, _| match &*seen.path {
        "/token" => granted(),
        _ => Reaction::Say(201, body.to_owned()),
    });

    let first = on(&server, &deliver(&state, "request 7")).unwrap();
    let later = Patient { now: super::NOW + 60.0, ..patient() };
    let second = client(&server, lone()).call(&deliver(&state, "request 7"), &later).unwrap();

    assert_eq!((first.kept_since, first.body), (None, body.as_bytes().to_vec()));
    assert_eq!((second.status, second.kept_since), (201, Some(super::NOW)));
    let struck = r#"{"transferId":"t1","asperaTransportToken":"***","echo":"***"}"#;
    assert_eq!(second.body, struck.as_bytes());
    assert_eq!(server.count("/deliver"), 1);
    on(&server, &deliver(&state, "request 8")).unwrap();
    on(&server, &again(&state, "request 7")).unwrap();
    assert_eq!(server.count("/deliver"), 3);
    let kept = crate::fs::read(&state).unwrap();
    for secret in SECRETS.iter().chain(&["abc", "request 7"]) {
        assert!(!kept.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()), "{secret}");
    }
}

#[test]
fn a_delivery_without_an_answer_is_uncertain_until_somebody_looked() {
    let hang = Reaction::Hang(Duration::from_secs(1));
    let cut = "HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n{";
    for reaction in [hang, Reaction::Cut(""), Reaction::Cut(cut), say(500), say(502), say(303)] {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let server = Server::new(move |seen, nth| match &*seen.path {
            "/token" => granted(),
            _ if nth == 0 => reaction.clone(),
            _ => say(201),
        });
        let with = crate::backlot::Options {
            timeout: Duration::from_millis(300),
            ..options(&server.url, password())
        };
        let client = Client::new(with).unwrap();

        let first = client.call(&deliver(&state, "7"), &patient()).unwrap_err();
        let second = client.call(&deliver(&state, "7"), &patient()).unwrap_err();

        assert!(matches!(first, Error::Uncertain { .. }), "{first}");
        assert!(first.to_string().contains(": was sent and may be under way, but "), "{first}");
        let Error::Uncertain { url, since, .. } = &second else { panic!("{second}") };
        assert!(url.starts_with(&server.url), "{url}");
        assert!((*since - super::NOW).abs() < f64::EPSILON);
        assert!(second.to_string().contains(": was sent before and not answered"));
        assert_eq!(server.count("/deliver"), 1, "{first}");
        assert_eq!(client.call(&again(&state, "7"), &patient()).unwrap().status, 201);
        assert!(client.call(&deliver(&state, "7"), &patient()).unwrap().kept_since.is_some());
    }
}

#[test]
fn a_delivery_that_was_refused_may_be_tried_again() {
    for statuses in
        [&[400, 201][..], &[401, 401, 201], &[409, 201], &[429, 429, 429, 201], &[308, 201]]
    {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let (statuses, server) = (statuses.len(), Server::saying(statuses));

        let first = on(&server, &deliver(&state, "7"));
        let second = on(&server, &deliver(&state, "7")).unwrap();

        assert!(matches!(first, Err(Error::Status { .. })));
        assert_eq!((second.status, second.kept_since), (201, None));
        assert_eq!(server.count("/deliver"), statuses);
    }
}

#[test]
fn a_delivery_that_never_went_out_may_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let refusing = Server::new(|_, _| say(403));

    let unreached = Client::new(crate::backlot::Options {
        retries: 0,
        ..options("http://127.0.0.1:1", lone())
    });
    let unreached = unreached.unwrap().call(&deliver(&state, "7"), &patient()).unwrap_err();
    let no_token = on(&refusing, &deliver(&state, "7")).unwrap_err();

    assert!(matches!(unreached, Error::Connection { .. }), "{unreached}");
    assert!(matches!(no_token, Error::Status { status: 403, .. }), "{no_token}");
    assert_eq!(refusing.count("/deliver"), 0);
    assert!(on(&Server::saying(&[201]), &deliver(&state, "7")).unwrap().kept_since.is_none());
}

#[test]
fn a_delivery_that_was_stopped_on_its_way_is_uncertain() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let server = Server::new(|_, _| Reaction::Hang(Duration::from_secs(2)));
    let client = client(&server, lone());
    let until = Some(std::time::Instant::now() + Duration::from_millis(200));

    let first = client.call(&deliver(&state, "7"), &Patient { until, ..patient() }).unwrap_err();

    assert!(matches!(first, Error::Cancelled));
    let second = client.call(&deliver(&state, "7"), &patient()).unwrap_err();
    assert!(matches!(second, Error::Uncertain { .. }), "{second}");
}

#[test]
fn nothing_is_sent_where_nothing_can_be_remembered() {
    let server = Server::saying(&[201]);
    let folder = tempfile::tempdir().unwrap();

    let error = on(&server, &deliver(folder.path(), "7")).unwrap_err();

    assert!(matches!(error, Error::State { .. }), "{error}");
    assert_eq!(server.count("/"), 0);
    let bare = Call { once: None, ..deliver(folder.path(), "7") };
    assert_eq!(on(&server, &bare).unwrap().status, 201);
}

#[test]
fn what_is_not_to_be_made_once_only_is_not_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let server = Server::saying(&[200]);

    on(&server, &Call { operation: "change", ..deliver(&state, "7") }).unwrap();

    assert!(!crate::fs::exists(&state));
}
