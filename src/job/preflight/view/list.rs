//! Which lists lie where, by their names.

use std::collections::{BTreeMap, BTreeSet};

use super::parent;
use crate::format::manifest::FILE_NAME;
use crate::format::path::base_name;
use crate::job::preflight::delivery::Delivery;

/// The folder of an ASC MHL history (ASC MHL 2.0).
const HISTORY: &str = "ascmhl";

/// The lists in a delivery.
#[derive(Default)]
pub(in crate::job::preflight) struct Lists<'a> {
    /// Folders with a `checksum.txt`.
    pub(in crate::job::preflight) checksum: BTreeSet<&'a str>,
    /// The MHLs of a folder: those in it, and those in the history in it.
    pub(in crate::job::preflight) mhl: BTreeMap<&'a str, Manifests<'a>>,
}

/// The MHLs that are about one folder.
#[derive(Default)]
pub(in crate::job::preflight) struct Manifests<'a> {
    /// Base names of the `.mhl` files that lie in the folder itself.
    pub(in crate::job::preflight) files: Vec<&'a str>,
    /// Whether there is an `ascmhl` folder; however many generations are in it, they are one history.
    pub(in crate::job::preflight) history: bool,
}

impl Manifests<'_> {
    pub(in crate::job::preflight) fn count(&self) -> usize {
        self.files.len() + usize::from(self.history)
    }
}

impl<'a> Lists<'a> {
    pub(super) fn find(delivery: &'a Delivery<'a>) -> Self {
        let mut lists = Self::default();
        let left_out = delivery.left_out.iter().map(|(path, _)| *path);
        for path in left_out.chain(delivery.files.iter().map(|item| item.path)) {
            lists.note(path);
        }
        for folder in delivery.folders.iter().filter(|folder| base_name(folder) == HISTORY) {
            lists.mhl.entry(parent(folder)).or_default().history = true;
        }
        lists
    }

    fn note(&mut self, path: &'a str) {
        let (folder, name) = (parent(path), base_name(path));
        if name == FILE_NAME {
            self.checksum.insert(folder);
        } else if name == HISTORY {
            self.mhl.entry(folder).or_default().history = true;
        } else if !is_mhl(name) {
        } else if base_name(folder) == HISTORY {
            self.mhl.entry(parent(folder)).or_default().history = true;
        } else {
            self.mhl.entry(folder).or_default().files.push(name);
        }
    }
}

/// Whether a file is an MHL by its name. What macOS puts beside one (`._x.mhl`) is none.
fn is_mhl(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("mhl"))
        && !name.starts_with('.')
}
