//! Output profile list.

use super::value::{each, id, text};
use crate::format::imf::Node;
use crate::format::imf::model::OutputProfile;

pub(super) fn read(root: Node<'_>) -> OutputProfile {
    let name = |node| text(node, "Name").unwrap_or_default();
    OutputProfile {
        at: root.id(),
        id: id(root, "Id"),
        annotation: text(root, "Annotation"),
        issue_date: text(root, "IssueDate"),
        issuer: text(root, "Issuer"),
        creator: text(root, "Creator"),
        composition_id: id(root, "CompositionPlaylistId"),
        macros: each(root, "MacroList", "Macro", name),
    }
}
