//! Runs of identical frames: no fault, and good to know of a frame that should move.

use super::Pass;
use super::case::Case;
use crate::format::sequence::Sequence;
use crate::job::preflight::wording::{Run, counted};

/// Runs of at least `least` neighbours with the same bytes.
pub(super) fn identical(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    let least = case.rule.count("least").max(2);
    for (index, sequence) in case.view.frame_sequences() {
        let mut runs = runs(sequence, pass);
        runs.retain(|(first, last)| first.abs_diff(*last) >= least - 1);
        if !runs.is_empty() {
            let count = counted(runs.len(), "run", "runs");
            let message = format!(
                "{count} of identical frames: {}; leader, bars, black and held frames are so",
                case.frames(&runs)
            );
            case.sequence(index, message);
        }
    }
}

/// Neighbours in number whose bytes are the same.
fn runs(sequence: &Sequence, pass: &Pass<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for pair in sequence.frames.windows(2) {
        let digest = |index| pass.of(index).and_then(|facts| facts.digest);
        let next = pair[0].number.checked_add(1) == Some(pair[1].number);
        let same = digest(pair[0].index).is_some_and(|one| Some(one) == digest(pair[1].index));
        if !(next && same) {
            continue;
        }
        match runs.last_mut() {
            Some((_, last)) if *last == pair[0].number => *last = pair[1].number,
            _ => runs.push((pair[0].number, pair[1].number)),
        }
    }
    runs
}
