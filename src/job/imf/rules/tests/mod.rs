//! Each rule of a composition, of its pictures and its track files: a composition that breaks none of them,
//! and for each rule what breaks it.

mod application;
mod composition;
mod essence;
mod segment;

use std::collections::{HashMap, HashSet};

use super::{Assets, Known, Sink, all_rules, check_composition};
use crate::format::imf::{Content, Uuid, read};
use crate::format::mxf::model::Header;

/// The composition that breaks no rule: HD in luminance and colour differences, sound in two channels, one
/// marker, one segment.
const WELL: &str = include_str!("well.xml");

/// Track files that are here.
#[derive(Default)]
struct Files(HashMap<Uuid, Header>);

impl Assets for Files {
    fn knows(&self, id: Uuid) -> Known {
        if self.0.contains_key(&id) { Known::Here } else { Known::NotHere }
    }

    fn header(&self, id: Uuid) -> Option<&Header> {
        self.0.get(&id)
    }

    fn name(&self, _: Uuid) -> Option<&str> {
        None
    }
}

/// What is found in a composition: ids of rules, sorted and without repeats.
fn found(text: &str) -> Vec<&'static str> {
    found_with(text, &Files::default())
}

fn found_with(text: &str, files: &Files) -> Vec<&'static str> {
    let (problems, ids) = judged(text, files);
    assert!(problems.is_empty(), "{problems:?}");
    ids
}

/// What the schema does not allow, and what is found.
fn judged(text: &str, files: &Files) -> (Vec<String>, Vec<&'static str>) {
    let document = read(text.as_bytes()).unwrap();
    let problems = document.problems.iter().map(|it| format!("{}: {}", it.rule, it.message));
    let Content::Composition(composition) = &document.content else { panic!("no composition") };
    let mut sink = Sink::new(&document, "CPL.xml");
    check_composition(&document, composition, files, &mut sink);
    let mut ids: Vec<_> = sink.findings.iter().map(|finding| finding.rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    (problems.collect(), ids)
}

/// The composition with one text in the place of another, which must be there.
fn with(changes: &[(&str, &str)]) -> String {
    let mut text = WELL.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

/// Texts, each with what stands in its place.
type Changes<'a> = &'a [(&'a str, &'a str)];

/// Each change breaks exactly these rules.
fn breaks(cases: &[(Changes<'_>, &[&str])]) {
    for (changes, rules) in cases {
        assert_eq!(found(&with(changes)), *rules, "{changes:?}");
    }
}

#[test]
fn what_breaks_no_rule_has_no_finding() {
    assert_eq!(found(WELL), [""; 0]);
}

#[test]
fn each_rule_has_a_name_of_its_own_and_says_where_it_was_read() {
    let mut seen = HashSet::new();
    for rule in all_rules() {
        assert!(seen.insert(rule.id), "{}", rule.id);
        assert!(!rule.title.is_empty() && !rule.source.is_empty(), "{}", rule.id);
    }
}
