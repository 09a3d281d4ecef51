//! Whatever names there are, they are judged, each time alike.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{Made, Profile, Reason, builtin, is_well_worded};
use crate::format::path::base_name;

/// All that are built in, in their order; parsing them takes longer than any delivery here.
static PROFILES: LazyLock<Vec<Profile>> =
    LazyLock::new(|| Profile::all().iter().map(|profile| builtin(profile.name)).collect());

/// Parts that rules look for, and parts that nobody thought of.
fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-cA-C_.]{1,3}-?[0-9]{1,5}\\.(dpx|exr|tif|mov)",
        2 => "show(_s01e10[0-9])?_(nam|nam-txtls|xyz)(_(16b|hdr|aces103|ap0|pq|20240131|99999999|1x1)){0,4}",
        1 => "Camera_Media|Sound_Media|A001|ascmhl|checksum.txt|A001.mhl|\\.DS_Store|\\._x",
        2 => "\\PC{1,8}".prop_map(|name| name.replace('/', "-")),
    ]
}

fn path() -> impl Strategy<Value = String> {
    proptest::collection::vec(part(), 1..5).prop_map(|parts| parts.join("/"))
}

const REASONS: [Reason; 7] = [
    Reason::HiddenFile,
    Reason::HiddenFolder,
    Reason::EarlierList,
    Reason::BrokenLink,
    Reason::LinkToFolder,
    Reason::NotAFile,
    Reason::ListLookalike,
];

prop_compose! {
    fn delivery()(
        names in proptest::collection::btree_set(path(), 0..24),
        left_out in proptest::collection::vec((path(), 0..REASONS.len()), 0..4),
        root in part(),
        not_text in any::<bool>(),
        islands in any::<bool>(),
        first in prop_oneof![Just(i64::MIN), -3..3_i64, Just(i64::MAX - 9)],
        frames in 0..9_i64,
        rate in prop_oneof![Just(None), Just(Some("24")), Just(Some("29.97df"))],
        sizes in proptest::collection::vec(prop_oneof![Just(0), Just(99), Just(100), any::<u64>()], 24),
    ) -> Made {
        let count = names.len();
        let left_out = left_out.into_iter().map(|(path, n)| (path, REASONS[n])).collect();
        let made = Made { not_text, left_out, rate, islands, ..Made::of(names).root(&root) };
        Made { sizes: sizes[..count].to_vec(), ..made }.expected(first..=first + frames)
    }
}

proptest! {
    #[test]
    fn no_names_make_it_panic(made in delivery()) {
        for profile in PROFILES.iter() {
            let found = made.findings(profile);
            for finding in &found {
                prop_assert!(is_well_worded(&finding.message), "{finding:?}");
            }
            prop_assert_eq!(found, made.findings(profile));
        }
    }

    #[test]
    fn a_roll_is_left_alone_whatever_is_in_it(made in delivery()) {
        let inside = |path: &String| format!("d/Camera_Media/ALEXA/A001/{path}");
        let made = Made {
            names: made.names.iter().map(inside).collect(),
            left_out: made.left_out.iter().map(|(path, reason)| (inside(path), *reason)).collect(),
            ..made
        };
        let made = made.folder("d/Camera_Media/ALEXA/A001");
        for finding in made.findings(&PROFILES[4]) {
            let is_within = finding.path.starts_with("d/Camera_Media/ALEXA/A001/");
            prop_assert!(!is_within || finding.fix.is_none(), "{finding:?}");
            prop_assert!(!is_within || !finding.rule.starts_with("name."), "{finding:?}");
        }
    }

    #[test]
    fn whatever_is_written_a_profile_is_understood_or_refused(text in "\\PC{0,60}") {
        if let Err(fault) = Profile::parse(&text, &|_| None) {
            prop_assert!(!fault.to_string().contains('\n'));
        }
    }

    #[test]
    fn what_is_rendered_reads_back(title in "\\PC{0,9}", texts in proptest::collection::vec(".{0,9}", 0..4)) {
        let mut profile = PROFILES[0].clone();
        profile.title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        profile.about = texts.join("\n").trim().to_owned();
        prop_assert_eq!(Profile::parse(&profile.render(), &|_| None), Ok(profile));
    }

    #[test]
    fn each_finding_is_about_what_is_there(made in delivery()) {
        for finding in made.findings(&PROFILES[0]) {
            if let Some(file) = finding.file {
                prop_assert_eq!(&made.names[file], &finding.path);
                prop_assert!(!base_name(&finding.path).is_empty());
            }
        }
    }
}
