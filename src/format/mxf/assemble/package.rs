//! Packages.

use std::collections::HashSet;

use super::descriptor::Forest;
use super::track;
use crate::format::mxf::model::Package;
use crate::format::mxf::set::Set;
use crate::format::mxf::{Fault, Reason, label};

/// All packages, in the order of the file.
pub(super) fn all(sets: &[Set<'_>], descriptors: &Forest<'_>) -> Result<Vec<Package>, Fault> {
    // A track belongs to one package: else a few bytes could name one again and again.
    let mut taken = HashSet::new();
    let mut packages = Vec::new();
    for set in sets {
        let mut tracks = set.references(label::PACKAGE_TRACKS)?.collect::<Vec<_>>();
        tracks.retain(|track| taken.insert(track.index));
        let tracks = tracks.iter().map(track::read).collect::<Result<_, _>>()?;
        let descriptor = set.reference(label::ESSENCE_DESCRIPTION)?;
        packages.push(Package {
            is_material: set.is(label::MATERIAL_PACKAGE),
            umid: set.array(label::PACKAGE_ID)?.ok_or(Reason::Missing("PackageID").at(set.at))?,
            name: set.text(label::PACKAGE_NAME),
            tracks,
            descriptor: descriptor.and_then(|set| descriptors.place(&set)),
        });
    }
    Ok(packages)
}
