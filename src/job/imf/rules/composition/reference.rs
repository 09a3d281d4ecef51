//! Resources against the list of essence descriptors.

use std::collections::{HashMap, HashSet};

use super::super::Sink;
use super::super::descriptor::{encoding_of, file_of};
use crate::format::imf::Uuid;
use crate::format::imf::model::{Composition, Resource};

/// What names something that is not there, and what is there for nothing.
pub(super) fn check(composition: &Composition, findings: &mut Sink<'_>) {
    if composition.essence_descriptors.is_empty() {
        return missing_list(composition, findings);
    }
    let listed: HashSet<Uuid> =
        composition.essence_descriptors.iter().filter_map(|entry| entry.id).collect();
    let mut named: HashMap<Uuid, &Resource> = HashMap::new();
    for (id, resource) in resources(composition).filter_map(|it| Some((encoding_of(it)?, it))) {
        if named.insert(id, resource).is_none() && !listed.contains(&id) {
            let message = format!("source encoding {id} is not in the list of essence descriptors");
            findings.say("cpl.essence-descriptor-missing", resource.at, file_of(resource), message);
        }
    }
    for entry in &composition.essence_descriptors {
        if let Some(id) = entry.id.filter(|id| !named.contains_key(id)) {
            let message = format!("no resource names the essence descriptor {id}");
            findings.say("cpl.essence-descriptor-unused", entry.at, None, message);
        }
    }
}

fn missing_list(composition: &Composition, findings: &mut Sink<'_>) {
    if resources(composition).any(|resource| file_of(resource).is_some()) {
        let message = "no list of essence descriptors: what the track files hold is not said";
        let at = composition.at;
        findings.say("cpl.essence-descriptor-list-missing", at, None, message.to_owned());
    }
}

fn resources(composition: &Composition) -> impl Iterator<Item = &Resource> {
    let sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    sequences.flat_map(|sequence| &sequence.resources)
}
