use std::io::Write;

use super::server::{Reaction, Server, granted, say};
use super::{change, client, id, look, options, password, patient};
use crate::backlot::Options;
use crate::backlot::client::{Call, Client, Once};
use crate::error::Error;

#[test]
fn a_call_goes_out_as_the_contract_says() {
    let server = Server::saying(&[200]);
    let client = client(&server, password());
    let query = [("page", "1&2"), ("q", "ä ")].map(|(a, b)| (a.to_owned(), b.to_owned()));

    let answer = client.call(&Call { query: &query, ..look(&id("a/b c?")) }, &patient()).unwrap();
    client.call(&change(), &patient()).unwrap();

    let looked = &server.seen("/look")[0];
    assert_eq!(
        (&*looked.method, &*looked.path),
        ("GET", "/look/a%2Fb%20c%3F?page=1%262&q=%C3%A4+")
    );
    assert_eq!(looked.header("authorization"), Some("Bearer next-access"));
    assert_eq!(looked.header("accept"), Some("application/json"));
    assert!(looked.header("user-agent").unwrap().starts_with("reelpack/"));
    assert_eq!(looked.header("content-type"), None);
    let changed = &server.seen("/change")[0];
    assert_eq!((&*changed.method, &*changed.body), ("POST", "{}"));
    assert_eq!(changed.header("content-type"), Some("application/json"));
    assert_eq!(answer.url, format!("{}{}", server.url, looked.path));
    assert_eq!(answer.body, br#"{"status":200,"message":"words for 200"}"#);
    assert_eq!((answer.status, answer.kept_since), (200, None));
}

#[test]
fn a_parameter_that_an_overridden_path_leaves_out_goes_into_the_query() {
    let server = Server::saying(&[200]);
    let mut with = options(&format!("{}/api/", server.url), super::lone());
    let toml = "[operations.look]\nmethod = 'POST'\npath = '/v2/look'";
    with.contract.apply("mine.toml".as_ref(), toml).unwrap();

    Client::new(with).unwrap().call(&look(&id("7/8")), &patient()).unwrap();

    let seen = &server.seen("/api")[0];
    assert_eq!((&*seen.method, &*seen.path), ("POST", "/api/v2/look?id=7%2F8"));
}

#[test]
fn a_call_that_does_not_fit_the_contract_is_not_sent() {
    let server = Server::saying(&[200]);
    let client = client(&server, password());
    for (operation, path, words) in [
        ("lookup", id("7"), "the contract has no operation `lookup`"),
        ("takeToken", id("7"), "tokens come by themselves"),
        ("look", id(""), "`id` is empty"),
        ("look", id(".."), "`id` leads to another path"),
        ("look", [("ID".to_owned(), "7".to_owned())], "`look` needs `id`"),
    ] {
        let call = Call { operation, ..look(&path) };
        let error = client.call(&call, &patient()).unwrap_err();

        assert!(
            matches!(error, Error::Argument { .. }) && error.to_string().contains(words),
            "{error}"
        );
    }
    let nowhere = Options { url: None, ..options(&server.url, password()) };
    let error = Client::new(nowhere).unwrap().call(&change(), &patient()).unwrap_err();
    assert!(error.to_string().starts_with("the host of the API is not public; hint: "), "{error}");
    assert_eq!(server.count("/"), 0);
}

#[test]
fn a_host_that_would_give_secrets_away_is_refused() {
    for (url, words) in [
        ("http://backlot.example", "in the open"),
        ("http://10.0.0.1:8000", "in the open"),
        ("https://user:hunter2@backlot.example", "user name or password"),
        ("https://backlot.example/?key=1", "query"),
        ("file:///etc/passwd", "no web address"),
        ("backlot.example", "no URL"),
    ] {
        let error = Client::new(options(url, password())).unwrap_err();

        let text = error.to_string();
        assert!(
            text.starts_with("`url` ") && text.contains(words) && !text.contains("hunter2"),
            "{text}"
        );
    }
    for url in
        ["http://localhost:1", "http://[::1]:1", "http://127.9.9.9", "https://backlot.example/api"]
    {
        assert!(Client::new(options(url, password())).is_ok(), "{url}");
    }
}

#[test]
fn a_redirect_is_told_and_not_followed() {
    let server = Server::new(|seen, _| match &*seen.path {
        "/token" => granted(),
        _ => Reaction::SayWith(307, "Location: /elsewhere?token=x".to_owned(), vec![]),
    });

    let error = client(&server, password()).call(&change(), &patient()).unwrap_err();

    let Error::Status { status: 307, message, .. } = &error else { panic!("{error}") };
    assert!(
        message.starts_with("sent on to /elsewhere?token=***, which is not followed"),
        "{message}"
    );
    assert_eq!(server.count("/elsewhere"), 0);
}

#[test]
fn an_answer_may_be_anything_of_modest_size() {
    let server = Server::new(|seen, _| match &*seen.path {
        "/token" => granted(),
        "/look/text" => Reaction::Say(203, "no JSON".to_owned()),
        "/look/empty" => Reaction::Say(204, String::new()),
        _ => Reaction::Flood(65 << 20),
    });
    let client = client(&server, password());

    assert_eq!(client.call(&look(&id("text")), &patient()).unwrap().body, b"no JSON");
    assert_eq!(client.call(&look(&id("empty")), &patient()).unwrap().body, b"");
    let error = client.call(&look(&id("large")), &patient()).unwrap_err();
    assert!(error.to_string().ends_with("/look/large: the answer has more than 64 MiB"), "{error}");
    assert_eq!(server.count("/look/large"), 1);
}

#[test]
fn what_goes_to_this_machine_goes_by_no_proxy_and_the_rest_does() {
    let server = Server::saying(&[200]);
    let proxy = Server::new(|_, _| say(403));
    let through = |url: &str| Options {
        proxy: Some(proxy.url.replace("//", "//user:hunter2@")),
        retries: 0,
        ..options(url, super::lone())
    };

    Client::new(through(&server.url)).unwrap().call(&change(), &patient()).unwrap();
    assert_eq!(proxy.count(""), 0);
    let far = Client::new(through("https://backlot.example")).unwrap();
    let error = far.call(&change(), &patient()).unwrap_err();

    let asked = &proxy.seen("backlot.example:443")[0];
    assert_eq!(asked.method, "CONNECT");
    assert!(asked.header("authorization").is_none());
    assert!(matches!(error, Error::Connection { .. }), "{error}");
    assert!(!format!("{error} {error:?} {far:?}").contains("hunter2"), "{error}");
}

#[test]
fn a_compressed_answer_is_unpacked() {
    let server = Server::new(|seen, _| {
        assert!(seen.header("accept-encoding").unwrap().contains("gzip"));
        let mut packed = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
        packed.write_all(b"{\"unpacked\":1}").unwrap();
        Reaction::SayWith(200, "Content-Encoding: gzip".to_owned(), packed.finish().unwrap())
    });

    let answer = client(&server, super::lone()).call(&change(), &patient()).unwrap();

    assert_eq!(answer.body, b"{\"unpacked\":1}");
}

#[test]
fn files_that_are_no_certificates_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.pem");
    let wrong = folder.path().join("wrong.pem");
    crate::fs::write(&wrong, b"no PEM", false).unwrap();
    let with = |file: &std::path::Path| {
        Client::new(Options {
            ca_files: vec![file.to_owned()],
            ..options("https://x.example", password())
        })
    };

    assert!(matches!(with(&missing).unwrap_err(), Error::Io { .. }));
    let error = with(&wrong).unwrap_err();
    assert!(
        error.to_string().ends_with("wrong.pem: holds no certificate; hint: PEM is expected"),
        "{error}"
    );
}

#[test]
fn a_lost_answer_of_what_must_not_be_repeated_says_so_once() {
    let server = Server::new(|seen, _| match &*seen.path {
        "/token" => granted(),
        _ => Reaction::Cut(""),
    });
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let once = Some(Once { state: &state, again: false, key: "7" });
    let deliver = Call { operation: "deliver", path: &[], query: &[], body: None, once };

    for (call, words) in [(change(), "it may have been carried out"), (deliver, "`--again`")] {
        let error = client(&server, password()).call(&call, &patient()).unwrap_err().to_string();

        assert_eq!(error.matches("; hint: ").count(), 1, "{error}");
        assert!(error.rsplit("; hint: ").next().unwrap().contains(words), "{error}");
    }
}
