//! Finding what stands under the name of a secret.
//!
//! One pass over any text, which need not be well-formed: a body may have been cut, or be an error page.

use percent_encoding::percent_decode_str;

use super::{Known, STRUCK, is_secret_name};

/// JSON within a string of JSON is looked into this deep.
const DEEPEST: usize = 4;

/// Quotes without an end after which no more is looked for: each costs a look at all that follows.
const LONE_QUOTES: usize = 8;

/// `text` without what stands under the name of a secret; known ones are gone of strings in it.
pub(super) fn scan(text: &str, known: &Known) -> String {
    scan_at(text, known, 0)
}

fn scan_at(text: &str, known: &Known, level: usize) -> String {
    let struck = String::with_capacity(text.len());
    let mut scanner = Scanner { rest: text, struck, known, level, depth: 0, hidden: None, lone: 0 };
    while !scanner.rest.is_empty() {
        scanner.step();
    }
    scanner.struck
}

struct Scanner<'t> {
    /// What is not looked at yet.
    rest: &'t str,
    struck: String,
    known: &'t Known,
    /// Strings around this text.
    level: usize,
    /// Brackets around the place.
    depth: usize,
    /// How many there were around the object or list in which everything is struck out.
    hidden: Option<usize>,
    /// Quotes that were found to begin no string.
    lone: usize,
}

