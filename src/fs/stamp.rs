//! What is compared to see that a file stayed the same while it was read.

use std::fmt;
use std::fs::Metadata;
use std::time::UNIX_EPOCH;

const SECOND: i64 = 1_000_000_000;

/// Size and modification time of a file at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970, negative before; the nearest that fits for times before 1677 and after
    /// 2262; `None` where the file system does not say.
    pub modified: Option<i64>,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().map(|time| match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => {
                i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, i64::wrapping_neg)
            }
        });
        Self { size: metadata.len(), modified }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.size)?;
        match self.modified {
            Some(time) => {
                write!(f, " (modified {}.{:09})", time.div_euclid(SECOND), time.rem_euclid(SECOND))
            }
            None => Ok(()),
        }
    }
}
