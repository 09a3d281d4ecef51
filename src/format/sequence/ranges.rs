//! Sets of frame numbers, kept as spans: a number of any size costs no more than a small one.

use std::ops::RangeInclusive;

/// A set of frame numbers.
///
/// As text it is a list of numbers and ranges, see [`Ranges::from_str`](std::str::FromStr::from_str).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges {
    /// First and last of each span: sorted, disjoint, and with a gap between one and the next, so that
    /// equal sets have equal spans.
    spans: Vec<(i64, i64)>,
}

impl Ranges {
    /// First and last number of each span, both included; sorted, with a gap between one and the next.
    pub fn spans(&self) -> impl ExactSizeIterator<Item = (i64, i64)> + '_ {
        self.spans.iter().copied()
    }

    /// How many numbers there are; `u64::MAX` if it is one more than that.
    pub fn count(&self) -> u64 {
        let count = |(first, last): (i64, i64)| first.abs_diff(last).saturating_add(1);
        self.spans().map(count).fold(0, u64::saturating_add)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The numbers that `other` does not have.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut left = Self::default();
        let mut taken = other.spans().peekable();
        for (first, last) in self.spans() {
            // Where what is left of the span begins; none once something is taken up to its end.
            let mut rest = Some(first);
            while taken.next_if(|taken| taken.1 < first).is_some() {}
            while let Some((from, to)) = taken.peek().copied().filter(|taken| taken.0 <= last) {
                if let Some(before) = rest.filter(|rest| *rest < from) {
                    left.push(before, from - 1);
                }
                rest = to.checked_add(1).filter(|next| *next <= last);
                if to >= last {
                    break;
                }
                taken.next();
            }
            if let Some(rest) = rest {
                left.push(rest, last);
            }
        }
        left
    }

    /// Add a span that begins no earlier than the last one.
    fn push(&mut self, first: i64, last: i64) {
        match self.spans.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => self.spans.push((first, last)),
        }
    }
}

impl From<RangeInclusive<i64>> for Ranges {
    /// Empty if it counts down.
    fn from(range: RangeInclusive<i64>) -> Self {
        Self::from_iter([range])
    }
}

impl FromIterator<RangeInclusive<i64>> for Ranges {
    /// In any order; those that overlap are joined, and those that count down are empty.
    fn from_iter<I: IntoIterator<Item = RangeInclusive<i64>>>(ranges: I) -> Self {
        let ranges = ranges.into_iter().filter(|range| !range.is_empty());
        let mut spans: Vec<(i64, i64)> = ranges.map(RangeInclusive::into_inner).collect();
        spans.sort_unstable();
        let mut all = Self::default();
        for (first, last) in spans {
            all.push(first, last);
        }
        all
    }
}

impl FromIterator<i64> for Ranges {
    /// In any order.
    fn from_iter<I: IntoIterator<Item = i64>>(numbers: I) -> Self {
        let mut numbers: Vec<i64> = numbers.into_iter().collect();
        numbers.sort_unstable();
        let mut all = Self::default();
        for number in numbers {
            all.push(number, number);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Ranges;

    fn set(numbers: impl IntoIterator<Item = i64>) -> Ranges {
        numbers.into_iter().collect()
    }

    #[test]
    fn the_ends_of_all_numbers_do_not_overflow() {
        let all = Ranges::from(i64::MIN..=i64::MAX);
        let ends = set([i64::MIN, i64::MAX]);

        assert_eq!(all.count(), u64::MAX);
        assert_eq!(all.minus(&ends), Ranges::from(i64::MIN + 1..=i64::MAX - 1));
        assert_eq!(ends.minus(&all), Ranges::default());
        assert!(all.minus(&all).is_empty());
        assert_eq!(set([i64::MAX, i64::MAX - 1]).spans().len(), 1);
    }

    #[test]
    fn what_counts_down_is_empty() {
        #[expect(clippy::reversed_empty_ranges, reason = "that is what is tested")]
        let down = Ranges::from(2..=1);
        assert!(down.is_empty());
        assert_eq!(down.count(), 0);
    }

    proptest! {
        #[test]
        fn sets_do_what_the_standard_library_does(
            left in proptest::collection::btree_set(-20_i64..20, 0..30),
            right in proptest::collection::btree_set(-20_i64..20, 0..30),
        ) {
            let (ours, theirs) = (set(left.clone()), set(right.clone()));
            let found = ours.compare(&theirs);
            let only_left: BTreeSet<i64> = &left - &right;

            prop_assert_eq!(ours.count(), left.len() as u64);
            prop_assert_eq!(ours.minus(&theirs), set(only_left));
            prop_assert_eq!(found.only_right, set(&right - &left));
            prop_assert_eq!(found.both, set(&left & &right));
            let spans: Vec<_> = ours.spans().collect();
            prop_assert!(spans.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0));
        }

        #[test]
        fn ranges_in_any_order_are_the_numbers_in_them(
            ranges in proptest::collection::vec((-30_i64..30, 0_i64..9), 0..12)
        ) {
            let ranges = ranges.iter().map(|(first, len)| *first..=first + len);
            let numbers: Ranges = ranges.clone().flatten().collect();
            prop_assert_eq!(ranges.collect::<Ranges>(), numbers);
        }
    }
}
