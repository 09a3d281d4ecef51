//! What a descriptor says of a picture, in the terms of the tables.

use super::super::Sink;
use super::super::descriptor::Descriptor;
use super::color::{System, system};
use super::layout;
use crate::format::imf::Rational;

/// RGB, or luminance and colour differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Model {
    /// `RGBADescriptor`.
    Rgb,
    /// `CDCIDescriptor`.
    Yuv,
}

/// How the lines of a frame are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Whole.
    Full,
    /// As two fields.
    Fields,
}

/// How often colour differences are sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sampling {
    /// At each pixel.
    S444,
    /// At each second pixel of a line.
    S422,
}

/// Which levels black and white have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// QE.1: room below black and above white.
    Legal,
    /// QE.2: from 0 to all bits.
    Full,
}

/// A picture; `None` is what it does not say, or what is no value that any table has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Image {
    /// RGB or not.
    pub(super) model: Model,
    /// Pixels.
    pub(super) width: i64,
    /// Lines.
    pub(super) height: i64,
    /// System of colour.
    pub(super) system: Option<System>,
    /// Bits of a component.
    pub(super) bits: Option<i64>,
    /// Frames or fields.
    pub(super) layout: Option<Layout>,
    /// Frames in a second, or fields.
    pub(super) rate: Option<Rational>,
    /// Of colour differences.
    pub(super) sampling: Option<Sampling>,
    /// Levels.
    pub(super) range: Option<Range>,
}

impl Model {
    /// That of a descriptor.
    pub(super) fn of(descriptor: Descriptor<'_>) -> Option<Self> {
        match descriptor.class() {
            "RGBADescriptor" => Some(Self::Rgb),
            "CDCIDescriptor" => Some(Self::Yuv),
            _ => None,
        }
    }
}

/// Read a picture, and say what cannot be read; `None` if it is no picture that is known.
pub(super) fn read(descriptor: Descriptor<'_>, findings: &mut Sink<'_>) -> Option<Image> {
    let Some(model) = Model::of(descriptor) else {
        let message = format!("the picture is described by `{}`", descriptor.class());
        findings.say("application.image-descriptor", descriptor.at(), None, message);
        return None;
    };
    let layout = frame_layout(descriptor, findings);
    let bits = layout::bits(descriptor, model, findings);
    Some(Image {
        model,
        width: descriptor.number("StoredWidth").unwrap_or(0),
        height: descriptor.number("StoredHeight").unwrap_or(0),
        system: system(descriptor, model == Model::Rgb, findings),
        bits,
        layout,
        rate: sample_rate(descriptor, findings),
        sampling: sampling(descriptor, model, findings),
        range: range(descriptor, model, bits, findings),
    })
}

fn frame_layout(descriptor: Descriptor<'_>, findings: &mut Sink<'_>) -> Option<Layout> {
    let text = descriptor.text("FrameLayout");
    match text.as_deref() {
        Some("FullFrame") => return Some(Layout::Full),
        Some("SeparateFields") => return Some(Layout::Fields),
        _ => {}
    }
    let message = match text {
        Some(text) => format!("the frame layout is `{text}`"),
        None => "no FrameLayout".to_owned(),
    };
    findings.say("application.frame-layout", descriptor.place("FrameLayout"), None, message);
    None
}

fn sample_rate(descriptor: Descriptor<'_>, findings: &mut Sink<'_>) -> Option<Rational> {
    let rate = descriptor.rate("SampleRate");
    if rate.is_none() {
        let at = descriptor.place("SampleRate");
        findings.say("application.frame-rate", at, None, "no SampleRate".to_owned());
    }
    rate
}

fn sampling(descriptor: Descriptor<'_>, model: Model, findings: &mut Sink<'_>) -> Option<Sampling> {
    let name = "HorizontalSubsampling";
    let found = (descriptor.number(name), descriptor.number("VerticalSubsampling"));
    let message = match (model, found) {
        (Model::Rgb, _) | (Model::Yuv, (Some(1), Some(1))) => return Some(Sampling::S444),
        (Model::Yuv, (Some(2), Some(1))) => return Some(Sampling::S422),
        (Model::Yuv, (Some(across), Some(down))) => {
            format!("colours are sampled at each {across} pixels and {down} lines")
        }
        (Model::Yuv, _) => "no HorizontalSubsampling and VerticalSubsampling".to_owned(),
    };
    findings.say("application.sampling", descriptor.place(name), None, message);
    None
}

/// Bits that a component may have.
pub(super) const BITS: [i64; 4] = [8, 10, 12, 16];

/// Black and white of 8 bits; of more they are shifted up.
///
/// Source: Photon, `Colorimetry.Quantization`.
const LEGAL: (i64, i64) = (16, 235);

/// Which range black and white have at so many bits; `None` if it is neither.
pub(super) fn range_of(bits: i64, low: i64, high: i64) -> Option<Range> {
    if !BITS.contains(&bits) {
        return None;
    }
    let (black, white) = (LEGAL.0 << (bits - 8), LEGAL.1 << (bits - 8));
    match (low, high) {
        (0, high) if high == (1 << bits) - 1 => Some(Range::Full),
        (low, high) if (low, high) == (black, white) => Some(Range::Legal),
        _ => None,
    }
}

fn range(
    descriptor: Descriptor<'_>,
    model: Model,
    bits: Option<i64>,
    findings: &mut Sink<'_>,
) -> Option<Range> {
    let (black, white) = match model {
        Model::Rgb => ("ComponentMinRef", "ComponentMaxRef"),
        Model::Yuv => ("BlackRefLevel", "WhiteRefLevel"),
    };
    let at = descriptor.place(black);
    let mut say = |message| findings.say("application.quantization", at, None, message);
    let (Some(low), Some(high)) = (descriptor.number(black), descriptor.number(white)) else {
        say(format!("no {black} and {white}"));
        return None;
    };
    let bits = bits?;
    let found = range_of(bits, low, high);
    if found.is_none() {
        say(format!("{black} is {low} and {white} {high}, at {bits} bits"));
    }
    found
}

/// For people.
impl std::fmt::Display for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Rgb => "RGB",
            Self::Yuv => "YUV",
        })
    }
}

/// For people.
impl std::fmt::Display for Sampling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::S444 => "4:4:4",
            Self::S422 => "4:2:2",
        })
    }
}

/// For people.
impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Legal => "QE.1 (legal range)",
            Self::Full => "QE.2 (full range)",
        })
    }
}
