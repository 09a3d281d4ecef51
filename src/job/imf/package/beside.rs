//! What lies in a folder where no asset map tells: none is there, or it cannot be read.

use std::collections::HashSet;

use super::folder::{Folder, Listed, has_ending, top_files};
use super::headers::{header_of, id_of};
use super::place::{Names, Place};
use crate::error::Result;
use crate::format::imf::{Content, NodeId, Uuid};
use crate::progress::Progress;

impl Folder {
    /// Find track files by the ids in their headers, documents by their own, and what a packing list has by
    /// its original name.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Cancelled`].
    pub(super) fn find_beside(&mut self, progress: &Progress) -> Result<()> {
        let mut listed = self.packed();
        listed.extend(self.read_here());
        let root = self.documents.first().map(|loaded| loaded.document.tree.root().id());
        let Some(root) = root else { return Ok(()) };
        for file in top_files(&self.tree).filter(|file| has_ending(&file.name, "mxf")) {
            progress.check()?;
            if let Some(id) = header_of(&file.path).ok().as_ref().and_then(id_of) {
                listed.push(found(id, file.name.clone(), Place::File(file), root));
            }
        }
        let mut seen = HashSet::new();
        listed.retain(|one| seen.insert(one.id));
        self.set_listed(listed);
        Ok(())
    }

    /// The documents that were read, by their ids.
    fn read_here(&self) -> Vec<Listed> {
        let named = |name: &str| top_files(&self.tree).find(|file| file.name == name);
        let all = self.documents.iter().filter_map(|loaded| {
            let id = match &loaded.document.content {
                Content::Composition(one) => one.id?,
                Content::OutputProfile(one) => one.id?,
                Content::AssetMap(_) | Content::VolumeIndex(_) | Content::PackingList(_) => {
                    return None;
                }
            };
            let at = loaded.document.tree.root().id();
            Some(found(id, loaded.name.clone(), Place::File(named(&loaded.name)?), at))
        });
        all.collect()
    }

    /// Files that the packing lists have, where they have names and are there.
    fn packed(&self) -> Vec<Listed> {
        let names = Names::new(&self.tree);
        let judged = self.documents.iter().filter(|loaded| loaded.is_judged);
        let lists = judged.filter_map(|loaded| match &loaded.document.content {
            Content::PackingList(list) => Some(&list.assets),
            _ => None,
        });
        let files = lists.flatten().filter_map(|asset| {
            let name = asset.original_file_name.as_deref()?;
            let place = names.place(&self.tree, name);
            place.file()?;
            Some(found(asset.id?, name.to_owned(), place, asset.at))
        });
        files.collect()
    }
}

/// What was found without an asset map.
fn found(id: Uuid, written: String, place: Place, at: NodeId) -> Listed {
    let (map, is_packing_list, sort) = (None, false, None);
    Listed { map, at, path_at: at, id: Some(id), is_packing_list, written, place, sort }
}
