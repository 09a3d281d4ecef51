//! Points in time as the XML lists write them: ISO 8601 in the form of `xs:dateTime`.
//!
//! Source: "W3C XML Schema Definition Language (XSD) 1.1 Part 2: Datatypes", 3.3.7 (dateTime).

use jiff::Timestamp;
use jiff::civil::DateTime;

/// A time in UTC, with `Z`, and a fraction only where there is one.
///
/// `time` is in nanoseconds since 1970-01-01T00:00:00Z.
pub(super) fn render(time: i64) -> String {
    timestamp(time).to_string()
}

/// A time in UTC as names of files have it: `2020-01-16_091500Z`.
pub(super) fn stamp(time: i64) -> String {
    timestamp(time).strftime("%Y-%m-%d_%H%M%SZ").to_string()
}

/// A time as a document has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    At(i64),
    /// Without an offset from UTC, which the formats allow: when that was cannot be told.
    Somewhere,
}

impl Time {
    /// Nanoseconds since 1970-01-01T00:00:00Z, where that can be told.
    pub(super) fn utc(self) -> Option<i64> {
        match self {
            Self::At(time) => Some(time),
            Self::Somewhere => None,
        }
    }
}

/// A time, with or without an offset from UTC; `None` if it is none, or before 1677 or after 2262.
pub(super) fn parse(text: &str) -> Option<Time> {
    let text = text.trim_ascii();
    match text.parse::<Timestamp>() {
        Ok(time) => i64::try_from(time.as_nanosecond()).ok().map(Time::At),
        Err(_) => text.parse::<DateTime>().ok().map(|_somewhere| Time::Somewhere),
    }
}

/// The second that a time lies in.
pub(super) fn whole_seconds(time: i64) -> i64 {
    const SECOND: i64 = 1_000_000_000;
    // In the first second that there is, rounding down would leave the range.
    time.div_euclid(SECOND).saturating_mul(SECOND)
}

fn timestamp(time: i64) -> Timestamp {
    Timestamp::from_nanosecond(time.into()).expect("years 1677 to 2262")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Time, parse, render, stamp, whole_seconds};

    /// `date -u -d '2020-01-16 09:15:00' +%s`
    const MORNING: i64 = 1_579_166_100_000_000_000;

    #[test]
    fn offsets_and_fractions_are_read() {
        let cases = [
            ("2020-01-16T09:15:00Z", Some(Time::At(MORNING))),
            ("2020-01-16T09:15:00+00:00", Some(Time::At(MORNING))),
            ("2020-01-16T10:15:00+01:00", Some(Time::At(MORNING))),
            (" 2020-01-16T03:45:00.000001-05:30\n", Some(Time::At(MORNING + 1000))),
            ("2020-01-16T09:15:00", Some(Time::Somewhere)),
            ("yesterday", None),
            ("2020-13-16T09:15:00Z", None),
            ("", None),
            ("9000-01-16T09:15:00Z", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), expected, "{text:?}");
        }
    }

    #[test]
    fn whole_seconds_are_written_without_a_fraction() {
        assert_eq!(render(MORNING), "2020-01-16T09:15:00Z");
        assert_eq!(render(-1_500_000_000), "1969-12-31T23:59:58.5Z");
        assert_eq!(whole_seconds(-1), -1_000_000_000);
        assert_eq!(whole_seconds(i64::MIN), i64::MIN);
        assert_eq!(stamp(MORNING + 999), "2020-01-16_091500Z");
    }

    proptest! {
        #[test]
        fn what_is_rendered_parses_back(time: i64) {
            prop_assert_eq!(parse(&render(time)), Some(Time::At(time)));
        }
    }
}
