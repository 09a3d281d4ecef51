//! Sound, as its essence descriptors say.

use super::super::Sink;
use super::super::descriptor::Descriptor;
use crate::format::imf::Document;
use crate::format::imf::model::Composition;

/// Judge each description of sound in channels that is named by a sound track or by none.
pub(super) fn check(document: &Document, composition: &Composition, findings: &mut Sink<'_>) {
    let descriptors = composition.essence_descriptors.iter();
    for descriptor in descriptors.filter_map(|entry| Descriptor::of(document, entry)) {
        if descriptor.class() == "WAVEPCMDescriptor" {
            samples(descriptor, findings);
            labels(descriptor, findings);
        }
    }
}

fn samples(descriptor: Descriptor<'_>, findings: &mut Sink<'_>) {
    let hertz = descriptor.rate("AudioSampleRate");
    if let Some(rate) = hertz.filter(|rate| ![48_000, 96_000].contains(&whole(*rate))) {
        let message = format!("{rate} samples a second");
        findings.say("cpl.audio-sample-rate", descriptor.place("AudioSampleRate"), None, message);
    }
    if let Some(bits) = descriptor.number("QuantizationBits").filter(|bits| *bits != 24) {
        let message = format!("{bits} bits a sample, not 24");
        findings.say("cpl.audio-quantization", descriptor.place("QuantizationBits"), None, message);
    }
}

/// Samples in a second; 0 if they are not whole.
fn whole(rate: crate::format::imf::Rational) -> u64 {
    if rate.numerator.is_multiple_of(rate.denominator) {
        rate.numerator / rate.denominator
    } else {
        0
    }
}

fn labels(descriptor: Descriptor<'_>, findings: &mut Sink<'_>) {
    let labels = descriptor.below_of("AudioChannelLabelSubDescriptor").count();
    let channels = descriptor.number("ChannelCount");
    if let Some(channels) = channels.filter(|count| usize::try_from(*count) != Ok(labels)) {
        let message = format!("{labels} labels for {channels} channels");
        findings.say("cpl.audio-channel-labels", descriptor.at(), None, message);
    }
    let fields = descriptor.below_of("SoundfieldGroupLabelSubDescriptor").count();
    if fields != 1 {
        let message = format!("{fields} labels of sound fields, not 1");
        findings.say("cpl.audio-soundfield", descriptor.at(), None, message);
    }
}
