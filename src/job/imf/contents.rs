//! What the files of the packing lists hold: their digests, from one read of each.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::package::Package;
use crate::digest::{Algorithm, Digest};
use crate::engine::pass::{Digests, Item, Observer as _, OnError, Source, best_in_lanes, in_order};
use crate::engine::{Tally, Work};
use crate::error::{Error, Result};
use crate::format::imf::Content;
use crate::format::imf::model::{PackedAsset, PackingList};

/// Digests of files by their paths, or why there are none.
#[derive(Default)]
pub(super) struct Contents {
    digests: HashMap<PathBuf, Result<Vec<Digest>, String>>,
    /// What was read.
    pub(super) tally: Tally,
}

impl Contents {
    /// Read each file once whose size is that of a packing list, which may have another digest only then.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`]; a file that cannot be read is kept as such.
    pub(super) fn read(package: &Package, work: &Work<'_>) -> Result<Self> {
        let wanted = wanted(package);
        let mut contents = Self::default();
        for (file, digests) in wanted.iter().zip(digests(&wanted, work)?) {
            if digests.is_ok() {
                contents.tally.add(file.size, false);
            }
            let digests = digests.map_err(|error| without_path(error, &file.path));
            contents.digests.insert(file.path.clone(), digests);
        }
        Ok(contents)
    }

    /// What was computed of a file; `None` if it was not read.
    pub(super) fn of(&self, path: &Path) -> Option<&Result<Vec<Digest>, String>> {
        self.digests.get(path)
    }
}

/// A file that is to be read.
pub(super) struct Wanted {
    pub(super) path: PathBuf,
    pub(super) size: u64,
    pub(super) algorithms: Vec<Algorithm>,
}

/// The digests of these files, in their order; the one read of each.
pub(super) fn digests(wanted: &[Wanted], work: &Work<'_>) -> Result<Vec<Result<Vec<Digest>>>> {
    let items: Vec<_> = wanted
        .iter()
        .map(|file| Item { source: Source::File(&file.path), size: file.size })
        .collect();
    let own = |n: usize| best_in_lanes(&wanted[n].algorithms);
    let observe = |n: usize| Digests::beside(own(n), &wanted[n].algorithms, ());
    let seen = work.pass_as(own, &items, OnError::GoOn, observe)?;
    let digests = wanted.iter().zip(seen).map(|(file, seen)| {
        seen.map(|seen| in_order(&file.algorithms, seen.digest, seen.observer.digests()))
    });
    Ok(digests.collect())
}

/// The packing lists that were asked for.
pub(super) fn packing_lists(package: &Package) -> impl Iterator<Item = &PackingList> {
    package.judged().filter_map(|loaded| match &loaded.document.content {
        Content::PackingList(list) => Some(list),
        _ => None,
    })
}

fn wanted(package: &Package) -> Vec<Wanted> {
    let mut files: HashMap<PathBuf, (u64, BTreeSet<Algorithm>)> = HashMap::new();
    for asset in packing_lists(package).flat_map(|list| &list.assets) {
        let (Some((path, size)), Some(algorithm)) = (sound(package, asset), asset.algorithm) else {
            continue;
        };
        files.entry(path).or_insert_with(|| (size, BTreeSet::new())).1.insert(algorithm);
    }
    let mut files: Vec<_> = files
        .into_iter()
        .map(|(path, (size, algorithms))| Wanted {
            path,
            size,
            algorithms: algorithms.into_iter().collect(),
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The file of an asset, if it has the size that is listed.
fn sound(package: &Package, asset: &PackedAsset) -> Option<(PathBuf, u64)> {
    asset.digest?;
    let file = package.folder().listed(asset.id?)?.place.file()?;
    (asset.size.is_none_or(|size| size == file.size)).then(|| (file.path.clone(), file.size))
}

/// An error about this file in words that do not name it again.
fn without_path(error: Error, path: &Path) -> String {
    match error {
        Error::Io { source, .. } => source.to_string(),
        other => {
            let text = other.to_string();
            let bare = text.strip_prefix(&format!("{}: ", path.display())).map(str::to_owned);
            bare.unwrap_or(text)
        }
    }
}
