//! From names to sequences.

use super::alike::Alike;
use super::family::families;
use super::scan::Scan;
use super::skeleton::by_skeleton;
use super::{Groups, Sequence};

/// Find the sequences among relative paths with `/` between their parts, in any order.
///
/// Names of one folder are compared that are alike but for their runs of digits (`-` before the digits is
/// a sign behind `.`, `_` or nothing; extensions such as `mp4` and runs beyond an `i64` are text). The
/// run that varies is the frame number. Where several vary it is the last one that does not follow a
/// `v`. Names that then have the same text before and behind
/// it belong together; a name that has no other beside it is a single.
///
/// Names that belong together are one sequence as far as their numbers are written in one way: with the
/// same width, or where the narrower ones reach their limit and the wider ones go on from there, as in
/// `9998, 9999, 10000`. Otherwise each width is a sequence of its own, even with one frame, and
/// [`clashes`](super::clashes) names them. A 4-digit and a 5-digit run are so never joined in silence.
///
/// Cost: whatever the names, time goes with their characters and with their number times its logarithm.
/// Memory while it works: some 80 bytes for each name, and 16 for each run that varies beside the frame
/// number; names that have nothing in common take 100 bytes more.
pub fn group<'a, I: IntoIterator<Item = &'a str>>(names: I) -> Groups {
    let names: Vec<&str> = names.into_iter().collect();
    let (mut groups, mut scan) = (Groups::default(), Scan::default());
    for placed in by_skeleton(&names).chunk_by(|left, right| left.0 == right.0) {
        match (Alike { names: &names, placed, scan: &mut scan }).numbered() {
            Some(numbered) => families(&names, numbered, &mut groups),
            None => groups.singles.extend(placed.iter().map(|(_, index)| index)),
        }
    }
    groups.singles.sort_unstable();
    groups.sequences.sort_unstable_by(|left, right| key(left).cmp(&key(right)));
    groups
}

fn key(sequence: &Sequence) -> (&str, &str, &str, usize) {
    (&sequence.folder, &sequence.head, &sequence.tail, sequence.padding)
}
