//! The rows of some columns: which of them are equal.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use super::column::Written;

type Columns<'t> = &'t [&'t [Written]];

/// Gives equal rows the same number.
pub(super) struct Rows<'t> {
    columns: Columns<'t>,
    hasher: RandomState,
    numbers: HashMap<Row<'t>, usize>,
    /// The row asked for last, and its number.
    last: Option<(usize, usize)>,
}

#[derive(Clone, Copy)]
struct Row<'t> {
    columns: Columns<'t>,
    at: usize,
    /// Of its values, kept since a map that grows asks for it again.
    hash: u64,
}

impl<'t> Rows<'t> {
    pub(super) fn new(columns: Columns<'t>) -> Self {
        Self { columns, hasher: RandomState::new(), numbers: HashMap::new(), last: None }
    }

    /// The number of a row, counted from 0 in the order in which they are asked for.
    pub(super) fn number(&mut self, row: usize) -> usize {
        let number = match self.last {
            Some((last, number)) if are_equal(self.columns, last, row) => number,
            _ => self.find(row),
        };
        self.last = Some((row, number));
        number
    }

    fn find(&mut self, row: usize) -> usize {
        let mut hasher = self.hasher.build_hasher();
        for column in self.columns {
            column[row].hash(&mut hasher);
        }
        let row = Row { columns: self.columns, at: row, hash: hasher.finish() };
        let next = self.numbers.len();
        *self.numbers.entry(row).or_insert(next)
    }
}

fn are_equal(columns: Columns<'_>, left: usize, right: usize) -> bool {
    columns.iter().all(|column| column[left] == column[right])
}

impl PartialEq for Row<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && are_equal(self.columns, self.at, other.at)
    }
}

impl Eq for Row<'_> {}

impl Hash for Row<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn equal_rows_have_the_same_number() {
        let (left, right) = ([(1, 1), (1, 1), (2, 1), (1, 1)], [(5, 1), (5, 4), (5, 1), (5, 1)]);
        let columns = [&left[..], &right[..]];
        let mut rows = Rows::new(&columns);
        assert_eq!([0, 1, 2, 3].map(|row| rows.number(row)), [0, 1, 2, 0]);
    }

    #[test]
    fn without_columns_all_rows_are_equal() {
        let mut rows = Rows::new(&[]);
        assert_eq!([0, 1, 2].map(|row| rows.number(row)), [0, 0, 0]);
    }
}
