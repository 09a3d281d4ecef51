//! Ids of documents, assets and tracks.

use std::fmt;

/// A UUID; documents write it as `urn:uuid:` and the usual 36 characters.
///
/// Source: RFC 4122, 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(pub [u8; 16]);

const PREFIX: &str = "urn:uuid:";

/// Where the dashes are.
const DASHES: [usize; 4] = [8, 13, 18, 23];

/// Where the digits of each byte begin.
const PAIRS: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

impl Uuid {
    /// An id with or without `urn:uuid:`, in either case; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = match text.get(..PREFIX.len()) {
            Some(start) if start.eq_ignore_ascii_case(PREFIX) => &text[PREFIX.len()..],
            _ => text,
        };
        let bytes = digits.as_bytes();
        if bytes.len() != 36 || DASHES.iter().any(|&at| bytes[at] != b'-') {
            return None;
        }
        let mut found = [0; 16];
        let mut seen = 0;
        for (byte, &at) in found.iter_mut().zip(&PAIRS) {
            let (high, low) = (HEX[usize::from(bytes[at])], HEX[usize::from(bytes[at + 1])]);
            seen |= high | low;
            *byte = high << 4 | low;
        }
        (seen < 16).then_some(Self(found))
    }

    /// As documents write it.
    pub fn urn(&self) -> String {
        format!("{PREFIX}{self}")
    }
}

/// 36 characters in lower case, without `urn:uuid:`.
impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, byte) in self.0.iter().enumerate() {
            let dash = if matches!(n, 4 | 6 | 8 | 10) { "-" } else { "" };
            write!(f, "{dash}{byte:02x}")?;
        }
        Ok(())
    }
}

/// The value of each byte as a hex digit, or one that no digit has: a composition has tens of thousands of ids.
static HEX: [u8; 256] = {
    let mut values = [0xff; 256];
    let mut value = 0;
    while value < 16 {
        values[b"0123456789abcdef"[value as usize] as usize] = value;
        values[b"0123456789ABCDEF"[value as usize] as usize] = value;
        value += 1;
    }
    values
};
