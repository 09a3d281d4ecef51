//! What is taken from a folder and what is left out, each with its reason.
//!
//! Everything that lists, packs or checks a folder walks it here, so that they agree. The table for
//! people is `docs/taken.md`.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::pass::{Item, Source};
use super::state::Subject;
use crate::digest::Algorithm;
use crate::error::{Error, Result};
use crate::format::manifest::{FILE_NAME, HISTORY};
use crate::fs::{self, Kind, Mark, Stamp};

/// Whose rules say what is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// reelpack's own.
    Own,
    /// The same without lists of any format: what lists speak of.
    Content,
    /// Those of the old `npack`: hidden folders are entered, and a name that merely contains that of
    /// the list is left out.
    Npack,
}

/// A regular file that is taken.
#[derive(Clone, Debug)]
pub struct Found {
    /// The root as the caller named it, and the way down.
    pub path: PathBuf,
    /// How it was when it was found; a link is as the file that it leads to.
    pub mark: Mark,
}

impl Found {
    /// The file, to be read.
    pub fn item(&self) -> Item<'_> {
        Item { source: Source::File(&self.path), size: self.mark.stamp.size }
    }

    /// The file, to be looked for in the memory.
    pub fn subject(&self) -> Subject<'_> {
        Subject::file(&self.path, self.mark)
    }

    /// # Errors
    ///
    /// [`Error::Changed`] if the file is not in everything as it was found. Attributes and links count as
    /// well: with them the bytes may have changed and the time been set back.
    pub fn expect_same(&self, now: Mark) -> Result<()> {
        if now == self.mark { Ok(()) } else { Err(self.changed(now.stamp)) }
    }

    /// That it changed.
    pub fn changed(&self, after: Stamp) -> Error {
        Error::Changed { path: self.path.clone(), before: self.mark.stamp, after }
    }
}

/// Why something is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// Its name begins with a dot.
    HiddenFile,
    /// Its name begins with a dot: nothing below is looked at.
    HiddenFolder,
    /// It is called `checksum.txt`; where lists of any format are left out, also `ascmhl`, anything with
    /// the ending `.mhl`, or its folder's name with that of an algorithm.
    EarlierList,
    /// A link that leads nowhere, or in a circle.
    BrokenLink,
    /// A link to a folder, which is not entered.
    LinkToFolder,
    /// A device, socket or pipe.
    NotAFile,
    /// Its name contains `checksum.txt`; left out by the rules of `npack` only.
    ListLookalike,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HiddenFile => "hidden file",
            Self::HiddenFolder => "hidden folder",
            Self::EarlierList => "earlier list",
            Self::BrokenLink => "broken link",
            Self::LinkToFolder => "link to a folder",
            Self::NotAFile => "not a regular file",
            Self::ListLookalike => "name contains checksum.txt",
        })
    }
}

/// Something that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The root as the caller named it, and the way down.
    pub path: PathBuf,
    /// Why.
    pub reason: Reason,
}

/// A folder and all below it.
#[derive(Clone, Debug)]
pub struct Tree {
    /// As the caller named it.
    pub root: PathBuf,
    /// Taken, sorted by path.
    pub files: Vec<Found>,
    /// Left out, sorted by path.
    pub left_out: Vec<LeftOut>,
    /// Every folder entered, the root first, sorted by path.
    pub folders: Vec<PathBuf>,
}

impl Tree {
    /// The way down from the root to `path`.
    pub fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// Bytes of all files taken.
    pub fn size(&self) -> u64 {
        self.files.iter().fold(0, |size, file| size.saturating_add(file.mark.stamp.size))
    }
}

/// Walk `root`, which may itself be a link to a folder. Paths come back under its plainest spelling.
///
/// # Errors
///
/// [`Error::Io`] if a folder cannot be listed or a file's size cannot be asked for: a list without them
/// would be short.
pub fn walk(root: &Path, rules: Rules) -> Result<Tree> {
    // One spelling, without `//` and `/./`: paths are compared by their bytes further on.
    let root = &*root.components().collect::<PathBuf>();
    let mut tree = Tree { root: root.to_owned(), files: vec![], left_out: vec![], folders: vec![] };
    let mut taken = Vec::new();
    let name = fs::canonical(root)?.file_name().unwrap_or_default().to_owned();
    let judge = |entry: &DirEntry| judge(entry, rules, &name);
    let mut entries = WalkDir::new(root).into_iter();
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(|error| walk_error(error, root))?;
        match judge(&entry) {
            Verdict::Enter => tree.folders.push(entry.into_path()),
            Verdict::Take => taken.push(entry.into_path()),
            Verdict::LeaveOut(reason) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                tree.left_out.push(LeftOut { path: entry.into_path(), reason });
            }
        }
    }
    taken.par_sort_unstable_by(|a, b| by_bytes(a, b));
    tree.left_out.sort_by(|a, b| by_bytes(&a.path, &b.path));
    tree.folders.sort_by(|a, b| by_bytes(a, b));
    tree.files = taken.into_par_iter().map(stamped).collect::<Result<_>>()?;
    Ok(tree)
}

