//! The two digests of a folder, made from the digests of what is in it.
//!
//! Source: how the reference tool computes them (`ascmhl` 1.2 on pypi.org). The content digest is taken over the
//! content digests of the folder's children, as bytes, sorted, without anything between them; the
//! structure digest over one digest for each child: that of its name in UTF-8 followed by the digest of
//! its content, for a file, or of its structure, for a folder. Equal digests count each time. An empty
//! folder has the digests of no bytes. Names change the structure alone, and places within a folder
//! neither, so that a content digest stays when files are renamed.

use std::collections::BTreeMap;

use crate::digest::{Algorithm, Digest, Hasher};

/// The digests of a folder, of one algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FolderDigests {
    /// Over the contents of its files, at any depth.
    pub content: Digest,
    /// Over their names, those of its folders, and the contents.
    pub structure: Digest,
}

/// The digests of every folder, by its path; the outermost one has the path "".
///
/// `files` are all files below with their digests, all of `algorithm`; `folders` all folders below, of
/// which only the empty ones matter: others follow from the files. Paths are relative, with `/` between
/// their parts. What is ignored is not to be among them. Cost: two digests in memory for each file.
pub fn folder_digests<'a>(
    files: impl IntoIterator<Item = (&'a str, Digest)>,
    folders: impl IntoIterator<Item = &'a str>,
    algorithm: Algorithm,
) -> BTreeMap<&'a str, FolderDigests> {
    let mut children: BTreeMap<&str, Children> = BTreeMap::from([("", Children::default())]);
    for folder in folders {
        insert(&mut children, folder);
    }
    for (path, digest) in files {
        let (folder, name) = split(path);
        insert(&mut children, folder).add(name, digest, digest);
    }
    // A folder sorts before all that is in it, so that from the end each comes when it is complete.
    let mut digests = BTreeMap::new();
    while let Some((path, done)) = children.pop_last() {
        let of_folder = done.finish(algorithm);
        let (parent, name) = split(path);
        if let Some(parent) = children.get_mut(parent) {
            parent.add(name, of_folder.content, of_folder.structure);
        }
        digests.insert(path, of_folder);
    }
    digests
}

/// A folder, which is put there with all that it is in if it is not there yet.
fn insert<'a, 'b>(
    children: &'b mut BTreeMap<&'a str, Children>,
    folder: &'a str,
) -> &'b mut Children {
    let mut above = folder;
    while !above.is_empty() && !children.contains_key(above) {
        children.insert(above, Children::default());
        (above, _) = split(above);
    }
    children.entry(folder).or_default()
}

/// The folder that something is in, and its name there.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// What is in a folder.
#[derive(Default)]
struct Children {
    contents: Vec<Digest>,
    structures: Vec<Digest>,
}

impl Children {
    /// `inner` is what is taken together with the name.
    fn add(&mut self, name: &str, content: Digest, inner: Digest) {
        let mut hasher = Hasher::new(inner.algorithm());
        hasher.update(name.as_bytes());
        hasher.update(inner.bytes());
        self.contents.push(content);
        self.structures.push(hasher.finish());
    }

    fn finish(self, algorithm: Algorithm) -> FolderDigests {
        let [content, structure] = [self.contents, self.structures].map(|mut digests| {
            // The reference tool sorts their texts. Hex and C4 both sort like the bytes they stand for.
            digests.sort_unstable_by(|left, right| left.bytes().cmp(right.bytes()));
            let mut hasher = Hasher::new(algorithm);
            for digest in digests {
                hasher.update(digest.bytes());
            }
            hasher.finish()
        });
        FolderDigests { content, structure }
    }
}
