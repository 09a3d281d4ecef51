//! Descriptors, and which of them lie below which.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use crate::format::mxf::label::{self, property};
use crate::format::mxf::model::Descriptor;
use crate::format::mxf::set::{Metadata, Set};
use crate::format::mxf::{Fault, MAX_DEPTH, Reason, value};

/// All descriptors of a header, as trees: each lies below one other at most.
pub(super) struct Forest<'m> {
    /// In the order of the file.
    sets: Vec<Set<'m>>,
    /// Places of sets among these.
    places: HashMap<usize, usize>,
    /// For each the places of those below it.
    below: Vec<Vec<usize>>,
}

impl<'m> Forest<'m> {
    /// Find all descriptors: those of a known class, and those that a package or another descriptor
    /// refers to.
    pub(super) fn plant(metadata: &'m Metadata, packages: &[Set<'m>]) -> Result<Self, Fault> {
        let mut roots = Vec::new();
        for package in packages {
            roots.extend(package.reference(label::ESSENCE_DESCRIPTION)?);
        }
        let known = metadata.sets().filter(|set| label::class(&set.key).is_some());
        let sets = reachable(metadata, roots.iter().copied().chain(known))?;
        let places: HashMap<_, _> =
            sets.iter().enumerate().map(|(at, set)| (set.index, at)).collect();
        let below = vec![Vec::new(); sets.len()];
        let mut forest = Self { sets, places, below };
        let roots = roots.iter().filter_map(|set| forest.place(set)).collect();
        forest.grow(roots)?;
        Ok(forest)
    }

    /// The place of a descriptor.
    pub(super) fn place(&self, set: &Set<'_>) -> Option<usize> {
        self.places.get(&set.index).copied()
    }

    /// Put each below the one that refers to it first: those of packages first, then the rest. A
    /// reference to one that already has its place is passed over, so that a circle ends.
    fn grow(&mut self, roots: Vec<usize>) -> Result<(), Fault> {
        let mut taken = HashSet::new();
        for root in roots.into_iter().chain(0..self.sets.len()) {
            let mut next: VecDeque<_> =
                taken.insert(root).then_some((root, 1)).into_iter().collect();
            while let Some((at, depth)) = next.pop_front() {
                for child in self.children(at)?.into_iter().filter(|child| taken.insert(*child)) {
                    if depth == MAX_DEPTH {
                        return Err(
                            Reason::TooMany("descriptors below each other").at(self.sets[at].at)
                        );
                    }
                    self.below[at].push(child);
                    next.push_back((child, depth + 1));
                }
            }
        }
        Ok(())
    }

    fn children(&self, at: usize) -> Result<Vec<usize>, Fault> {
        Ok(references(&self.sets[at])?.filter_map(|set| self.place(&set)).collect())
    }

    pub(super) fn into_descriptors(self) -> Vec<Descriptor> {
        self.sets.iter().zip(self.below).map(|(set, below)| read(set, below)).collect()
    }
}

/// These sets and what they refer to, in the order of the file.
fn reachable<'m>(
    metadata: &'m Metadata,
    first: impl Iterator<Item = Set<'m>>,
) -> Result<Vec<Set<'m>>, Fault> {
    let mut found = BTreeSet::new();
    let mut next: Vec<Set<'m>> = first.filter(|set| found.insert(set.index)).collect();
    while let Some(set) = next.pop() {
        next.extend(references(&set)?.filter(|set| found.insert(set.index)));
    }
    Ok(found.into_iter().map(|index| metadata.set(index)).collect())
}

/// What a descriptor refers to: those of a multiple descriptor, then sub descriptors.
fn references<'m>(set: &Set<'m>) -> Result<impl Iterator<Item = Set<'m>> + use<'m>, Fault> {
    Ok(set.references(label::FILE_DESCRIPTORS)?.chain(set.references(label::SUB_DESCRIPTORS)?))
}

fn read(set: &Set<'_>, below: Vec<usize>) -> Descriptor {
    let values = set.items().filter_map(|(item, bytes)| {
        let (name, kind) = property::find(item)?;
        Some((name, value::decode(kind, bytes)))
    });
    Descriptor {
        key: set.key,
        class: label::class(&set.key),
        // A set without an id has no place here but by its class.
        instance: set.array(label::INSTANCE_ID).ok().flatten().unwrap_or_default(),
        values: values.collect(),
        below,
    }
}
