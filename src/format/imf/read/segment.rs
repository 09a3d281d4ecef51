//! Segments of a composition, with what is in them.

use super::value::{count, each, id, listed_digest, rate, text};
use crate::format::imf::Node;
use crate::format::imf::model::{Marker, Resource, Segment, Sequence, Source};

pub(super) fn read(node: Node<'_>) -> Segment {
    let sequences = node.find("SequenceList").into_iter().flat_map(Node::children);
    Segment {
        at: node.id(),
        id: id(node, "Id"),
        annotation: text(node, "Annotation"),
        sequences: sequences.map(sequence).collect(),
    }
}

fn sequence(node: Node<'_>) -> Sequence {
    Sequence {
        at: node.id(),
        id: id(node, "Id"),
        track_id: id(node, "TrackId"),
        kind: node.name().to_owned(),
        namespace: node.namespace().to_owned(),
        resources: each(node, "ResourceList", "Resource", resource),
    }
}

fn resource(node: Node<'_>) -> Resource {
    Resource {
        at: node.id(),
        id: id(node, "Id"),
        annotation: text(node, "Annotation"),
        edit_rate: rate(node, "EditRate"),
        intrinsic_duration: count(node, "IntrinsicDuration"),
        entry_point: count(node, "EntryPoint"),
        source_duration: count(node, "SourceDuration"),
        repeat_count: count(node, "RepeatCount"),
        source: source(node),
    }
}

/// By the name of the type alone: that a namespace is wrong has been said by the schema.
fn source(node: Node<'_>) -> Source {
    let kind = node.attribute("type").unwrap_or_default();
    let kind = kind.trim_ascii();
    match kind.split_once(':').map_or(kind, |(_, name)| name) {
        "TrackFileResourceType" => Source::TrackFile {
            file: id(node, "TrackFileId"),
            encoding: id(node, "SourceEncoding"),
            hash: text(node, "Hash"),
            digest: listed_digest(node),
            key: id(node, "KeyId"),
        },
        "MarkerResourceType" => Source::Markers(markers(node)),
        _ => Source::Other(kind.to_owned()),
    }
}

fn markers(node: Node<'_>) -> Vec<Marker> {
    node.children().filter(|child| child.name() == "Marker").map(marker).collect()
}

fn marker(node: Node<'_>) -> Marker {
    let label = node.find("Label");
    let scope = label.and_then(|label| label.attribute("scope"));
    Marker {
        at: node.id(),
        label: text(node, "Label").unwrap_or_default(),
        scope: scope.map(|scope| scope.trim().to_owned()),
        offset: count(node, "Offset"),
        annotation: text(node, "Annotation"),
    }
}
