//! Packing list.

use super::value::{algorithm, algorithm_uri, count, digest, each, id, text};
use crate::format::imf::Node;
use crate::format::imf::model::{PackedAsset, PackingList};

pub(super) fn read(root: Node<'_>) -> PackingList {
    PackingList {
        at: root.id(),
        id: id(root, "Id"),
        annotation: text(root, "AnnotationText"),
        icon_id: id(root, "IconId"),
        group_id: id(root, "GroupId"),
        issuer: text(root, "Issuer"),
        creator: text(root, "Creator"),
        issue_date: text(root, "IssueDate"),
        assets: each(root, "AssetList", "Asset", asset),
    }
}

fn asset(node: Node<'_>) -> PackedAsset {
    let hash = text(node, "Hash").unwrap_or_default();
    let hash_algorithm = algorithm_uri(node);
    let algorithm = algorithm(hash_algorithm.as_deref());
    PackedAsset {
        at: node.id(),
        id: id(node, "Id"),
        annotation: text(node, "AnnotationText"),
        digest: algorithm.and_then(|algorithm| digest(algorithm, &hash)),
        hash,
        hash_algorithm,
        algorithm,
        size: count(node, "Size"),
        mime_type: text(node, "Type").unwrap_or_default(),
        original_file_name: text(node, "OriginalFileName"),
    }
}
