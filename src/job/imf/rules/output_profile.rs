//! Output profile lists: which composition they are for.

use super::super::finding::{Origin, Rule, Severity};
use super::super::package::{Loaded, Package};
use super::{Assets as _, Known, Sink};
use crate::format::imf::model::OutputProfile;
use crate::format::imf::{Content, Node, Uuid};

/// Every rule of this family; see [`super`].
pub(in crate::job::imf) static RULES: &[Rule] = &[
    Rule::new(
        "opl.asset-id",
        Severity::Error,
        Origin::Standard,
        "an output profile list has the id that the asset map gives it",
        "https://github.com/Netflix/photon, IMPAnalyzer",
    )
    .clause("ST 2067-2:2016, 7.3.1")
    .rivals(true, false),
    Rule::new(
        "opl.composition",
        Severity::Error,
        Origin::Standard,
        "an output profile list names a composition playlist",
        "https://github.com/Netflix/photon, IMPAnalyzer",
    )
    .rivals(true, false),
];

/// Judge an output profile list.
pub(in crate::job::imf) fn check(
    loaded: &Loaded,
    profile: &OutputProfile,
    package: &Package,
    sink: &mut Sink<'_>,
) {
    super::check_id("opl.asset-id", loaded, profile.id, profile.at, sink);
    sink.not_checked(None, "what its macros do is not looked at".to_owned());
    let Some(id) = profile.composition_id else { return };
    if is_composition(id, package) {
        return;
    }
    let at = loaded.document.tree.node(profile.at).child("CompositionPlaylistId");
    let at = at.map_or(profile.at, Node::id);
    match package.knows(id) {
        Known::NotHere if package.folders.len() > 1 => {
            let message = format!("composition {id} is in none of the folders");
            sink.say("opl.composition", at, Some(id), message);
        }
        Known::NotHere => sink.not_checked(Some(at), format!("composition {id} is not here")),
        Known::Here | Known::Elsewhere => {
            let name = package.name(id).unwrap_or_default();
            let message = format!("`{name}` ({id}) is no composition playlist that can be read");
            sink.say("opl.composition", at, Some(id), message);
        }
    }
}

fn is_composition(id: Uuid, package: &Package) -> bool {
    let documents = package.folders.iter().flat_map(|folder| &folder.documents);
    let mut compositions = documents.filter_map(|loaded| match &loaded.document.content {
        Content::Composition(composition) => composition.id,
        _ => None,
    });
    compositions.any(|own| own == id)
}
