//! What a studio does not want in a package, which no standard forbids.
//!
//! Only what its public pages say; checked where a caller asks for it.

use super::super::finding::{Origin, Rule, Severity};
use super::super::package::{Listed, Package, played_by};
use super::descriptor::{Descriptor, encoding_of};
use super::{Assets as _, Sink};
use crate::format::imf::Document;
use crate::format::imf::NodeId;
use crate::format::imf::model::{Composition, Sequence};
use crate::format::mxf::model::Header;

const IMF: &str = "https://partnerhelp.netflixstudios.com/hc/en-us/articles/115000614752-Backlot-Delivery-Instructions-for-IMF";
const TIMECODE: &str =
    "https://partnerhelp.netflixstudios.com/hc/en-us/articles/115000720331-Incorrect-Timecode";

/// Every rule of this family; see [`super`].
pub(in crate::job::imf) static RULES: &[Rule] = &[
    Rule::new(
        "studio.dubs",
        Severity::Warning,
        Origin::Studio,
        "a package has sound in one language: dubs are delivered by themselves",
        IMF,
    )
    .fix("leave out the dubs, and deliver them to their own requests")
    .rivals(false, false),
    Rule::new(
        "studio.timed-text",
        Severity::Error,
        Origin::Studio,
        "a package has no timed text",
        IMF,
    )
    .fix("deliver it to its own request")
    .rivals(false, false),
    Rule::new("studio.atmos", Severity::Error, Origin::Studio, "a package has no Dolby Atmos", IMF)
        .fix("deliver it to its own request")
        .rivals(false, false),
    Rule::new(
        "studio.timecode",
        Severity::Warning,
        Origin::Studio,
        "a package has no embedded time code",
        TIMECODE,
    )
    .rivals(false, false),
];

/// Names of elements that play timed text.
///
/// Source: the schema of the core constraints that ships with Photon. `MainImageSequence` and the like are not
/// among them, nor is the sequence of ancillary data, which may hold captions or anything else.
const TIMED_TEXT: [&str; 4] = [
    "SubtitlesSequence",
    "HearingImpairedCaptionsSequence",
    "VisuallyImpairedTextSequence",
    "ForcedNarrativeSequence",
];

/// Judge a composition.
pub(in crate::job::imf) fn check(
    document: &Document,
    composition: &Composition,
    package: &Package,
    sink: &mut Sink<'_>,
) {
    let sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    for sequence in sequences {
        if TIMED_TEXT.contains(&sequence.kind.as_str()) {
            sink.say("studio.timed-text", sequence.at, None, named(sequence));
        }
        if sequence.kind == "IABSequence" {
            sink.say("studio.atmos", sequence.at, None, named(sequence));
        }
    }
    check_languages(document, composition, sink);
    check_timecode(composition, sink);
    for id in once(played_by(composition)) {
        if let Some(why) = package.header(id).and_then(embedded) {
            let name = package.name(id).unwrap_or_default();
            sink.say("studio.timecode", composition.at, Some(id), format!("`{name}`: {why}"));
        }
    }
}

fn once<T: Ord + Copy>(all: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    let mut seen = std::collections::BTreeSet::new();
    all.filter(move |one| seen.insert(*one))
}

fn named(sequence: &Sequence) -> String {
    match sequence.track_id {
        Some(id) => format!("a `{}`, track {id}", sequence.kind),
        None => format!("a `{}`", sequence.kind),
    }
}

/// A dub is sound like any other: what can be seen is that there is sound in several languages, or in one
/// that the composition is not meant for.
fn check_languages(document: &Document, composition: &Composition, sink: &mut Sink<'_>) {
    let descriptors = Descriptor::all(document, composition);
    let mut spoken: Vec<(String, NodeId)> = vec![];
    let sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    for sequence in sequences.filter(|sequence| sequence.kind == "MainAudioSequence") {
        let encodings = once(sequence.resources.iter().filter_map(encoding_of));
        let descriptors = encodings.filter_map(|id| descriptors.get(&id).copied());
        for language in descriptors.flat_map(Descriptor::languages) {
            if !spoken.iter().any(|(known, _)| known.eq_ignore_ascii_case(&language)) {
                spoken.push((language, sequence.at));
            }
        }
    }
    if let [(first, _), others @ ..] = spoken.as_slice() {
        for (language, at) in others {
            let message = format!(
                "sound in `{language}` beside sound in `{first}`: one of them may be a dub"
            );
            sink.say("studio.dubs", *at, None, message);
        }
    }
    check_locales(composition, &spoken, sink);
}

fn check_locales(composition: &Composition, spoken: &[(String, NodeId)], sink: &mut Sink<'_>) {
    let meant: Vec<&str> = composition
        .locales
        .iter()
        .flat_map(|locale| &locale.languages)
        .map(String::as_str)
        .collect();
    let ([(language, at)], false) = (spoken, meant.is_empty()) else { return };
    if !meant.iter().any(|tag| primary(tag) == primary(language)) {
        let message = format!(
            "sound in `{language}`, and the composition is meant for {}: it may be a dub",
            meant.join(", ")
        );
        sink.say("studio.dubs", *at, None, message);
    }
}

/// The language of a tag, without script and region.
fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or(tag).to_ascii_lowercase()
}

fn check_timecode(composition: &Composition, sink: &mut Sink<'_>) {
    let timecode = composition.timecode.as_ref();
    let Some((timecode, start)) = timecode.and_then(|one| Some((one, one.start.as_deref()?)))
    else {
        return;
    };
    // Tools that know of none write one from zero.
    if start.chars().any(|c| c.is_ascii_digit() && c != '0') {
        let message = format!("the composition has time code, which begins at {start}");
        sink.say("studio.timecode", timecode.at, None, message);
    }
}

/// What time code a track file has beyond what every writer puts there.
fn embedded(header: &Header) -> Option<String> {
    let found = header.embedded_timecode();
    let first = found.first()?;
    let track = header.packages.get(first.package)?.tracks.get(first.track)?;
    let start =
        track.timecode.map(|timecode| format!(", which begins at frame {}", timecode.start));
    Some(format!("its header has time code{}", start.unwrap_or_default()))
}

/// Judge files that no composition plays: they are delivered all the same.
pub(in crate::job::imf) fn check_unplayed(listed: &Listed, package: &Package, sink: &mut Sink<'_>) {
    let Some(header) = listed.id.and_then(|id| package.header(id)) else { return };
    let has = |class: &str| header.descriptors.iter().any(|one| one.class == Some(class));
    let rule = if has("DCTimedTextDescriptor") {
        "studio.timed-text"
    } else if has("IABEssenceDescriptor") {
        "studio.atmos"
    } else {
        return;
    };
    let message = format!("`{}`, which no composition plays", listed.written);
    sink.say(rule, listed.at, listed.id, message);
}
