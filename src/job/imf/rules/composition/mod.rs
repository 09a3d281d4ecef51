//! A composition as a whole: its ids, its descriptors, its time code, languages and kind. What is played when
//! is judged by [`super::segment`], the picture by [`super::application`], the files by [`super::essence`].

mod language;
mod reference;
mod time;

use std::collections::{HashMap, HashSet};

use super::descriptor::Descriptor;
use super::{Assets, Sink};
use crate::format::imf::model::Composition;
use crate::format::imf::{Document, Uuid};
use crate::format::xml::{Node, NodeId};
use crate::job::imf::finding::{Origin, Rule, Severity};

/// What most rules have in common: both Photon and imferno have them.
pub(super) const ERROR: Rule = Rule {
    id: "",
    severity: Severity::Error,
    origin: Origin::Standard,
    title: "",
    fix: None,
    clause: None,
    source: "",
    photon: Some(true),
    imferno: Some(true),
};

/// The same, less bad.
pub(super) const WARNING: Rule = Rule { severity: Severity::Warning, ..ERROR };

/// Where rules were read.
pub(super) const PHOTON_CORE: &str = "https://github.com/Netflix/photon, IMFCoreConstraintsChecker";
const PHOTON_CPL: &str = "https://github.com/Netflix/photon, IMFCPLValidator";
const IMFERNO_CPL: &str = "https://crates.io/crates/imferno-core 3.0.1, cpl/validate.rs";
pub(super) const IMFERNO: &str = "https://crates.io/crates/imferno-core 3.0.1, validation/mod.rs";
const XSD: &str = "the schema of ST 2067-3 that ships with Photon, and the sense of the element";

/// The rules of this family.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "cpl.id-repeated",
        title: "segments, sequences, resources and essence descriptors have ids of their own",
        fix: Some("give each a new id"),
        clause: Some("ST 2067-2, 6.1"),
        source: IMFERNO,
        photon: None,
        ..ERROR
    },
    Rule {
        id: "cpl.essence-descriptor-list-missing",
        title: "a composition that plays track files lists their essence descriptors",
        fix: Some("export the composition again with essence descriptors"),
        source: "https://github.com/Netflix/photon, IMF_CORE_CONSTRAINTS_ESSENCE_DESCRIPTOR_LIST_MISSING",
        ..ERROR
    },
    Rule {
        id: "cpl.essence-descriptor-missing",
        title: "the source encoding of a resource is in the list of essence descriptors",
        clause: Some("ST 2067-2:2016, 6.8"),
        source: PHOTON_CORE,
        ..ERROR
    },
    Rule {
        id: "cpl.essence-descriptor-unused",
        title: "each essence descriptor is named by a resource",
        fix: Some("take the descriptor out of the list"),
        clause: Some("ST 2067-3:2013, 6.1.10.1"),
        source: PHOTON_CPL,
        ..ERROR
    },
    Rule {
        id: "cpl.content-version-repeated",
        title: "versions of the content have ids of their own",
        clause: Some("ST 2067-3, 6.1.9"),
        source: IMFERNO_CPL,
        photon: None,
        ..ERROR
    },
    Rule {
        id: "cpl.timecode-rate",
        title: "the time code counts as many frames as the edit rate, rounded",
        fix: Some("set `TimecodeRate` to the rounded edit rate"),
        source: IMFERNO,
        photon: None,
        ..WARNING
    },
    Rule {
        id: "cpl.timecode-start",
        title: "the first time code is one that the rate and the way of counting have",
        source: XSD,
        photon: None,
        imferno: Some(false),
        ..WARNING
    },
    Rule {
        id: "cpl.total-running-time",
        title: "the total running time is the length of the composition, to a second",
        source: XSD,
        photon: None,
        imferno: Some(false),
        ..WARNING
    },
    Rule {
        id: "cpl.language-tag",
        title: "languages are well-formed tags of RFC 5646",
        clause: Some("ST 2067-3, 6.12"),
        source: IMFERNO_CPL,
        photon: None,
        ..WARNING
    },
    Rule {
        id: "cpl.region-code",
        title: "regions are two letters, or three digits",
        clause: Some("ST 2067-21:2023, 5.3"),
        source: "https://crates.io/crates/imferno-core 3.0.1, validation/codes.rs",
        photon: None,
        ..WARNING
    },
    Rule {
        id: "cpl.content-kind",
        severity: Severity::Info,
        title: "the kind of content is one that others know",
        clause: Some("ST 2067-3, 5.5.1.2"),
        source: IMFERNO_CPL,
        photon: None,
        ..ERROR
    },
];

