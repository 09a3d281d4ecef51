//! The time stamps of a zip: local time in steps of two seconds, from 1980 to 2107 (4.4.6).

/// The last year that fits: seven bits from 1980 on.
pub const LATEST_YEAR: i16 = 2107;

const EARLIEST_YEAR: i16 = 1980;

/// A time stamp as a zip holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DosTime {
    /// Year, month and day.
    pub date: u16,
    /// Hour, minute and half the second.
    pub time: u16,
}

impl DosTime {
    /// The first moment that fits.
    pub const EARLIEST: Self = Self { date: (1 << 5) + 1, time: 0 };

    /// The last moment that fits.
    pub const LATEST: Self =
        Self { date: (127 << 9) + (12 << 5) + 31, time: (23 << 11) + (59 << 5) + 29 };

    /// The stamp for a date and time of day, and whether it had to be clamped to fit. Odd seconds lose one.
    pub fn new(date: [i16; 3], time: [i16; 3]) -> (Self, bool) {
        let [year, month, day] = date;
        if year < EARLIEST_YEAR {
            return (Self::EARLIEST, true);
        }
        if year > LATEST_YEAR {
            return (Self::LATEST, true);
        }
        let [hour, minute, second] = time.map(i16::cast_unsigned);
        let date = ((year - EARLIEST_YEAR) << 9) + (month << 5) + day;
        let time = (hour << 11) + (minute << 5) + second.min(59) / 2;
        let stamp = Self { date: date.cast_unsigned(), time };
        (stamp, false)
    }
}

#[cfg(test)]
mod tests {
    use super::DosTime;

    #[test]
    fn what_does_not_fit_is_clamped() {
        let noon = [12, 34, 57];
        assert_eq!(DosTime::new([1979, 12, 31], noon), (DosTime::EARLIEST, true));
        assert_eq!(DosTime::new([2108, 1, 1], noon), (DosTime::LATEST, true));
        assert_eq!(DosTime::new([1980, 1, 1], [0, 0, 0]), (DosTime::EARLIEST, false));
        assert_eq!(DosTime::new([2107, 12, 31], [23, 59, 59]), (DosTime::LATEST, false));
    }

    #[test]
    fn a_stamp_holds_what_the_format_says() {
        let (stamp, _) = DosTime::new([2026, 11, 21], [12, 34, 57]);

        assert_eq!(stamp.date >> 9, 46);
        assert_eq!(stamp.date >> 5 & 15, 11);
        assert_eq!(stamp.date & 31, 21);
        assert_eq!((stamp.time >> 11, stamp.time >> 5 & 63, stamp.time & 31), (12, 34, 28));
    }
}
