//! The runs of digits in a name that may be its frame number.
//!
//! Digits are those of ASCII. Text are: the digits of an extension that has a letter (`.mp4`, `.r3d`,
//! `.jp2`), and a run whose value does not fit an `i64`. A `-` belongs to the digits behind it if it
//! stands at the base name's begin or behind `.` or `_`, so that `neg.-001.exr` is frame -1 and
//! `a-001.exr` is frame 1; but not in front of zeros only, since no number is written `-0`.

/// A run of digits, with its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Of its first byte, in the path.
    pub start: usize,
    /// Behind its last byte.
    pub end: usize,
    /// Its value.
    pub number: i64,
}

impl Run {
    /// What its text says: two runs have the same text if this is the same.
    pub(super) fn written(self) -> (i64, usize) {
        (self.number, self.end - self.start)
    }

    /// Whether it follows a `v`, as the number of a version does.
    pub(super) fn is_version(self, path: &str) -> bool {
        let before = self.start.checked_sub(1).map(|at| path.as_bytes()[at]);
        matches!(before, Some(b'v' | b'V'))
    }
}

/// Where the base name begins.
///
/// A `/` at the very begin counts as part of it: that is no relative path, and this way folder, `/` and
/// base name make the path again whatever it is.
pub(super) fn base_start(path: &str) -> usize {
    path.rfind('/').filter(|at| *at > 0).map_or(0, |at| at + 1)
}

/// The runs of the base name, from left to right.
pub(super) fn runs(path: &str) -> Runs<'_> {
    let (path, base) = (path.as_bytes(), base_start(path));
    Runs { path, base, at: base, end: base + stem_len(&path[base..]) }
}

/// Bytes before an extension that has a letter, or of the whole base name.
///
/// What follows the last dot is an extension only if it is all letters and digits: `x.v2_0001` has
/// none. Characters beyond ASCII pass for letters.
fn stem_len(base: &[u8]) -> usize {
    let dot = base.iter().rposition(|byte| *byte == b'.').unwrap_or(base.len());
    let extension = base.get(dot + 1..).unwrap_or_default();
    let is_word = extension.iter().all(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    let has_letter = extension.iter().any(|byte| !byte.is_ascii_digit());
    if is_word && has_letter { dot } else { base.len() }
}

/// Iterator over the runs of a name.
pub(super) struct Runs<'a> {
    path: &'a [u8],
    /// Where the base name begins.
    base: usize,
    /// Where the search goes on.
    at: usize,
    /// Where it ends.
    end: usize,
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        loop {
            let rest = &self.path[self.at..self.end];
            let start = self.at + rest.iter().position(u8::is_ascii_digit)?;
            let digits = &self.path[start..self.end];
            let len = digits.iter().position(|byte| !byte.is_ascii_digit());
            self.at = start + len.unwrap_or(digits.len());
            if let Some(run) = self.run(start) {
                return Some(run);
            }
        }
    }
}

impl Runs<'_> {
    /// The run from `start` to where the search goes on, if its value fits.
    fn run(&self, start: usize) -> Option<Run> {
        let end = self.at;
        let negated = negated(&self.path[start..end])?;
        if negated < 0 && self.is_signed(start) {
            return Some(Run { start: start - 1, end, number: negated });
        }
        Some(Run { start, end, number: negated.checked_neg()? })
    }

    fn is_signed(&self, start: usize) -> bool {
        match self.path[self.base..start] {
            [b'-'] | [.., b'.' | b'_', b'-'] => true,
            [..] => false,
        }
    }
}

/// The value of a text of digits; `None` if it is not all digits, or does not fit.
pub(super) fn value(digits: &[u8]) -> Option<i64> {
    negated(digits)?.checked_neg()
}

/// The value times -1: there is one more negative number than there are positive ones.
fn negated(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |value, byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 { value.checked_mul(10)?.checked_sub(i64::from(digit)) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{base_start, runs};

    /// The text and value of each run.
    fn found(path: &str) -> Vec<(&str, i64)> {
        runs(path).map(|run| (&path[run.start..run.end], run.number)).collect()
    }

    #[test]
    fn every_run_of_the_base_name_is_found() {
        assert_eq!(found("s01/x.0001.v2.exr"), [("0001", 1), ("2", 2)]);
        assert_eq!(found("0086400.dpx"), [("0086400", 86_400)]);
        assert_eq!(found("x.0001"), [("0001", 1)]);
        assert_eq!(found("x.v2_0001"), [("2", 2), ("0001", 1)]);
        assert_eq!(found("7"), [("7", 7)]);
        for name in ["", "/", "s01/", "x.exr", "x.", ".", "x.٣.exr"] {
            assert_eq!(found(name), [], "{name:?}");
        }
    }

    #[test]
    fn an_extension_with_a_letter_holds_no_frame_number() {
        for name in ["a.mp4", "a.r3d", "a.jp2", "a.3gp", ".mp4", "a.é4"] {
            assert_eq!(found(name), [], "{name:?}");
        }
        assert_eq!(found("a.mp4.0007"), [("4", 4), ("0007", 7)]);
    }

    #[test]
    fn a_minus_is_a_sign_only_behind_a_dot_an_underscore_or_nothing() {
        for (name, expected) in [
            ("neg.-001.exr", ("-001", -1)),
            ("neg_-1.exr", ("-1", -1)),
            ("s01/-5.exr", ("-5", -5)),
            ("a-001.exr", ("001", 1)),
            ("a.--1.exr", ("1", 1)),
            ("a.-000.exr", ("000", 0)),
            ("a 1-2.exr", ("1", 1)),
        ] {
            assert_eq!(found(name)[0], expected, "{name:?}");
        }
    }

    #[test]
    fn a_run_too_long_for_a_number_is_text() {
        assert_eq!(found("x.9223372036854775807.exr")[0].1, i64::MAX);
        assert_eq!(found("x.-9223372036854775808.exr")[0].1, i64::MIN);
        assert_eq!(found("x.9223372036854775808.0001.exr"), [("0001", 1)]);
        assert_eq!(found("x.-9223372036854775809.exr"), []);
        let padded = format!("x.{:0>40}.exr", 1);
        assert_eq!(found(&padded)[0].1, 1);
    }

    #[test]
    fn a_version_follows_a_v() {
        let versions = |path| runs(path).map(|run| run.is_version(path)).collect::<Vec<_>>();
        assert_eq!(versions("x_v2.V3.0001_4.exr"), [true, true, false, false]);
        assert_eq!(versions("1v/2"), [false]);
    }

    proptest! {
        #[test]
        fn runs_say_where_they_are(path in "(([0-9]{1,22})|([-._/vx])|.){0,12}") {
            let base = base_start(&path);
            let mut last = base;
            for run in runs(&path) {
                prop_assert!(run.start >= last && run.end > run.start);
                prop_assert_eq!(path[run.start..run.end].parse(), Ok(run.number));
                last = run.end;
            }
        }
    }
}
