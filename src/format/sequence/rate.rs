//! Frame rates that time code can count.

use std::fmt;
use std::str::FromStr;

/// The fastest whole rate that is taken. Assumed: nothing faster is delivered with time code.
const FASTEST: u32 = 120;

/// Frames a second: a whole number, or that divided by 1.001, with or without drop-frame counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    nominal: u32,
    is_fractional: bool,
    is_drop: bool,
}

/// A text that is no frame rate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RateFault {
    /// No number, or a rate that time code cannot count: it needs whole frames, or these by 1.001.
    #[error(
        "`{0}` is no frame rate that time code can count; hint: 24, 23.976, 30000/1001, 29.97df, up to {FASTEST}"
    )]
    Unknown(String),
    /// Numbers are dropped to make up for 1/1000 of the frames, so that there are rates without need.
    #[error("`{0}`: only 29.97 and 59.94 have drop-frame counting")]
    Drop(String),
}

impl Rate {
    /// How far the frames of a second are counted: 24 for 23.976.
    pub fn nominal(self) -> u32 {
        self.nominal
    }

    /// Whether the first numbers of most minutes are left out, so that time code follows the clock.
    pub fn drop(self) -> bool {
        self.is_drop
    }

    /// Frames a second as a fraction, such as 24000 and 1001, or 24 and 1.
    pub fn fraction(self) -> (u32, u32) {
        if self.is_fractional { (self.nominal * 1000, 1001) } else { (self.nominal, 1) }
    }
}

impl FromStr for Rate {
    type Err = RateFault;

    /// Read `24`, `23.976`, `24000/1001`, or with `df` behind it a rate with drop-frame counting: `29.97df`.
    ///
    /// A decimal number is a rate by 1.001 if it is within 0.0002 of it, relatively, since people write 23.98
    /// as well as 23.976.
    ///
    /// # Errors
    ///
    /// What is no rate, or one that time code cannot count.
    fn from_str(text: &str) -> Result<Self, RateFault> {
        let unknown = || RateFault::Unknown(text.to_owned());
        let (number, is_drop) =
            text.strip_suffix("df").map_or((text, false), |number| (number, true));
        let (nominal, is_fractional) = match number.split_once('/') {
            Some((frames, seconds)) => fraction(whole(frames), whole(seconds)),
            None => decimal(number),
        }
        .filter(|(nominal, _)| (1..=FASTEST).contains(nominal))
        .ok_or_else(unknown)?;
        if is_drop && !(is_fractional && matches!(nominal, 30 | 60)) {
            return Err(RateFault::Drop(text.to_owned()));
        }
        Ok(Self { nominal, is_fractional, is_drop })
    }
}

fn whole(digits: &str) -> Option<u32> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// The nominal rate, and whether it is one by 1.001.
fn fraction(frames: Option<u32>, seconds: Option<u32>) -> Option<(u32, bool)> {
    match (frames?, seconds?) {
        (frames, 1001) if frames % 1000 == 0 => Some((frames / 1000, true)),
        (frames, seconds) if frames.checked_rem(seconds)? == 0 => Some((frames / seconds, false)),
        _ => None,
    }
}

/// The same of a number with or without decimals.
fn decimal(text: &str) -> Option<(u32, bool)> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let rate: f64 = text.parse().ok()?;
    let nominal = (1..=FASTEST).find(|nominal| f64::from(*nominal) >= rate - f64::EPSILON)?;
    let is_near = |exact: f64| (rate / exact - 1.0).abs() < 0.000_2;
    if is_near(f64::from(nominal)) {
        return Some((nominal, false));
    }
    is_near(f64::from(nominal) / 1.001).then_some((nominal, true))
}

impl fmt::Display for Rate {
    /// As people write it, and as it is read: `24`, `23.976`, `29.97df`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.3}", f64::from(self.nominal) / 1.001);
        let drop = if self.is_drop { "df" } else { "" };
        if self.is_fractional {
            write!(f, "{}{drop}", text.trim_end_matches('0'))
        } else {
            write!(f, "{}", self.nominal)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FASTEST, Rate, RateFault};

    fn parse(text: &str) -> Result<Rate, RateFault> {
        text.parse()
    }

    #[test]
    fn one_rate_has_several_spellings() {
        for (texts, shown, fraction) in [
            (&["24", "24.0", "24.000", "24/1", "48/2"][..], "24", (24, 1)),
            (&["23.976", "23.98", "23.976023976", "24000/1001"], "23.976", (24_000, 1001)),
            (&["25", "25.00"], "25", (25, 1)),
            (&["29.97", "30000/1001"], "29.97", (30_000, 1001)),
            (&["29.97df", "30000/1001df"], "29.97df", (30_000, 1001)),
            (&["47.952", "47.95"], "47.952", (48_000, 1001)),
            (&["59.94df", "60000/1001df"], "59.94df", (60_000, 1001)),
            (&["119.88"], "119.88", (120_000, 1001)),
            (&["1"], "1", (1, 1)),
        ] {
            for text in texts {
                let rate = parse(text).unwrap();
                assert_eq!(
                    (rate.to_string().as_str(), rate.fraction()),
                    (shown, fraction),
                    "{text}"
                );
            }
        }
        assert_eq!(parse("23.976").unwrap().nominal(), 24);
        assert!(parse("29.97df").unwrap().drop());
    }

    #[test]
    fn every_rate_is_read_as_it_is_shown() {
        for nominal in 1..=FASTEST {
            for text in [nominal.to_string(), format!("{}/1001", nominal * 1000)] {
                let rate = parse(&text).unwrap();
                assert_eq!(parse(&rate.to_string()), Ok(rate), "{text}");
            }
        }
    }

    #[test]
    fn what_time_code_cannot_count_is_refused() {
        for text in [
            "",
            "0",
            "-24",
            "+24",
            "24 ",
            "12.5",
            "23.9",
            "24.5",
            "121",
            "1e1",
            "nan",
            "inf",
            ".",
            "df",
            "24/0",
            "0/1",
            "24/",
            "/1",
            "25/2",
            "24000/1002",
            "23976/1000",
            "+24/1",
            "24DF",
        ] {
            assert_eq!(parse(text), Err(RateFault::Unknown(text.into())), "{text:?}");
        }
        for text in ["24df", "25df", "30df", "60df", "23.976df", "119.88df"] {
            assert_eq!(parse(text), Err(RateFault::Drop(text.into())), "{text:?}");
        }
    }
}
