//! Sequences that stand in each other's way: one name written in two ways, one number in two files.

use super::{Groups, Sequence};

/// Two sequences with the same folder, head and tail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Their numbers are padded to different widths.
    MixedPadding {
        /// Position in [`Groups::sequences`], the one with less padding.
        a: usize,
        /// The other one.
        b: usize,
    },
    /// One frame number is in both, as in `x.0001.dpx` and `x.00001.dpx`.
    DuplicateFrame {
        /// The frame number.
        number: i64,
        /// Positions in [`Groups::sequences`], the one with less padding first.
        sequences: (usize, usize),
    },
}

/// The clashes between sequences, as [`group`](super::group()) sorted them.
///
/// Of each name first the paddings, each with the next larger one, then the duplicates in the order of
/// their numbers. A number in three sequences is named for the first and second, and for the second and
/// third, so that there are fewer than two clashes for each name.
pub fn clashes(groups: &Groups) -> Vec<Clash> {
    let mut found = vec![];
    let mut start = 0;
    for family in groups.sequences.chunk_by(|left, right| around(left) == around(right)) {
        let end = start + family.len();
        found.extend((start + 1..end).map(|b| Clash::MixedPadding { a: b - 1, b }));
        if family.len() > 1 {
            found.extend(duplicates(family, start));
        }
        start = end;
    }
    found
}

fn around(sequence: &Sequence) -> (&str, &str, &str) {
    (&sequence.folder, &sequence.head, &sequence.tail)
}

fn duplicates(family: &[Sequence], start: usize) -> impl Iterator<Item = Clash> {
    let numbers = |(offset, sequence): (usize, &Sequence)| {
        let at = start + offset;
        sequence.frames.iter().map(move |frame| (frame.number, at)).collect::<Vec<_>>()
    };
    let mut all: Vec<(i64, usize)> = family.iter().enumerate().flat_map(numbers).collect();
    all.sort_unstable();
    all.dedup();
    let pairs = all
        .into_iter()
        .scan(None, |before: &mut Option<(i64, usize)>, this| Some((before.replace(this), this)));
    pairs.filter_map(|(before, (number, b))| match before {
        Some((same, a)) if same == number => {
            Some(Clash::DuplicateFrame { number, sequences: (a, b) })
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Clash, clashes};
    use crate::format::sequence::group;

    #[test]
    fn a_number_in_two_paddings_is_named() {
        let groups = group(["x.1.exr", "x.0001.exr"]);
        assert_eq!(
            clashes(&groups),
            [
                Clash::MixedPadding { a: 0, b: 1 },
                Clash::DuplicateFrame { number: 1, sequences: (0, 1) },
            ]
        );
    }

    #[test]
    fn three_paddings_are_named_in_a_chain() {
        let groups = group(["a.1.x", "a.2.x", "b.1.x", "b.01.x", "b.0001.x", "b.0002.x"]);
        assert_eq!(
            clashes(&groups),
            [
                Clash::MixedPadding { a: 1, b: 2 },
                Clash::MixedPadding { a: 2, b: 3 },
                Clash::DuplicateFrame { number: 1, sequences: (1, 2) },
                Clash::DuplicateFrame { number: 1, sequences: (2, 3) },
            ]
        );
    }

    #[test]
    fn sequences_of_different_names_do_not_clash() {
        let names = ["a.1.x", "a.2.x", "b.01.x", "b.02.x", "r/a.01.x", "r/a.02.x"];
        assert_eq!(clashes(&group(names)), []);
    }
}
