//! Striking out secrets of what is logged, kept or told.
//!
//! Two ways together: whatever stands under a name like `access_token` or `Cookie`, in JSON, in a form, in
//! a header, in XML or in plain text; and each secret that is known, wherever it stands and however it is
//! written. Text that is not understood is passed on as it is, but for the known secrets. Striking out too
//! much is the safe mistake here.

mod known;
mod scan;

#[cfg(test)]
mod tests;

pub(super) use known::Known;

use super::secret::Secret;

/// What stands in the place of a secret.
pub(super) const STRUCK: &str = "***";

/// Bytes of a body that are looked at for the log: what is shown of it is far less.
const LOOKED_AT: usize = 64 << 10;

/// Bytes of a body that are shown in the log.
const SHOWN: usize = 2 << 10;

/// `text` without its secrets: those under a name that says so, those in `known`, and the user name and
/// password of a URL. Bytes that are not UTF-8 become U+FFFD; JSON stays JSON.
///
/// A known secret that consists of nothing but `*` cannot be struck out.
pub fn strike(text: &[u8], known: &[Secret]) -> String {
    Known::new(known).strike(text)
}

impl Known {
    /// See [`strike`].
    pub(super) fn strike(&self, text: &[u8]) -> String {
        self.remove(&scan::scan(&String::from_utf8_lossy(text), self))
    }

    /// The beginning of a body, for the log.
    pub(super) fn glimpse(&self, body: &[u8]) -> String {
        let is_cut = body.len() > LOOKED_AT;
        let mut text = self.strike(&body[..body.len().min(LOOKED_AT)]);
        // Half a secret is no known one: what could be that is not shown.
        let shown = if is_cut { text.len().saturating_sub(self.longest()) } else { text.len() };
        let shown = shown.min(SHOWN);
        if shown < text.len() {
            text.truncate(text.floor_char_boundary(shown));
            text.push_str(" ...");
        }
        text
    }
}

/// Whether a field, header or parameter of that name holds a secret.
///
/// A page token is none: it says where a list goes on.
fn is_secret_name(name: &str) -> bool {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    let is_harmless = name.ends_with("pagetoken") || name.ends_with("tokentype");
    !is_harmless && SECRET_NAMES.iter().any(|part| name.contains(part))
}

/// Parts of names, in lower case without `_` and `-`.
const SECRET_NAMES: [&str; 10] = [
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "cookie",
    "authorization",
    "apikey",
    "privatekey",
    "credential",
];
