//! The rules as a whole, and one document by itself.

use std::collections::HashSet;

use super::imp::{CPL, Imp, MAP, PICTURE, id, of, verified};
use crate::format::imf::schema::PROBLEMS;
use crate::job::imf::rules::rule;
use crate::job::imf::{State, all_rules};

#[test]
fn each_rule_has_a_name_of_its_own_in_a_known_family() {
    let mut seen = HashSet::new();
    for rule in all_rules() {
        assert!(seen.insert(rule.id), "{} stands twice", rule.id);
        assert!(!rule.title.is_empty() && !rule.source.is_empty(), "{}", rule.id);
    }
    let families: HashSet<_> = all_rules().filter_map(|rule| rule.id.split('.').next()).collect();
    let known = "document asset-map volume-index packing-list cpl application opl mxf file studio";
    assert_eq!(families, known.split(' ').collect());
    assert!(PROBLEMS.iter().all(|problem| seen.contains(problem.0)));
}

#[test]
fn findings_come_the_worst_first() {
    let imp = Imp::new();
    imp.remove(PICTURE);
    imp.remove("VOLINDEX.xml");
    imp.write("stray.txt", b"");
    let found = imp.verify().findings;
    assert!(found.is_sorted_by_key(|finding| finding.severity), "{found:#?}");
    assert!(found.len() > 2);
}

#[test]
fn problems_of_a_schema_are_findings_with_their_place() {
    let imp = Imp::new();
    imp.edit(MAP, "<Creator>", "<Maker>");
    imp.edit(MAP, "</Creator>", "</Maker>");
    let said = imp.said("asset-map.element-missing");
    assert_eq!(said.first().and_then(|finding| finding.element.as_deref()), Some("AssetMap"));
}

#[test]
fn a_composition_alone_is_judged_with_the_headers_of_its_track_files() {
    let imp = Imp::new();
    let all = verified(&imp.path().join(CPL), &[]);
    assert_eq!((all.documents, all.tally.files_read), (1, 0));
    let [row] = all.assets.as_slice() else { panic!("{:?}", all.assets) };
    assert_eq!((row.id, row.folder), (Some(id(4)), Some(0)));
    assert_eq!(of(&all, "file.stray"), []);
    imp.remove(PICTURE);
    assert_eq!(of(&verified(&imp.path().join(CPL), &[]), "file.missing").len(), 1);
}

#[test]
fn a_composition_without_an_asset_map_is_judged_as_far_as_it_goes() {
    let imp = Imp::bare();
    let all = verified(&imp.path().join(CPL), &[]);
    let [row] = all.assets.as_slice() else { panic!("{:?}", all.assets) };
    assert_eq!(row.state, State::NotListed, "found beside it by the id in its header");
    imp.remove(PICTURE);
    let all = verified(&imp.path().join(CPL), &[]);
    assert_eq!(all.assets[0].state, State::NotHere);
}

#[test]
fn an_asset_map_stands_for_its_folder() {
    let imp = Imp::new();
    let (folder, map) = (imp.verify(), verified(&imp.path().join(MAP), &[]));
    assert_eq!((folder.findings, folder.assets), (map.findings, map.assets));
}

#[test]
fn what_was_not_checked_is_said() {
    let said = Imp::new().verify().not_checked;
    assert!(said.iter().any(|one| one.reason.contains("essence")), "{said:?}");
    assert!(said.iter().any(|one| one.reason.contains("clauses")), "{said:?}");
}

#[test]
fn a_problem_without_a_rule_is_not_left_out() {
    assert_eq!(rule("no.such-rule").id, "document.other");
}
