//! The lists that a folder is judged by.

use std::path::{Path, PathBuf};

use crate::digest::{Algorithm, Digest};
use crate::engine::walk::{Found, Reason, Tree};
use crate::error::{Error, Result};
use crate::format::manifest::ascmhl::{Contradiction, History, Ignore, ignore_patterns};
use crate::format::manifest::{Entry, HISTORY, Kind, PREFIX_LEN, kind_of};
use crate::fs;
use crate::job::{history, read_modest, reading};

/// A list, and the folder that its names are relative to.
pub(in crate::job) struct List {
    /// The list; the folder `ascmhl` for a history.
    pub(in crate::job) path: PathBuf,
    pub(in crate::job) folder: PathBuf,
    /// Whether its names may be those of files in folders below.
    pub(in crate::job) has_base_names: bool,
    pub(in crate::job) entries: Vec<Entry>,
    /// What a history leaves out.
    pub(in crate::job) ignore: Option<Ignore>,
    /// Files of a history that are not what its chain says, with the digest there and the one found.
    pub(in crate::job) broken: Vec<(PathBuf, Digest, Digest)>,
    /// Digests of a history that say something else than earlier ones.
    pub(in crate::job) contradictions: Vec<Contradiction>,
}

impl List {
    /// A list, or the history that the path belongs to.
    ///
    /// # Errors
    ///
    /// Those of reading a list, and [`Error::NoList`] for an empty one and for what is none.
    pub(in crate::job) fn read(path: &Path) -> Result<Self> {
        // The spelling that the walk gives its paths.
        let path: PathBuf = path.components().collect();
        let folder = fs::folder_of(&path);
        if path.file_name().is_some_and(|name| name == HISTORY) {
            return Self::read_history(path.clone(), folder);
        }
        let bytes = read_modest(&path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match kind_of(&name, &bytes[..bytes.len().min(PREFIX_LEN)]) {
            Some(Kind::AscMhlChain | Kind::AscMhlGeneration) if folder.ends_with(HISTORY) => {
                Self::read_history(folder.to_owned(), fs::folder_of(folder))
            }
            // What is no known list is understood, or refused, as the oldest one.
            kind => Self::of(&path, &bytes, kind.unwrap_or(Kind::ChecksumTxt)),
        }
    }

    fn of(path: &Path, bytes: &[u8], kind: Kind) -> Result<Self> {
        let list = Self {
            path: path.to_owned(),
            folder: fs::folder_of(path).to_owned(),
            has_base_names: kind == Kind::ChecksumTxt,
            entries: reading::entries(path, bytes, kind)?,
            ignore: None,
            broken: vec![],
            contradictions: vec![],
        };
        list.expect_entries()
    }

    fn read_history(path: PathBuf, folder: &Path) -> Result<Self> {
        let past = history::read(folder)?;
        let history = History::of(&past.generations);
        let ignore = Ignore::new(&ignore_patterns(&past.generations));
        let list = Self {
            path,
            folder: folder.to_owned(),
            has_base_names: false,
            entries: history.expected(&ignore).files,
            contradictions: history.contradictions().to_vec(),
            ignore: Some(ignore),
            broken: past.broken,
        };
        list.expect_entries()
    }

    fn expect_entries(self) -> Result<Self> {
        if self.entries.is_empty() {
            let reason = "the list is empty: nothing to judge by";
            return Err(Error::NoList { path: self.path, reason });
        }
        if self.entries.iter().all(|entry| entry.digests.is_empty()) {
            let reason = "no digest in it that is known here: nothing to judge by";
            return Err(Error::NoList { path: self.path, reason });
        }
        Ok(self)
    }

    /// Whether its history says that a file, or what is in a folder, is none of its business.
    pub(in crate::job) fn ignores(&self, relative: &str, is_folder: bool) -> bool {
        self.ignore.as_ref().is_some_and(|ignore| ignore.matches(relative, is_folder))
    }
}

/// A list that cannot be understood, and why.
type Faulty = (PathBuf, Error);

/// Every list in a tree, sorted by path: those that lie where lists do, and what has the ending of one and
/// is understood. Those that cannot be understood come back beside them.
pub(in crate::job) fn in_tree(tree: &Tree) -> (Vec<List>, Vec<Faulty>) {
    let (mut lists, mut faults) = (vec![], vec![]);
    for left in tree.left_out.iter().filter(|left| left.reason == Reason::EarlierList) {
        match List::read(&left.path) {
            Ok(list) => lists.push(list),
            Err(error) => faults.push((left.path.clone(), error)),
        }
    }
    let others = tree.files.iter().filter(|file| may_be_list(file));
    // Such as a sidecar that holds a digest and no name: a file like any other.
    lists.extend(others.filter_map(|file| List::read(&file.path).ok()));
    lists.sort_by(|a: &List, b| a.path.cmp(&b.path));
    (lists, faults)
}

fn may_be_list(file: &Found) -> bool {
    let ending = file.path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ending.to_ascii_lowercase().parse::<Algorithm>().is_ok())
}
