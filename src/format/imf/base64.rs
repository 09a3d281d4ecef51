//! Bytes as base 64, as digests are written.
//!
//! Source: RFC 4648, 4; blanks between digits as "XML Schema Part 2" allows for `base64Binary`.

use std::borrow::Cow;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes of a text, which may have blanks anywhere; `None` if it is no base 64, or not the one text that its
/// bytes have.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let has_blanks = text.bytes().any(|byte| byte.is_ascii_whitespace());
    let digits: Cow<'_, [u8]> = if has_blanks {
        text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect()
    } else {
        text.as_bytes().into()
    };
    let end = digits.iter().rposition(|digit| *digit != b'=').map_or(0, |last| last + 1);
    let padding = digits.len() - end;
    if !digits.len().is_multiple_of(4) || padding > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 1);
    let mut left = 0;
    for group in digits[..end].chunks(4) {
        // Digits that are not there count as zeros.
        let number = (0..4).try_fold(0, |number, at| {
            Some(number << 6 | group.get(at).map_or(Some(0), |digit| value(*digit))?)
        })?;
        bytes.extend_from_slice(&u32::to_be_bytes(number)[1..]);
        left = number;
    }
    // What is left over stands for nothing.
    bytes.truncate(bytes.len() - padding.min(bytes.len()));
    (left & ((1 << (8 * padding)) - 1) == 0).then_some(bytes)
}

/// Text of bytes.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let mut padded = [0; 4];
        padded[1..=group.len()].copy_from_slice(group);
        let number = u32::from_be_bytes(padded);
        for nth in 0..4 {
            let digit = DIGITS[(number >> (18 - 6 * nth)) as usize & 63];
            text.push(if nth > group.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

fn value(digit: u8) -> Option<u32> {
    let at = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{decode, encode};

    #[test]
    fn the_published_vectors_hold() {
        // RFC 4648, 10.
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (bytes, text) in vectors {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).unwrap(), bytes.as_bytes());
        }
    }

    #[test]
    fn what_is_no_base64_is_refused() {
        for text in [
            "A",
            "AA",
            "AAA",
            "A===",
            "====",
            "AA=A",
            "AAA=AAAA",
            "AB==",
            "AAB=",
            "A-AA",
            "\u{e4}AAA",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
        assert_eq!(decode(" Zm\n9v\t").unwrap(), b"foo");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
        }
    }
}