impl Scanner<'_> {
    fn step(&mut self) {
        let first = self.rest.as_bytes()[0];
        match first {
            b'"' => self.string(),
            b'{' | b'[' => {
                self.depth += 1;
                self.copy(1);
            }
            b'}' | b']' => self.close(),
            b':' if self.rest.starts_with("://") => self.authority(),
            _ if is_word(first) => self.word(),
            _ => self.copy(self.rest.chars().next().map_or(1, char::len_utf8)),
        }
    }

    /// Take `len` bytes over as they are.
    fn copy(&mut self, len: usize) {
        let (taken, rest) = self.rest.split_at(len);
        self.struck.push_str(taken);
        self.rest = rest;
    }

    /// Leave `len` bytes out.
    fn strike(&mut self, len: usize, with: &str) {
        self.struck.push_str(with);
        self.rest = &self.rest[len..];
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.hidden.is_some_and(|depth| depth >= self.depth) {
            self.hidden = None;
        }
        self.copy(1);
    }

    fn string(&mut self) {
        let Some(len) = (self.lone < LONE_QUOTES).then(|| string_len(self.rest)).flatten() else {
            self.lone += 1;
            return self.copy(1);
        };
        let token = &self.rest[..len];
        let text = serde_json::from_str::<String>(token);
        let text = text.unwrap_or_else(|_| token[1..len - 1].to_owned());
        let is_key = self.rest[len..].trim_start().starts_with(':');
        if self.hidden.is_some() && !is_key {
            return self.strike(len, QUOTED);
        }
        self.content(token, &text);
        self.rest = &self.rest[len..];
        if is_key && is_secret_name(&text) {
            self.copy(self.rest.len() - after_colon(self.rest).len());
            self.value(false);
        }
    }

    /// A string that is not itself a secret, but may have one in it.
    fn content(&mut self, token: &str, text: &str) {
        let clean = if self.level < DEEPEST {
            scan_at(text, self.known, self.level + 1)
        } else {
            STRUCK.to_owned()
        };
        let clean = self.known.remove(&clean);
        if clean == text {
            self.struck.push_str(token);
        } else {
            self.struck.push_str(&serde_json::Value::from(clean).to_string());
        }
    }

    /// What stands behind the name of a secret; a header's reaches to the end of the line.
    fn value(&mut self, is_header: bool) {
        let Some(first) = self.rest.bytes().next() else { return };
        match first {
            b'"' => match string_len(self.rest) {
                Some(len) => self.strike(len, QUOTED),
                None => self.strike(self.rest.len(), QUOTED),
            },
            b'\'' => {
                let inner = self.rest[1..].find('\'');
                self.strike(inner.map_or(self.rest.len(), |end| end + 2), "'***'");
            }
            b'{' | b'[' => {
                self.hidden = self.hidden.or(Some(self.depth));
                self.depth += 1;
                self.copy(1);
            }
            b'\\' => self.escaped(),
            _ if is_header => {
                let end = self.rest.find(['\r', '\n']).unwrap_or(self.rest.len());
                self.strike(end, STRUCK);
            }
            _ => self.bare(),
        }
    }

    /// A string within a string that was cut: `\"...\"`.
    fn escaped(&mut self) {
        let is_edge = |c: char| matches!(c, '\\' | '"' | '\'');
        let opening = self.rest.find(|c| !is_edge(c)).unwrap_or(self.rest.len());
        self.copy(opening);
        let end = self.rest.find(is_edge).unwrap_or(self.rest.len());
        self.strike(end, STRUCK);
    }

    /// A value without quotes; `true`, `false` and `null` tell nothing.
    fn bare(&mut self) {
        let len = bare_len(self.rest);
        match &self.rest[..len] {
            "" | "true" | "false" | "null" => self.copy(len),
            // A number of JSON: what takes its place is to be JSON too.
            number if number.parse::<f64>().is_ok() && self.depth > 0 => self.strike(len, QUOTED),
            scheme if is_scheme(scheme) => {
                let behind = self.rest[len..].trim_start_matches([' ', '\t']);
                self.strike(self.rest.len() - behind.len() + bare_len(behind), STRUCK);
            }
            _ => self.strike(len, STRUCK),
        }
    }

    fn word(&mut self) {
        let len = self.rest.bytes().take_while(|&byte| is_word(byte)).count();
        let (word, behind) = self.rest.split_at(len);
        if self.hidden.is_some() {
            let with = if self.depth > 0 { QUOTED } else { STRUCK };
            let tells_nothing = matches!(word, "true" | "false" | "null");
            return if tells_nothing { self.copy(len) } else { self.strike(len, with) };
        }
        if is_scheme(word) && behind.starts_with(' ') {
            return self.credentials(len);
        }
        let is_element = self.struck.ends_with('<') && behind.starts_with('>');
        let closing = behind.trim_start_matches(['\\', '"', '\'']).trim_start_matches([' ', '\t']);
        self.copy(len);
        if !(is_element || closing.starts_with([':', '='])) || !is_secret_word(word) {
            return;
        }
        if is_element {
            self.copy(1);
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            return self.strike(end, STRUCK);
        }
        let is_header = closing.starts_with(':') && self.depth == 0;
        let value = closing[1..].trim_start_matches([' ', '\t']);
        self.copy(behind.len() - value.len());
        self.value(is_header);
    }

    /// `Bearer`, `Basic` and their like, with what stands behind it.
    fn credentials(&mut self, len: usize) {
        self.copy(len);
        let behind = self.rest.trim_start_matches(' ');
        self.copy(self.rest.len() - behind.len());
        let len = bare_len(self.rest);
        // Shorter ones are words: "basic rights".
        if len >= 8 { self.strike(len, STRUCK) } else { self.copy(len) }
    }

    /// Behind the scheme of a URL: `USER:PASSWORD@HOST`.
    fn authority(&mut self) {
        self.copy(3);
        let is_end = |c: char| c.is_whitespace() || "/?#\"'<>\\".contains(c);
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        if let Some(at) = self.rest[..end].rfind('@') {
            self.strike(at, STRUCK);
        }
    }
}

/// A struck value as a string of JSON.
const QUOTED: &str = "\"***\"";

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.%+$".contains(&byte)
}

fn is_secret_word(word: &str) -> bool {
    is_secret_name(&percent_decode_str(word).decode_utf8_lossy())
}

/// Names of ways to show who one is, which stand before the secret.
fn is_scheme(word: &str) -> bool {
    ["bearer", "basic", "digest"].iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
}

/// Bytes of the JSON string that `text` begins with, its quotes counted; `None` if it has no end.
fn string_len(text: &str) -> Option<usize> {
    let mut is_escaped = true;
    let end = text.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    })?;
    Some(end + 1)
}

/// Bytes of a value that has no quotes around it.
fn bare_len(text: &str) -> usize {
    let is_end = |c: char| c.is_whitespace() || "&;,\"'<>{}[]()\\".contains(c);
    text.find(is_end).unwrap_or(text.len())
}

/// What stands behind a colon and the blanks around it.
fn after_colon(text: &str) -> &str {
    let text = text.trim_start();
    text.strip_prefix(':').unwrap_or(text).trim_start()
}
