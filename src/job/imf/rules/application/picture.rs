//! A picture against the rows of an application: it must fit one of them in all that it says.

use super::super::Sink;
use super::super::descriptor::Descriptor;
use super::codec;
use super::edition::Edition;
use super::image::{self, Image, Layout};
use super::table::{self, Row};
use crate::format::imf::Rational;

/// A value that a row does not have: the rule, the name of the value, and what is said of it.
type Misfit = (&'static str, &'static str, String);

/// Judge a picture.
pub(super) fn check(edition: Edition, descriptor: Descriptor<'_>, findings: &mut Sink<'_>) {
    let Some(image) = image::read(descriptor, findings) else { return };
    sizes(descriptor, &image, findings);
    wrapping(descriptor, &image, findings);
    codec::check(edition, descriptor, &image, findings);
    for (rule, name, message) in nearest(edition, &image) {
        let message = format!("{message} ({edition})");
        findings.say(rule, descriptor.place(name), None, message);
    }
}

/// What does not fit the row that was meant: that with the fewest misfits, among those the one with most rates.
fn nearest(edition: Edition, image: &Image) -> Vec<Misfit> {
    let rows = table::rows(edition).iter();
    let all = rows.map(|row| (misfits(row, image), usize::MAX - row.rates.len()));
    let nearest = all.min_by_key(|(misfits, rates)| (weight(misfits), *rates));
    nearest.map_or(vec![], |(misfits, _)| misfits)
}

/// What nobody says by mistake: it counts double.
const MEANT: [&str; 2] = ["application.color-model", "application.frame-layout"];

fn weight(misfits: &[Misfit]) -> usize {
    misfits.len() + misfits.iter().filter(|(rule, ..)| MEANT.contains(rule)).count()
}

/// What does not fit a row. What could not be read was said already, and fits any.
fn misfits(row: &Row, image: &Image) -> Vec<Misfit> {
    let Image { width, height, .. } = *image;
    let (widest, highest) = row.size;
    let mut found: Vec<Misfit> = vec![];
    let mut miss = |is: bool, rule, name, message: String| {
        if is {
            found.push((rule, name, message));
        }
    };
    let message = format!("{width}x{height}: at most {widest}x{highest}");
    miss(width > widest || height > highest, "application.stored-size", "StoredWidth", message);
    let message = format!("{} with such a picture", image.model);
    miss(!row.models.contains(&image.model), "application.color-model", "ColorPrimaries", message);
    if let Some(system) = image.system {
        let message = format!("{system}: of such a picture {}", list(row.systems));
        miss(!row.systems.contains(&system), "application.color-system", "ColorPrimaries", message);
    }
    if let Some(bits) = image.bits {
        let message = format!("{bits} bits: of such a picture {}", list(row.bits));
        miss(!row.bits.contains(&bits), "application.bit-depth", "SubDescriptors", message);
    }
    if let Some(sampling) = image.sampling {
        let message = format!("{sampling}: of such a picture {}", row.sampling);
        let name = "HorizontalSubsampling";
        miss(sampling != row.sampling, "application.sampling", name, message);
    }
    if let Some(range) = image.range {
        let message = format!("{range}: of such a picture {}", list(row.ranges));
        miss(!row.ranges.contains(&range), "application.quantization", "BlackRefLevel", message);
    }
    if let Some(layout) = image.layout {
        let message = match layout {
            Layout::Full => "whole frames, where such a picture has fields",
            Layout::Fields => "fields, where such a picture has whole frames",
        };
        let rule = "application.frame-layout";
        miss(layout != row.layout, rule, "FrameLayout", message.to_owned());
    }
    if let Some(rate) = image.rate {
        let message = format!("sample rate {rate}: such a picture has {} frames", rates(row.rates));
        miss(!has_rate(row, rate), "application.frame-rate", "SampleRate", message);
    }
    found
}

/// Of fields some count each, some both as one: earlier Photons wanted the first, later ones the second.
fn has_rate(row: &Row, rate: Rational) -> bool {
    let mut rates = row.rates.iter();
    let per_frame = if row.layout == Layout::Fields { 2 } else { 1 };
    rates.any(|&(numerator, denominator)| {
        let frames = Rational { numerator, denominator };
        let fields = Rational { numerator: numerator * per_frame, denominator };
        rate.equals(frames) || rate.equals(fields)
    })
}

fn list<T: ToString>(values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(T::to_string).collect();
    values.join(", ")
}

fn rates(values: &[(u64, u64)]) -> String {
    let one = |(above, below): &(u64, u64)| match below {
        1 => above.to_string(),
        _ => format!("{above}/{below}"),
    };
    list(&values.iter().map(one).collect::<Vec<_>>())
}

/// Judge sizes, as all applications ask of them.
pub(super) fn sizes(descriptor: Descriptor<'_>, image: &Image, findings: &mut Sink<'_>) {
    let Image { width, height, .. } = *image;
    if width <= 0 || height <= 0 {
        let message = format!("the stored size is {width}x{height}, or is not said");
        findings.say("application.stored-size", descriptor.place("StoredWidth"), None, message);
    }
    for (name, stored) in [("SampledWidth", width), ("SampledHeight", height)] {
        if let Some(sampled) = descriptor.number(name).filter(|sampled| *sampled != stored) {
            let message = format!("{name} is {sampled}, stored are {stored}");
            findings.say("application.sampled-size", descriptor.place(name), None, message);
        }
    }
    if descriptor.has("StoredF2Offset") {
        let at = descriptor.place("StoredF2Offset");
        findings.say("application.stored-f2-offset", at, None, "StoredF2Offset is said".to_owned());
    }
}

/// Byte 15 of the label of a container of JPEG 2000: progressive frames, one field in each, or nothing said.
///
/// Source: Photon, `JP2KContentKind`.
const PROGRESSIVE: u8 = 6;
const ONE_FIELD: u8 = 3;
const UNDEFINED: u8 = 1;

fn wrapping(descriptor: Descriptor<'_>, image: &Image, findings: &mut Sink<'_>) {
    let (Some(label), Some(layout)) = (descriptor.label("ContainerFormat"), image.layout) else {
        return;
    };
    let found = label.0[14];
    let wanted = if layout == Layout::Full { PROGRESSIVE } else { ONE_FIELD };
    let rule = match found {
        UNDEFINED => "application.wrapping-undefined",
        _ if found != wanted => "application.wrapping",
        _ => return,
    };
    let message = format!("byte 15 of the container format is {found}, not {wanted}");
    findings.say(rule, descriptor.place("ContainerFormat"), None, message);
}
