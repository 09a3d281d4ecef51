//! The digest that a resource may give its track file, beside that of the packing list.

use std::collections::HashSet;

use super::super::contents::Contents;
use super::super::finding::{Origin, Rule, Severity};
use super::super::package::Package;
use super::{Assets as _, Sink};
use crate::digest::{Algorithm, Digest};
use crate::format::imf::Uuid;
use crate::format::imf::model::{Composition, Resource, Source};

/// Every rule of this family; see [`super`].
pub(in crate::job::imf) static RULES: &[Rule] = &[Rule::new(
    "cpl.track-file-hash",
    Severity::Error,
    Origin::Package,
    "the digest that a resource gives its track file is that of the file",
    "what the element means, by the schema of ST 2067-3",
)
.fix("export the composition again from its track files")
.rivals(false, false)];

/// Judge each digest once, and say which could not be, and which track files are encrypted.
pub(in crate::job::imf) fn check(
    composition: &Composition,
    package: &Package,
    contents: &Contents,
    sink: &mut Sink<'_>,
) {
    let sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    let mut seen = HashSet::new();
    for resource in sequences.flat_map(|sequence| &sequence.resources) {
        let Source::TrackFile { file: Some(file), hash, digest, key, .. } = &resource.source else {
            continue;
        };
        if seen.insert((*file, hash, *key)) {
            judge(resource, *file, (hash.is_some(), *digest), (package, contents), sink);
            if key.is_some() {
                let reason = format!("the key of {}, which is encrypted", name(package, *file));
                sink.not_checked(Some(resource.at), reason);
            }
        }
    }
}

fn judge(
    resource: &Resource,
    file: Uuid,
    (is_said, digest): (bool, Option<Digest>),
    (package, contents): (&Package, &Contents),
    sink: &mut Sink<'_>,
) {
    let found = digest.and_then(|digest| found(package, contents, file, digest.algorithm()));
    let name = name(package, file);
    match (digest, found) {
        (Some(said), Some(found)) if said != found => {
            let message = format!("{name} has {found}, {said} is said of it");
            sink.say("cpl.track-file-hash", resource.at, Some(file), message);
        }
        (Some(_), Some(_)) => {}
        _ if is_said => {
            let reason =
                format!("the digest that a resource gives {name}: none was computed for it");
            sink.not_checked(Some(resource.at), reason);
        }
        _ => {}
    }
}

fn name(package: &Package, file: Uuid) -> String {
    package.name(file).map_or(file.to_string(), |name| format!("`{name}`"))
}

/// The digest of a file of the package, if it was read for one by this algorithm.
fn found(
    package: &Package,
    contents: &Contents,
    file: Uuid,
    algorithm: Algorithm,
) -> Option<Digest> {
    let path = &package.folder().listed(file)?.place.file()?.path;
    let digests = contents.of(path)?.as_ref().ok()?;
    digests.iter().copied().find(|digest| digest.algorithm() == algorithm)
}
