//! What descriptors say of essence, and whether that changed.

use std::collections::HashSet;

use super::{Change, Kind, Version, what};
use crate::format::imf::{Node, Uuid};
use crate::job::imf::rules::descriptor::Descriptor;

/// The element that holds one.
const NAME: &str = "EssenceDescriptor";

/// Descriptors that are new, gone, or say something else, in the order of their ids.
pub(super) fn changes(a: Version<'_>, b: Version<'_>) -> Vec<Change> {
    let (of_a, of_b) = (Descriptor::all(a.0, a.1), Descriptor::all(b.0, b.1));
    let ids: HashSet<Uuid> = of_a.keys().chain(of_b.keys()).copied().collect();
    let mut ids: Vec<_> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.into_iter().filter_map(|id| change(id, of_a.get(&id), of_b.get(&id))).collect()
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
