//! What is in a package, as a tree to be shown: nothing is judged, and no essence is read.

mod composition;
mod essence;
mod model;
mod timeline;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::Serialize;

pub use model::{
    ShownComposition, ShownLocale, ShownMarker, ShownResource, ShownSegment, ShownTimecode,
    ShownTrack, ShownVersion,
};

use super::assets::{elsewhere, kind_of};
use super::package::{Listed, Loaded, Package, Scope, Unread, played_by};
use crate::error::Result;
use crate::format::imf::{Content, Kind, Uuid};
use crate::progress::Progress;

/// A package, or one document of it. In JSON its fields have these names; `folder` is 0 for the package, then
/// those given besides in their order; files are relative to their folder, with `/`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shown {
    /// The folder, or the document, as the caller named it.
    pub path: PathBuf,
    /// The package and the folders given besides, as they are opened.
    pub folders: Vec<PathBuf>,
    /// Documents that were read, in the order in which they are listed.
    pub documents: Vec<ShownDocument>,
    /// Compositions.
    pub compositions: Vec<ShownComposition>,
    /// Output profile lists.
    pub output_profiles: Vec<ShownProfile>,
    /// What the asset maps list, in their order.
    pub assets: Vec<ShownAsset>,
    /// Whether a composition names track files that the package does not have.
    pub supplemental: bool,
    /// Those of them that are in one of the folders given besides.
    pub elsewhere: Vec<ShownReference>,
    /// Those that are in none.
    pub not_here: Vec<ShownGap>,
    /// Documents that could not be read, or are of a kind that is not known here.
    pub unreadable: Vec<ShownFault>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownDocument {
    /// Its file.
    pub file: String,
    /// Where that is.
    pub folder: usize,
    /// `asset map`, `volume index`, `packing list`, `composition playlist` or `output profile list`.
    pub kind: &'static str,
    /// Namespace of its outermost element: the edition.
    pub namespace: String,
    /// Its id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The program that made it.
    pub creator: Option<String>,
    /// When, as it is written.
    pub issue_date: Option<String>,
    /// How many things are wrong by its schema.
    pub problems: usize,
}

/// A file of an asset map, with what the packing lists say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownAsset {
    /// Its id.
    pub id: Option<Uuid>,
    /// Its path, as it is written; `None` if it has none.
    pub file: Option<String>,
    /// Where that is; `None` if it is not there, or not to be opened.
    pub folder: Option<usize>,
    /// `packing list`, `composition playlist`, `output profile list`, `track file` or `other`.
    pub kind: &'static str,
    /// As it is listed.
    pub mime_type: Option<String>,
    /// Bytes that are listed, or that the file has.
    pub size: Option<u64>,
    /// As it is listed.
    pub original_file_name: Option<String>,
}

/// An output profile list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownProfile {
    /// Its file.
    pub file: String,
    /// Where that is.
    pub folder: usize,
    /// Its id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// The composition that it is for.
    pub composition_id: Option<Uuid>,
    /// Names of its macros.
    pub macros: Vec<String>,
}

/// A track file that another folder has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownReference {
    /// Its id.
    pub id: Uuid,
    /// Where it is.
    pub folder: usize,
    /// Its file there.
    pub file: String,
}

/// A track file that no folder has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownGap {
    /// Its id.
    pub id: Uuid,
    /// The first composition that names it.
    pub composition_id: Option<Uuid>,
}

/// A document that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownFault {
    /// Its file.
    pub file: String,
    /// Where that is.
    pub folder: usize,
    /// Why not.
    pub reason: String,
}

/// Read a folder, or one document, and say what is in it; track files that are not there are looked for in
/// the folders `with`.
///
/// Nothing but documents is read, and the start of each listed file. Which document a folder is judged by is
/// said at [`super::verify()`].
///
/// # Errors
///
/// [`crate::Error::Imf`] for a folder without an asset map and for what is no document of a package;
/// [`crate::Error::Io`].
pub fn show(path: &Path, with: &[PathBuf]) -> Result<Shown> {
    let package = Package::open(path, with, &Progress::default())?;
    Ok(of(path, &package))
}

