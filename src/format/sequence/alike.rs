//! Names that are alike but for their runs of digits, and which of the runs is the frame number.

use super::column::{Column, Written};
use super::name::Run;
use super::rows::Rows;
use super::scan::Scan;
use super::skeleton::Placed;

/// Names with the same skeleton, so that each has as many runs as the others.
pub(super) struct Alike<'a, 's> {
    /// All names.
    pub names: &'s [&'a str],
    /// Those that are alike; at least one.
    pub placed: &'s [Placed],
    /// Reads them.
    pub scan: &'s mut Scan<'a>,
}

/// One name, its number taken out. In this order they are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member {
    /// The same for names with the same text around the number.
    pub family: usize,
    /// Of the number as it is written, in characters.
    pub width: usize,
    /// Its value.
    pub number: i64,
    /// The name's position.
    pub index: usize,
}

/// Names with one of their runs as the number.
pub(super) struct Numbered {
    /// Which run, counted from 0 on the left.
    pub run: usize,
    /// In the order of the names.
    pub members: Vec<Member>,
}

impl<'a> Alike<'a, '_> {
    /// Take out the frame number. `None` if all names are the same, or there is one only.
    pub(super) fn numbered(mut self) -> Option<Numbered> {
        if self.placed.len() < 2 {
            return None;
        }
        let columns = self.columns();
        let run = self.frame_run(&columns)?;
        Some(Numbered { run, members: self.members(run, &columns) })
    }

    /// For each run what the names have there, in their order; empty if it is the same in all.
    fn columns(&mut self) -> Vec<Column> {
        let first: Vec<Written> = self.runs_of_first().1.iter().map(|run| run.written()).collect();
        let mut columns = vec![Column::new(); first.len()];
        for (row, (_, index)) in self.placed.iter().enumerate() {
            self.scan.read(self.names[*index]);
            for ((column, first), run) in columns.iter_mut().zip(&first).zip(self.scan.runs()) {
                if !column.is_empty() || run.written() != *first {
                    column.reserve_exact(self.placed.len() - column.len());
                    column.resize(row, *first);
                    column.push(run.written());
                }
            }
        }
        columns
    }

    fn runs_of_first(&mut self) -> (&'a str, &[Run]) {
        let name = self.names[self.placed[0].1];
        self.scan.read(name);
        (name, self.scan.runs())
    }

    /// Which run is the frame number: of those that vary the last that is no version, or else the last.
    /// `None` if no run varies. Counting values would take shots for frames where there are more of them.
    fn frame_run(&mut self, columns: &[Column]) -> Option<usize> {
        let mut candidates = (0..columns.len()).filter(|run| !columns[*run].is_empty());
        let only = candidates.next()?;
        if candidates.next().is_none() {
            return Some(only);
        }
        let varies = |run: usize| !columns[run].is_empty();
        let (name, runs) = self.runs_of_first();
        let rank = |(run, found): &(usize, &Run)| (varies(*run), !found.is_version(name), *run);
        runs.iter().enumerate().max_by_key(rank).map(|(run, _)| run)
    }

    /// Take out `run`. Names that agree in the other runs are a family.
    fn members(&self, run: usize, columns: &[Column]) -> Vec<Member> {
        let others = columns.iter().enumerate().filter(|(other, _)| *other != run);
        let others: Vec<_> =
            others.map(|(_, column)| &column[..]).filter(|it| !it.is_empty()).collect();
        let mut rows = Rows::new(&others);
        let names = self.placed.iter().zip(&columns[run]).enumerate();
        let member = |(row, ((_, index), (number, width))): (usize, (&Placed, &Written))| Member {
            family: rows.number(row),
            width: *width,
            number: *number,
            index: *index,
        };
        names.map(member).collect()
    }
}
