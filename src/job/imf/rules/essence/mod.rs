//! Track files against the composition that plays them: the headers of the MXF files, not their essence.

mod compare;
mod header;

use std::collections::{HashMap, HashSet};

use super::composition::ERROR;
use super::descriptor::{Descriptor, encoding_of, file_of};
use super::segment::kind::{Kind, kind_of};
use super::segment::length::rate_of;
use super::{Assets, Known, Sink};
use crate::format::imf::model::{Composition, Resource};
use crate::format::imf::{Document, Rational, Uuid};
use crate::format::mxf::model::{Header, Track};
use crate::job::imf::finding::{Rule, Severity};

const PHOTON: &str = "https://github.com/Netflix/photon, IMFConstraints";
const PHOTON_CPL: &str = "https://github.com/Netflix/photon, IMFCPLValidator";
const OWN: &str = "what the elements of the composition mean, by the schema of ST 2067-3";

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "mxf.file-id",
        title: "the id of a track file is that of its file package",
        fix: Some("put each file under its own name if they were swapped, or make the lists again"),
        clause: Some("ST 2067-2:2016, 7.3.1"),
        source: "https://github.com/Netflix/photon, IMPAnalyzer",
        imferno: Some(false),
        ..ERROR
    },
    Rule {
        id: "mxf.operational-pattern",
        title: "a track file is laid out as OP1a",
        clause: Some("ST 377-1:2011, 8.3.3"),
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "mxf.open-header",
        severity: Severity::Warning,
        title: "the metadata of the header is final, or is repeated in the footer",
        clause: Some("ST 377-1:2011, 8.3.3"),
        source: "https://crates.io/crates/imferno-core 3.0.1, mxf/codes.rs",
        photon: None,
        ..ERROR
    },
    Rule {
        id: "mxf.footer",
        title: "a track file has the footer that it says to end with",
        fix: Some("copy the file again: it was cut off"),
        source: "https://github.com/Netflix/photon, IMPAnalyzer, which cannot read such a file",
        photon: None,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "mxf.tracks",
        title: "a track file has exactly one track of essence",
        clause: Some("ST 2067-5:2013, 5.1.3"),
        source: PHOTON,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "mxf.origin",
        title: "a track of essence begins with its first edit unit",
        clause: Some("ST 2067-2:2016, 5.1.7"),
        source: PHOTON,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "mxf.essence-kind",
        title: "a track file holds what its sequence plays: picture, sound or data",
        source: OWN,
        photon: None,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "mxf.edit-rate",
        title: "a resource counts in the edit units of its track file",
        source: OWN,
        photon: None,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "mxf.duration",
        title: "the intrinsic duration is the length of the track file",
        source: OWN,
        photon: None,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "mxf.descriptor",
        title: "the essence descriptor of the composition says what the track file says",
        fix: Some("export the composition again from its track files"),
        source: PHOTON_CPL,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "mxf.language",
        title: "languages in the essence descriptor are those in the track file",
        fix: Some("correct the language where it is wrong; a delivery is held against it"),
        source: PHOTON_CPL,
        imferno: None,
        ..ERROR
    },
];

/// Judge each track file that a composition plays.
pub(super) fn check(
    document: &Document,
    composition: &Composition,
    assets: &dyn Assets,
    findings: &mut Sink<'_>,
) {
    let descriptors = Descriptor::all(document, composition);
    let mut seen: HashSet<Uuid> = HashSet::new();
    for (kind, resource) in resources(composition) {
        let Some(file) = file_of(resource) else { continue };
        let is_first = seen.insert(file);
        let Some(header) = assets.header(file) else {
            if is_first {
                not_here(resource, file, assets, findings);
            }
            continue;
        };
        if is_first {
            header::check(resource, header, file, assets, findings);
            descriptor(resource, header, &descriptors, findings);
        }
        let mut tracks = header::essence(header);
        if let (Some(track), None) = (tracks.next(), tracks.next()) {
            holds(kind, resource, track, findings);
            lengths(resource, composition, track, findings);
        }
    }
}

fn resources(composition: &Composition) -> impl Iterator<Item = (Kind, &Resource)> {
    let sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    sequences.flat_map(|sequence| sequence.resources.iter().map(|it| (kind_of(&sequence.kind), it)))
}

fn not_here(resource: &Resource, file: Uuid, assets: &dyn Assets, findings: &mut Sink<'_>) {
    let reason = match assets.knows(file) {
        Known::Here | Known::Elsewhere => "its header could not be read",
        Known::NotHere => "it is not here",
    };
    let file = assets.name(file).map_or(file.to_string(), |name| format!("`{name}`"));
    let reason = format!("the track file {file} against the composition: {reason}");
    findings.not_checked(Some(resource.at), reason);
}

fn holds(kind: Kind, resource: &Resource, track: &Track, findings: &mut Sink<'_>) {
    let Some(is_right) = header::is_of(kind, track) else { return };
    if !is_right {
        let what = header::name(track);
        let message = format!("the track file holds {what}, which is not what the sequence plays");
        findings.say("mxf.essence-kind", resource.at, file_of(resource), message);
    }
}

fn lengths(resource: &Resource, composition: &Composition, track: &Track, findings: &mut Sink<'_>) {
    let mut say = |rule, message| findings.say(rule, resource.at, file_of(resource), message);
    let rates = rate_of(resource, composition).zip(track_rate(track));
    if let Some((said, found)) = rates.filter(|(said, found)| !said.equals(*found)) {
        return say(
            "mxf.edit-rate",
            format!("edit rate {said}; that of the track file is {found}"),
        );
    }
    match (resource.intrinsic_duration, track.duration) {
        (Some(said), Some(found)) if said != found => {
            let message =
                format!("intrinsic duration {said}; the track file has {found} edit units");
            say("mxf.duration", message);
        }
        (Some(_), None) => {
            let reason =
                "the intrinsic duration: the track file does not say its length".to_owned();
            findings.not_checked(Some(resource.at), reason);
        }
        (Some(_) | None, _) => {}
    }
}

fn track_rate(track: &Track) -> Option<Rational> {
    let (above, below) = track.edit_rate?;
    let (numerator, denominator) = (u64::try_from(above).ok()?, u64::try_from(below).ok()?);
    (numerator > 0 && denominator > 0).then_some(Rational { numerator, denominator })
}

fn descriptor(
    resource: &Resource,
    header: &Header,
    descriptors: &HashMap<Uuid, Descriptor<'_>>,
    findings: &mut Sink<'_>,
) {
    let said = encoding_of(resource).and_then(|id| descriptors.get(&id));
    let (Some(&said), Some(found)) = (said, header::descriptor(header)) else { return };
    let asset = file_of(resource);
    let differing = compare::differing(said, found, header);
    if !differing.is_empty() {
        let message = format!("the track file says otherwise: {}", differing.join(", "));
        findings.say("mxf.descriptor", said.at(), asset, message);
    }
    let (of_list, of_file) = (said.languages(), compare::languages(found, header));
    let has = |list: &[String], tag: &String| list.iter().any(|it| it.eq_ignore_ascii_case(tag));
    let is_same = of_list.iter().all(|tag| has(&of_file, tag))
        && of_file.iter().all(|tag| has(&of_list, tag));
    if !is_same {
        let (ours, theirs) = (compare::list(&of_list), compare::list(&of_file));
        let message = format!("languages here: {ours}; in the track file: {theirs}");
        findings.say("mxf.language", said.at(), asset, message);
    }
}
