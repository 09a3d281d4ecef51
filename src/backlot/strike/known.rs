//! Secrets that are known, in all the ways in which they are written.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroize;

use super::STRUCK;
use crate::backlot::secret::Secret;

/// Rounds of replacing: what is left when a secret is cut out may be another one.
const ROUNDS: usize = 4;

/// The secrets to strike out wherever they stand.
pub(in crate::backlot) struct Known {
    /// Each in each way of writing it, the longest first.
    spellings: Vec<String>,
}

impl Known {
    pub(in crate::backlot) fn new<'s>(secrets: impl IntoIterator<Item = &'s Secret>) -> Self {
        let secrets = secrets.into_iter().map(Secret::expose);
        let can_be_struck = |secret: &&str| secret.chars().any(|c| c != '*');
        let mut spellings: Vec<_> = secrets.filter(can_be_struck).flat_map(spellings).collect();
        spellings.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        spellings.dedup();
        Self { spellings }
    }

    /// Bytes of the longest one.
    pub(super) fn longest(&self) -> usize {
        self.spellings.first().map_or(0, String::len)
    }

    /// Whether one of them is in `text`.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.spellings.iter().any(|secret| text.contains(&**secret))
    }

    /// `text` without any of them.
    pub(super) fn remove(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..ROUNDS {
            if !self.is_in(&text) {
                return text;
            }
            for secret in &self.spellings {
                if text.contains(&**secret) {
                    text = text.replace(&**secret, STRUCK);
                }
            }
        }
        if self.is_in(&text) { STRUCK.to_owned() } else { text }
    }
}

impl Drop for Known {
    fn drop(&mut self) {
        self.spellings.iter_mut().for_each(Zeroize::zeroize);
    }
}

/// As it is, in a JSON text, in a form and in a URL.
fn spellings(secret: &str) -> Vec<String> {
    let quoted = serde_json::Value::from(secret).to_string();
    let json = quoted[1..quoted.len() - 1].to_owned();
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let url = super::super::address::encode(secret);
    let slashed = json.replace('/', "\\/");
    let lower = [lower_hex(&percent), lower_hex(&form), lower_hex(&url)];
    let others = [json, slashed, percent, form, url].into_iter().chain(lower);
    others.chain([secret.to_owned()]).collect()
}

/// `%2F` as `%2f`.
fn lower_hex(text: &str) -> String {
    let mut digits = 0;
    let lower = |c: char| {
        digits = if c == '%' { 3_u8 } else { digits.saturating_sub(1) };
        if digits > 0 { c.to_ascii_lowercase() } else { c }
    };
    text.chars().map(lower).collect()
}
