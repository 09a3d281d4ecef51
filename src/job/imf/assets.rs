//! Every asset that a package lists or plays, with what is known of its file.

use std::collections::HashSet;
use std::fmt;

use serde::{Serialize, Serializer};

use super::contents::{Contents, packing_lists};
use super::package::{Listed, Loaded, Package, Scope};
use crate::digest::Digest;
use crate::format::imf::model::PackedAsset;
use crate::format::imf::{Content, Kind, Uuid};

/// How an asset is against what is listed of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Size and digest are those that are listed.
    Right,
    /// The file has another size.
    WrongSize,
    /// The file has that size and another digest.
    WrongDigest,
    /// The asset map has it, and there is no such file, or none that may be opened.
    Missing,
    /// In no asset map: a supplemental package may name what was delivered earlier.
    NotHere,
    /// In the asset map and in no packing list, as packing lists themselves are: nothing to judge by.
    NotListed,
    /// The file could not be read.
    Unreadable,
    /// The file was not read: of another package, with a digest that is not computed here, or not asked for.
    NotRead,
}

impl State {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::WrongSize => "wrong size",
            Self::WrongDigest => "wrong digest",
            Self::Missing => "missing",
            Self::NotHere => "not here",
            Self::NotListed => "not listed",
            Self::Unreadable => "unreadable",
            Self::NotRead => "not read",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

/// An asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssetRow {
    /// Its id; `None` if a list has it without one.
    pub id: Option<Uuid>,
    /// Its file, relative to its folder, with `/`; `None` if there is none.
    pub file: Option<String>,
    /// `packing list`, `composition playlist`, `output profile list`, `track file` or `other`.
    pub kind: &'static str,
    /// As it is listed.
    pub mime_type: Option<String>,
    /// Bytes, as they are listed.
    pub size: Option<u64>,
    /// Bytes that the file has.
    pub found_size: Option<u64>,
    /// What computed the digest that is listed; the URI as it is listed if that is not computed here.
    pub algorithm: Option<String>,
    /// The digest that is listed, in hex.
    pub listed_digest: Option<String>,
    /// The digest of the file, in hex; `None` if it was not read.
    pub found_digest: Option<String>,
    /// How it is.
    pub state: State,
    /// Which folder has it: 0 is the package, then those given besides in their order; `None` if none has.
    pub folder: Option<usize>,
}

/// What is to be said of an asset of a packing list.
pub(super) struct Verdict {
    pub(super) state: State,
    pub(super) found: Option<Digest>,
    /// Why the file could not be read.
    pub(super) reason: Option<String>,
}

/// Hold the file of an asset against what a packing list says.
pub(super) fn judge(asset: &PackedAsset, listed: Option<&Listed>, contents: &Contents) -> Verdict {
    let verdict = |state| Verdict { state, found: None, reason: None };
    let Some(listed) = listed else { return verdict(State::NotHere) };
    let Some(file) = listed.place.file() else { return verdict(State::Missing) };
    if let Some(Err(reason)) = &listed.sort {
        return Verdict { reason: Some(reason.clone()), ..verdict(State::Unreadable) };
    }
    if asset.size.is_some_and(|size| size != file.size) {
        return verdict(State::WrongSize);
    }
    let Some(expected) = asset.digest else { return verdict(State::NotRead) };
    match contents.of(&file.path) {
        None => verdict(State::NotRead),
        Some(Err(reason)) => Verdict { reason: Some(reason.clone()), ..verdict(State::Unreadable) },
        Some(Ok(digests)) => {
            let same = |digest: &&Digest| digest.algorithm() == expected.algorithm();
            let found = digests.iter().find(same).copied();
            let is_right = found == Some(expected);
            let state = if is_right { State::Right } else { State::WrongDigest };
            Verdict { state, found, reason: None }
        }
    }
}

/// Every asset once: those of the packing lists in their order, what else the asset maps have, and what only
/// the compositions name.
pub(super) fn rows(package: &Package, contents: &Contents) -> Vec<AssetRow> {
    let mut seen: HashSet<Uuid> = HashSet::new();
    let mut is_new = |id: Option<Uuid>| id.is_none_or(|id| seen.insert(id));
    let mut rows = vec![];
    for asset in packing_lists(package).flat_map(|list| &list.assets) {
        if is_new(asset.id) {
            rows.push(packed(package, asset, contents));
        }
    }
    if package.scope == Scope::Package {
        for listed in &package.folder().listed {
            if is_new(listed.id) {
                rows.push(mapped(package, listed));
            }
        }
    }
    for id in package.played() {
        if is_new(Some(id)) {
            rows.push(played(package, id));
        }
    }
    rows
}

