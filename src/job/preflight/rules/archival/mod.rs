//! Picture archival assets: folders, file names and formats.
//!
//! Source: "Picture Archival Assets: Folder Structure and File Naming Convention" (partnerhelp article
//! 360000384727). The order of the fields is verified up to the date and third-party behind it; the values
//! of most fields are known in part only, and so is which field may be left out for which asset.

mod field;
mod picture;
mod stem;

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) use picture::picture;
pub(super) use stem::{file_name, frame_name};

use self::field::{Asset, Fault, Field, Unknown};
use super::case::{About, Case};
use crate::job::preflight::profile::Profile;
use crate::job::preflight::view::upwards;
use crate::job::preflight::wording::quoted;

/// A folder named as an asset, which sequences of frames lie in or below.
struct AssetFolder<'a> {
    path: &'a str,
    asset: Asset<'a>,
}

/// For each sequence of frames, by its index, the folder of its asset: the nearest one above the frames
/// whose name has a known asset type, else one with a season and episode, else the one they lie in.
fn assets<'a>(case: &Case<'a>) -> Vec<(usize, AssetFolder<'a>)> {
    let (view, profile) = (case.view, case.profile);
    let of = |folder: &'a str| AssetFolder {
        path: folder,
        asset: Asset::parse(view.folder_name(folder), profile),
    };
    let asset_of = |folder: &'a str| {
        let mut above: Vec<_> = upwards(folder).map(of).collect();
        let known = above.iter().position(|it| it.asset.kind.is_some_and(|kind| kind.known));
        let episode = || above.iter().position(|it| it.asset.episode.is_some());
        let chosen = known.or_else(episode).unwrap_or(0);
        above.swap_remove(chosen)
    };
    view.frame_sequences().map(|(index, sequence)| (index, asset_of(&sequence.folder))).collect()
}

/// The folders of the assets, each once.
fn folders<'a>(case: &Case<'a>) -> BTreeMap<&'a str, Asset<'a>> {
    assets(case).into_iter().map(|(_, folder)| (folder.path, folder.asset)).collect()
}

/// Folders whose fields are not in order.
pub(super) fn folder_name(case: &mut Case<'_>) {
    for (folder, asset) in folders(case) {
        let faults: Vec<_> = asset.faults.iter().map(Fault::to_string).collect();
        if !faults.is_empty() {
            case.place(folder, faults.join("; "));
        }
    }
}

/// Values of fields that are not known. Most vocabularies are known in part only, so that such a value
/// may well be right.
pub(super) fn vocabulary(case: &mut Case<'_>) {
    for (folder, asset) in folders(case) {
        if asset.kind.is_none() && asset.faults.is_empty() {
            let known = known(case.profile, &[Field::AssetType]);
            let message = format!("no part of the name is a known asset type{known}");
            case.place(folder, message);
        }
        for unknown in &asset.unknown {
            case.unknown(folder, unknown);
        }
    }
}

impl Case<'_> {
    fn unknown(&mut self, folder: &str, unknown: &Unknown<'_>) {
        let names: Vec<_> = unknown.fields.iter().map(|field| field.in_words()).collect();
        let value = quoted(unknown.value);
        let known = known(self.profile, &unknown.fields);
        let message = format!("{value} is no known {}{known}", names.join(" or "));
        let add = unknown.fields.first().map(|field| {
            format!("`vocabulary.{}.add = [\"{}\"]`", field.vocabulary(), unknown.value)
        });
        self.add(About::Place(folder), message, add);
    }
}

/// What is known of fields, and whether that is all.
fn known(profile: &Profile, fields: &[Field]) -> String {
    let mut out = String::new();
    let mut partly = false;
    for field in fields {
        let Some(vocabulary) = profile.vocabulary(field.vocabulary()) else { continue };
        let values: Vec<_> = vocabulary.values.iter().map(String::as_str).collect();
        if !values.is_empty() {
            let _cannot_fail =
                write!(out, "; known for {}: {}", field.in_words(), values.join(", "));
        }
        partly |= !vocabulary.complete;
    }
    if partly {
        out.push_str("; the vocabulary is known in part only");
    }
    out
}

/// What of the naming cannot be checked because nothing, or not everything, is known.
pub(in crate::job::preflight) fn not_known(profile: &Profile) -> Vec<String> {
    if !profile.rules.contains_key("archival.vocabulary") {
        return Vec::new();
    }
    let of = |wanted: fn(&crate::job::preflight::profile::Vocabulary) -> bool| {
        let fields = Field::ORDER
            .into_iter()
            .filter(|field| profile.vocabulary(field.vocabulary()).is_some_and(wanted));
        fields.map(Field::in_words).collect::<Vec<_>>().join(", ")
    };
    let partly = of(|vocabulary| !vocabulary.complete && !vocabulary.values.is_empty());
    let open = of(crate::job::preflight::profile::Vocabulary::is_open);
    let mut out = Vec::new();
    if !partly.is_empty() {
        out.push(format!("values of these fields are known in part only: {partly}"));
    }
    if !open.is_empty() {
        out.push(format!("no value of these fields is known, so that any is taken: {open}"));
    }
    out
}
