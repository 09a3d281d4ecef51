//! What is played when: segments, sequences, resources and the virtual tracks that they make up.

mod audio;
pub(in crate::job::imf) mod kind;
pub(in crate::job::imf) mod length;
mod resource;
mod track;

use std::collections::HashSet;

use self::kind::{Kind, kind_of};
use self::length::{Length, sequence_length};
use super::Sink;
use super::composition::{ERROR, IMFERNO, PHOTON_CORE};
use crate::format::imf::model::{Composition, Segment};
use crate::format::imf::{Document, Uuid};
use crate::job::imf::finding::Rule;

const IMFERNO_MCA: &str = "https://crates.io/crates/imferno-core 3.0.1, mxf/audio_mca.rs";

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "cpl.main-image",
        title: "each segment has exactly one main image sequence",
        clause: Some("ST 2067-2:2016, 6.3.1"),
        source: PHOTON_CORE,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "cpl.main-audio",
        title: "before the 2020 core constraints there is at least one main audio sequence",
        clause: Some("ST 2067-2:2016, 6.3.2"),
        source: PHOTON_CORE,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "cpl.track-missing",
        title: "each virtual track is in each segment",
        clause: Some("ST 2067-3:2016, 6.9.3"),
        source: PHOTON_CORE,
        ..ERROR
    },
    Rule {
        id: "cpl.track-repeated",
        title: "a virtual track has one sequence in a segment",
        clause: Some("ST 2067-3, 7.3"),
        source: "https://crates.io/crates/imferno-core 3.0.1, cpl/validate.rs",
        photon: None,
        ..ERROR
    },
    Rule {
        id: "cpl.track-kind",
        title: "a virtual track is of one kind in all segments",
        clause: Some("ST 2067-2, 6.9"),
        source: IMFERNO,
        photon: None,
        ..ERROR
    },
    Rule {
        id: "cpl.segment-length",
        title: "all sequences of a segment are equally long",
        clause: Some("ST 2067-3:2016, 7.2"),
        source: PHOTON_CORE,
        ..ERROR
    },
    Rule {
        id: "cpl.sequence-length",
        title: "a sequence is a whole number of edit units of the composition long",
        fix: Some("sound: make the number of samples fit whole frames of picture"),
        clause: Some("ST 2067-3:2016, 7.3"),
        source: PHOTON_CORE,
        ..ERROR
    },
    Rule {
        id: "cpl.resource-missing",
        title: "each sequence has a resource",
        clause: Some("ST 2067-3:2016, 6.9.3"),
        source: PHOTON_CORE,
        ..ERROR
    },
    Rule {
        id: "cpl.resource-kind",
        title: "marker sequences hold markers, all others track files",
        source: IMFERNO,
        photon: None,
        ..ERROR
    },
    Rule {
        id: "cpl.resource-empty",
        title: "a resource plays at least one edit unit",
        clause: Some("ST 2067-2, 6.10"),
        source: IMFERNO,
        photon: Some(false),
        ..ERROR
    },
    Rule {
        id: "cpl.resource-range",
        title: "entry point and source duration lie within the intrinsic duration",
        clause: Some("ST 2067-3:2013, 6.11.6"),
        source: PHOTON_CORE,
        ..ERROR
    },
    Rule {
        id: "cpl.repeat-count",
        title: "a resource is played at least once",
        clause: Some("ST 2067-2, 6.10"),
        source: IMFERNO,
        photon: None,
        ..ERROR
    },
    Rule {
        id: "cpl.marker-offset",
        title: "a marker lies within its resource",
        clause: Some("ST 2067-3:2013, 6.13"),
        source: PHOTON_CORE,
        ..ERROR
    },
    Rule {
        id: "cpl.edit-rate-track",
        title: "all resources of a virtual track have one edit rate",
        clause: Some("ST 2067-2:2016, 6.2"),
        source: PHOTON_CORE,
        ..ERROR
    },
    Rule {
        id: "cpl.edit-rate-image",
        title: "the picture has the edit rate of the composition",
        clause: Some("ST 2067-2:2013, 6.4"),
        source: PHOTON_CORE,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "cpl.edit-rate-essence",
        title: "a resource has the rate that its essence descriptor says; of fields, half of it",
        clause: Some("ST 2067-2:2016, 6.3.1 and 6.3.2"),
        source: PHOTON_CORE,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "cpl.homogeneity",
        title: "picture and sound of a virtual track do not change in kind",
        clause: Some("ST 2067-2:2016, 6.2"),
        source: PHOTON_CORE,
        ..ERROR
    },
    Rule {
        id: "cpl.audio-sample-rate",
        title: "sound has 48,000 or 96,000 samples a second",
        clause: Some("ST 2067-2:2016, 5.3.2.2"),
        source: IMFERNO_MCA,
        ..ERROR
    },
    Rule {
        id: "cpl.audio-quantization",
        title: "sound has 24 bits a sample",
        clause: Some("ST 2067-2:2016, 5.3.2.3"),
        source: IMFERNO_MCA,
        ..ERROR
    },
    Rule {
        id: "cpl.audio-channel-labels",
        title: "each channel of sound has a label",
        clause: Some("ST 2067-2:2016, 5.3.6.2"),
        source: IMFERNO_MCA,
        ..ERROR
    },
    Rule {
        id: "cpl.audio-soundfield",
        title: "the channels of a sound track make up exactly one sound field",
        clause: Some("ST 2067-2:2016, 5.3.6.3"),
        source: IMFERNO_MCA,
        ..ERROR
    },
];

