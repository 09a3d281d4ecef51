//! How many bytes lie at each place that a table names.
//!
//! Source: Apple, `QuickTime File Format`, sample-to-chunk and sample size atoms.

use std::ops::Range;

use super::model::TopBox;
use super::number::{u8_at, u32_at};

/// The sizes of runs of samples, one after the other.
pub(super) struct Lengths<'h> {
    /// From which run on there are how many samples in each: 12 bytes for each change.
    runs: &'h [[u8; 12]],
    sizes: Sizes<'h>,
    /// The number of the run that comes next, counted from 1.
    next: u32,
    per_run: u32,
}

/// The sizes of samples.
enum Sizes<'h> {
    /// All are alike.
    Same(u32),
    /// One after the other.
    Each(&'h [[u8; 4]]),
    /// They cannot be told.
    Unknown,
}

impl<'h> Lengths<'h> {
    /// From what `stsc` and `stsz` hold; `None` if the changes do not begin with the first run and rise.
    /// Readers make of such a table what they like, so that it would not be known what lies where.
    pub(super) fn new(runs: &'h [u8], sizes: Option<&'h [u8]>) -> Option<Self> {
        let count = usize::try_from(u32_at(runs, 4)?).ok()?;
        let runs = runs.get(8..)?.as_chunks().0.get(..count)?;
        let sizes = sizes.and_then(Sizes::parse).unwrap_or(Sizes::Unknown);
        let from = |change: &[u8; 12]| u32_at(change, 0);
        let is_sound = runs.is_sorted_by(|a, b| from(a) < from(b));
        (is_sound && from(runs.first()?) == Some(1)).then_some(Self {
            runs,
            sizes,
            next: 1,
            per_run: 0,
        })
    }

    /// The highest number of a sample description that a run has, counted from 1; 0 if one has none.
    pub(super) fn description(&self) -> u32 {
        let numbers = self.runs.iter().filter_map(|change| u32_at(change, 8));
        if numbers.clone().any(|number| number == 0) { 0 } else { numbers.max().unwrap_or(0) }
    }

    /// Samples whose run has not come yet, of those whose sizes are told one by one.
    pub(super) fn left(&self) -> u64 {
        match self.sizes {
            Sizes::Each(sizes) => sizes.len() as u64,
            Sizes::Same(_) | Sizes::Unknown => 0,
        }
    }

    /// Bytes of the next run; 0 if that is not told.
    pub(super) fn next(&mut self) -> u64 {
        if let Some((change, rest)) = self.runs.split_first()
            && u32_at(change, 0).is_some_and(|from| from <= self.next)
        {
            (self.per_run, self.runs) = (u32_at(change, 4).unwrap_or(0), rest);
        }
        self.next = self.next.saturating_add(1);
        self.sizes.take(self.per_run)
    }
}

impl<'h> Sizes<'h> {
    fn parse(body: &'h [u8]) -> Option<Self> {
        u8_at(body, 11)?;
        Some(match u32_at(body, 4)? {
            0 => {
                let sizes = body.get(12..)?.as_chunks().0;
                let count = usize::try_from(u32_at(body, 8)?).unwrap_or(usize::MAX);
                Self::Each(&sizes[..count.min(sizes.len())])
            }
            // `QuickTime` writes 1 for sound whose samples have other sizes.
            1 => Self::Unknown,
            size => Self::Same(size),
        })
    }

    /// Bytes of so many samples.
    fn take(&mut self, count: u32) -> u64 {
        match self {
            Self::Unknown => 0,
            Self::Same(size) => u64::from(*size) * u64::from(count),
            Self::Each(sizes) => {
                let count = usize::try_from(count).unwrap_or(usize::MAX).min(sizes.len());
                let (taken, rest) = sizes.split_at(count);
                *sizes = rest;
                taken.iter().map(|size| u64::from(u32::from_be_bytes(*size))).sum()
            }
        }
    }
}

/// Where media data lies, in order.
pub(super) fn media(boxes: &[TopBox]) -> Vec<Range<u64>> {
    let media = boxes.iter().filter(|one| one.kind == b"mdat");
    media.map(|one| one.offset + one.head..one.end()).collect()
}

/// Whether so many bytes lie in one of these ranges, which are in order. None at all may also lie at an end.
pub(super) fn lies_in(ranges: &[Range<u64>], at: u64, len: u64) -> bool {
    let before = ranges.partition_point(|range| range.start <= at);
    let range = before.checked_sub(1).and_then(|n| ranges.get(n));
    range.is_some_and(|range| at.checked_add(len).is_some_and(|end| end <= range.end))
}
