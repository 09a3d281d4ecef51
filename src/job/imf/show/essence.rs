//! What a descriptor says of essence, in a few words.

use crate::job::imf::rules::descriptor::Descriptor;

/// Such as `JPEG 2000, 3840x2160, 12 bit, RGB` or `PCM, 48000 Hz, 24 bit, sg51`.
pub(super) fn summary(descriptor: Descriptor<'_>) -> String {
    let number = |name: &str| descriptor.number(name);
    let size = number("StoredWidth").zip(number("StoredHeight"));
    let parts = [
        Some(coding(descriptor)),
        size.map(|(width, height)| format!("{width}x{height}")),
        descriptor.rate("AudioSampleRate").map(|rate| format!("{} Hz", rate.value())),
        depth(descriptor),
        colour(descriptor).map(str::to_owned),
        soundfield(descriptor),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Channels of sound.
pub(super) fn channels(descriptor: Descriptor<'_>) -> Option<u64> {
    descriptor.number("ChannelCount").and_then(|count| u64::try_from(count).ok())
}

fn colour(descriptor: Descriptor<'_>) -> Option<&'static str> {
    match descriptor.class() {
        "RGBADescriptor" => Some("RGB"),
        "CDCIDescriptor" => Some("YCbCr"),
        _ => None,
    }
}

/// By the class and the sub descriptors, which say it in words; else by the label alone.
fn coding(descriptor: Descriptor<'_>) -> String {
    let named = descriptor.below().find_map(|sub| match sub.class() {
        "JPEG2000SubDescriptor" => Some("JPEG 2000"),
        "JPEGXSSubDescriptor" => Some("JPEG XS"),
        "ACESPictureSubDescriptor" => Some("ACES"),
        _ => None,
    });
    let by_class = || match descriptor.class() {
        "WAVEPCMDescriptor" => Some("PCM"),
        "IABEssenceDescriptor" => Some("IAB"),
        "DCTimedTextDescriptor" => Some("timed text"),
        _ => None,
    };
    if let Some(name) = named.or_else(by_class) {
        return name.to_owned();
    }
    let class = descriptor.class().trim_end_matches("Descriptor");
    match descriptor.text("PictureCompression") {
        Some(label) => format!("{class}, compression {label}"),
        None => class.to_owned(),
    }
}

/// Bits of a component, or that they are floats.
///
/// Source: the layout of pixels of ACES track files, where 253 stands for half floats.
fn depth(descriptor: Descriptor<'_>) -> Option<String> {
    let layout = || descriptor.components("PixelLayout")?.into_iter().find_map(|one| one.size);
    let bits =
        descriptor.number("ComponentDepth").or_else(|| descriptor.number("QuantizationBits"));
    match bits.or_else(layout)? {
        253 => Some("16 bit float".to_owned()),
        bits => Some(format!("{bits} bit")),
    }
}

/// Symbols of groups of channels, such as `sg51`.
fn soundfield(descriptor: Descriptor<'_>) -> Option<String> {
    let groups = descriptor.below_of("SoundfieldGroupLabelSubDescriptor");
    let symbols: Vec<_> = groups
        .filter_map(|group| group.text("MCATagSymbol").map(std::borrow::Cow::into_owned))
        .collect();
    (!symbols.is_empty()).then(|| symbols.join(" "))
}