/// Judge the segments of a composition, and what is in them.
pub(super) fn check(document: &Document, composition: &Composition, findings: &mut Sink<'_>) {
    for segment in &composition.segments {
        images(segment, findings);
        repeated(segment, findings);
        lengths(segment, composition, findings);
        resource::check(segment, findings);
        unknown(segment, findings);
    }
    audio::check(document, composition, findings);
    track::check(document, composition, findings);
}

fn images(segment: &Segment, findings: &mut Sink<'_>) {
    let images = segment.sequences.iter().filter(|it| kind_of(&it.kind) == Kind::Image);
    let images: Vec<_> = images.collect();
    if images.len() != 1 {
        let at = images.get(1).map_or(segment.at, |second| second.at);
        let message = format!("{} main image sequences in the segment, not 1", images.len());
        findings.say("cpl.main-image", at, None, message);
    }
}

fn repeated(segment: &Segment, findings: &mut Sink<'_>) {
    let mut seen: HashSet<Uuid> = HashSet::new();
    for sequence in &segment.sequences {
        if let Some(id) = sequence.track_id.filter(|id| !seen.insert(*id)) {
            let message = format!("a second sequence of the virtual track {id} in one segment");
            findings.say("cpl.track-repeated", sequence.at, None, message);
        }
    }
}

/// Against the picture where it can be told how long that is, else against the first sequence.
fn lengths(segment: &Segment, composition: &Composition, findings: &mut Sink<'_>) {
    let told = segment.sequences.iter();
    let told: Vec<_> =
        told.filter_map(|it| Some((it, sequence_length(it, composition)?))).collect();
    let first: Option<Length> = told
        .iter()
        .find(|(sequence, _)| kind_of(&sequence.kind) == Kind::Image)
        .or(told.first())
        .map(|(_, length)| *length);
    for (sequence, length) in &told {
        let kind = &sequence.kind;
        if !length.is_whole() {
            let message = format!("{kind} is {length} edit units of the composition long");
            findings.say("cpl.sequence-length", sequence.at, None, message);
        }
        if let Some(first) = first.filter(|first| !first.equals(*length)) {
            let message = format!("{kind} is {length} edit units long, the segment {first}");
            findings.say("cpl.segment-length", sequence.at, None, message);
        }
    }
}

/// Sequences whose own rules are not known here: all but those of the core constraints.
fn unknown(segment: &Segment, findings: &mut Sink<'_>) {
    for sequence in &segment.sequences {
        let reason = match kind_of(&sequence.kind) {
            Kind::Other => format!("what {} plays: it is not known here", sequence.kind),
            Kind::Immersive | Kind::Data => format!("what its plug-in asks of {}", sequence.kind),
            Kind::Markers => {
                "labels of markers: the list of the standard is not at hand".to_owned()
            }
            Kind::Image | Kind::Audio | Kind::Text => continue,
        };
        findings.not_checked(Some(sequence.at), reason);
    }
}
