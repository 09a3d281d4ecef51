use proptest::prelude::*;

use super::{Known, is_secret_name, strike};
use crate::backlot::secret::Secret;

fn secrets(texts: &[&str]) -> Vec<Secret> {
    texts.iter().map(|text| Secret::from((*text).to_owned())).collect()
}

#[test]
fn what_stands_under_the_name_of_a_secret_is_struck_out() {
    for (text, struck) in [
        (
            r#"{"access_token":"abc","expires_in":7199}"#,
            r#"{"access_token":"***","expires_in":7199}"#,
        ),
        (r#"{ "clientSecret" : "a\"b", "x": "y" }"#, r#"{ "clientSecret" : "***", "x": "y" }"#),
        (
            r#"{"token_type":"Bearer","nextPageToken":"p2"}"#,
            r#"{"token_type":"Bearer","nextPageToken":"p2"}"#,
        ),
        (r#"{"tok\u0065n":"abc"}"#, r#"{"tok\u0065n":"***"}"#),
        (
            r#"{"pin_token":1234,"hasToken":true,"token":null}"#,
            r#"{"pin_token":"***","hasToken":true,"token":null}"#,
        ),
        (
            r#"{"tokens":{"a":"x","b":[1,"y"]},"c":"z"}"#,
            r#"{"tokens":{"a":"***","b":["***","***"]},"c":"z"}"#,
        ),
        (r#"{"cookies":["a","b"],"c":[1]}"#, r#"{"cookies":["***","***"],"c":[1]}"#),
        (r#"{"text":"{\"password\":\"abc\"}"}"#, r#"{"text":"{\"password\":\"***\"}"}"#),
        (r#"{"access_token":"abc"#, r#"{"access_token":"***""#),
        (
            r#""{\"access_token\": \"abc\", \"x\": \"y"#,
            r#""{\"access_token\": \"***\", \"x\": \"y"#,
        ),
        (
            "grant_type=password&client_secret=a%2Fb&username=u&password=p+w",
            "grant_type=password&client_secret=***&username=u&password=***",
        ),
        (
            "https://x.example/v1?access_token=abc&page=2",
            "https://x.example/v1?access_token=***&page=2",
        ),
        ("https://u:p@x.example/v1", "https://***@x.example/v1"),
        ("https://u:p@w@x.example/v1 a@b.example", "https://***@x.example/v1 a@b.example"),
        ("Authorization: Basic dXNlcjpwdw==\r\nHost: x", "Authorization: ***\r\nHost: x"),
        ("Set-Cookie: a=b; c=d\nx", "Set-Cookie: ***\nx"),
        ("sent Bearer abcdefgh.ijkl, refused", "sent Bearer ***, refused"),
        ("the basic rights, a bearer of news", "the basic rights, a bearer of news"),
        ("token: Bearer abc def", "token: ***"),
        ("{'access_token': 'abc', 'x': 'y'}", "{'access_token': '***', 'x': 'y'}"),
        ("<accessToken>abc</accessToken><x>y</x>", "<accessToken>***</accessToken><x>y</x>"),
        ("password=\"abc def\" x=y", "password=\"***\" x=y"),
        ("no secret here", "no secret here"),
        ("", ""),
    ] {
        assert_eq!(strike(text.as_bytes(), &[]), struck);
    }
}

#[test]
fn names_of_secrets_are_known_however_they_are_written() {
    for name in [
        "token",
        "accessToken",
        "REFRESH-TOKEN",
        "asperaTransportToken",
        "x-api-key",
        "client_secret",
        "Proxy-Authorization",
    ] {
        assert!(is_secret_name(name), "{name}");
    }
    for name in
        ["pageToken", "next_page_token", "token_type", "tokenType", "user", "sshKeyPath", ""]
    {
        assert!(!is_secret_name(name), "{name}");
    }
}

#[test]
fn a_known_secret_is_struck_out_however_it_is_written() {
    let known = secrets(&["p/w \"ä&+"]);
    for text in [
        "p/w \"ä&+",
        r#"p/w \"ä&+"#,
        r#"p\/w \"ä&+"#,
        "p%2Fw%20%22%C3%A4%26%2B",
        "p%2fw%20%22%c3%a4%26%2b",
        "p%2Fw+%22%C3%A4%26%2B",
    ] {
        assert_eq!(strike(format!("<{text}>").as_bytes(), &known), "<***>", "{text}");
    }
    let odd = r#"{"x":"\u0070\u002fw \u0022\u00e4&+"}"#;
    assert_eq!(strike(odd.as_bytes(), &known), r#"{"x":"***"}"#);
}

#[test]
fn what_is_left_when_a_secret_is_cut_out_is_no_secret_either() {
    for (known, text) in
        [(&["b", "a***c"][..], "abc"), (&["*a", "a"], "a*a*a"), (&["***", ""], "***")]
    {
        let known = secrets(known);
        let struck = strike(text.as_bytes(), &known);

        let shows = |secret: &&Secret| secret.expose().chars().any(|c| c != '*');
        assert!(
            known.iter().filter(shows).all(|secret| !struck.contains(secret.expose())),
            "{struck}"
        );
    }
}

#[test]
fn a_glimpse_of_a_body_never_shows_half_a_secret() {
    let known = Known::new(&secrets(&["0123456789abcdef"]));
    let filler = "x".repeat(super::LOOKED_AT - 8);
    for body in [format!("{filler}0123456789abcdef"), format!("0123456789abcdef{filler}")] {
        let seen = known.glimpse(body.as_bytes());

        assert!(seen.len() <= super::SHOWN + 4 && !seen.contains("01234"), "{seen}");
    }
    let long = "long".repeat(256);
    let body = format!("x{}", long.repeat(80));
    assert!(!Known::new(&secrets(&[&long])).glimpse(body.as_bytes()).contains("long"));
    let blank = format!("\"password\":\"{}", "y".repeat(super::LOOKED_AT));
    assert!(!known.glimpse(blank.as_bytes()).contains('y'));
    assert_eq!(known.glimpse(b"short"), "short");
}

/// Text in which the parts that mean something are likely.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just(b"\"".to_vec()),
        Just(b"\\".to_vec()),
        Just(b"{".to_vec()),
        Just(b"]".to_vec()),
        Just(b"token".to_vec()),
        Just(b"password=".to_vec()),
        Just(b"\"secret\":".to_vec()),
        Just(b"://".to_vec()),
        Just(b"Bearer ".to_vec()),
        Just("ä".as_bytes().to_vec()),
        proptest::collection::vec(any::<u8>(), 0..4),
    ];
    proptest::collection::vec(part, 0..30).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in text()) {
        let struck = strike(&bytes, &[]);

        prop_assert!(struck.len() <= 16 + 8 * bytes.len());
    }

    #[test]
    fn no_known_secret_comes_through(
        before in text(), secret in "[ -~ä€]{1,12}", after in text(), way in 0..4_usize,
    ) {
        prop_assume!(secret.chars().any(|c| c != '*'));
        let written = match way {
            0 => secret.clone(),
            1 => serde_json::Value::from(&*secret).to_string(),
            2 => form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
            _ => crate::backlot::address::encode(&secret),
        };
        let text = [&*before, written.as_bytes(), &*after].concat();

        let struck = strike(&text, &secrets(&[&secret]));

        prop_assert!(!struck.contains(&secret) && !struck.contains(&written), "{}", struck);
    }

    #[test]
    fn json_stays_json_and_loses_nothing_else(
        value in "[ !#-9;>-~ä]{0,9}", number: i64, token in "[a-z\"\\\\]{0,9}",
    ) {
        // What looks like a secret and its name within the value would be struck on purpose.
        prop_assume!(!value.to_lowercase().contains("bearer") && !value.to_lowercase().contains("basic"));
        let body = serde_json::json!({"value": value, "list": [number, {"access_token": token}], "n": number});

        let struck = strike(body.to_string().as_bytes(), &[]);

        let wanted = serde_json::json!({"value": value, "list": [number, {"access_token": "***"}], "n": number});
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&struck).unwrap(), wanted);
    }
}
