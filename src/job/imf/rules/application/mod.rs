//! What the applications ask of the picture: 2 and 2E in their editions, and of 5 (ACES) what is known. Others
//! are not judged, and that is said.
//!
//! Source: the validators of Photon (Apache-2.0), which name the tables of the standards that they follow.

mod aces;
mod codec;
mod color;
mod edition;
mod image;
mod layout;
mod picture;
mod table;

use self::edition::Edition;
use super::Sink;
use super::composition::{ERROR, IMFERNO, PHOTON_CORE, WARNING};
use super::descriptor::{Descriptor, encoding_of};
use super::segment::kind::{Kind, kind_of};
use super::segment::length::segment_length;
use crate::format::imf::model::{Composition, Sequence};
use crate::format::imf::{Document, Rational};
use crate::format::xml::Node;
use crate::job::imf::finding::Rule;

const PHOTON: &str = "https://github.com/Netflix/photon, IMFApp2EConstraintsValidator";
const PHOTON_MODEL: &str =
    "https://github.com/Netflix/photon, CompositionImageEssenceDescriptorModel";
const PHOTON_ACES: &str = "https://github.com/Netflix/photon, IMFApp5ConstraintsValidator";
const TABLE: Option<&str> = Some("ST 2067-21, Table 3");

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "application.identification-missing",
        title: "a composition says which application it follows",
        clause: Some("ST 2067-21:2023, 7.1"),
        source: PHOTON,
        ..WARNING
    },
    Rule {
        id: "application.identification-unknown",
        title: "the application is one that is known here",
        source: PHOTON,
        ..WARNING
    },
    Rule {
        id: "application.image-descriptor",
        title: "the picture is described as RGB or as luminance and colour differences",
        source: PHOTON,
        imferno: Some(false),
        ..ERROR
    },
    Rule {
        id: "application.stored-size",
        title: "width and height are those that the application allows for such a picture",
        clause: TABLE,
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.sampled-size",
        title: "the sampled picture is the stored picture",
        clause: Some("ST 2067-21:2023, 6.2.1"),
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.stored-f2-offset",
        title: "there is no offset of the second field",
        clause: Some("ST 2067-21:2023, 6.2.1"),
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.frame-layout",
        title: "frames are whole, or fields of them where the application allows these",
        clause: Some("ST 2067-21:2023, 6.2.1"),
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.frame-rate",
        title: "the frame rate is one that the application allows for such a picture",
        clause: TABLE,
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.color-primaries",
        title: "the colour primaries are a label that is known",
        clause: Some("ST 2067-21:2023, 6.2.4"),
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.transfer-characteristic",
        title: "the transfer characteristic is a label that is known",
        clause: Some("ST 2067-21:2023, 6.2.2"),
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.coding-equations",
        title: "the coding equations are a label that is known",
        clause: Some("ST 2067-21:2023, 6.2.3"),
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.color-system",
        title: "primaries, transfer and equations make up a system that the application allows",
        clause: TABLE,
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.sampling",
        title: "colours are sampled 4:4:4 or 4:2:2, as the application allows for such a picture",
        clause: TABLE,
        source: PHOTON_MODEL,
        ..ERROR
    },
    Rule {
        id: "application.bit-depth",
        title: "bits of a component are those that the application allows for such a picture",
        clause: TABLE,
        source: PHOTON_MODEL,
        ..ERROR
    },
    Rule {
        id: "application.component-depth",
        title: "`ComponentDepth` says as many bits as the layout of the components, or as their levels",
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.quantization",
        title: "black and white are at the levels of the bit depth, for legal or for full range",
        clause: Some("ST 2067-21:2023, 6.3.2 and 6.4.3"),
        source: PHOTON_MODEL,
        ..ERROR
    },
    Rule {
        id: "application.color-model",
        title: "RGB or colour differences, as the application allows for such a picture",
        clause: TABLE,
        source: PHOTON,
        imferno: None,
        ..ERROR
    },
    Rule {
        id: "application.codec",
        title: "the picture is coded as JPEG 2000",
        clause: Some("ST 2067-21:2023, 6.2.5"),
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.j2k-profile",
        title: "the profile of JPEG 2000 is one that the application allows",
        clause: Some("ST 2067-21:2023, 6.2.5"),
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.j2k-size",
        title: "the picture has a size for which its profile of JPEG 2000 is made",
        fix: Some("code the picture in the profile of its size: up to 2048 wide IMF 2K, above 4K"),
        clause: Some("ST 2067-21:2023, 6.2.5"),
        source: PHOTON,
        ..ERROR
    },
    Rule {
        id: "application.j2k-sub-descriptor",
        title: "the descriptor of the picture has a JPEG 2000 sub descriptor",
        clause: Some("ST 2067-21:2023, 6.5.2"),
        source: PHOTON_MODEL,
        ..ERROR
    },
    Rule {
        id: "application.j2c-layout",
        title: "the JPEG 2000 sub descriptor says the layout of the components",
        clause: Some("ST 2067-21:2023, 6.5.2"),
        source: PHOTON_MODEL,
        ..ERROR
    },
    Rule {
        id: "application.rgba-component",
        title: "a layout has three components of the picture, each once and of equal bits, and five of none",
        source: PHOTON_MODEL,
        imferno: Some(false),
        ..ERROR
    },
    Rule {
        id: "application.core-constraints",
        title: "the sequences are in the namespace of the core constraints that the application names",
        source: PHOTON_CORE,
        imferno: Some(false),
        ..WARNING
    },
    Rule {
        id: "application.wrapping",
        title: "frames are wrapped as frames, fields as fields",
        source: PHOTON,
        imferno: Some(false),
        ..ERROR
    },
    Rule {
        id: "application.wrapping-undefined",
        title: "the container says whether frames are whole or fields",
        source: PHOTON,
        imferno: Some(false),
        ..WARNING
    },
    Rule {
        id: "application.segment-length",
        title: "segments are multiples of 5 edit units where samples do not fit one edit unit",
        clause: Some("ST 2067-21:2023, 7.4"),
        source: IMFERNO,
        photon: Some(false),
        ..ERROR
    },
    Rule {
        id: "application.aces-container",
        title: "ACES pictures are frame-wrapped as ST 2065-5 has it",
        clause: Some("ST 2065-5"),
        source: PHOTON_ACES,
        imferno: Some(false),
        ..ERROR
    },
    Rule {
        id: "application.aces-color",
        title: "ACES pictures have the ACES primaries and are linear",
        source: PHOTON_ACES,
        imferno: Some(false),
        ..ERROR
    },
    Rule {
        id: "application.aces-item-missing",
        title: "the descriptor of ACES pictures says size, place and shape of the display",
        source: PHOTON_ACES,
        imferno: Some(false),
        ..ERROR
    },
    Rule {
        id: "application.aces-item",
        title: "the descriptor of ACES pictures does not say what does not fit them",
        clause: Some("ST 2065-5, Table 10"),
        source: PHOTON_ACES,
        imferno: Some(false),
        ..ERROR
    },
];

