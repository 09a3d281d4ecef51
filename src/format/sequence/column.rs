//! What many names have in place of one run of digits.

/// A number and its width as it is written, in characters: equal if the text is.
pub(super) type Written = (i64, usize);

/// One run of many names, in their order.
pub(super) type Column = Vec<Written>;

/// Count different numbers.
///
/// Numbers close together, as frame numbers are, need no sorting: a bit for each possible one takes no
/// more memory than the numbers.
pub(super) fn count_distinct(column: &[Written]) -> usize {
    let numbers = column.iter().map(|(number, _)| *number);
    let Some((least, most)) = numbers.clone().min().zip(numbers.clone().max()) else { return 0 };
    match usize::try_from(least.abs_diff(most)) {
        Ok(range) if range / 64 < column.len() => count_close(numbers, least, range),
        _ => count_distant(numbers.collect()),
    }
}

fn count_close(numbers: impl Iterator<Item = i64>, least: i64, range: usize) -> usize {
    let mut bits = vec![0_u64; range / 64 + 1];
    for number in numbers {
        let offset = usize::try_from(least.abs_diff(number)).unwrap_or(range);
        bits[offset / 64] |= 1 << (offset % 64);
    }
    bits.iter().map(|bits| bits.count_ones() as usize).sum()
}

fn count_distant(mut numbers: Vec<i64>) -> usize {
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::count_distinct;

    proptest! {
        #[test]
        fn close_and_distant_numbers_are_counted_as_a_set_counts_them(
            numbers in proptest::collection::vec(prop_oneof![any::<i64>(), -9_i64..200], 0..40),
            limit in prop_oneof![1_i64..300, Just(i64::MAX)],
        ) {
            let numbers = numbers.into_iter().map(|number| number % limit);
            let set: BTreeSet<i64> = numbers.clone().collect();
            let column: Vec<_> = numbers.map(|number| (number, 1)).collect();
            prop_assert_eq!(count_distinct(&column), set.len());
        }
    }
}
