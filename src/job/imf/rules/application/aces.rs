//! Application 5: pictures in ACES.

use super::super::Sink;
use super::super::descriptor::{Descriptor, same_label};
use super::color::{ACES_PRIMARIES, LINEAR};
use super::image::Model;
use crate::format::mxf::model::Ul;

/// The container of ST 2065-5, frame-wrapped.
///
/// Source: Photon, `IMFApp5ConstraintsValidator`.
const CONTAINER: Ul = Ul([6, 0x0e, 0x2b, 0x34, 4, 1, 1, 0x0d, 0x0d, 1, 3, 1, 2, 0x19, 1, 0]);

/// What there must be. Source: the same.
const NEEDED: [&str; 7] = [
    "DisplayWidth",
    "DisplayHeight",
    "DisplayXOffset",
    "DisplayYOffset",
    "ImageAspectRatio",
    "SampleRate",
    "VideoLineMap",
];

/// What there must not be. Source: the same.
///
/// Photon lists `AlphaTransparency` too, and never finds it, since it reads the name of a value as a number; its
/// own test package has it.
const FORBIDDEN: [&str; 14] = [
    "StoredF2Offset",
    "DisplayF2Offset",
    "ActiveFormatDescriptor",
    "ImageAlignmentOffset",
    "ImageStartOffset",
    "ImageEndOffset",
    "FieldDominance",
    "CodingEquations",
    "ComponentMinRef",
    "ComponentMaxRef",
    "AlphaMinRef",
    "AlphaMaxRef",
    "Palette",
    "PaletteLayout",
];

/// Judge a picture. What the sub descriptors of ACES say is not judged.
pub(super) fn check(descriptor: Descriptor<'_>, findings: &mut Sink<'_>) {
    if Model::of(descriptor) != Some(Model::Rgb) {
        let message = format!("ACES described by `{}`, not RGBADescriptor", descriptor.class());
        return findings.say("application.image-descriptor", descriptor.at(), None, message);
    }
    labels(descriptor, findings);
    sizes(descriptor, findings);
    items(descriptor, findings);
    let reason = "sub descriptors, pixel layout and target frames of ACES pictures".to_owned();
    findings.not_checked(Some(descriptor.at()), reason);
}

fn labels(descriptor: Descriptor<'_>, findings: &mut Sink<'_>) {
    let wanted = [
        ("application.aces-container", "ContainerFormat", CONTAINER),
        ("application.aces-color", "ColorPrimaries", ACES_PRIMARIES),
        ("application.aces-color", "TransferCharacteristic", LINEAR),
    ];
    for (rule, name, wanted) in wanted {
        if !descriptor.label(name).is_some_and(|found| same_label(found, wanted)) {
            let message = match descriptor.text(name) {
                Some(text) => format!("{name} is `{text}`, not {wanted}"),
                None => format!("no {name}"),
            };
            findings.say(rule, descriptor.place(name), None, message);
        }
    }
}

fn sizes(descriptor: Descriptor<'_>, findings: &mut Sink<'_>) {
    let stored = |name| descriptor.number(name).unwrap_or(0);
    let (width, height) = (stored("StoredWidth"), stored("StoredHeight"));
    if width <= 0 || height <= 0 {
        let message = format!("the stored size is {width}x{height}, or is not said");
        findings.say("application.stored-size", descriptor.place("StoredWidth"), None, message);
    }
    let sampled = [
        ("SampledWidth", width),
        ("SampledHeight", height),
        ("SampledXOffset", 0),
        ("SampledYOffset", 0),
    ];
    for (name, wanted) in sampled {
        if let Some(found) = descriptor.number(name).filter(|found| *found != wanted) {
            let message = format!("{name} is {found}, not {wanted}");
            findings.say("application.sampled-size", descriptor.place(name), None, message);
        }
    }
    if descriptor.text("FrameLayout").as_deref() != Some("FullFrame") {
        let message = "frames are not whole, or it is not said".to_owned();
        findings.say("application.frame-layout", descriptor.place("FrameLayout"), None, message);
    }
}

fn items(descriptor: Descriptor<'_>, findings: &mut Sink<'_>) {
    for name in NEEDED.into_iter().filter(|name| !descriptor.has(name)) {
        let message = format!("no {name}");
        findings.say("application.aces-item-missing", descriptor.at(), None, message);
    }
    for name in FORBIDDEN.into_iter().filter(|name| descriptor.has(name)) {
        let message = format!("{name} is said");
        findings.say("application.aces-item", descriptor.place(name), None, message);
    }
}
