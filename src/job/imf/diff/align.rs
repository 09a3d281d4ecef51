//! Which items of two lists belong to each other.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// Cells of the table with which a stretch without a landmark is aligned, 4 million bytes twice; of a larger one
/// nothing is aligned. Two thousand by two thousand pieces, which no edit of a composition comes near.
const MAX_CELLS: usize = 4_000_000;

/// Pairs of indices of equal items, rising in both lists.
///
/// Items that both lists have equally often are landmarks, as in patience diff; between them the longest common
/// subsequence is taken.
pub(super) fn align<T: Eq + Hash>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let mut pairs = vec![];
    let mut open = vec![(0..a.len(), 0..b.len())];
    while let Some((of_a, of_b)) = open.pop() {
        let (of_a, of_b) = ends(a, b, of_a, of_b, &mut pairs);
        if of_a.is_empty() || of_b.is_empty() {
            continue;
        }
        let landmarks = landmarks(a, b, &of_a, &of_b);
        if landmarks.is_empty() {
            common(a, b, of_a, of_b, &mut pairs);
            continue;
        }
        let (mut start_a, mut start_b) = (of_a.start, of_b.start);
        for (at_a, at_b) in landmarks {
            pairs.push((at_a, at_b));
            open.push((start_a..at_a, start_b..at_b));
            (start_a, start_b) = (at_a + 1, at_b + 1);
        }
        open.push((start_a..of_a.end, start_b..of_b.end));
    }
    pairs.sort_unstable();
    pairs
}

/// Take what is equal at both ends; the rest comes back.
fn ends<T: Eq>(
    a: &[T],
    b: &[T],
    mut of_a: Range<usize>,
    mut of_b: Range<usize>,
    pairs: &mut Vec<(usize, usize)>,
) -> (Range<usize>, Range<usize>) {
    while !of_a.is_empty() && !of_b.is_empty() && a[of_a.start] == b[of_b.start] {
        pairs.push((of_a.start, of_b.start));
        (of_a.start, of_b.start) = (of_a.start + 1, of_b.start + 1);
    }
    while !of_a.is_empty() && !of_b.is_empty() && a[of_a.end - 1] == b[of_b.end - 1] {
        (of_a.end, of_b.end) = (of_a.end - 1, of_b.end - 1);
        pairs.push((of_a.end, of_b.end));
    }
    (of_a, of_b)
}

/// Items that both have equally often, the first with the first and so on, as many of them as are in the same
/// order in both.
fn landmarks<T: Eq + Hash>(
    a: &[T],
    b: &[T],
    of_a: &Range<usize>,
    of_b: &Range<usize>,
) -> Vec<(usize, usize)> {
    let mut places: HashMap<&T, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for index in of_a.clone() {
        places.entry(&a[index]).or_default().0.push(index);
    }
    for index in of_b.clone() {
        if let Some(both) = places.get_mut(&b[index]) {
            both.1.push(index);
        }
    }
    let equal = places.into_values().filter(|(one, other)| one.len() == other.len());
    let mut pairs: Vec<_> = equal.flat_map(|(one, other)| one.into_iter().zip(other)).collect();
    pairs.sort_unstable();
    rising(&pairs)
}

/// The longest run of pairs that rises in the second too, by piling them up.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = vec![];
    let mut before: Vec<Option<usize>> = vec![];
    for (index, (_, value)) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|top| pairs[*top].1 < *value);
        before.push(pile.checked_sub(1).map(|left| tops[left]));
        match tops.get_mut(pile) {
            Some(top) => *top = index,
            None => tops.push(index),
        }
    }
    let mut next = tops.last().copied();
    let mut run: Vec<(usize, usize)> = vec![];
    while let Some(index) = next {
        run.push(pairs[index]);
        next = before[index];
    }
    run.reverse();
    run
}

/// The longest common subsequence, by the table of lengths.
fn common<T: Eq>(
    a: &[T],
    b: &[T],
    of_a: Range<usize>,
    of_b: Range<usize>,
    pairs: &mut Vec<(usize, usize)>,
) {
    let (rows, columns) = (of_a.len() + 1, of_b.len() + 1);
    if rows.saturating_mul(columns) > MAX_CELLS {
        return;
    }
    let mut lengths = vec![0_u16; rows * columns];
    for row in (0..of_a.len()).rev() {
        for column in (0..of_b.len()).rev() {
            lengths[row * columns + column] = if a[of_a.start + row] == b[of_b.start + column] {
                lengths[(row + 1) * columns + column + 1] + 1
            } else {
                lengths[(row + 1) * columns + column].max(lengths[row * columns + column + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < of_a.len() && column < of_b.len() {
        if a[of_a.start + row] == b[of_b.start + column] {
            pairs.push((of_a.start + row, of_b.start + column));
            (row, column) = (row + 1, column + 1);
        } else if lengths[(row + 1) * columns + column] >= lengths[row * columns + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
}
