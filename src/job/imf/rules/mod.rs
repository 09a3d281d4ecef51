//! The rules: what they look at, and the list of all of them.
//!
//! Each family has a file with a table of its rules and a `check` that tells a [`Sink`] what it finds.

mod application;
pub(in crate::job::imf) mod asset_map;
mod composition;
pub(in crate::job::imf) mod descriptor;
mod document;
mod essence;
pub(in crate::job::imf) mod files;
pub(in crate::job::imf) mod output_profile;
pub(in crate::job::imf) mod packing_list;
pub(in crate::job::imf) mod segment;
pub(in crate::job::imf) mod studio;
pub(in crate::job::imf) mod track_file_hash;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::finding::{Finding, Rule};
use super::package::Loaded;
use crate::format::imf::NodeId;
use crate::format::imf::model::Composition;
use crate::format::imf::{Document, Uuid};
use crate::format::mxf::model::Header;

/// Every table.
static TABLES: [&[Rule]; 11] = [
    document::RULES,
    asset_map::RULES,
    packing_list::RULES,
    composition::RULES,
    segment::RULES,
    track_file_hash::RULES,
    output_profile::RULES,
    files::RULES,
    essence::RULES,
    application::RULES,
    studio::RULES,
];

/// Those of the schemas, whose tables lie with the readers.
static SCHEMAS: LazyLock<Vec<Rule>> = LazyLock::new(document::of_schemas);

static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut all: Vec<_> = TABLES.iter().copied().flatten().chain(SCHEMAS.iter()).collect();
    all.sort_by_key(|rule| (family(rule.id), rule.id));
    all
});

static BY_ID: LazyLock<HashMap<&'static str, &'static Rule>> =
    LazyLock::new(|| all_rules().map(|rule| (rule.id, rule)).collect());

/// Families in the order in which a package is read.
const FAMILIES: [&str; 10] = [
    "document",
    "asset-map",
    "volume-index",
    "packing-list",
    "cpl",
    "application",
    "opl",
    "mxf",
    "file",
    "studio",
];

fn family(id: &str) -> usize {
    let name = id.split('.').next().unwrap_or(id);
    FAMILIES.iter().position(|family| *family == name).unwrap_or(FAMILIES.len())
}

/// Every rule, by families and then by id.
pub fn all_rules() -> impl Iterator<Item = &'static Rule> {
    ALL.iter().copied()
}

/// The rule of this name. One that is in no table is a mistake in this crate, and is shown as that of a
/// problem without a rule rather than left out.
pub(in crate::job::imf) fn rule(id: &str) -> &'static Rule {
    BY_ID.get(id).copied().unwrap_or(&document::OTHER)
}

/// Judge a composition by all rules of its families but those of files and of studios.
pub(in crate::job::imf) fn check_composition(
    document: &Document,
    content: &Composition,
    assets: &dyn Assets,
    sink: &mut Sink<'_>,
) {
    composition::check(document, content, assets, sink);
}

/// A finding that is about no element.
pub(in crate::job::imf) fn finding(
    id: &'static str,
    file: &str,
    asset: Option<Uuid>,
    message: String,
) -> Finding {
    let rule = rule(id);
    let (severity, file) = (rule.severity, file.to_owned());
    Finding { rule, severity, file, line: None, element: None, asset, message }
}

/// Whether a document has the id that the asset map gives it; one that was found without an asset map has.
fn check_id(
    rule: &'static str,
    loaded: &Loaded,
    id: Option<Uuid>,
    at: NodeId,
    sink: &mut Sink<'_>,
) {
    if let (Some(asset), Some(own)) = (loaded.asset, id)
        && asset != own
    {
        sink.say(rule, at, Some(asset), format!("its id is {own}, in the asset map {asset}"));
    }
}

/// What is known of an id that a document names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::job::imf) enum Known {
    /// In an asset map of the package.
    Here,
    /// In that of a folder that was given besides.
    Elsewhere,
    /// In none of them: a supplemental package may name what was delivered earlier.
    NotHere,
}

/// The files of the package and of the folders given besides.
pub(in crate::job::imf) trait Assets {
    /// Where an asset is.
    fn knows(&self, id: Uuid) -> Known;
    /// The MXF header of its file; `None` if it has none, is not here or could not be read.
    fn header(&self, id: Uuid) -> Option<&Header>;
    /// Its file, relative to its package; `None` if it is not here.
    fn name(&self, id: Uuid) -> Option<&str>;
}

/// Takes what is found in one document.
pub(in crate::job::imf) struct Sink<'a> {
    document: &'a Document,
    file: &'a str,
    /// What was found, in the order in which it was said.
    pub(in crate::job::imf) findings: Vec<Finding>,
    /// What could not be looked at: the place, and why.
    pub(in crate::job::imf) not_checked: Vec<(String, String)>,
}

impl<'a> Sink<'a> {
    /// For a document of this name.
    pub(in crate::job::imf) fn new(document: &'a Document, file: &'a str) -> Self {
        Self { document, file, findings: vec![], not_checked: vec![] }
    }

    /// A rule is broken at this element.
    pub(in crate::job::imf) fn say(
        &mut self,
        id: &'static str,
        at: NodeId,
        asset: Option<Uuid>,
        message: String,
    ) {
        let (line, element) = self.document.place(at);
        let found = finding(id, self.file, asset, message);
        self.findings.push(Finding { line: Some(line), element: Some(element), ..found });
    }

    /// Something could not be looked at; without an element it is about the whole document.
    pub(in crate::job::imf) fn not_checked(&mut self, at: Option<NodeId>, reason: String) {
        let place = match at.map(|at| self.document.place(at)) {
            Some((line, element)) => format!("{}:{line}: {element}", self.file),
            None => self.file.to_owned(),
        };
        self.not_checked.push((place, reason));
    }
}