fn packed(package: &Package, asset: &PackedAsset, contents: &Contents) -> AssetRow {
    let listed = asset.id.and_then(|id| package.folder().listed(id));
    let verdict = judge(asset, listed, contents);
    let base = with_list(bare(asset.id, verdict.state), asset);
    let row = listed.map_or(base.clone(), |listed| with_file(base, package, listed, 0));
    AssetRow { found_digest: verdict.found.map(|digest| digest.to_string()), ..row }
}

fn mapped(package: &Package, listed: &Listed) -> AssetRow {
    let state = match (listed.place.file(), &listed.sort) {
        (None, _) => State::Missing,
        (Some(_), Some(Err(_))) => State::Unreadable,
        (Some(_), _) => State::NotListed,
    };
    with_file(bare(listed.id, state), package, listed, 0)
}

/// A track file that only a composition names.
fn played(package: &Package, id: Uuid) -> AssetRow {
    let Some((place, listed)) = package.find(id) else {
        return AssetRow { kind: "track file", ..bare(Some(id), State::NotHere) };
    };
    let asset = elsewhere(package, place, id);
    let state = match (listed.place.file(), asset) {
        (None, _) => State::Missing,
        (Some(file), Some(asset)) if asset.size.is_some_and(|size| size != file.size) => {
            State::WrongSize
        }
        (Some(_), Some(_)) => State::NotRead,
        (Some(_), None) => State::NotListed,
    };
    let base = bare(Some(id), state);
    let base = asset.map_or(base.clone(), |asset| with_list(base, asset));
    AssetRow { kind: "track file", ..with_file(base, package, listed, place) }
}

/// What the packing lists of a folder say of an asset.
pub(super) fn elsewhere(package: &Package, place: usize, id: Uuid) -> Option<&PackedAsset> {
    let lists = package.folders[place].documents.iter().filter_map(|loaded| {
        let Content::PackingList(list) = &loaded.document.content else { return None };
        Some(list)
    });
    lists.flat_map(|list| &list.assets).find(|asset| asset.id == Some(id))
}

fn bare(id: Option<Uuid>, state: State) -> AssetRow {
    AssetRow {
        id,
        file: None,
        kind: "other",
        mime_type: None,
        size: None,
        found_size: None,
        algorithm: None,
        listed_digest: None,
        found_digest: None,
        state,
        folder: None,
    }
}

fn with_list(row: AssetRow, asset: &PackedAsset) -> AssetRow {
    let is_track_file = asset.mime_type == "application/mxf";
    AssetRow {
        kind: if is_track_file { "track file" } else { row.kind },
        mime_type: Some(asset.mime_type.clone()).filter(|kind| !kind.is_empty()),
        size: asset.size,
        algorithm: match asset.algorithm {
            Some(algorithm) => Some(algorithm.name().to_owned()),
            None => asset.hash_algorithm.clone(),
        },
        listed_digest: asset.digest.map(|digest| digest.to_string()),
        ..row
    }
}

fn with_file(row: AssetRow, package: &Package, listed: &Listed, place: usize) -> AssetRow {
    let file = listed.place.file();
    AssetRow {
        kind: kind_of(package, listed, place).unwrap_or(row.kind),
        file: file.map(|file| file.name.clone()),
        found_size: file.map(|file| file.size),
        folder: Some(place),
        ..row
    }
}

/// What the file itself is; `None` if it does not say.
pub(super) fn kind_of(package: &Package, listed: &Listed, place: usize) -> Option<&'static str> {
    if listed.is_mxf() {
        return Some("track file");
    }
    let file = listed.place.file();
    let is_it = |loaded: &&Loaded| file.is_some_and(|file| file.name == loaded.name);
    let loaded = package.folders[place].documents.iter().find(is_it);
    match loaded.map(|loaded| loaded.document.kind()) {
        Some(Kind::PackingList) => Some("packing list"),
        Some(Kind::Composition) => Some("composition playlist"),
        Some(Kind::OutputProfile) => Some("output profile list"),
        Some(Kind::AssetMap | Kind::VolumeIndex) => Some("other"),
        None => listed.is_packing_list.then_some("packing list"),
    }
}
