//! What is compared to see that a file stayed the same while it was read.

use std::fmt;
use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

const SECOND: i64 = 1_000_000_000;

/// Size and modification time of a file at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970, negative before; the nearest that fits for times before 1677 and after
    /// 2262; `None` where the file system does not say.
    pub modified: Option<i64>,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok().map(nanoseconds) }
    }
}

/// Everything that tells one state of a file from another without reading it.
///
/// Two marks are equal only if nobody wrote to the file, replaced it or changed its attributes in
/// between, as far as the clock of the file system can tell moments apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Size and modification time.
    pub stamp: Stamp,
    /// When anything about the file was changed last, in nanoseconds since 1970; a program can set the
    /// modification time back, but not this one. `None` where the system does not say: on Windows.
    pub changed: Option<i64>,
    /// The device that holds it, 0 where the system does not say.
    pub device: u64,
    /// Its number on that device, 0 where the system does not say.
    pub inode: u64,
}

impl Mark {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let (changed, device, inode) = identity(metadata);
        Self { stamp: Stamp::of(metadata), changed, device, inode }
    }

    /// Whether both are of one file; false where the system does not say.
    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        self.inode != 0 && (self.device, self.inode) == (other.device, other.inode)
    }

    /// The later of the two times, `None` if there is none to go by.
    pub fn latest(&self) -> Option<i64> {
        Some(self.stamp.modified?.max(self.changed.unwrap_or(i64::MIN)))
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (Option<i64>, u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = metadata.ctime().saturating_mul(SECOND);
    (Some(seconds.saturating_add(metadata.ctime_nsec())), metadata.dev(), metadata.ino())
}

/// The portable way: what std offers on each system.
#[cfg(not(unix))]
fn identity(_metadata: &Metadata) -> (Option<i64>, u64, u64) {
    (None, 0, 0)
}

/// Nanoseconds since 1970.
pub(crate) fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => {
            i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, i64::wrapping_neg)
        }
    }
}

/// The time that many nanoseconds after 1970, or before.
pub(super) fn system_time(nanoseconds: i64) -> SystemTime {
    let distance = Duration::from_nanos(nanoseconds.unsigned_abs());
    if nanoseconds < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance }
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
