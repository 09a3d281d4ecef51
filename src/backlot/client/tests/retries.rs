use std::time::{Duration, Instant};

use super::server::{Reaction, Server, granted, say};
use super::{Patient, change, client, id, look, options, password, patient};
use crate::backlot::client::Client;
use crate::error::Error;

#[test]
fn what_may_be_repeated_is_sent_again_and_what_may_not_is_not() {
    for (statuses, looks, changes) in [
        (&[200][..], 1, 1),
        (&[429, 200], 2, 2),
        (&[502, 200], 2, 1),
        (&[503, 504, 200], 3, 1),
        (&[503], 3, 1),
        (&[500, 200], 1, 1),
        (&[404], 1, 1),
    ] {
        let server = Server::saying(statuses);
        let client = client(&server, password());

        let looked = client.call(&look(&id("7")), &patient());
        let changed = client.call(&change(), &patient());

        assert_eq!(
            (server.count("/look"), server.count("/change")),
            (looks, changes),
            "{statuses:?}"
        );
        let last = |count: usize| statuses[(count - 1).min(statuses.len() - 1)];
        for (result, count) in [(looked, looks), (changed, changes)] {
            let status = match result {
                Ok(answer) => answer.status,
                Err(Error::Status { status, message, .. }) => {
                    assert_eq!(message, format!("words for {status}"));
                    status
                }
                Err(error) => panic!("{error}"),
            };
            assert_eq!(status, last(count), "{statuses:?}");
        }
    }
}

fn failing(reaction: Reaction) -> Server {
    Server::new(move |seen, _| if seen.path == "/token" { granted() } else { reaction.clone() })
}

#[test]
fn a_lost_answer_is_asked_for_again_only_where_that_does_no_harm() {
    for text in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", "nonsense\r\n\r\n"] {
        let server = failing(Reaction::Cut(text));
        let client = client(&server, password());

        let looked = client.call(&look(&id("7")), &patient()).unwrap_err();
        let changed = client.call(&change(), &patient()).unwrap_err();

        assert!(matches!(looked, Error::Connection { .. }), "{looked}");
        assert!(matches!(changed, Error::Connection { .. }), "{changed}");
        assert_eq!((server.count("/look"), server.count("/change")), (3, 1), "{text:?}");
    }
}

#[test]
fn an_answer_that_does_not_come_in_time_is_an_error_of_its_own() {
    let server = failing(Reaction::Hang(Duration::from_secs(3)));
    let with = crate::backlot::Options {
        timeout: Duration::from_millis(150),
        retries: 1,
        ..options(&server.url, password())
    };
    let client = Client { random: || 0.0, ..Client::new(with).unwrap() };

    let looked = client.call(&look(&id("7")), &patient()).unwrap_err();
    let changed = client.call(&change(), &patient()).unwrap_err();

    assert_eq!(looked.to_string(), format!("{}/look/7: no answer within 0.15 s", server.url));
    assert!(matches!(changed, Error::Timeout { .. }), "{changed}");
    assert_eq!((server.count("/look"), server.count("/change")), (2, 1));
}

#[test]
fn where_nobody_listens_everything_is_tried_again() {
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let client = Client { random: || 0.0, ..Client::new(options(&url, super::lone())).unwrap() };
    let watch = patient();

    let error = client.call(&change(), &watch).unwrap_err();

    assert_eq!(error.to_string(), format!("{url}/change: Connection refused"));
    assert_eq!(watch.notes.borrow().len(), 3);
}

#[test]
fn a_service_is_waited_for_as_it_asks_but_not_for_long() {
    for (header, wait) in [
        ("Retry-After: 0", Some(0.0)),
        ("retry-after: Sun, 06 Nov 1994 08:49:37 GMT", Some(0.0)),
        ("Retry-After: soon", Some(0.0)),
        ("Retry-After: 121", None),
        ("Retry-After: Sun, 06 Nov 1994 08:52:37 GMT", None),
    ] {
        let server = Server::new(move |seen, nth| match &*seen.path {
            "/token" => granted(),
            _ if nth == 0 => Reaction::SayWith(429, header.to_owned(), vec![]),
            _ => say(200),
        });
        let (client, watch) = (client(&server, super::lone()), patient());

        let result = client.call(&change(), &watch);

        assert_eq!(watch.waits.borrow()[0], wait, "{header}");
        match wait {
            Some(_) => assert_eq!(result.unwrap().status, 200),
            None => assert!(result.unwrap_err().to_string().contains("asks to wait 1"), "{header}"),
        }
    }
}

#[test]
fn waiting_takes_as_long_as_it_is_noted_to() {
    let server = Server::new(|_, nth| match nth {
        0 => Reaction::SayWith(503, "Retry-After: 1".to_owned(), vec![]),
        _ => say(200),
    });
    let client = Client { random: || 0.5, ..client(&server, super::lone()) };
    let (watch, began) = (patient(), Instant::now());

    client.call(&look(&id("7")), &watch).unwrap();

    assert_eq!(*watch.waits.borrow(), [Some(1.05), None]);
    assert!(began.elapsed() >= Duration::from_millis(1050));
}

#[test]
fn who_waits_can_stop_the_work_at_any_time() {
    let long = Reaction::SayWith(429, "Retry-After: 60".to_owned(), vec![]);
    for reaction in [Reaction::Hang(Duration::from_secs(9)), long] {
        let server = failing(reaction);
        let client = client(&server, super::lone());
        let until = Instant::now() + Duration::from_millis(120);
        let watch = Patient { until: Some(until), ..patient() };

        let error = client.call(&look(&id("7")), &watch).unwrap_err();

        assert!(matches!(error, Error::Cancelled), "{error}");
        assert!(until.elapsed() < Duration::from_millis(500));
        assert!(watch.checks.get() >= 2);
    }
}