/// Judge the pictures of a composition by each application that it says to follow.
pub(super) fn check(document: &Document, composition: &Composition, findings: &mut Sink<'_>) {
    if composition.applications.is_empty() {
        let message = "no application identification: the picture is not judged".to_owned();
        findings.say("application.identification-missing", composition.at, None, message);
    }
    let images = images(document, composition);
    for name in &composition.applications {
        core(name, composition, findings);
        match Edition::of(name) {
            Some(Edition::Aces) => {
                for image in &images {
                    aces::check(*image, findings);
                }
            }
            Some(edition) => {
                for image in &images {
                    picture::check(edition, *image, findings);
                }
                lengths(document, composition, findings);
            }
            None => unknown(name, document, composition, findings),
        }
    }
}

fn core(name: &str, composition: &Composition, findings: &mut Sink<'_>) {
    let Some(core) = Edition::of(name).and_then(Edition::core) else { return };
    let mut sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    let is_other = |it: &&Sequence| kind_of(&it.kind) == Kind::Image && it.namespace != core;
    if let Some(sequence) = sequences.find(is_other) {
        let message = format!("{} is in `{}`, not in `{core}`", sequence.kind, sequence.namespace);
        findings.say("application.core-constraints", sequence.at, None, message);
    }
}

fn unknown(name: &str, document: &Document, composition: &Composition, findings: &mut Sink<'_>) {
    let node = document.tree.node(composition.at);
    let list = node.find("ExtensionProperties");
    let found = list.and_then(|list| list.find("ApplicationIdentification"));
    let at = found.map_or(composition.at, Node::id);
    findings.say("application.identification-unknown", at, None, format!("`{name}` is not known"));
    findings.not_checked(Some(at), format!("what the application `{name}` asks"));
}

/// The descriptors that the main picture names, each once, in the order of the list.
fn images<'t>(document: &'t Document, composition: &Composition) -> Vec<Descriptor<'t>> {
    let sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    let images = sequences.filter(|sequence| kind_of(&sequence.kind) == Kind::Image);
    let resources = images.flat_map(|sequence| &sequence.resources);
    let named: std::collections::HashSet<_> = resources.filter_map(encoding_of).collect();
    let entries = composition.essence_descriptors.iter();
    let entries = entries.filter(|entry| entry.id.is_some_and(|id| named.contains(&id)));
    entries.filter_map(|entry| Descriptor::of(document, entry)).collect()
}

fn lengths(document: &Document, composition: &Composition, findings: &mut Sink<'_>) {
    let Some(edit_rate) = composition.edit_rate else { return };
    let entries = composition.essence_descriptors.iter();
    let mut sounds = entries.filter_map(|entry| Descriptor::of(document, entry));
    let is_uneven = |sound: Descriptor<'_>| {
        sound.rate("AudioSampleRate").is_some_and(|rate| !fits(rate, edit_rate))
    };
    if !sounds.any(is_uneven) {
        return;
    }
    for segment in &composition.segments {
        let length = segment_length(segment, composition);
        if let Some(length) = length.filter(|length| !length.is_multiple_of(5)) {
            let message = format!("{length} edit units of {edit_rate}");
            findings.say("application.segment-length", segment.at, None, message);
        }
    }
}

/// Whether an edit unit has a whole number of samples; of rates too large to be meant, yes.
fn fits(samples: Rational, edit_rate: Rational) -> bool {
    let above = u128::from(samples.numerator).checked_mul(u128::from(edit_rate.denominator));
    let below = u128::from(samples.denominator).checked_mul(u128::from(edit_rate.numerator));
    match (above, below) {
        (Some(above), Some(below)) => above.is_multiple_of(below),
        _ => true,
    }
}
