//! What the schemas ask of every document. The readers find it; here are only the rules' names.

use super::super::finding::{Origin, Rule, Severity};
use crate::format::imf::schema::PROBLEMS;

const XSD: &str = "the XML schema that ships with Photon";

/// Every rule of this family; see [`super`].
pub(in crate::job::imf) static RULES: &[Rule] = &[
    Rule::new(
        "document.well-formed",
        Severity::Error,
        Origin::Standard,
        "a document is well-formed XML in UTF-8, without a document type",
        "W3C XML 1.0; https://crates.io/crates/imferno-core 3.0.1, MalformedXml",
    )
    .fix("make the document again, or have it delivered again")
    .rivals(true, true),
    Rule::new(
        "document.root",
        Severity::Error,
        Origin::Standard,
        "a document begins with an element that documents of its namespace, and of its name, begin with",
        XSD,
    )
    .rivals(true, true),
    Rule::new(
        "document.refused",
        Severity::Error,
        Origin::Package,
        "a document can be opened and is of a modest size",
        "our own",
    )
    .rivals(true, true),
    OTHER,
];

/// For a problem whose rule stands in no table.
pub(super) const OTHER: Rule = Rule::new(
    "document.other",
    Severity::Error,
    Origin::Standard,
    "a document is as its schema has it",
    XSD,
);

/// The rules that the schemas stand for.
pub(super) fn of_schemas() -> Vec<Rule> {
    let rule = |&(id, severity, title, clause, source): &(
        &'static str,
        &str,
        &'static str,
        Option<&'static str>,
        &'static str,
    )| Rule {
        clause,
        // Photon holds every document against its schema.
        photon: Some(true),
        ..Rule::new(id, severity_of(severity), Origin::Standard, title, source)
    };
    PROBLEMS.iter().map(rule).collect()
}

fn severity_of(name: &str) -> Severity {
    match name {
        "info" => Severity::Info,
        "warning" => Severity::Warning,
        _ => Severity::Error,
    }
}
