//! Virtual tracks: the sequences of one id, over all segments.

use std::collections::{HashMap, HashSet};

use super::super::Sink;
use super::super::descriptor::{Descriptor, encoding_of, file_of};
use super::kind::{Kind, kind_of};
use super::length::rate_of;
use crate::format::imf::model::{Composition, Resource, Sequence};
use crate::format::imf::{Document, Rational, Uuid};
use crate::format::xml::Node;

/// The core constraints that do without a sound track.
const CORE_2020: &str = "http://www.smpte-ra.org/ns/2067-2/2020";

struct Track<'a> {
    id: Uuid,
    sequences: Vec<&'a Sequence>,
}

/// Judge all tracks.
pub(super) fn check(document: &Document, composition: &Composition, findings: &mut Sink<'_>) {
    let tracks = tracks(composition);
    let descriptors = Descriptor::all(document, composition);
    missing(composition, &tracks, findings);
    sound(composition, findings);
    for track in &tracks {
        kinds(track, findings);
        rates(track, composition, findings);
        essence_rates(track, &descriptors, composition, findings);
        homogeneity(track, &descriptors, findings);
    }
}

/// In the order of their first sight.
fn tracks(composition: &Composition) -> Vec<Track<'_>> {
    let mut tracks: Vec<Track<'_>> = vec![];
    let mut index: HashMap<Uuid, usize> = HashMap::new();
    for sequence in composition.segments.iter().flat_map(|segment| &segment.sequences) {
        let Some(id) = sequence.track_id else { continue };
        let at = *index.entry(id).or_insert(tracks.len());
        if at == tracks.len() {
            tracks.push(Track { id, sequences: vec![] });
        }
        tracks[at].sequences.push(sequence);
    }
    tracks
}

/// Marker tracks too: their sequences are sequences of the segment.
fn missing(composition: &Composition, tracks: &[Track<'_>], findings: &mut Sink<'_>) {
    for segment in &composition.segments {
        let here: HashSet<Uuid> = segment.sequences.iter().filter_map(|it| it.track_id).collect();
        let missing = tracks.len() - here.len();
        let first = tracks.iter().find(|track| !here.contains(&track.id));
        let Some(track) = first.filter(|_| missing > 0) else { continue };
        let kind = track.sequences.first().map_or("", |sequence| &sequence.kind);
        let more = match missing {
            1 => String::new(),
            _ => format!(", nor of {} others", missing - 1),
        };
        let message = format!("the segment has nothing of the {kind} track {}{more}", track.id);
        findings.say("cpl.track-missing", segment.at, None, message);
    }
}

fn sound(composition: &Composition, findings: &mut Sink<'_>) {
    let mut sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    let is_old = sequences
        .clone()
        .filter(|sequence| kind_of(&sequence.kind) == Kind::Image)
        .all(|image| image.namespace != CORE_2020);
    if is_old && !sequences.any(|sequence| kind_of(&sequence.kind) == Kind::Audio) {
        let message = "no main audio sequence".to_owned();
        findings.say("cpl.main-audio", composition.at, None, message);
    }
}

fn kinds(track: &Track<'_>, findings: &mut Sink<'_>) {
    let Some((first, others)) = track.sequences.split_first() else { return };
    for other in others.iter().filter(|other| other.kind != first.kind) {
        let message =
            format!("the virtual track {} is {} here, {} before", track.id, other.kind, first.kind);
        findings.say("cpl.track-kind", other.at, None, message);
    }
}

impl<'a> Track<'a> {
    fn kind(&self) -> Kind {
        self.sequences.first().map_or(Kind::Other, |sequence| kind_of(&sequence.kind))
    }

    fn resources(&self) -> impl Iterator<Item = &'a Resource> {
        self.sequences.iter().flat_map(|sequence| &sequence.resources)
    }
}

fn rates(track: &Track<'_>, composition: &Composition, findings: &mut Sink<'_>) {
    let mut first: Option<Rational> = None;
    for resource in track.resources() {
        let Some(rate) = rate_of(resource, composition) else { continue };
        let before = *first.get_or_insert(rate);
        if !rate.equals(before) {
            let message = format!("edit rate {rate}; the track began with {before}");
            findings.say("cpl.edit-rate-track", resource.at, file_of(resource), message);
        }
        let wanted = composition.edit_rate.filter(|wanted| !rate.equals(*wanted));
        if let Some(wanted) = wanted.filter(|_| track.kind() == Kind::Image) {
            let message = format!("edit rate {rate}; that of the composition is {wanted}");
            findings.say("cpl.edit-rate-image", resource.at, file_of(resource), message);
        }
    }
}

