use super::server::{Reaction, Server};
use super::{SECRETS, change, client, given, id, look, options, password, patient};
use crate::backlot::client::{Call, Login, Once};

/// Answers everything with all secrets: those that are new to the client under their names.
fn parrot(status: u16) -> Server {
    Server::new(move |seen, _| {
        let secrets = format!("{:?}", &SECRETS[..4]);
        let body = format!(
            r#"{{"access_token":"{}","refresh_token":"{}","all":{secrets},"sent":{:?}}}"#,
            SECRETS[4], SECRETS[5], seen.body
        );
        let location = format!("Location: /x?access_token={}&y={}", SECRETS[4], SECRETS[2]);
        Reaction::SayWith(status, location, body.into_bytes())
    })
}

fn assert_shows_none(text: &str) {
    for secret in SECRETS {
        let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        assert!(!text.contains(secret) && !text.contains(&form), "{secret} in {text}");
    }
}

#[test]
fn no_secret_is_in_any_text_of_the_client() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let once = Some(Once { state: &state, again: true, key: "7" });
    let query = [("access_token".to_owned(), SECRETS[2].to_owned())];
    let deliver = Call { operation: "deliver", once, ..change() };
    for status in [200, 307, 400, 401, 429, 500, 503] {
        let server = parrot(status);
        let login = Login { token: Some(given(None)), ..password() };
        let (client, watch) = (client(&server, login), patient());
        for call in [deliver, Call { query: &query, ..look(&id("7")) }, change()] {
            match client.call(&call, &watch) {
                Ok(answer) => assert_shows_none(&format!("{answer:?}{}", answer.url)),
                Err(error) => assert_shows_none(&format!("{error:?}{error}")),
            }
            assert_shows_none(&format!("{call:?}").replace(SECRETS[2], ""));
        }
        let _either_way = client.token(&watch);
        assert_shows_none(&format!("{client:?}{:?}", options(&server.url, password())));
        assert!(!watch.notes.borrow().is_empty());
        watch.notes.borrow().iter().for_each(|note| assert_shows_none(note));
        for name in ["state", "state-wal"] {
            let kept = crate::fs::read(&folder.path().join(name)).unwrap_or_default();
            assert_shows_none(&String::from_utf8_lossy(&kept));
        }
    }
}

#[test]
fn a_secret_shows_itself_as_stars() {
    let login = Login { token: Some(given(Some(1.5))), ..password() };

    assert_shows_none(&format!("{login:?} {} {:?}", super::secret(SECRETS[0]), given(None)));
    assert_eq!(super::secret("x").to_string(), "***");
}
