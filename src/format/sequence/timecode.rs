//! Time code: frame numbers as hours, minutes, seconds and frames, counted from 00:00:00:00.
//!
//! Drop-frame counting leaves out numbers, not frames: of each minute but every tenth the first 2 (at 29.97) or
//! 4 (at 59.94), so that an hour of time code is an hour on the clock but for 3.6 ms. The counting of
//! SMPTE ST 12-1, as the public descriptions of it agree; the tests hold it against `timecode` of Python.

use std::fmt;
use std::str::FromStr;

use super::Rate;

/// The label of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timecode {
    hours: u32,
    minutes: u32,
    seconds: u32,
    frames: u32,
    /// Written with `;` before the frames, as drop-frame time code is.
    is_marked: bool,
}

/// Why a text is no time code, or none at a rate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimecodeFault {
    /// Not the form.
    #[error("`{0}` is no time code such as 01:00:00:00, or 01:00:00;00 with drop-frame counting")]
    Form(String),
    /// Seconds or minutes from 60 on.
    #[error("`{0}`: minutes and seconds go to 59")]
    Sixty(String),
    /// As many frames as a second has, or more.
    #[error("{timecode}: at {rate} frames go to {}", rate.nominal() - 1)]
    Frames {
        /// What was given.
        timecode: Timecode,
        /// The rate it was to be counted with.
        rate: Rate,
    },
    /// Left out by drop-frame counting.
    #[error("{timecode}: there is no such frame at {rate}, the number is dropped")]
    Dropped {
        /// What was given.
        timecode: Timecode,
        /// The rate it was to be counted with.
        rate: Rate,
    },
    /// Marked as drop-frame.
    #[error("{timecode}: has the ; of drop-frame counting, and the rate is {rate}")]
    NotDrop {
        /// What was given.
        timecode: Timecode,
        /// The rate it was to be counted with.
        rate: Rate,
    },
}

impl Rate {
    /// The time code of a frame number. `None` for a negative one, and from 100 hours on.
    pub fn timecode(self, frame: i64) -> Option<Timecode> {
        let frame = u64::try_from(frame).ok()?;
        let nominal = u64::from(self.nominal());
        let (minute, tenth) = (60 * nominal - self.dropped(), 600 * nominal - 9 * self.dropped());
        // The first of ten minutes is whole.
        let short_minutes =
            (frame % tenth).checked_sub(60 * nominal).map_or(0, |rest| 1 + rest / minute);
        let label = frame.checked_add(self.dropped() * (9 * (frame / tenth) + short_minutes))?;
        let (seconds, frames) = (label / nominal, label % nominal);
        Some(Timecode {
            hours: u32::try_from(seconds / 3600).ok().filter(|hours| *hours < 100)?,
            minutes: u32::try_from(seconds / 60 % 60).ok()?,
            seconds: u32::try_from(seconds % 60).ok()?,
            frames: u32::try_from(frames).ok()?,
            is_marked: self.drop(),
        })
    }

    /// The frame number of a time code, such as 86400 for `01:00:00:00` at 24.
    ///
    /// # Errors
    ///
    /// See [`Timecode::from_str`] and [`Timecode::frame`].
    pub fn frame(self, timecode: &str) -> Result<i64, TimecodeFault> {
        timecode.parse::<Timecode>()?.frame(self)
    }

    /// Numbers left out in a minute.
    fn dropped(self) -> u64 {
        if self.drop() { u64::from(self.nominal() / 15) } else { 0 }
    }
}

impl Timecode {
    /// The frame number at a rate. With a drop-frame rate `:` before the frames is as good as `;`.
    ///
    /// # Errors
    ///
    /// [`TimecodeFault::Frames`], [`TimecodeFault::Dropped`] or [`TimecodeFault::NotDrop`] if there is no such
    /// frame at this rate.
    pub fn frame(self, rate: Rate) -> Result<i64, TimecodeFault> {
        let (timecode, dropped) = (self, i64::try_from(rate.dropped()).unwrap_or(0));
        let frames = i64::from(self.frames);
        if self.is_marked && !rate.drop() {
            return Err(TimecodeFault::NotDrop { timecode, rate });
        }
        if self.frames >= rate.nominal() {
            return Err(TimecodeFault::Frames { timecode, rate });
        }
        if self.seconds == 0 && frames < dropped && !self.minutes.is_multiple_of(10) {
            return Err(TimecodeFault::Dropped { timecode, rate });
        }
        let minutes = i64::from(self.hours * 60 + self.minutes);
        let seconds = minutes * 60 + i64::from(self.seconds);
        Ok(seconds * i64::from(rate.nominal()) + frames - dropped * (minutes - minutes / 10))
    }
}

impl FromStr for Timecode {
    type Err = TimecodeFault;

