//! Asset map and volume index.

use super::value::{count, each, id, text, truth};
use crate::format::imf::Node;
use crate::format::imf::model::{AssetMap, Chunk, MappedAsset, VolumeIndex};

pub(super) fn read(root: Node<'_>) -> AssetMap {
    AssetMap {
        at: root.id(),
        id: id(root, "Id"),
        annotation: text(root, "AnnotationText"),
        creator: text(root, "Creator"),
        issuer: text(root, "Issuer"),
        issue_date: text(root, "IssueDate"),
        volume_count: count(root, "VolumeCount"),
        assets: each(root, "AssetList", "Asset", asset),
    }
}

pub(super) fn read_index(root: Node<'_>) -> VolumeIndex {
    VolumeIndex { at: root.id(), index: count(root, "Index") }
}

fn asset(node: Node<'_>) -> MappedAsset {
    MappedAsset {
        at: node.id(),
        id: id(node, "Id"),
        annotation: text(node, "AnnotationText"),
        is_packing_list: truth(node, "PackingList").unwrap_or(false),
        chunks: each(node, "ChunkList", "Chunk", chunk),
    }
}

fn chunk(node: Node<'_>) -> Chunk {
    Chunk {
        at: node.id(),
        path: text(node, "Path").unwrap_or_default(),
        volume_index: count(node, "VolumeIndex"),
        offset: count(node, "Offset"),
        length: count(node, "Length"),
    }
}
