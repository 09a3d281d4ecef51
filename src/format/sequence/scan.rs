//! The runs of one name after the other. Of neighbours mostly one number differs; then only that is read.

use super::name::{Run, runs, value};

/// The name that was read last, and its runs.
#[derive(Default)]
pub(super) struct Scan<'a> {
    name: &'a str,
    runs: Vec<Run>,
    /// Room for the runs of the name before.
    before: Vec<Run>,
    /// The run that differed last.
    likely: usize,
}

impl<'a> Scan<'a> {
    /// Read a name. True if it is known to have the skeleton of the name before; false says nothing.
    pub(super) fn read(&mut self, name: &'a str) -> bool {
        let is_alike = self.read_one_run(name);
        if !is_alike {
            self.read_all(name);
        }
        self.name = name;
        is_alike
    }

    /// The runs of the name that was read last, from left to right.
    pub(super) fn runs(&self) -> &[Run] {
        &self.runs
    }

    fn read_all(&mut self, name: &'a str) {
        std::mem::swap(&mut self.runs, &mut self.before);
        self.runs.clear();
        self.runs.extend(runs(name));
        let mut pairs = self.runs.iter().zip(&self.before);
        let likely = pairs.rposition(|(run, before)| run.written() != before.written());
        self.likely = likely.unwrap_or(self.likely);
    }

    /// Update the likely run, if the name is the last one but for digits there.
    fn read_one_run(&mut self, name: &'a str) -> bool {
        let (this, last) = (name.as_bytes(), self.name.as_bytes());
        let Some(run) = self.runs.get_mut(self.likely) else { return false };
        let is_alike = this.len() == last.len()
            && this[..run.start] == last[..run.start]
            && this[run.end..] == last[run.end..]
            // Whether it is a sign depends on the digits, too.
            && !this[..run.start].ends_with(b"-");
        let number = if is_alike { value(&this[run.start..run.end]) } else { None };
        run.number = number.unwrap_or(run.number);
        number.is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Scan, runs};

    proptest! {
        #[test]
        fn a_name_has_the_same_runs_after_any_other(
            names in proptest::collection::vec("[a-]?(\\.|_)?-?[0-9]{1,2}[._-]{1,2}[0-2]{1,2}(\\.r3d)?", 0..30)
        ) {
            let mut scan = Scan::default();
            for name in &names {
                scan.read(name);
                prop_assert_eq!(scan.runs(), runs(name).collect::<Vec<_>>());
            }
        }
    }
}