/// The order of the bytes of the paths, which for UTF-8 is that of code points.
fn by_bytes(a: &Path, b: &Path) -> std::cmp::Ordering {
    a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes())
}

fn stamped(path: PathBuf) -> Result<Found> {
    let (_, mark) = fs::stat(&path)?;
    Ok(Found { path, mark })
}

fn walk_error(error: walkdir::Error, root: &Path) -> Error {
    let path = error.path().unwrap_or(root).to_owned();
    let source = error.into_io_error().unwrap_or_else(|| std::io::ErrorKind::Other.into());
    Error::Io { path, source }
}

enum Verdict {
    Enter,
    Take,
    LeaveOut(Reason),
}

fn judge(entry: &DirEntry, rules: Rules, root: &OsStr) -> Verdict {
    let kind = entry.file_type();
    // The root is entered whatever it is called; a root that is no folder was refused before.
    if entry.depth() == 0 {
        return Verdict::Enter;
    }
    if kind.is_dir() {
        return match rules {
            Rules::Own | Rules::Content if is_hidden(entry.file_name()) => {
                Verdict::LeaveOut(Reason::HiddenFolder)
            }
            Rules::Content if entry.file_name() == HISTORY => {
                Verdict::LeaveOut(Reason::EarlierList)
            }
            Rules::Own | Rules::Content | Rules::Npack => Verdict::Enter,
        };
    }
    if kind.is_symlink() {
        return judge_link(entry, rules, root);
    }
    if !kind.is_file() {
        return Verdict::LeaveOut(Reason::NotAFile);
    }
    judge_name(entry, rules, root)
}

fn judge_link(entry: &DirEntry, rules: Rules, root: &OsStr) -> Verdict {
    match fs::stat(entry.path()) {
        Ok((Kind::File, _)) => judge_name(entry, rules, root),
        Ok((Kind::Folder, _)) => Verdict::LeaveOut(Reason::LinkToFolder),
        Ok((Kind::Other, _)) => Verdict::LeaveOut(Reason::NotAFile),
        Err(error) if fs::leads_nowhere(&error) => Verdict::LeaveOut(Reason::BrokenLink),
        // Not broken but refused: taken, so that asking again is the error it should be.
        Err(_) => Verdict::Take,
    }
}

fn judge_name(entry: &DirEntry, rules: Rules, root: &OsStr) -> Verdict {
    let name = entry.file_name();
    if is_hidden(name) {
        Verdict::LeaveOut(Reason::HiddenFile)
    } else if name == FILE_NAME {
        Verdict::LeaveOut(Reason::EarlierList)
    } else if rules == Rules::Npack && contains(name, FILE_NAME) {
        Verdict::LeaveOut(Reason::ListLookalike)
    } else if rules == Rules::Content && is_list(entry, root) {
        Verdict::LeaveOut(Reason::EarlierList)
    } else {
        Verdict::Take
    }
}

/// Whether a file has the name under which a list of another format lies; `root` is the name of the folder
/// that is walked.
fn is_list(entry: &DirEntry, root: &OsStr) -> bool {
    let Some((stem, ending)) = entry.file_name().to_str().and_then(|name| name.rsplit_once('.'))
    else {
        return false;
    };
    if ending.eq_ignore_ascii_case("mhl") {
        return true;
    }
    let folder = if entry.depth() == 1 {
        root
    } else {
        entry.path().parent().and_then(Path::file_name).unwrap_or_default()
    };
    folder == stem && ending.parse::<Algorithm>().is_ok()
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
}

fn contains(name: &OsStr, part: &str) -> bool {
    name.as_encoded_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

/// The name of `path` in `folder`, if that is where it lies. Taking a path apart has its price, and most
/// files lie where the one before lay.
pub(crate) fn name_in<'a>(folder: &Path, path: &'a Path) -> Option<&'a [u8]> {
    const SEPARATOR: &[u8] = std::path::MAIN_SEPARATOR_STR.as_bytes();
    let rest = path.as_os_str().as_encoded_bytes();
    let name = rest.strip_prefix(folder.as_os_str().as_encoded_bytes())?.strip_prefix(SEPARATOR)?;
    (!name.is_empty() && !name.contains(&SEPARATOR[0])).then_some(name)
}

/// A relative path as lists and packages write it, with `/` between its parts; `None` if it is not UTF-8.
pub(crate) fn slashed(relative: &Path) -> Option<String> {
    let parts: Option<Vec<_>> = relative.iter().map(OsStr::to_str).collect();
    parts.map(|parts| parts.join("/"))
}
