//! What descriptors say of essence, and whether that changed.

use std::collections::{BTreeMap, HashSet};

use super::{Change, Kind, Version, What, what};
use crate::format::imf::{Node, NodeId, Uuid};
use crate::job::imf::rules::descriptor::{Descriptor, encoding_of, file_of};

/// The element that holds one.
const NAME: &str = "EssenceDescriptor";
/// The element of a resource that names one.
const ENCODING: &str = "SourceEncoding";

/// Descriptors that are new, gone, or say something else, in the order of their ids.
pub(super) fn changes(a: Version<'_>, b: Version<'_>) -> Vec<Change> {
    let (of_a, of_b) = (Descriptor::all(a.0, a.1), Descriptor::all(b.0, b.1));
    let ids: HashSet<Uuid> = of_a.keys().chain(of_b.keys()).copied().collect();
    let mut ids: Vec<_> = ids.into_iter().collect();
    ids.sort_unstable();
    let said = ids.into_iter().filter_map(|id| change(id, of_a.get(&id), of_b.get(&id)));
    said.chain(named(a, b)).collect()
}

/// Track files that have another descriptor than before, though the one before is still there.
fn named<'v>(a: Version<'v>, b: Version<'v>) -> impl Iterator<Item = Change> + use<'v> {
    let (of_a, all, lines) = (encodings(a), Descriptor::all(b.0, b.1), (a.0, b.0));
    encodings(b).into_iter().filter_map(move |(file, (after, at))| {
        let (before, from) = *of_a.get(&file)?;
        (before != after && all.contains_key(&before)).then(|| Change {
            name: Some(ENCODING.to_owned()),
            a_line: Some(lines.0.tree.node(from).line()),
            b_line: Some(lines.1.tree.node(at).line()),
            message: format!("{ENCODING} of {file}: `{before}` is now `{after}`"),
            ..Change::of(
                Kind::Property,
                What::Changed,
                Some(before.to_string()),
                Some(after.to_string()),
            )
        })
    })
}

/// Which descriptor the first resource of each track file names, and where.
fn encodings((_, composition): Version<'_>) -> BTreeMap<Uuid, (Uuid, NodeId)> {
    let mut found = BTreeMap::new();
    let sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    for resource in sequences.flat_map(|sequence| &sequence.resources) {
        if let (Some(file), Some(encoding)) = (file_of(resource), encoding_of(resource)) {
            found.entry(file).or_insert((encoding, resource.at));
        }
    }
    found
}

fn change(id: Uuid, a: Option<&Descriptor<'_>>, b: Option<&Descriptor<'_>>) -> Option<Change> {
    let (before, after, said) = match (a, b) {
        (Some(a), Some(b)) => differing(a.0, b.0)?,
        (Some(a), None) => (Some(a.class().to_owned()), None, "removed".to_owned()),
        (None, Some(b)) => (None, Some(b.class().to_owned()), "added".to_owned()),
        (None, None) => return None,
    };
    let what = what(before.is_some(), after.is_some());
    Some(Change {
        name: Some(NAME.to_owned()),
        a_line: a.map(|a| a.0.line()),
        b_line: b.map(|b| b.0.line()),
        message: format!("{NAME} {id}: {said}"),
        ..Change::of(Kind::Property, what, before, after)
    })
}

type Differing = (Option<String>, Option<String>, String);

/// The first value that is not the same, and how many there are; `None` if all are.
fn differing(a: Node<'_>, b: Node<'_>) -> Option<Differing> {
    let (of_a, of_b) = (leaves(a), leaves(b));
    let pairs = of_a.iter().zip(&of_b).filter(|(one, other)| one != other);
    let more = of_a.len().abs_diff(of_b.len());
    let count = pairs.clone().count() + more;
    let first = pairs.clone().next().map(|(one, other)| {
        (Some(one.clone()), Some(other.clone()), format!("`{one}` is now `{other}`"))
    });
    let longer = || {
        let said = "has more or fewer values".to_owned();
        (Some(a.name().to_owned()), Some(b.name().to_owned()), said)
    };
    let (before, after, said) = (count > 0).then(|| first.unwrap_or_else(longer))?;
    let others = if count > 1 { format!(", and {} more", count - 1) } else { String::new() };
    Some((before, after, format!("{said}{others}")))
}

/// Values with their names, in the order of the document; what only the file has of its own is left out.
fn leaves(node: Node<'_>) -> Vec<String> {
    let mut found = vec![];
    let mut left = vec![node];
    while let Some(node) = left.pop() {
        let below: Vec<_> = node.children().collect();
        if below.is_empty() && node.name() != "InstanceID" {
            found.push(format!("{} {}", node.name(), node.text()));
        }
        left.extend(below.into_iter().rev());
    }
    found
}
