//! Composition playlist, but for its segments.

use super::segment;
use super::value::{count, each, id, rate, text, truth};
use crate::format::imf::Node;
use crate::format::imf::model::{Composition, CompositionTimecode, EssenceDescriptor, Locale};

pub(super) fn read(root: Node<'_>) -> Composition {
    Composition {
        at: root.id(),
        id: id(root, "Id"),
        annotation: text(root, "Annotation"),
        issue_date: text(root, "IssueDate"),
        issuer: text(root, "Issuer"),
        creator: text(root, "Creator"),
        content_originator: text(root, "ContentOriginator"),
        title: text(root, "ContentTitle").unwrap_or_default(),
        content_kind: text(root, "ContentKind"),
        content_versions: each(root, "ContentVersionList", "ContentVersion", version),
        essence_descriptors: each(root, "EssenceDescriptorList", "EssenceDescriptor", descriptor),
        edit_rate: rate(root, "EditRate"),
        total_running_time: text(root, "TotalRunningTime"),
        timecode: root.find("CompositionTimecode").map(timecode),
        locales: each(root, "LocaleList", "Locale", locale),
        applications: applications(root),
        segments: each(root, "SegmentList", "Segment", segment::read),
        is_signed: root.find("Signature").is_some(),
    }
}

fn version(node: Node<'_>) -> (String, Option<String>) {
    (text(node, "Id").unwrap_or_default(), text(node, "LabelText"))
}

fn descriptor(node: Node<'_>) -> EssenceDescriptor {
    let is_own = |child: &Node<'_>| child.is_beside(node);
    let descriptor = node.children().find(|child| !is_own(child)).map(Node::id);
    EssenceDescriptor { at: node.id(), id: id(node, "Id"), descriptor }
}

fn timecode(node: Node<'_>) -> CompositionTimecode {
    CompositionTimecode {
        at: node.id(),
        drop_frame: truth(node, "TimecodeDropFrame"),
        rate: count(node, "TimecodeRate"),
        start: text(node, "TimecodeStartAddress"),
    }
}

fn locale(node: Node<'_>) -> Locale {
    let own_text = |child: Node<'_>| child.text().into_owned();
    Locale {
        at: node.id(),
        annotation: text(node, "Annotation"),
        languages: each(node, "LanguageList", "Language", own_text),
        regions: each(node, "RegionList", "Region", own_text),
    }
}

/// Each element may name several.
fn applications(root: Node<'_>) -> Vec<String> {
    let properties = root.find("ExtensionProperties").into_iter().flat_map(Node::children);
    let named = properties.filter(|child| child.name() == "ApplicationIdentification");
    named.flat_map(|child| words(&child.text())).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split_ascii_whitespace().map(str::to_owned).collect()
}
