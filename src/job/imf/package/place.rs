//! Where the path of an asset map leads.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;

use crate::engine::walk::{self, Tree};
use crate::error::Error;
use crate::format::path::is_inside_anywhere;
use crate::fs::{self, Kind};

/// A regular file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::job::imf) struct File {
    /// Relative to its package, with `/`.
    pub(in crate::job::imf) name: String,
    /// Its package as the caller named it, and the way down.
    pub(in crate::job::imf) path: PathBuf,
    /// Bytes.
    pub(in crate::job::imf) size: u64,
}

/// Where a path leads. What is not [`Place::File`] or [`Place::OtherName`] is never opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::job::imf) enum Place {
    /// To a file.
    File(File),
    /// To nothing, but for a file whose name differs in case, or in how an accent is composed.
    OtherName(File),
    /// To nothing.
    Missing,
    /// To a folder, a device, a socket or a pipe.
    NotAFile,
    /// Through this link, or to it.
    Link(String),
    /// From the top of a disk or to another machine.
    Absolute,
    /// Out of the package, or it has an empty part.
    Outside,
    /// Nobody knows: looking was refused.
    Refused(String),
    /// There is no path, or more than one.
    NoPath,
}

impl Place {
    /// The file, under its own name or nearly.
    pub(in crate::job::imf) fn file(&self) -> Option<&File> {
        match self {
            Self::File(file) | Self::OtherName(file) => Some(file),
            Self::Missing
            | Self::NotAFile
            | Self::Link(_)
            | Self::Absolute
            | Self::Outside
            | Self::Refused(_)
            | Self::NoPath => None,
        }
    }
}

/// The files of a folder by their names.
pub(super) struct Names {
    exact: HashMap<String, usize>,
    folded: HashMap<String, usize>,
}

impl Names {
    /// Those of everything that the walk has taken.
    pub(super) fn new(tree: &Tree) -> Self {
        let (mut exact, mut folded) = (HashMap::new(), HashMap::new());
        for (n, file) in tree.files.iter().enumerate() {
            let Some(name) = walk::slashed(tree.relative(&file.path)) else { continue };
            folded.entry(fold(&name)).or_insert(n);
            exact.insert(name, n);
        }
        Self { exact, folded }
    }

    /// Where `path`, as a document has it, leads in this folder.
    pub(super) fn place(&self, tree: &Tree, path: &str) -> Place {
        if is_absolute(path) {
            return Place::Absolute;
        }
        if !is_inside_anywhere(path) {
            return Place::Outside;
        }
        if let Some(link) = link_on(&tree.root, path) {
            return Place::Link(link);
        }
        if let Some(file) = self.exact.get(path).and_then(|&n| file(tree, n)) {
            return Place::File(file);
        }
        match self.folded.get(&fold(path)).and_then(|&n| file(tree, n)) {
            Some(near) if link_on(&tree.root, &near.name).is_none() => Place::OtherName(near),
            _ => ask(&tree.root, path),
        }
    }
}

/// What the walk left out may be meant all the same, such as a hidden file.
fn ask(root: &Path, path: &str) -> Place {
    let full = root.join(path);
    match fs::stat(&full) {
        Ok((Kind::File, mark)) => {
            Place::File(File { name: path.to_owned(), path: full, size: mark.stamp.size })
        }
        Ok((Kind::Folder | Kind::Other, _)) => Place::NotAFile,
        Err(error) if fs::leads_nowhere(&error) => Place::Missing,
        Err(Error::Io { source, .. }) => Place::Refused(source.to_string()),
        Err(other) => Place::Refused(other.to_string()),
    }
}

fn file(tree: &Tree, n: usize) -> Option<File> {
    let found = &tree.files[n];
    let name = walk::slashed(tree.relative(&found.path))?;
    Some(File { name, path: found.path.clone(), size: found.mark.stamp.size })
}

/// A path from the top of a disk, of a share, or a URI with its scheme.
pub(in crate::job::imf) fn is_absolute(path: &str) -> bool {
    let scheme = path.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    path.starts_with(['/', '\\']) || scheme.is_some_and(is_scheme)
}

/// The first part of the way to `path` that is a link: it could lead anywhere.
pub(in crate::job::imf) fn link_on(root: &Path, path: &str) -> Option<String> {
    let mut way = PathBuf::new();
    let link = Path::new(path).iter().find(|part: &&OsStr| {
        way.push(part);
        fs::is_link(&root.join(&way))
    });
    link.and_then(|_| walk::slashed(&way))
}

/// The same for all names that differ in case, or in how accents are composed (Unicode 16.0, 3.13, D145).
fn fold(name: &str) -> String {
    name.chars().nfd().default_case_fold().nfd().collect()
}
