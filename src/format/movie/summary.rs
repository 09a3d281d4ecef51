//! What tables with an entry for each sample amount to.

/// How long samples are shown, in ticks of the track.
///
/// The last one is told apart: its length is often only what was left, and says nothing of the rate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Durations {
    count: u64,
    total: u64,
    range: Option<(u32, u32)>,
    last: Option<u32>,
    /// When the first fragment begins.
    start: u64,
}

impl Durations {
    /// So many samples more.
    pub(super) fn add(&mut self, count: u64, duration: u32) {
        if count == 0 {
            return;
        }
        if let Some(last) = self.last {
            self.widen(last);
        }
        if count > 1 {
            self.widen(duration);
        }
        self.last = Some(duration);
        self.count = self.count.saturating_add(count);
        self.total = self.total.saturating_add(u64::from(duration).saturating_mul(count));
    }

    /// A fragment begins at this time: the last sample lasts until then, whatever it said. Writers who do not
    /// know yet when the next one comes put 0.
    pub(super) fn begin(&mut self, time: u64) {
        let Some(last) = self.last else {
            self.start = time;
            return;
        };
        let before = self.total.saturating_sub(last.into());
        let lasts = time.checked_sub(self.start).and_then(|time| time.checked_sub(before));
        if let Some(lasts) = lasts.and_then(|lasts| u32::try_from(lasts).ok()) {
            (self.last, self.total) = (Some(lasts), before.saturating_add(lasts.into()));
        }
    }

    fn widen(&mut self, duration: u32) {
        let (shortest, longest) = self.range.unwrap_or((duration, duration));
        self.range = Some((shortest.min(duration), longest.max(duration)));
    }

    /// Samples.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// All together.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The last sample.
    pub fn last(&self) -> Option<u32> {
        self.last
    }

    /// The shortest and the longest of all samples but the last; of the last, if it is the only one.
    pub fn range(&self) -> Option<(u32, u32)> {
        self.range.or(self.last.map(|last| (last, last)))
    }

    /// Samples and ticks without the last one, if there is another.
    pub(super) fn before_last(&self) -> (u64, u64) {
        match self.last {
            Some(last) if self.count > 1 => {
                (self.count - 1, self.total.saturating_sub(last.into()))
            }
            _ => (self.count, self.total),
        }
    }
}

/// By how much samples are shown later than they are decoded, in ticks of the track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offsets {
    /// That of the first sample. It is shown first, unless the movie begins with pictures that belong to a
    /// group before it.
    pub first: i64,
    /// The least.
    pub lowest: i64,
    /// The most. With reordering, it is another one.
    pub highest: i64,
}

impl Offsets {
    /// One more.
    pub(super) fn add(all: &mut Option<Self>, offset: i64) {
        let before = all.unwrap_or(Self { first: offset, lowest: offset, highest: offset });
        let (lowest, highest) = (before.lowest.min(offset), before.highest.max(offset));
        *all = Some(Self { lowest, highest, ..before });
    }
}

/// Which samples can be begun with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    seen: u64,
    count: u64,
    first: Option<u64>,
    last: u64,
    longest: u64,
    /// Samples from which one can begin only if the next shown ones are left out (`stps`): their groups of
    /// pictures are open.
    pub partial: u64,
}

impl Keys {
    /// So many samples more, of which all or none can be begun with.
    pub(super) fn add(&mut self, count: u64, is_key: bool) {
        if is_key && count > 0 {
            self.mark(self.seen.saturating_add(1));
            self.longest = self.longest.max(1);
            self.count = self.count.saturating_add(count - 1);
            self.last = self.seen.saturating_add(count);
        }
        self.seen = self.seen.saturating_add(count);
    }

    /// The sample of that number, counted from 1. Its number has to be higher than those before.
    pub(super) fn mark(&mut self, number: u64) {
        self.longest = self.longest.max(number.saturating_sub(self.last.max(1)));
        self.first = self.first.or(Some(number));
        (self.last, self.count) = (number, self.count.saturating_add(1));
    }

    /// There are at least so many samples.
    pub(super) fn end(&mut self, samples: u64) {
        self.seen = self.seen.max(samples);
    }

    /// The number of the last sample that can be begun with; 0 if there is none.
    pub(super) fn last(&self) -> u64 {
        self.last
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The number of the first one, counted from 1.
    pub fn first(&self) -> Option<u64> {
        self.first
    }

    /// Whether one can begin with each sample.
    pub fn is_all(&self) -> bool {
        self.seen == self.count
    }

    /// The most samples from one up to the next, or to the end; `None` if there is none.
    pub fn distance(&self) -> Option<u64> {
        let to_end = self.seen.saturating_add(1).saturating_sub(self.last);
        self.first.map(|_| self.longest.max(to_end))
    }
}

/// How large samples are, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Samples.
    pub count: u64,
    /// All together.
    pub total: u64,
}

impl Sizes {
    /// So many samples more.
    pub(super) fn add(&mut self, count: u64, size: u32) {
        self.count = self.count.saturating_add(count);
        self.total = self.total.saturating_add(count.saturating_mul(size.into()));
    }
}

/// Where samples lie in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunks {
    /// How many runs of samples there are.
    pub count: u64,
    /// Where the first one begins.
    pub first: Option<u64>,
    /// The lowest byte at which one begins.
    pub lowest: Option<u64>,
    /// The highest.
    pub highest: Option<u64>,
}

impl Chunks {
    /// One more.
    pub(super) fn add(&mut self, at: u64) {
        self.count += 1;
        self.first = self.first.or(Some(at));
        self.lowest = Some(self.lowest.map_or(at, |lowest| lowest.min(at)));
        self.highest = Some(self.highest.map_or(at, |highest| highest.max(at)));
    }
}
