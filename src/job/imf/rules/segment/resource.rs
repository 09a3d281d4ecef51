//! Resources: what they play of what there is.

use super::super::Sink;
use super::super::descriptor::file_of;
use super::kind::{Kind, kind_of};
use crate::format::imf::model::{Marker, Resource, Segment, Sequence, Source};

/// Judge those of a segment.
pub(super) fn check(segment: &Segment, findings: &mut Sink<'_>) {
    for sequence in &segment.sequences {
        if sequence.resources.is_empty() {
            let message = format!("{} has no resource", sequence.kind);
            findings.say("cpl.resource-missing", sequence.at, None, message);
        }
        for resource in &sequence.resources {
            kind(sequence, resource, findings);
            range(resource, findings);
            repeats(resource, findings);
            if let Source::Markers(markers) = &resource.source {
                for marker in markers {
                    offset(resource, marker, findings);
                }
            }
        }
    }
}

fn kind(sequence: &Sequence, resource: &Resource, findings: &mut Sink<'_>) {
    let is_of_markers = kind_of(&sequence.kind) == Kind::Markers;
    let what = match &resource.source {
        Source::Markers(_) if !is_of_markers => "markers",
        Source::TrackFile { .. } if is_of_markers => "a track file",
        Source::Markers(_) | Source::TrackFile { .. } => return,
        Source::Other(kind) => {
            let reason = format!("a resource of the type `{kind}`");
            return findings.not_checked(Some(resource.at), reason);
        }
    };
    let message = format!("{} holds {what}", sequence.kind);
    findings.say("cpl.resource-kind", resource.at, file_of(resource), message);
}

fn range(resource: &Resource, findings: &mut Sink<'_>) {
    let Some(intrinsic) = resource.intrinsic_duration else { return };
    let entry = resource.entry_point.unwrap_or(0);
    let mut say = |rule, message| findings.say(rule, resource.at, file_of(resource), message);
    if intrinsic == 0 {
        return say("cpl.resource-empty", "the intrinsic duration is 0".to_owned());
    }
    if entry >= intrinsic {
        let message =
            format!("entry point {entry} is not below the intrinsic duration {intrinsic}");
        return say("cpl.resource-range", message);
    }
    match resource.source_duration {
        Some(0) => say("cpl.resource-empty", "the source duration is 0".to_owned()),
        Some(played) if played > intrinsic - entry => {
            let message = format!(
                "entry point {entry} and source duration {played} go past the intrinsic duration {intrinsic}"
            );
            say("cpl.resource-range", message);
        }
        Some(_) | None => {}
    }
}

fn repeats(resource: &Resource, findings: &mut Sink<'_>) {
    let Some(count) = resource.repeat_count else { return };
    let message = match resource.played() {
        _ if count == 0 => "the repeat count is 0".to_owned(),
        Some(played) if played.checked_mul(count).is_none() => {
            format!("the repeat count is {count}, which is more than can be counted")
        }
        Some(_) | None => return,
    };
    findings.say("cpl.repeat-count", resource.at, file_of(resource), message);
}

/// Photon holds the offset against the intrinsic duration, imferno against what is played: the narrower.
fn offset(resource: &Resource, marker: &Marker, findings: &mut Sink<'_>) {
    let (Some(offset), Some(played)) = (marker.offset, resource.played()) else { return };
    if offset >= played {
        let message = format!("marker `{}` is at {offset} of {played} edit units", marker.label);
        findings.say("cpl.marker-offset", marker.at, None, message);
    }
}
