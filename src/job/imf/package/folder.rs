//! A folder with its asset maps, what they list, and the documents among that.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::load::{Loaded, Sort, Unread, bare, load, sort_of};
use super::place::{File, Names, Place};
use crate::engine::walk::{self, Rules, Tree};
use crate::error::Result;
use crate::format::imf::model::{AssetMap, MappedAsset};
use crate::format::imf::{Content, Kind, Node, NodeId, Uuid};
use crate::progress::Progress;

/// A folder that was opened.
pub(in crate::job::imf) struct Folder {
    /// All that is in it.
    pub(in crate::job::imf) tree: Tree,
    /// Documents that were read, asset maps first, then in the order in which they are listed.
    pub(in crate::job::imf) documents: Vec<Loaded>,
    /// Documents that could not be read.
    pub(in crate::job::imf) unread: Vec<Unread>,
    /// What the asset maps list, in their order.
    pub(in crate::job::imf) listed: Vec<Listed>,
    by_id: HashMap<Uuid, usize>,
}

/// An asset of an asset map.
#[derive(Clone, Debug)]
pub(in crate::job::imf) struct Listed {
    /// Its asset map, as a number of [`Folder::documents`]; `None` for what was found without one.
    pub(in crate::job::imf) map: Option<usize>,
    /// Its element.
    pub(in crate::job::imf) at: NodeId,
    /// The element of its path, or of the asset if it has none.
    pub(in crate::job::imf) path_at: NodeId,
    /// Its id.
    pub(in crate::job::imf) id: Option<Uuid>,
    /// Whether it is said to be a packing list.
    pub(in crate::job::imf) is_packing_list: bool,
    /// The path as it is written.
    pub(in crate::job::imf) written: String,
    /// Where that leads.
    pub(in crate::job::imf) place: Place,
    /// What its first bytes say that it is, or why they could not be read; `None` without a file.
    pub(in crate::job::imf) sort: Option<Result<Sort, String>>,
}

impl Listed {
    /// Whether its file is MXF.
    pub(in crate::job::imf) fn is_mxf(&self) -> bool {
        matches!(self.sort, Some(Ok(Sort::Mxf)))
    }

    fn is_document(&self) -> bool {
        let has_ending = |file: &File| has_ending(&file.name, "xml");
        let is_xml = matches!(self.sort, Some(Ok(Sort::Xml)));
        self.is_packing_list || is_xml || self.place.file().is_some_and(has_ending)
    }
}

impl Folder {
    /// Open a folder by its asset maps, or by this one alone. A folder without any is opened all the same:
    /// nothing is listed then.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Io`] if it cannot be listed, [`crate::Error::Cancelled`].
    pub(super) fn open(root: &Path, only: Option<&File>, progress: &Progress) -> Result<Self> {
        let tree = walk::walk(root, Rules::Own)?;
        progress.check()?;
        let maps = only.map_or_else(|| top(&tree, Kind::AssetMap), |only| vec![only.clone()]);
        let indices = top(&tree, Kind::VolumeIndex);
        let mut folder =
            Self { tree, documents: vec![], unread: vec![], listed: vec![], by_id: HashMap::new() };
        folder.read_all(maps.iter().map(|file| (file, None)), progress)?;
        folder.list();
        folder.read_all(indices.iter().map(|file| (file, None)), progress)?;
        folder.read_listed(progress)?;
        Ok(folder)
    }

    /// The asset of this id.
    pub(in crate::job::imf) fn listed(&self, id: Uuid) -> Option<&Listed> {
        self.by_id.get(&id).map(|&n| &self.listed[n])
    }

    /// Whether an asset map could be read.
    pub(in crate::job::imf) fn has_map(&self) -> bool {
        self.documents.iter().any(|loaded| loaded.is(Kind::AssetMap))
    }

