//! The lists that a folder is judged by.

use std::path::{Path, PathBuf};

use crate::engine::walk::{Reason, Tree};
use crate::error::{Error, Result};
use crate::format::manifest::Entry;
use crate::fs;
use crate::job::read_list;

/// A list, and the folder that its names are relative to.
pub(in crate::job) struct List {
    pub(in crate::job) path: PathBuf,
    pub(in crate::job) folder: PathBuf,
    /// Whether its names may be those of files in folders below.
    pub(in crate::job) has_base_names: bool,
    pub(in crate::job) entries: Vec<Entry>,
}

impl List {
    /// # Errors
    ///
    /// Those of reading a list, and [`Error::NoList`] for an empty one.
    pub(in crate::job) fn read(path: &Path) -> Result<Self> {
        let entries = read_list(path)?;
        if entries.is_empty() {
            let reason = "the list is empty: nothing to judge by";
            return Err(Error::NoList { path: path.to_owned(), reason });
        }
        // The spelling that the walk gives its paths.
        let path: PathBuf = path.components().collect();
        let folder = fs::folder_of(&path).to_owned();
        Ok(Self { path, folder, has_base_names: true, entries })
    }
}

/// Every list in a tree, sorted by path.
pub(in crate::job) fn in_tree(tree: &Tree) -> Result<Vec<List>> {
    let lists = tree.left_out.iter().filter(|left| left.reason == Reason::EarlierList);
    lists.map(|left| List::read(&left.path)).collect()
}