/// Judge one composition: all rules of these families.
pub(super) fn check(
    document: &Document,
    composition: &Composition,
    assets: &dyn Assets,
    findings: &mut Sink<'_>,
) {
    ids(composition, findings);
    reference::check(composition, findings);
    time::check(composition, findings);
    languages(document, composition, findings);
    kind(document, composition, findings);
    versions(composition, findings);
    super::segment::check(document, composition, findings);
    super::application::check(document, composition, findings);
    super::essence::check(document, composition, assets, findings);
    if composition.is_signed {
        findings.not_checked(None, "the signature of the composition".to_owned());
    }
}

fn ids(composition: &Composition, findings: &mut Sink<'_>) {
    let mut seen: HashMap<Uuid, &str> = HashMap::new();
    for (what, id, at) in all_ids(composition) {
        if let Some(other) = seen.insert(id, what) {
            let message = format!("{what} {id}: the id is that of another {other}");
            findings.say("cpl.id-repeated", at, None, message);
        }
    }
}

/// Ids that must differ, with what has them; virtual tracks repeat theirs in each segment.
fn all_ids(composition: &Composition) -> impl Iterator<Item = (&'static str, Uuid, NodeId)> {
    let descriptors = composition.essence_descriptors.iter();
    let descriptors = descriptors.map(|entry| ("essence descriptor", entry.id, entry.at));
    let segments = composition.segments.iter().map(|segment| ("segment", segment.id, segment.at));
    let sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    let of_sequences = sequences.clone().map(|sequence| ("sequence", sequence.id, sequence.at));
    let resources = sequences.flat_map(|sequence| &sequence.resources);
    let of_resources = resources.map(|resource| ("resource", resource.id, resource.at));
    let all = descriptors.chain(segments).chain(of_sequences).chain(of_resources);
    all.filter_map(|(what, id, at)| Some((what, id?, at)))
}

fn languages(document: &Document, composition: &Composition, findings: &mut Sink<'_>) {
    for locale in &composition.locales {
        for tag in locale.languages.iter().filter(|tag| !language::is_well_formed(tag)) {
            let message = format!("`{tag}` is no language tag");
            findings.say("cpl.language-tag", locale.at, None, message);
        }
        for code in locale.regions.iter().filter(|code| !language::is_region(code)) {
            let message = format!("`{code}` is no region");
            findings.say("cpl.region-code", locale.at, None, message);
        }
    }
    for entry in &composition.essence_descriptors {
        let tags =
            Descriptor::of(document, entry).map(Descriptor::language_tags).unwrap_or_default();
        for (at, tag) in tags.iter().filter(|(_, tag)| !language::is_well_formed(tag)) {
            findings.say("cpl.language-tag", *at, None, format!("`{tag}` is no language tag"));
        }
    }
}

/// Kinds that imferno knows; the list of the standard is not at hand.
const KINDS: [&str; 13] = [
    "feature",
    "trailer",
    "test",
    "promo",
    "teaser",
    "rating-bump",
    "ratingbump",
    "advertisement",
    "episode",
    "short",
    "commercial",
    "public-service-announcement",
    "psa",
];

/// Whoever names a scope other than that of the standard has kinds of their own.
fn kind(document: &Document, composition: &Composition, findings: &mut Sink<'_>) {
    let Some(kind) = &composition.content_kind else { return };
    let node = document.tree.node(composition.at).find("ContentKind");
    let scope = node.and_then(|node| node.attribute("scope"));
    let is_own = scope.is_some_and(|scope| !scope.ends_with("#content-kind"));
    if !is_own && !KINDS.iter().any(|known| known.eq_ignore_ascii_case(kind)) {
        let at = node.map_or(composition.at, Node::id);
        let message = format!("`{kind}` is none of the kinds that are known here");
        findings.say("cpl.content-kind", at, None, message);
    }
}

fn versions(composition: &Composition, findings: &mut Sink<'_>) {
    let mut seen: HashSet<&str> = HashSet::new();
    for (id, _) in &composition.content_versions {
        if !id.is_empty() && !seen.insert(id) {
            let message = format!("two versions of the content are `{id}`");
            findings.say("cpl.content-version-repeated", composition.at, None, message);
        }
    }
}
