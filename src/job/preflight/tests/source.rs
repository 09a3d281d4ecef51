//! Where the rules of the built-in profiles come from.

use std::collections::BTreeSet;

use super::{Profile, builtin};
use crate::job::preflight::{Severity, Sure, VOCABULARIES, all_rules};

fn all() -> Vec<Profile> {
    Profile::all().iter().map(|profile| builtin(profile.name)).collect()
}

#[test]
fn each_rule_is_in_a_profile() {
    let used: BTreeSet<_> =
        all().iter().flat_map(|it| it.rules().map(|(id, _)| id).collect::<Vec<_>>()).collect();
    assert_eq!(used, all_rules().map(|kind| kind.id).collect());
}

#[test]
fn each_rule_has_a_source_and_says_whether_it_is_ours() {
    for profile in all() {
        for (id, rule) in profile.rules() {
            assert!(!rule.source.is_empty() && &*rule.source != "the profile", "{id}");
            let is_cited = rule.source.chars().filter(char::is_ascii_digit).count() >= 6;
            let is_ours = rule.source.starts_with("our own") || rule.source.starts_with("SMPTE");
            assert_eq!(is_ours, rule.sure == Sure::Own, "{}: {id}", profile.name);
            assert!(is_ours || is_cited, "{}: {id} cites no page", profile.name);
            assert!(rule.source.chars().all(|it| !it.is_control()), "{id}");
        }
    }
}

#[test]
fn what_others_tell_of_a_page_is_not_called_verified() {
    for profile in all() {
        for (id, rule) in profile.rules().filter(|(id, _)| *id != "footage.mhl-missing") {
            let by_others = rule.source.contains("FilmCan") || rule.source.contains("clearfile");
            assert!(!by_others || rule.sure == Sure::VerifiedThirdParty, "{id}");
        }
    }
}

#[test]
fn general_has_no_rule_of_a_studio() {
    assert!(builtin("general").rules().all(|(_, rule)| rule.sure == Sure::Own));
}

#[test]
fn each_vocabulary_is_in_a_profile_with_its_source() {
    let profiles = all();
    for (name, _) in VOCABULARIES {
        let mut known = profiles.iter().filter_map(|profile| profile.vocabulary(name)).peekable();
        assert!(known.peek().is_some(), "{name}");
        assert!(known.all(|it| !it.source.is_empty() && &*it.source != "the profile"), "{name}");
    }
}

/// The vocabularies of the page are cut off in every copy that was read: an unknown value may be right.
#[test]
fn no_vocabulary_of_the_studio_claims_to_be_complete() {
    for profile in all() {
        for (name, _) in VOCABULARIES {
            assert!(profile.vocabulary(name).is_none_or(|it| !it.complete), "{name}");
        }
        let severity =
            profile.rules().find(|(id, _)| *id == "archival.vocabulary").map(|(_, it)| it.severity);
        assert!(severity.is_none_or(|it| it == Severity::Warning));
    }
}

#[test]
fn what_is_not_checked_is_told() {
    for profile in all() {
        let outcome = super::Made::of(["a"]).with(|it| super::check(&profile, it));
        let told: Vec<_> = outcome.not_checked.iter().map(|(_, reason)| reason.as_str()).collect();
        assert!(
            told.contains(&"whether the studio accepts the delivery: only its own ingest can tell")
        );
        let partly =
            told.iter().any(|it| it.starts_with("values of these fields are known in part"));
        assert_eq!(partly, profile.name == "picture-archival");
    }
}
