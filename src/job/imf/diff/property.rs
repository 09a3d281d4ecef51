//! What compositions say of themselves.

use super::{Change, Kind, Version, what};
use crate::format::imf::model::Composition;
use crate::format::xml::NodeId;

/// An element, and what it says; the language of a locale is a change of a language.
struct Said {
    name: &'static str,
    kind: Kind,
    text: String,
}

/// What is not said the same.
pub(super) fn changes(a: Version<'_>, b: Version<'_>) -> Vec<Change> {
    let both = all(a.1).into_iter().zip(all(b.1));
    let differing = both.filter(|(one, other)| one.text != other.text);
    differing.map(|(one, other)| change(one, other, a, b)).collect()
}

fn change(one: Said, other: Said, a: Version<'_>, b: Version<'_>) -> Change {
    let full = |text: String| Some(text).filter(|text| !text.is_empty());
    let line = |(document, composition): Version<'_>, at: NodeId| {
        let node = document.tree.node(at).find(other.name);
        node.unwrap_or(document.tree.node(composition.at)).line()
    };
    let (name, kind) = (other.name, other.kind);
    let (a_line, b_line) = (line(a, a.1.at), line(b, b.1.at));
    let (before, after) = (full(one.text), full(other.text));
    let message = match (&before, &after) {
        (Some(before), Some(after)) => format!("{name} `{before}` is now `{after}`"),
        (None, Some(after)) => format!("{name} `{after}` added"),
        (Some(before), None) => format!("{name} `{before}` removed"),
        (None, None) => String::new(),
    };
    let change = Change::of(kind, what(before.is_some(), after.is_some()), before, after);
    Change {
        name: Some(name.to_owned()),
        a_line: Some(a_line),
        b_line: Some(b_line),
        message,
        ..change
    }
}

/// In the order of the schema. That a document has an id and a date of its own is no change.
fn all(composition: &Composition) -> Vec<Said> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let property = |name, text| Said { name, kind: Kind::Property, text };
    vec![
        property("Annotation", text(&composition.annotation)),
        property("Issuer", text(&composition.issuer)),
        property("Creator", text(&composition.creator)),
        property("ContentOriginator", text(&composition.content_originator)),
        property("ContentTitle", composition.title.clone()),
        property("ContentKind", text(&composition.content_kind)),
        property("ContentVersionList", versions(composition)),
        property("CompositionTimecode", timecode(composition)),
        property("EditRate", composition.edit_rate.map_or(String::new(), |it| it.to_string())),
        property("TotalRunningTime", text(&composition.total_running_time)),
        Said { name: "LocaleList", kind: Kind::Language, text: locales(composition) },
        property("ExtensionProperties", composition.applications.join(", ")),
    ]
}

fn versions(composition: &Composition) -> String {
    let versions = composition.content_versions.iter();
    let one = |(id, label): &(String, Option<String>)| match label {
        Some(label) => format!("{label} ({id})"),
        None => id.clone(),
    };
    versions.map(one).collect::<Vec<_>>().join(", ")
}

fn timecode(composition: &Composition) -> String {
    let Some(timecode) = &composition.timecode else { return String::new() };
    let start = timecode.start.as_deref().unwrap_or("no start");
    let rate = timecode.rate.map_or("no rate".to_owned(), |rate| rate.to_string());
    let drop = if timecode.drop_frame == Some(true) { ", drop-frame" } else { "" };
    format!("{start} at {rate}{drop}")
}

fn locales(composition: &Composition) -> String {
    let locales = composition.locales.iter();
    let one = |locale: &crate::format::imf::model::Locale| {
        let regions = match locale.regions.as_slice() {
            [] => String::new(),
            regions => format!(" ({})", regions.join(", ")),
        };
        format!("{}{regions}", locale.languages.join(", "))
    };
    locales.map(one).collect::<Vec<_>>().join("; ")
}
