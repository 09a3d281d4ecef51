//! Bringing lists up to date: which of their lines still stand, and where the new ones differ.
//!
//! A line stands if the memory knows the file, exactly as it is now, with the digest of the line. Comparing
//! times with that of the list is not enough: a frame that was replaced while the list was made, after its
//! own turn, is older than the list and not what it says.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::checksum::{Layout, Plan};
use crate::digest::Digest;
use crate::engine::recall::Answer;
use crate::engine::walk::{Reason, Tree};
use crate::error::Result;
use crate::format::manifest::{Entry, FILE_NAME};
use crate::fs;

/// How a line differs from the one that was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// There was none.
    New,
    /// It has another size or digest.
    Changed,
    /// There is none any more.
    Gone,
}

/// One file whose line differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Relative to the source.
    pub path: PathBuf,
    /// How.
    pub kind: Kind,
}

/// The lines that were there.
pub(super) struct Old {
    /// That of each file, if it had one.
    lines: Vec<Option<(u64, Digest)>>,
    /// Each file's path from the source on.
    paths: Vec<PathBuf>,
    /// Paths of lines without a file.
    gone: Vec<PathBuf>,
}

impl Old {
    /// Read the lists where the plan puts new ones.
    pub(super) fn read(tree: &Tree, plan: &Plan, layout: Layout) -> Result<Self> {
        let path = |path: &Path| tree.relative(path).to_owned();
        let paths = tree.files.iter().map(|file| path(&file.path)).collect();
        let mut old = Self { lines: vec![None; tree.files.len()], paths, gone: vec![] };
        for (folder, files) in &plan.folders {
            let list = folder.join(FILE_NAME);
            let entries = if fs::exists(&list) { super::read_list(&list)? } else { vec![] };
            let mut lines: HashMap<String, (u64, Digest)> =
                entries.into_iter().filter_map(line).collect();
            for &file in files {
                old.lines[file] = lines.remove(&plan.names[file]);
            }
            old.gone.extend(lines.into_keys().map(|name| path(&folder.join(name))));
        }
        if layout == Layout::Folder {
            old.add_deserted(tree, plan)?;
        }
        Ok(old)
    }

    /// The lists of folders that have no file left: they stay as they are, and their lines are all gone.
    fn add_deserted(&mut self, tree: &Tree, plan: &Plan) -> Result<()> {
        let lists = tree.left_out.iter().filter(|left| left.reason == Reason::EarlierList);
        for list in lists {
            let folder = list.path.parent().unwrap_or(&tree.root);
            if plan.folders.contains_key(folder) {
                continue;
            }
            for entry in super::read_list(&list.path)? {
                self.gone.push(tree.relative(folder).join(entry.name));
            }
        }
        Ok(())
    }

    /// Whether the line of file `n` has this digest.
    pub(super) fn says(&self, n: usize, digest: Digest) -> bool {
        self.lines[n].is_some_and(|(_, listed)| listed == digest)
    }

    /// Where the new lines differ, by path.
    pub(super) fn changes(self, answers: &[Answer]) -> Vec<Change> {
        let kind = |line: Option<(u64, Digest)>, now: &Answer| match line {
            None => Some(Kind::New),
            Some((size, digest)) if size != now.size || !now.digests.contains(&digest) => {
                Some(Kind::Changed)
            }
            Some(_) => None,
        };
        let gone = self.gone.into_iter().map(|path| Change { path, kind: Kind::Gone });
        let here = self
            .lines
            .into_iter()
            .zip(answers)
            .zip(self.paths)
            .filter_map(|((line, now), path)| Some(Change { path, kind: kind(line, now)? }));
        let mut changes: Vec<_> = here.chain(gone).collect();
        changes.sort();
        changes
    }
}

/// The line of an entry: a `checksum.txt` has a size and one digest in each.
fn line(entry: Entry) -> Option<(String, (u64, Digest))> {
    Some((entry.name, (entry.size?, *entry.digests.first()?)))
}
