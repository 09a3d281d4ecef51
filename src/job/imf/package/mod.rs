//! A package, or one document of it, with the files that it lists and the folders given besides.
//!
//! Only what an asset map lists by a path that stays in its folder, through no link, is opened.

mod beside;
mod folder;
mod headers;
mod load;
mod place;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

pub(super) use folder::{Folder, Listed, has_ending, kind_by_name};
pub(super) use headers::{Headers, header_of, id_of};
use load::load;
pub(super) use load::{LARGEST, Loaded, Sort, Unread, Why, root_of, sort_of};
pub(super) use place::{File, Place, link_on};

use super::rules::{Assets, Known};
use crate::error::{Error, Result};
use crate::format::imf::model::{Composition, Source};
use crate::format::imf::{Content, Kind, Uuid};
use crate::format::mxf::model::Header;
use crate::fs;
use crate::progress::Progress;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// A package as a whole.
    Package,
    /// One of its documents.
    Document,
}

/// See the module.
pub(super) struct Package {
    /// What was asked for.
    pub(super) scope: Scope,
    /// The package, then the folders given besides, in their order.
    pub(super) folders: Vec<Folder>,
    /// Headers of track files; empty until they are asked for.
    pub(super) headers: Headers,
}

impl Package {
    /// Open a folder, or one of its documents; an asset map stands for its folder.
    ///
    /// # Errors
    ///
    /// [`Error::Imf`] if there is nothing to open: a folder without an asset map, or a file that is no XML;
    /// [`Error::Io`] and [`Error::Cancelled`].
    pub(super) fn open(path: &Path, with: &[PathBuf], progress: &Progress) -> Result<Self> {
        let path = folder::spelled(path);
        let (scope, first) = match fs::stat(&path)?.0 {
            fs::Kind::Folder => (Scope::Package, open_folder(&path, progress)?),
            fs::Kind::File => open_document(&path, progress)?,
            fs::Kind::Other => return Err(nothing(&path, "is neither a folder nor a file")),
        };
        let mut folders = vec![first];
        for other in with {
            super::super::expect_folder(other)?;
            folders.push(open_folder(&folder::spelled(other), progress)?);
        }
        Ok(Self { scope, folders, headers: Headers::default() })
    }

    /// The package itself.
    pub(super) fn folder(&self) -> &Folder {
        &self.folders[0]
    }

    /// The documents that were asked for.
    pub(super) fn judged(&self) -> impl Iterator<Item = &Loaded> {
        self.folder().documents.iter().filter(|loaded| loaded.is_judged)
    }

    /// The folder that lists an asset, and how: the package first, then the others in their order.
    pub(super) fn find(&self, id: Uuid) -> Option<(usize, &Listed)> {
        let mut folders = self.folders.iter().enumerate();
        folders.find_map(|(n, folder)| folder.listed(id).map(|listed| (n, listed)))
    }

    /// Ids of the track files that the compositions name, each once, in their order.
    pub(super) fn played(&self) -> Vec<Uuid> {
        let mut seen = HashSet::new();
        let compositions = self.judged().filter_map(|loaded| match &loaded.document.content {
            Content::Composition(composition) => Some(composition),
            _ => None,
        });
        compositions.flat_map(played_by).filter(|id| seen.insert(*id)).collect()
    }

    /// Read the headers of the track files that are asked for: of the package all of them, of a composition
    /// those that it plays.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`]; a header that cannot be read is kept as such.
    pub(super) fn read_headers(&mut self, progress: &Progress) -> Result<()> {
        let mut ids: Vec<Uuid> = self.played();
        if self.scope == Scope::Package {
            ids.extend(self.folder().listed.iter().filter_map(|listed| listed.id));
        }
        let mut seen = HashSet::new();
        ids.retain(|id| seen.insert(*id));
        let files: Vec<(Uuid, PathBuf)> = ids
            .into_iter()
            .filter_map(|id| Some((id, self.find(id)?.1)))
            .filter(|(_, listed)| listed.is_mxf())
            .filter_map(|(id, listed)| Some((id, listed.place.file()?.path.clone())))
            .collect();
        self.headers = Headers::read(&files, progress)?;
        Ok(())
    }
}

/// Ids of the track files of a composition, as often as they are played.
pub(super) fn played_by(composition: &Composition) -> impl Iterator<Item = Uuid> {
    let sequences = composition.segments.iter().flat_map(|segment| &segment.sequences);
    sequences.flat_map(|sequence| &sequence.resources).filter_map(|resource| {
        match resource.source {
            Source::TrackFile { file, .. } => file,
            Source::Markers(_) | Source::Other(_) => None,
        }
    })
}

impl Assets for Package {
    fn knows(&self, id: Uuid) -> Known {
        match self.find(id) {
            Some((0, _)) => Known::Here,
            Some(_) => Known::Elsewhere,
            None => Known::NotHere,
        }
    }

    fn header(&self, id: Uuid) -> Option<&Header> {
        self.headers.get(id)
    }

    fn name(&self, id: Uuid) -> Option<&str> {
        let (_, listed) = self.find(id)?;
        Some(listed.place.file().map_or(listed.written.as_str(), |file| file.name.as_str()))
    }
}

fn nothing(path: &Path, reason: &str) -> Error {
    Error::Imf { path: path.to_owned(), line: None, reason: reason.to_owned() }
}

fn open_folder(path: &Path, progress: &Progress) -> Result<Folder> {
    let mut folder = Folder::open(path, None, progress)?;
    if !folder.has_map() {
        if folder.unread.is_empty() {
            return Err(nothing(path, folder.without_map()));
        }
        folder.read_unlisted(progress)?;
        folder.find_beside(progress)?;
    }
    Ok(folder)
}

/// Open the document at `path`; the asset maps beside it are read to find what it names.
fn open_document(path: &Path, progress: &Progress) -> Result<(Scope, Folder)> {
    let size = fs::stat(path)?.1.stamp.size;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if sort_of(path)? != Sort::Xml {
        return Err(nothing(path, "is no XML; hint: name a folder, or a document of a package"));
    }
    let file = File { name, path: path.to_owned(), size };
    match load(&file, None) {
        Ok(loaded) if loaded.is(Kind::AssetMap) => {
            Ok((Scope::Package, Folder::open(fs::folder_of(path), Some(&file), progress)?))
        }
        Ok(loaded) => beside(path, progress, |folder| folder.judge_only(loaded)),
        Err(Unread { why: why @ Why::OtherRoot(_), .. }) => {
            Err(nothing(path, &format!("{why}; hint: name a document of a package")))
        }
        Err(unread) => beside(path, progress, |folder| folder.blame_only(unread)),
    }
}

fn beside(
    path: &Path,
    progress: &Progress,
    set: impl FnOnce(&mut Folder),
) -> Result<(Scope, Folder)> {
    let mut folder = Folder::open(fs::folder_of(path), None, progress)?;
    set(&mut folder);
    if !folder.has_map() {
        folder.find_beside(progress)?;
    }
    Ok((Scope::Document, folder))
}