    /// Why there is nothing to judge in a folder that has no asset map.
    pub(super) fn without_map(&self) -> &'static str {
        let path = self.tree.root.join("ASSETMAP.xml");
        if crate::fs::is_link(&path) {
            "its ASSETMAP.xml is a link, which is not opened; hint: put the file itself there"
        } else if crate::fs::exists(&path) {
            "its ASSETMAP.xml is no asset map; hint: have it delivered again"
        } else {
            "no asset map in it (ASSETMAP.xml); hint: name the folder that has one, or one document"
        }
    }

    /// Take what is listed, once each file has told what it is.
    pub(super) fn set_listed(&mut self, listed: Vec<Listed>) {
        let sorted = listed.into_par_iter().map(|listed| {
            let file = listed.place.file();
            let sort = file.map(|file| sort_of(&file.path).map_err(bare));
            Listed { sort, ..listed }
        });
        self.listed = sorted.collect();
        for (n, listed) in self.listed.iter().enumerate() {
            if let Some(id) = listed.id {
                self.by_id.entry(id).or_insert(n);
            }
        }
    }

    fn read_all<'f>(
        &mut self,
        files: impl Iterator<Item = (&'f File, Option<Uuid>)>,
        progress: &Progress,
    ) -> Result<()> {
        for (file, asset) in files {
            progress.check()?;
            match load(file, asset) {
                Ok(loaded) => self.documents.push(loaded),
                Err(unread) => self.unread.push(unread),
            }
        }
        Ok(())
    }

    /// Find what the asset maps list.
    fn list(&mut self) {
        let names = Names::new(&self.tree);
        let maps = self.documents.iter().enumerate().filter_map(|(n, loaded)| {
            let Content::AssetMap(map) = &loaded.document.content else { return None };
            Some((n, loaded, map))
        });
        let all = maps.flat_map(|(n, loaded, map)| entries(n, loaded, map));
        let placed = all.map(|listed| match listed.place {
            Place::NoPath => listed,
            _ => Listed { place: names.place(&self.tree, &listed.written), ..listed },
        });
        let placed = placed.collect();
        self.set_listed(placed);
    }

    /// Read the documents that are listed, each once.
    fn read_listed(&mut self, progress: &Progress) -> Result<()> {
        let mut names: HashSet<String> =
            self.documents.iter().map(|loaded| loaded.name.clone()).collect();
        let documents = self.listed.iter().filter(|listed| listed.is_document());
        let files: Vec<(File, Option<Uuid>)> = documents
            .filter_map(|listed| Some((listed.place.file()?.clone(), listed.id)))
            .filter(|(file, _)| names.insert(file.name.clone()))
            .collect();
        self.read_all(files.iter().map(|(file, id)| (file, *id)), progress)
    }

    /// Ask for this document alone; it may be one that was read with the others.
    pub(super) fn judge_only(&mut self, loaded: Loaded) {
        let is_it = |other: &Loaded| other.name == loaded.name;
        self.unread.clear();
        let known = self.documents.iter().position(is_it);
        for (n, one) in self.documents.iter_mut().enumerate() {
            one.is_judged = known == Some(n);
        }
        if known.is_none() {
            self.documents.push(loaded);
        }
    }

    /// Ask for this document alone, which could not be read.
    pub(super) fn blame_only(&mut self, unread: Unread) {
        self.documents.iter_mut().for_each(|one| one.is_judged = false);
        self.unread = vec![unread];
    }

    /// Read the documents at the top of a folder whose asset maps say nothing.
    pub(super) fn read_unlisted(&mut self, progress: &Progress) -> Result<()> {
        let read = self.documents.iter().map(|loaded| loaded.name.as_str());
        let read: HashSet<&str> =
            read.chain(self.unread.iter().map(|unread| unread.name.as_str())).collect();
        let files: Vec<File> = top_files(&self.tree)
            .filter(|file| has_ending(&file.name, "xml") && !read.contains(file.name.as_str()))
            .collect();
        self.read_all(files.iter().map(|file| (file, None)), progress)
    }
}

/// The kind of document that a file right in the folder is by its name, in any case, with or without the
/// ending.
///
/// Source: packages of Photon's tests have `ASSETMAP.xml` and `VOLINDEX.xml`, those of digital cinema the
/// same without the ending.
pub(in crate::job::imf) fn kind_by_name(name: &str) -> Option<Kind> {
    let name = name.to_ascii_lowercase();
    match name.strip_suffix(".xml").unwrap_or(&name) {
        "assetmap" => Some(Kind::AssetMap),
        "volindex" => Some(Kind::VolumeIndex),
        _ => None,
    }
}

/// Files at the top of a folder that are of this kind by their names.
fn top(tree: &Tree, kind: Kind) -> Vec<File> {
    top_files(tree).filter(|file| kind_by_name(&file.name) == Some(kind)).collect()
}

/// The files right in the folder that are no links.
pub(super) fn top_files(tree: &Tree) -> impl Iterator<Item = File> {
    tree.files.iter().filter_map(|found| {
        let name = walk::slashed(tree.relative(&found.path)).filter(|name| !name.contains('/'))?;
        let is_link = crate::fs::is_link(&found.path);
        let file = File { name, path: found.path.clone(), size: found.mark.stamp.size };
        (!is_link).then_some(file)
    })
}

/// Assets as an asset map has them, not yet looked for.
fn entries<'l>(n: usize, loaded: &'l Loaded, map: &'l AssetMap) -> impl Iterator<Item = Listed> {
    let path_of = |asset: &MappedAsset| {
        let [chunk] = asset.chunks.as_slice() else { return None };
        let at = loaded.document.tree.node(chunk.at).child("Path").map_or(chunk.at, Node::id);
        (!chunk.path.is_empty()).then(|| (chunk.path.clone(), at))
    };
    map.assets.iter().map(move |asset| {
        let path = path_of(asset);
        Listed {
            map: Some(n),
            at: asset.at,
            path_at: path.as_ref().map_or(asset.at, |(_, at)| *at),
            id: asset.id,
            is_packing_list: asset.is_packing_list,
            place: if path.is_some() { Place::Missing } else { Place::NoPath },
            written: path.map(|(path, _)| path).unwrap_or_default(),
            sort: None,
        }
    })
}

/// Whether a name ends in a dot and this, in any case.
pub(in crate::job::imf) fn has_ending(name: &str, ending: &str) -> bool {
    let found = name.rsplit_once('.').map(|(_, found)| found);
    found.is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// A path with the spelling that the walk gives.
pub(super) fn spelled(path: &Path) -> PathBuf {
    path.components().collect()
}