/// Data tracks are left out: nobody says where their descriptors have their rate.
fn essence_rates(
    track: &Track<'_>,
    descriptors: &HashMap<Uuid, Descriptor<'_>>,
    composition: &Composition,
    findings: &mut Sink<'_>,
) {
    if matches!(track.kind(), Kind::Markers | Kind::Data | Kind::Other) {
        return;
    }
    for resource in track.resources() {
        let descriptor = encoding_of(resource).and_then(|id| descriptors.get(&id));
        let (Some(&descriptor), Some(rate)) = (descriptor, rate_of(resource, composition)) else {
            continue;
        };
        let message = match essence_rate(descriptor) {
            Some(found) if fits(descriptor, found, rate) => continue,
            Some(found) => format!("edit rate {rate}; its essence descriptor says {found}"),
            None => format!("edit rate {rate}; its essence descriptor says no rate"),
        };
        findings.say("cpl.edit-rate-essence", resource.at, file_of(resource), message);
    }
}

fn essence_rate(descriptor: Descriptor<'_>) -> Option<Rational> {
    descriptor.rate("SampleRate").or_else(|| descriptor.rate("AudioSampleRate"))
}

/// Of fields some count each, some both as one.
fn fits(descriptor: Descriptor<'_>, found: Rational, rate: Rational) -> bool {
    let is_fields = descriptor.text("FrameLayout").as_deref() == Some("SeparateFields");
    let halved = found.denominator.checked_mul(2).filter(|_| is_fields);
    let halved = halved.map(|denominator| Rational { denominator, ..found });
    found.equals(rate) || halved.is_some_and(|halved| halved.equals(rate))
}

/// Values that must not change along a track, of picture and sound.
///
/// Source: Photon, `IMFCoreConstraintsChecker`, the selection of its check of homogeneity.
const STEADY: [&str; 22] = [
    "StoredWidth",
    "StoredHeight",
    "FrameLayout",
    "SampleRate",
    "PixelLayout",
    "ColorPrimaries",
    "TransferCharacteristic",
    "PictureCompression",
    "ComponentMaxRef",
    "ComponentMinRef",
    "BlackRefLevel",
    "WhiteRefLevel",
    "ColorRange",
    "ColorSiting",
    "ComponentDepth",
    "HorizontalSubsampling",
    "VerticalSubsampling",
    "AudioSampleRate",
    "QuantizationBits",
    "Xsiz",
    "Ysiz",
    "Csiz",
];

/// The same of values that are lists, and of the JPEG 2000 sub descriptor.
const STEADY_LISTS: [&str; 2] = ["J2CLayout", "PictureComponentSizing"];

fn homogeneity(
    track: &Track<'_>,
    descriptors: &HashMap<Uuid, Descriptor<'_>>,
    findings: &mut Sink<'_>,
) {
    if !matches!(track.kind(), Kind::Image | Kind::Audio | Kind::Immersive) {
        return;
    }
    let mut first: Option<Descriptor<'_>> = None;
    let mut seen: HashSet<Uuid> = HashSet::new();
    for resource in track.resources() {
        let Some(id) = encoding_of(resource).filter(|id| seen.insert(*id)) else { continue };
        let Some(&found) = descriptors.get(&id) else { continue };
        let differing = differing(*first.get_or_insert(found), found);
        if !differing.is_empty() {
            let message =
                format!("the virtual track {} changes in {}", track.id, differing.join(", "));
            findings.say("cpl.homogeneity", found.at(), file_of(resource), message);
        }
    }
}

/// Names of the values in which two descriptors differ.
fn differing<'a>(one: Descriptor<'a>, other: Descriptor<'a>) -> Vec<&'a str> {
    if one.class() != other.class() {
        return vec!["the class of its descriptor"];
    }
    let mut names: Vec<&str> = of_level(one, other);
    // An equation that RGB has no use for may be there or not.
    if one.class() == "CDCIDescriptor" && is_other(one, other, "CodingEquations") {
        names.push("CodingEquations");
    }
    let sub = |of: Descriptor<'a>| of.below_of("JPEG2000SubDescriptor").next();
    if let (Some(one), Some(other)) = (sub(one), sub(other)) {
        names.extend(of_level(one, other));
    }
    names
}

fn of_level<'a>(one: Descriptor<'a>, other: Descriptor<'a>) -> Vec<&'a str> {
    let names = STEADY.into_iter().chain(STEADY_LISTS);
    names.filter(|name| is_other(one, other, name)).collect()
}

fn is_other(one: Descriptor<'_>, other: Descriptor<'_>, name: &str) -> bool {
    match (one.0.find(name), other.0.find(name)) {
        (Some(one), Some(other)) => !is_alike(one, other),
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    }
}

/// Whether both say the same: rates and labels are written in several ways.
fn is_alike(one: Node<'_>, other: Node<'_>) -> bool {
    let plain = |node: Node<'_>| node.text().to_lowercase().replace('/', " ").replace('.', "");
    let (mut of_one, mut of_other) = (one.children(), other.children());
    plain(one) == plain(other)
        && loop {
            match (of_one.next(), of_other.next()) {
                (Some(one), Some(other)) if one.name() == other.name() && is_alike(one, other) => {}
                (None, None) => break true,
                _ => break false,
            }
        }
}