/// The same of a package that was opened.
pub(super) fn of(path: &Path, package: &Package) -> Shown {
    let folder = package.folder();
    let assets = folder.listed.iter().filter(|_| package.scope == Scope::Package);
    let (elsewhere, not_here) = referred(package);
    Shown {
        path: path.to_owned(),
        folders: package.folders.iter().map(|folder| folder.tree.root.clone()).collect(),
        documents: package.judged().map(document).collect(),
        compositions: package
            .judged()
            .filter_map(|loaded| composition::of(loaded, package))
            .collect(),
        output_profiles: package.judged().filter_map(profile).collect(),
        assets: assets.map(|listed| asset(package, listed)).collect(),
        supplemental: !elsewhere.is_empty() || !not_here.is_empty(),
        elsewhere,
        not_here,
        unreadable: folder.unread.iter().map(fault).collect(),
    }
}

/// Track files that the package does not have, each once: those that are elsewhere, and the others.
fn referred(package: &Package) -> (Vec<ShownReference>, Vec<ShownGap>) {
    let (mut elsewhere, mut gaps) = (vec![], vec![]);
    let mut seen = HashSet::new();
    let compositions = package.judged().filter_map(|loaded| match &loaded.document.content {
        Content::Composition(composition) => Some(composition),
        _ => None,
    });
    for composition in compositions {
        for id in played_by(composition).filter(|id| seen.insert(*id)) {
            match package.find(id) {
                Some((0, _)) => {}
                Some((folder, listed)) => {
                    elsewhere.push(ShownReference { id, folder, file: listed.written.clone() });
                }
                None => gaps.push(ShownGap { id, composition_id: composition.id }),
            }
        }
    }
    (elsewhere, gaps)
}

fn fault(unread: &Unread) -> ShownFault {
    let line = unread.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    ShownFault { file: unread.name.clone(), folder: 0, reason: format!("{line}{}", unread.why) }
}

fn asset(package: &Package, listed: &Listed) -> ShownAsset {
    let packed = listed.id.and_then(|id| elsewhere(package, 0, id));
    let file = listed.place.file();
    let is_track_file = packed.is_some_and(|packed| packed.mime_type == "application/mxf");
    let guess = if is_track_file { "track file" } else { "other" };
    ShownAsset {
        id: listed.id,
        file: Some(listed.written.clone()).filter(|path| !path.is_empty()),
        folder: file.map(|_| 0),
        kind: kind_of(package, listed, 0).unwrap_or(guess),
        mime_type: packed.map(|packed| packed.mime_type.clone()).filter(|kind| !kind.is_empty()),
        size: packed.and_then(|packed| packed.size).or(file.map(|file| file.size)),
        original_file_name: packed.and_then(|packed| packed.original_file_name.clone()),
    }
}

fn profile(loaded: &Loaded) -> Option<ShownProfile> {
    let Content::OutputProfile(profile) = &loaded.document.content else { return None };
    Some(ShownProfile {
        file: loaded.name.clone(),
        folder: 0,
        id: profile.id,
        annotation: profile.annotation.clone(),
        composition_id: profile.composition_id,
        macros: profile.macros.clone(),
    })
}

/// What a kind of document is called.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::AssetMap => "asset map",
        Kind::VolumeIndex => "volume index",
        Kind::PackingList => "packing list",
        Kind::Composition => "composition playlist",
        Kind::OutputProfile => "output profile list",
    }
}

/// Whether a document has a signature.
pub(super) fn is_signed(loaded: &Loaded) -> bool {
    loaded.document.tree.root().find("Signature").is_some()
}

/// Id, free text, issuer, creator and date of a document.
type About<'l> = (Option<Uuid>, [&'l Option<String>; 4]);

fn about(content: &Content) -> About<'_> {
    match content {
        Content::AssetMap(one) => {
            (one.id, [&one.annotation, &one.issuer, &one.creator, &one.issue_date])
        }
        Content::PackingList(one) => {
            (one.id, [&one.annotation, &one.issuer, &one.creator, &one.issue_date])
        }
        Content::Composition(one) => {
            (one.id, [&one.annotation, &one.issuer, &one.creator, &one.issue_date])
        }
        Content::OutputProfile(one) => {
            (one.id, [&one.annotation, &one.issuer, &one.creator, &one.issue_date])
        }
        Content::VolumeIndex(_) => (None, [&None; 4]),
    }
}

fn document(loaded: &Loaded) -> ShownDocument {
    let (id, texts) = about(&loaded.document.content);
    let [annotation, issuer, creator, issue_date] = texts.map(Clone::clone);
    ShownDocument {
        file: loaded.name.clone(),
        folder: 0,
        kind: kind_name(loaded.document.kind()),
        namespace: loaded.document.namespace.clone(),
        id,
        annotation,
        issuer,
        creator,
        issue_date,
        problems: loaded.document.problems.len(),
    }
}
