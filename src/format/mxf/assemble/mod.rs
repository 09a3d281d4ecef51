//! Packages and descriptors from the sets of the metadata.

mod descriptor;
mod package;
mod track;

use super::model::{Descriptor, Package, Ul};
use super::set::{Metadata, Set};
use super::{Fault, Reason, label};

/// What the metadata says.
pub(super) struct Content {
    pub(super) packages: Vec<Package>,
    pub(super) descriptors: Vec<Descriptor>,
    pub(super) file_package: Option<usize>,
}

/// Put the sets together.
pub(super) fn content(metadata: &Metadata) -> Result<Content, Fault> {
    let preface = metadata.sets().find(|set| set.is(label::PREFACE));
    let preface = preface.ok_or(Reason::Missing("Preface").at(metadata.start()))?;
    let sets: Vec<Set<'_>> = metadata.sets().filter(is_package).collect();
    let descriptors = descriptor::Forest::plant(metadata, &sets)?;
    let packages = package::all(&sets, &descriptors)?;
    let file_package = file_package(metadata, &preface, &sets, &packages)?;
    Ok(Content { packages, descriptors: descriptors.into_descriptors(), file_package })
}

fn is_package(set: &Set<'_>) -> bool {
    set.is(label::MATERIAL_PACKAGE) || set.is(label::SOURCE_PACKAGE)
}

/// The package that is linked to the essence in this file; else the primary one; else the first with a
/// descriptor.
fn file_package(
    metadata: &Metadata,
    preface: &Set<'_>,
    sets: &[Set<'_>],
    packages: &[Package],
) -> Result<Option<usize>, Fault> {
    let essence = metadata.sets().find(|set| set.is(label::ESSENCE_DATA));
    let linked: Option<[u8; 32]> =
        essence.map(|set| set.array(label::LINKED_PACKAGE_ID)).transpose()?.flatten();
    let primary = preface.reference(label::PRIMARY_PACKAGE)?;
    let source = |found: &dyn Fn(usize) -> bool| {
        (0..packages.len()).find(|&at| !packages[at].is_material && found(at))
    };
    Ok(source(&|at| Some(packages[at].umid) == linked)
        .or_else(|| source(&|at| primary.is_some_and(|set| set.index == sets[at].index)))
        .or_else(|| source(&|at| packages[at].descriptor.is_some())))
}

/// What a track holds, as its segment says.
fn definition(segment: Option<Set<'_>>) -> Result<Option<Ul>, Fault> {
    let definition = segment.map(|set| set.array(label::DATA_DEFINITION)).transpose()?;
    Ok(definition.flatten().map(Ul))
}