    /// Read `HH:MM:SS:FF` or `HH:MM:SS;FF`, each of two digits, frames of two or three.
    ///
    /// # Errors
    ///
    /// [`TimecodeFault::Form`] or [`TimecodeFault::Sixty`].
    fn from_str(text: &str) -> Result<Self, TimecodeFault> {
        let form = || TimecodeFault::Form(text.to_owned());
        let (clock, frames) = text.rsplit_once([':', ';']).ok_or_else(form)?;
        let is_marked = text.as_bytes()[clock.len()] == b';';
        let mut parts = clock.split(':').map(|part| digits(part, 2..=2));
        let (Some(Some(hours)), Some(Some(minutes)), Some(Some(seconds)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(form());
        };
        let frames = digits(frames, 2..=3).ok_or_else(form)?;
        if minutes > 59 || seconds > 59 {
            return Err(TimecodeFault::Sixty(text.to_owned()));
        }
        Ok(Self { hours, minutes, seconds, frames, is_marked })
    }
}

fn digits(text: &str, len: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let is_number = len.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

impl fmt::Display for Timecode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { hours, minutes, seconds, frames, is_marked } = self;
        let mark = if *is_marked { ';' } else { ':' };
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}{mark}{frames:02}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Rate, Timecode, TimecodeFault};

    fn rate(text: &str) -> Rate {
        text.parse().unwrap()
    }

    /// As `timecode` of Python 1.5.1 counts them.
    const VECTORS: [(&str, i64, &str); 19] = [
        ("24", 0, "00:00:00:00"),
        ("24", 86_400, "01:00:00:00"),
        ("23.976", 172_800, "02:00:00:00"),
        ("24", 1_780_799, "20:36:39:23"),
        ("25", 90_000, "01:00:00:00"),
        ("30", 107_999, "00:59:59:29"),
        ("29.97df", 1_799, "00:00:59;29"),
        ("29.97df", 1_800, "00:01:00;02"),
        ("29.97df", 3_597, "00:01:59;29"),
        ("29.97df", 3_598, "00:02:00;02"),
        ("29.97df", 17_981, "00:09:59;29"),
        ("29.97df", 17_982, "00:10:00;00"),
        ("29.97df", 19_782, "00:11:00;02"),
        ("29.97df", 107_892, "01:00:00;00"),
        ("29.97df", 2_589_407, "23:59:59;29"),
        ("59.94df", 3_600, "00:01:00;04"),
        ("59.94df", 7_196, "00:02:00;04"),
        ("59.94df", 35_964, "00:10:00;00"),
        ("59.94df", 215_784, "01:00:00;00"),
    ];

    #[test]
    fn frames_are_counted_as_others_count_them() {
        for (fps, frame, text) in VECTORS {
            assert_eq!(rate(fps).timecode(frame).unwrap().to_string(), text, "{frame} at {fps}");
            assert_eq!(rate(fps).frame(text), Ok(frame), "{text} at {fps}");
        }
    }

    #[test]
    fn the_last_frame_is_before_100_hours() {
        assert_eq!(rate("24").timecode(8_639_999).unwrap().to_string(), "99:59:59:23");
        let last = rate("29.97df").frame("99:59:59;29").unwrap();
        assert_eq!(last, 10_789_199);
        for (fps, frame) in [("24", 8_640_000), ("29.97df", last + 1), ("24", -1), ("24", i64::MAX)]
        {
            assert_eq!(rate(fps).timecode(frame), None, "{frame} at {fps}");
        }
        assert_eq!(rate("59.94df").timecode(i64::MAX), None);
    }

    #[test]
    fn a_time_code_that_cannot_be_is_refused() {
        for text in [
            "",
            "1:00:00:00",
            "01:00:00",
            "01:00:00:00:00",
            "001:00:00:00",
            "01:00:00:0",
            "01:00:00:0000",
            "-1:00:00:00",
            "+1:00:00:00",
            "01;00;00;00",
            "01:00:00.00",
            "0a:00:00:00",
            " 01:00:00:00",
            "::::",
        ] {
            assert_eq!(text.parse::<Timecode>(), Err(TimecodeFault::Form(text.into())));
        }
        for text in ["00:60:00:00", "00:00:60:00"] {
            assert_eq!(text.parse::<Timecode>(), Err(TimecodeFault::Sixty(text.into())));
        }
        for (fps, text, message) in [
            ("24", "00:00:00:24", "00:00:00:24: at 24 frames go to 23"),
            ("25", "00:00:00:100", "00:00:00:100: at 25 frames go to 24"),
            (
                "29.97",
                "00:00:00;00",
                "00:00:00;00: has the ; of drop-frame counting, and the rate is 29.97",
            ),
            (
                "29.97df",
                "00:01:00;01",
                "00:01:00;01: there is no such frame at 29.97df, the number is dropped",
            ),
            (
                "59.94df",
                "00:09:00:03",
                "00:09:00:03: there is no such frame at 59.94df, the number is dropped",
            ),
        ] {
            assert_eq!(rate(fps).frame(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_drop_frame_rate_takes_either_mark() {
        assert_eq!(rate("29.97df").frame("01:00:00:00"), Ok(107_892));
        assert_eq!(rate("29.97").frame("01:00:00:00"), Ok(108_000));
    }

    proptest! {
        #[test]
        fn a_frame_is_found_again(frame in 0_i64..8_000_000, fps in 0..7_usize) {
            let rates = ["24", "23.976", "25", "29.97", "29.97df", "59.94df", "100"];
            let rate = rate(rates[fps]);
            let timecode = rate.timecode(frame).unwrap();

            prop_assert_eq!(timecode.frame(rate), Ok(frame));
            prop_assert_eq!(timecode.to_string().parse(), Ok(timecode));
            prop_assert!(rate.timecode(frame + 1).unwrap().to_string() > timecode.to_string());
        }

        #[test]
        fn no_text_makes_it_panic(text in "([0-9]{1,3}|[:;]|.){0,9}", frame: i64) {
            let _any_answer = (rate("59.94df").frame(&text), rate("59.94df").timecode(frame));
        }
    }
}
