//! What an answer that is no success says.

use serde_json::Value;

/// Characters of a text that is told when the answer is not of the usual form.
const LONGEST: usize = 200;

/// Characters that are told of an answer that is shown whole: more would be a web page.
const WHOLE: usize = 4000;

/// The API's own message: `message` or `error` of a JSON object, or the beginning of the text.
///
/// Source: the answer 401 of the token call, the one that is public; that others have its form is assumed.
pub(super) fn own(body: &str) -> String {
    let object: Option<Value> = serde_json::from_str(body).ok();
    let field = |name| object.as_ref()?.get(name)?.as_str().filter(|text| !text.trim().is_empty());
    field("message").or_else(|| field("error")).map_or_else(|| beginning(body, LONGEST), one_line)
}

/// All that was answered, on one line.
pub(super) fn whole(body: &str) -> String {
    beginning(body, WHOLE)
}

fn beginning(text: &str, longest: usize) -> String {
    let line = one_line(text);
    match line.char_indices().nth(longest) {
        Some((end, _)) => format!("{} ...", &line[..end]),
        None if line.is_empty() => "no reason was given".to_owned(),
        None => line,
    }
}

fn one_line(text: &str) -> String {
    let parts = text.split(|c: char| c.is_whitespace() || c.is_control());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_is_that_of_the_api_or_the_beginning_of_its_text() {
        let long = "x".repeat(300);
        for (body, message) in [
            (
                r#"{"status":401,"error":"Unauthorized","message":"Authentication failed"}"#,
                "Authentication failed",
            ),
            (r#"{"error":"Unauthorized","message":""}"#, "Unauthorized"),
            (r#"{"message":7,"error":"line one\nline two"}"#, "line one line two"),
            (r#"{"detail":"x"}"#, r#"{"detail":"x"}"#),
            ("<html>\n <b>Bad Gateway</b>", "<html> <b>Bad Gateway</b>"),
            (" \r\n", "no reason was given"),
            (&long, &format!("{} ...", &long[..200])),
        ] {
            assert_eq!(own(body), message);
        }
        assert_eq!(whole(&long), long);
    }
}
