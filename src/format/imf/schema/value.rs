//! Values of elements and attributes, and whether a text is one.
//!
//! Source: "XML Schema Part 2: Datatypes", second edition, for the types of XML Schema; the rest are patterns
//! of the schemas, of which Photon's `dcmlTypes.xsd` (SMPTE ST 433:2008) has ids and rates.

use std::borrow::Cow;

use crate::format::imf::{Rational, Uuid, base64};

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text,
    Uuid,
    Positive,
    Natural,
    Short,
    Boolean,
    DateTime,
    Base64,
    Uri,
    Uris,
    Language,
    Rational,
    RunningTime,
    Timecode,
    MacroName,
}

impl Value {
    /// What is expected, as a phrase.
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Uuid => "an id, `urn:uuid:` and 36 characters",
            Self::Positive => "a whole number from 1",
            Self::Natural => "a whole number from 0",
            Self::Short => "a whole number from 0 to 65535",
            Self::Boolean => "`true` or `false`",
            Self::DateTime => "a date and time such as `2026-01-31T12:00:00Z`",
            Self::Base64 => "a digest in base 64",
            Self::Uri => "a URI",
            Self::Uris => "one URI or more",
            Self::Language => "a language tag such as `en-US`",
            Self::Rational => "a rate as two numbers, such as `24000 1001`",
            Self::RunningTime => "a time such as `01:30:00`",
            Self::Timecode => "a time code such as `01:00:00:00`",
            Self::MacroName => "a name of letters, digits and `-`",
        }
    }

    /// Whether a text, with the blanks around it, is such a value.
    pub(super) fn takes(self, raw: &str) -> bool {
        // Types that XML Schema derives from its string keep blanks; all others do not mind them.
        let text = raw.trim_ascii();
        match self {
            Self::Text => true,
            Self::Uuid => text.starts_with("urn:uuid:") && Uuid::parse(text).is_some(),
            Self::Positive => number(text).is_some_and(|number| number > 0),
            Self::Natural => number(text).is_some(),
            Self::Short => number(text).is_some_and(|number| u16::try_from(number).is_ok()),
            Self::Boolean => matches!(text, "true" | "false" | "1" | "0"),
            Self::DateTime => is_date_time(text),
            Self::Base64 => base64::decode(text).is_some(),
            Self::Uri => is_uri(text),
            Self::Uris => !text.is_empty() && text.split(BLANKS).all(is_uri),
            Self::Language => is_language(text),
            Self::Rational => is_rational(&collapse(text)),
            Self::RunningTime => fits(raw, "99:59:59"),
            Self::Timecode => fits(raw, "29?59?59?59"),
            Self::MacroName => is_macro_name(raw),
        }
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// Runs of blanks as one, and none around; what XML Schema does with most values.
pub(crate) fn collapse(text: &str) -> Cow<'_, str> {
    let text = text.trim_ascii();
    let is_odd = |pair: &[u8]| pair[0] < b' ' || pair == b"  ";
    if !text.as_bytes().windows(2).any(is_odd) {
        return Cow::Borrowed(text);
    }
    let words: Vec<_> = text.split(BLANKS).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

/// A whole number, which may have a plus sign; `None` if it is none or has more than 64 bits.
pub(crate) fn number(text: &str) -> Option<u64> {
    // `parse` takes a plus sign too.
    text.trim_ascii().parse().ok()
}

/// Whether a text is as long as `model` and has, where that has a digit, a digit up to it, where it has `?`,
/// one of the marks that time code has between numbers, and else the same.
fn fits(text: &str, model: &str) -> bool {
    let fits = |(byte, model): (u8, u8)| match model {
        b'0'..=b'9' => (b'0'..=model).contains(&byte),
        b'?' => b":/;,.+-".contains(&byte),
        _ => byte == model,
    };
    text.len() == model.len() && text.bytes().zip(model.bytes()).all(fits)
}

fn is_macro_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_language(text: &str) -> bool {
    let is_tag = |tag: &str| {
        matches!(tag.len(), 1..=8) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let first = text.split('-').next().unwrap_or_default();
    text.split('-').all(is_tag) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Of the two numbers only the first may have a sign.
fn is_rational(text: &str) -> bool {
    let below = text.rsplit(' ').next().unwrap_or_default();
    is_digits(below) && Rational::parse(text).is_some()
}

/// XML Schema takes nearly every text as a URI, relative ones too; a scheme that cannot be one and a broken
/// escape are refused.
fn is_uri(text: &str) -> bool {
    let scheme = match text.find([':', '/', '?', '#']) {
        Some(at) if text[at..].starts_with(':') => &text[..at],
        _ => "s",
    };
    let is_more = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let is_hex = |hex: &str| hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut escapes = text.split('%').skip(1);
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(is_more)
        && escapes.all(|after| after.get(..2).is_some_and(is_hex))
}

/// Year of four digits or more, month, day, time, perhaps fractions of a second and a zone.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let time = without_zone(time);
    let clock = match time.split_once('.') {
        Some((_, digits)) if !is_digits(digits) => return false,
        Some((clock, _)) => clock,
        None => time,
    };
    let end_of_day =
        clock == "24:00:00" && time[8..].bytes().all(|byte| matches!(byte, b'.' | b'0'));
    let of_day = fits(clock, "29:59:59") && clock < "24:00:00";
    is_date(date) && (of_day || end_of_day)
}

/// A time without `Z` or an offset of up to 14 hours; unchanged if it has neither.
fn without_zone(time: &str) -> &str {
    if let Some(time) = time.strip_suffix('Z') {
        return time;
    }
    let Some(at) = time.len().checked_sub(6).filter(|at| time.is_char_boundary(*at)) else {
        return time;
    };
    let (clock, zone) = time.split_at(at);
    let offset = zone.strip_prefix(['+', '-']);
    let is_zone = offset.is_some_and(|offset| fits(offset, "19:59") && offset <= "14:00");
    if is_zone { clock } else { time }
}

fn is_date(date: &str) -> bool {
    let date = date.strip_prefix('-').unwrap_or(date);
    let Some(at) = date.len().checked_sub(6).filter(|at| date.is_char_boundary(*at)) else {
        return false;
    };
    let (year, day) = date.split_at(at);
    let is_year = is_digits(year) && year.len() >= 4 && (year.len() == 4 || !year.starts_with('0'));
    // The last four digits tell leap years: 10,000 is a multiple of 400.
    let last = year.get(year.len().saturating_sub(4)..).and_then(|year| year.parse::<u32>().ok());
    let parts = (day.get(1..3).and_then(number), day.get(4..6).and_then(number));
    match (last, parts) {
        (Some(last), (Some(month), Some(day_of_month))) if fits(day, "-19-39") => {
            is_year && day_of_month > 0 && day_of_month <= days(last, month)
        }
        _ => false,
    }
}

fn days(year: u32, month: u64) -> u64 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::Value;

    /// For each type texts that are values of it, and texts that are none, by hand from its definition.
    const CASES: &[(Value, &[&str], &[&str])] = &[
        (
            Value::Uuid,
            &[
                "urn:uuid:01234567-89ab-cdef-0123-456789abcdef",
                " urn:uuid:01234567-89AB-CDEF-0123-456789abcdef\n",
            ],
            &[
                "",
                "01234567-89ab-cdef-0123-456789abcdef",
                "URN:uuid:01234567-89ab-cdef-0123-456789abcdef",
            ],
        ),
        (Value::Positive, &["1", " 01 ", "+1"], &["", "0", "-1", "1.0", "1e3"]),
        (Value::Natural, &["0", "18446744073709551615"], &["", "-1", "18446744073709551616"]),
        (Value::Short, &["0", "65535"], &["65536", ""]),
        (Value::Boolean, &["true", "false", "1", " 0 "], &["", "yes", "TRUE", "2"]),
        (
            Value::DateTime,
            &[
                "2026-01-31T12:00:00",
                "2026-01-31T12:00:00.123Z",
                "2024-02-29T00:00:00-14:00",
                "2026-01-31T24:00:00.0",
                "-0044-03-15T12:00:00",
                "12026-01-01T00:00:00+05:30",
            ],
            &[
                "",
                "2026-01-31",
                "2026-02-29T00:00:00",
                "2026-13-01T00:00:00",
                "2026-01-00T00:00:00",
                "2026-01-31T24:00:01",
                "2026-01-31T12:00:60",
                "2026-01-31T12:00:00.",
                "26-01-31T12:00:00",
                "2026-01-31T12:00:00+14:01",
                "2026-01-31T12:00:00+1:00",
                "02026-01-01T00:00:00",
                "2026-01-31t12:00:00",
                "2026-01-31T12:00:00ZZ",
                "\u{e4}\u{e4}\u{e4}T\u{e4}\u{e4}\u{e4}\u{e4}",
            ],
        ),
        (Value::Base64, &["", "AAAA", "A A A A"], &["A", "A-AA"]),
        (
            Value::Uri,
            &["", "a/b.mxf", "urn:x", "a b", "a%20b", "a/b:c", "#x"],
            &["1:2", ":x", "a%2", "a%zz"],
        ),
        (Value::Uris, &["urn:x", "urn:x\n  urn:y"], &["", " "]),
        (
            Value::Language,
            &["en", "x-klingon", "de-CH-1996"],
            &["", "1a", "en_US", "en-", "abcdefghi"],
        ),
        (
            Value::Rational,
            &["24 1", "24000\n  1001", "+24 1"],
            &["", "24", "24/1", "24 0", "0 1", "-24 1", "24 +1", "24 1 1"],
        ),
        (
            Value::RunningTime,
            &["00:00:00", "99:59:59"],
            &["00:60:00", " 00:00:00", "0:00:00", "00:00:00:00"],
        ),
        (
            Value::Timecode,
            &["01:00:00:00", "29:59:59;59", "00/00,00.00"],
            &["30:00:00:00", "01:00:00:60", "01:00:00", "01-00-00_00"],
        ),
        (Value::MacroName, &["a", "Preset-1"], &["", "1a", "a b", "a_b"]),
    ];

    #[test]
    fn texts_are_values_of_their_types_and_of_no_others() {
        for (value, sound, unsound) in CASES {
            sound.iter().for_each(|text| assert!(value.takes(text), "{value:?} {text:?}"));
            unsound.iter().for_each(|text| assert!(!value.takes(text), "{value:?} {text:?}"));
        }
    }
}
