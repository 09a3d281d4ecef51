//! Each rule of the registry, with a delivery that fires it and one that does not.

mod other;
mod picture;

use std::collections::BTreeSet;

use super::{Listed, Made, builtin, is_well_worded};
use crate::job::preflight::all_rules;

/// Rule, profile, a delivery that fires it, what is said then as `path: message`, and one that does not.
type Trial = (&'static str, &'static str, Made, &'static str, Made);

fn good() -> Made {
    Made::frames("x.", 1..=4).list("checksum.txt")
}

fn names() -> Vec<Trial> {
    vec![
        (
            "name.characters",
            "content-hub",
            Made::of(["a b&/x.mov"]),
            "a b&: the name has 2 characters that are not allowed: `blank`, `&`",
            good(),
        ),
        (
            "name.encoding",
            "general",
            Made { not_text: true, ..Made::of(["a\u{fffd}", "b\u{fffd}"]) },
            "a\u{fffd}: no list can hold a name that is not UTF-8; nor 1 other beside it",
            good(),
        ),
        (
            "name.case",
            "general",
            Made::of(["a/Take.mov", "a/take.mov", "b/take.mov"]),
            "a/take.mov: differs only in case from `Take.mov`",
            Made::of(["a/Take.mov", "b/take.mov"]),
        ),
        (
            "name.unicode-form",
            "general",
            Made::of(["caf\u{e9}.mov", "cafe\u{301}.mov"]),
            "cafe\u{301}.mov: differs only in Unicode form from `caf\u{e9}.mov`",
            Made::of(["caf\u{e9}.mov", "cafe.mov"]),
        ),
        (
            "path.length",
            "picture-archival",
            Made::of(["x".repeat(255)]).root("d"),
            "",
            Made::of(["x".repeat(254)]).root("d"),
        ),
    ]
}

fn lists() -> Vec<Trial> {
    let listed = |listed| good().see(2, |seen| seen.listed = listed);
    vec![
        (
            "list.missing",
            "content-hub",
            Made::frames("a/x.", 1..=2).list("checksum.txt"),
            "a: no checksum.txt beside the frames; there is one at the root",
            good(),
        ),
        (
            "list.tool",
            "content-hub",
            good(),
            ": whether a list that another tool than CHCLI made is accepted is not confirmed",
            Made::of::<String>([]),
        ),
        (
            "list.changed",
            "general",
            listed(Listed::Changed),
            "x.0003.dpx: 1 frame is not as the list says: 3",
            listed(Listed::Same),
        ),
        (
            "list.unlisted",
            "general",
            listed(Listed::NotListed),
            "x.0003.dpx: 1 frame is in no list: 3",
            listed(Listed::NoList),
        ),
        (
            "list.absent",
            "general",
            good().absent("x.0005.dpx").absent("x.0006.dpx"),
            "x.####.dpx: 2 frames in the list, not in the delivery: 5-6",
            good(),
        ),
    ]
}

fn trials() -> Vec<Trial> {
    let of_pictures = [picture::sequences(), picture::frames()].concat();
    let others = [other::debris(), other::archival(), other::uploads(), other::rolls()].concat();
    [names(), lists(), of_pictures, others].concat()
}

#[test]
fn each_rule_fires_where_it_should_and_only_there() {
    for (rule, profile, bad, message, good) in trials() {
        let said = bad.says(profile, rule);
        assert_eq!(said.len(), 1, "{rule}: {said:?}");
        // What is long is looked at elsewhere.
        assert!(message.is_empty() || said == [message], "{rule}: {said:?}");
        assert_eq!(good.says(profile, rule), [""; 0], "{rule}");
    }
}

#[test]
fn no_rule_is_without_a_trial() {
    let mut tried: BTreeSet<_> = trials().into_iter().map(|(rule, ..)| rule).collect();
    assert!(tried.insert("upload.files"), "the tests of uploads try it, for its size");
    let all: BTreeSet<_> = all_rules().map(|kind| kind.id).collect();
    assert_eq!(tried, all);
    assert_eq!(all_rules().count(), all.len(), "an id twice");
}

#[test]
fn messages_are_one_line_in_lower_case_without_a_full_stop() {
    for (rule, profile, bad, ..) in trials() {
        for finding in bad.findings(&builtin(profile)) {
            assert!(is_well_worded(&finding.message), "{rule}: {}", finding.message);
            let fix = finding.fix.as_deref().unwrap_or("nothing");
            assert!(is_well_worded(fix), "{rule}: {fix}");
        }
    }
}
