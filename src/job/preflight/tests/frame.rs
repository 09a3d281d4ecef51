//! Frames: what ought to be there, how they are told, and the state of each.

use super::{Listed, Made, builtin};
use crate::job::preflight::{Severity, State};

#[test]
fn a_head_and_a_tail_that_are_missing_are_told() {
    let said = |made: Made| made.says("general", "sequence.extent");
    let made = Made::frames("x.", 5..=8);
    for (expected, message) in [
        (1..=10, "x.####.dpx: missing 6 frames: 1-4,9-10"),
        (4..=8, "x.####.dpx: missing 1 frame: 4"),
        (6..=8, "x.####.dpx: 1 frame outside 6-8: 5"),
        (6..=9, "x.####.dpx: missing 1 frame: 9; 1 frame outside 6-9: 5"),
        (100..=101, "x.####.dpx: missing 2 frames: 100-101; 4 frames outside 100-101: 5-8"),
        (1..=2, "x.####.dpx: missing 2 frames: 1-2; 4 frames outside 1-2: 5-8"),
        (
            i64::MAX..=i64::MAX,
            "x.####.dpx: missing 1 frame: 9223372036854775807; 4 frames outside 9223372036854775807-9223372036854775807: 5-8",
        ),
    ] {
        assert_eq!(said(made.clone().expected(expected)), [message]);
    }
    assert_eq!(said(made.expected(5..=8)), [""; 0]);
}

#[test]
fn no_frame_at_all_is_told_where_some_are_expected() {
    let said = Made::of(["notes.txt"]).expected(1..=10).says("general", "sequence.extent");
    assert_eq!(said, [": no sequence of frames, and these ought to be there: 1-10"]);
}

#[test]
fn numbers_are_told_with_their_time_code() {
    let made = Made::frames("x.", [86_400, 86_402, 86_403, 86_410]);
    let made = Made { rate: Some("24"), ..made };
    assert_eq!(
        made.says("general", "sequence.gap"),
        [
            "x.#####.dpx: missing 7 frames: 86401 (01:00:00:01), 86404-86409 (01:00:00:04-01:00:00:09)"
        ]
    );
}

#[test]
fn a_long_row_of_gaps_is_cut_short() {
    let said = Made::frames("x.", (0..40).step_by(2)).says("general", "sequence.gap");
    assert_eq!(
        said,
        ["x.####.dpx: missing 19 frames: 1,3,5,7,9,11,13,15,17,19,21,23 and 7 more in 7 runs"]
    );
}

#[test]
fn textless_elements_are_islands() {
    for head in ["r1_nam-txtls/x.", "show_Textless/x.", "a/show_nam-txtls_16b."] {
        let made = Made::frames(head, [1, 2, 9]);
        assert_eq!(made.says("general", "sequence.gap"), [""; 0], "{head}");
        assert_eq!(made.says("general", "sequence.islands").len(), 1, "{head}");
        // What is there of textless elements is nobody's to foretell.
        assert_eq!(made.expected(0..=20).says("general", "sequence.extent"), [""; 0], "{head}");
    }
    let made = Made::frames("txtlsx/textlessness.", [1, 2, 9]);
    assert_eq!(made.says("general", "sequence.gap").len(), 1);
}

#[test]
fn numbers_in_other_files_mean_anything() {
    let names = ["take1.mov", "take3.mov", "take03.mov", "take05.mov", "a.-1.txt", "a.0.txt"];
    assert_eq!(Made::of(names).findings(&builtin("general")), []);
}

#[test]
fn each_file_has_the_worst_of_its_states() {
    let made = Made::frames("x.", 1..=8)
        .size(0, 0)
        .size(1, 50)
        .head(2, |header| header.width = 1)
        .see(3, |seen| seen.listed = Listed::Changed)
        .head(3, |header| header.width = 1)
        .see(4, |seen| seen.error = Some("gone".to_owned()))
        .see(5, |seen| (seen.header, seen.listed) = (None, Listed::Changed))
        .size(6, 120);
    let outcome = made.passed(&builtin("general"));
    assert_eq!(
        outcome.states,
        [
            State::Truncated,
            State::Truncated,
            State::Odd,
            State::Changed,
            State::Unreadable,
            State::Unreadable,
            State::Odd,
            State::Present,
        ]
    );
}

#[test]
fn a_sequence_is_what_most_of_its_frames_are() {
    let made = Made::frames("x.", 1..=5)
        .head(0, |header| header.bit_depth = "12".to_owned())
        .head(1, |header| header.bit_depth = "16".to_owned())
        .head(2, |header| header.encoding = String::new());
    let outcome = made.passed(&builtin("general"));
    let summary = &outcome.sequences[0];
    assert_eq!(summary.bit_depth.as_deref(), Some("10"));
    assert_eq!(summary.encoding.as_deref(), Some("logarithmic"));
    assert_eq!((summary.width, summary.height), (Some(3840), Some(2160)));
}

#[test]
fn the_worst_comes_first() {
    let made = Made::frames("b.", [1, 3]).size(0, 50);
    let made = Made { absent: vec![], ..made };
    let found = made.with(|delivery| super::check(&builtin("content-hub"), delivery)).findings;
    let severities: Vec<_> = found.iter().map(|it| it.severity).collect();
    assert!(severities.is_sorted(), "{severities:?}");
    assert_eq!(severities.first(), Some(&Severity::Error));
    assert_eq!(found.iter().find(|it| it.rule == "sequence.gap").unwrap().sequence, Some(0));
}

#[test]
fn facts_that_are_fewer_than_the_files_are_taken() {
    let made = Made::frames("x.", 1..=3);
    let outcome = made.with(|delivery| super::check_frames(&builtin("general"), delivery, &[]));
    assert_eq!((outcome.states.len(), outcome.findings.len()), (0, 0));
}
