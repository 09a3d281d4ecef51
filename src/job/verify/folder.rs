//! A folder against the lists in it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::report::{Report, Shown, Status, Value};
use crate::engine::Work;
use crate::engine::pass::OnError;
use crate::engine::recall::{Answer, Files};
use crate::engine::state::State;
use crate::engine::walk::{self, Reason, Rules, Tree};
use crate::error::{Error, Result};
use crate::format::manifest::Entry;
use crate::format::path::is_inside;
use crate::fs::{self, Kind, Mark};
use crate::job::read_list;

/// Judge `root` by every list in and below it.
pub(super) fn verify_folder(root: &Path, state: &State, work: &Work<'_>) -> Result<Report> {
    let tree = walk::walk(root, Rules::Own)?;
    let lists: Vec<_> = tree
        .left_out
        .iter()
        .filter(|left| left.reason == Reason::EarlierList)
        .map(|left| List::read(&left.path))
        .collect::<Result<_>>()?;
    if lists.is_empty() {
        let reason = "no checksum.txt in it or below; hint: make one with `reelpack checksum`";
        return Err(Error::NoList { path: root.to_owned(), reason });
    }
    judge(&tree, &lists, Scope::Everything, state, work)
}

/// Judge the folder that a list lies in by this list alone.
pub(super) fn verify_list(path: &Path, state: &State, work: &Work<'_>) -> Result<Report> {
    let list = List::read(path)?;
    let tree = walk::walk(&list.folder, Rules::Own)?;
    judge(&tree, &[list], Scope::OneList, state, work)
}

/// Whether all files below are to be in a list, or only those where the one list's own are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Everything,
    OneList,
}

struct List {
    path: PathBuf,
    folder: PathBuf,
    entries: Vec<Entry>,
}

impl List {
    fn read(path: &Path) -> Result<Self> {
        let entries = read_list(path)?;
        if entries.is_empty() {
            let reason = "the list is empty: nothing to judge by";
            return Err(Error::NoList { path: path.to_owned(), reason });
        }
        // The spelling that the walk gives its paths.
        let path: PathBuf = path.components().collect();
        let folder = fs::folder_of(&path).to_owned();
        Ok(Self { path, folder, entries })
    }
}

fn judge(
    tree: &Tree,
    lists: &[List],
    scope: Scope,
    state: &State,
    work: &Work<'_>,
) -> Result<Report> {
    let mut matched = Matched::new(tree);
    for list in lists {
        matched.add(list)?;
    }
    matched.read(state, work)?;
    matched.report_extras(lists, scope);
    Ok(matched.report.sorted())
}

/// A file that some list names.
struct Target<'a> {
    path: Cow<'a, Path>,
    mark: Mark,
    expected: Vec<&'a Entry>,
}

impl Target<'_> {
    fn size(&self) -> u64 {
        self.mark.stamp.size
    }
}

/// Where a file that a list names is.
enum Place {
    /// Taken by the walk, by number.
    Taken(usize),
    /// There, but left out by the walk.
    Elsewhere(PathBuf, Mark),
}

/// The lines of all lists, matched with the files that are there.
struct Matched<'a> {
    tree: &'a Tree,
    /// Numbers of the files taken, by path. As bytes: a `Path` is hashed part by part, at many times the
    /// price.
    numbers: HashMap<&'a OsStr, usize>,
    targets: Vec<Target<'a>>,
    /// Number in `targets` of each file taken that a list names.
    taken: Vec<Option<usize>>,
    /// Number in `targets` of the others.
    elsewhere: HashMap<PathBuf, usize>,
    /// Where base names are, for lists that hold nothing else; made when first needed.
    places: Option<HashMap<OsString, Vec<PathBuf>>>,
    /// Files that several lines may mean: not extra, and not checked.
    ambiguous: HashSet<PathBuf>,
    report: Report,
}

impl<'a> Matched<'a> {
    fn new(tree: &'a Tree) -> Self {
        let files = tree.files.iter().enumerate();
        Self {
            tree,
            numbers: files.map(|(n, file)| (file.path.as_os_str(), n)).collect(),
            targets: Vec::with_capacity(tree.files.len()),
            taken: vec![None; tree.files.len()],
            elsewhere: HashMap::new(),
            places: None,
            ambiguous: HashSet::new(),
            report: Report::default(),
        }
    }

    fn shown(&self, path: &Path) -> Shown {
        Shown::from(self.tree.relative(path).as_os_str())
    }

    fn add(&mut self, list: &'a List) -> Result<()> {
        self.report.lists.push(self.shown(&list.path).text);
        let mut names: HashSet<&str> = HashSet::with_capacity(list.entries.len());
        for entry in &list.entries {
            let first = names.insert(&entry.name);
            if !first {
                let path = self.shown(&list.folder.join(&entry.name));
                self.report.add(path, Status::Duplicate, digest(entry), Value::Nothing);
            }
            self.match_entry(list, entry, first)?;
        }
        Ok(())
    }

    fn match_entry(&mut self, list: &List, entry: &'a Entry, first: bool) -> Result<()> {
        if !is_inside(&entry.name) {
            let path = Shown::new(entry.name.as_bytes());
            self.report.add(path, Status::Unsafe, digest(entry), Value::Nothing);
            return Ok(());
        }
        let path = list.folder.join(&entry.name);
        if !self.numbers.contains_key(path.as_os_str()) && crosses_link(&list.folder, &entry.name) {
            self.report.add(self.shown(&path), Status::Unsafe, digest(entry), Value::Nothing);
            return Ok(());
        }
        match self.find(&path) {
            Ok(Some(place)) => self.expect(place, entry),
            Ok(None) => self.match_base_name(list, &path, entry, first)?,
            Err(error) => {
                let found = Value::Text(error.to_string());
                self.report.add(self.shown(&path), Status::Unreadable, digest(entry), found);
            }
        }
        Ok(())
    }

    /// Where the file at `path` is; `None` if there is no regular file.
    fn find(&self, path: &Path) -> Result<Option<Place>> {
        if let Some(n) = self.numbers.get(path.as_os_str()) {
            return Ok(Some(Place::Taken(*n)));
        }
        match fs::stat(path) {
            Ok((Kind::File, mark)) => Ok(Some(Place::Elsewhere(path.to_owned(), mark))),
            Ok(_) => Ok(None),
            Err(error) if fs::leads_nowhere(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A list of the old tool has base names only, wherever below it the files are.
    fn match_base_name(
        &mut self,
        list: &List,
        path: &Path,
        entry: &'a Entry,
        first: bool,
    ) -> Result<()> {
        let mut candidates =
            if entry.name.contains('/') { vec![] } else { self.below(&list.folder, &entry.name)? };
        match (candidates.pop(), candidates.is_empty()) {
            (None, _) if first => {
                self.report.add(self.shown(path), Status::Missing, digest(entry), Value::Nothing);
            }
            (None, _) => {}
            (Some(path), true) => {
                if let Some(place) = self.find(&path)? {
                    self.expect(place, entry);
                }
            }
            (Some(another), false) => {
                if first {
                    let found = Value::Text(format!("{} files of that name", candidates.len() + 1));
                    self.report.add(self.shown(path), Status::Duplicate, digest(entry), found);
                }
                self.ambiguous.extend(candidates);
                self.ambiguous.insert(another);
            }
        }
        Ok(())
    }

    /// Files below `folder` with this base name, in hidden folders too: the old tool lists those.
    fn below(&mut self, folder: &Path, name: &str) -> Result<Vec<PathBuf>> {
        if self.places.is_none() {
            let mut places: HashMap<_, Vec<_>> = HashMap::new();
            let wide = walk::walk(&self.tree.root, Rules::Npack)?.files.into_iter();
            let hidden = wide.filter(|file| !self.numbers.contains_key(file.path.as_os_str()));
            for file in self.tree.files.iter().cloned().chain(hidden) {
                let name = file.path.file_name().unwrap_or_default().to_owned();
                places.entry(name).or_default().push(file.path);
            }
            self.places = Some(places);
        }
        let all = self.places.as_ref().and_then(|places| places.get(OsStr::new(name)));
        let inside = all.into_iter().flatten().filter(|path| path.starts_with(folder));
        Ok(inside.cloned().collect())
    }

    fn expect(&mut self, place: Place, entry: &'a Entry) {
        let next = self.targets.len();
        let (slot, path, mark) = match place {
            Place::Taken(n) => {
                let file = &self.tree.files[n];
                (self.taken[n].get_or_insert(next), Cow::Borrowed(&*file.path), file.mark)
            }
            Place::Elsewhere(path, mark) => {
                (self.elsewhere.entry(path.clone()).or_insert(next), Cow::Owned(path), mark)
            }
        };
        match self.targets.get_mut(*slot) {
            Some(target) => target.expected.push(entry),
            None => self.targets.push(Target { path, mark, expected: vec![entry] }),
        }
    }

    /// Read each target whose size is right by some list, and compare.
    fn read(&mut self, state: &State, work: &Work<'_>) -> Result<()> {
        let targets = std::mem::take(&mut self.targets);
        for target in &targets {
            if target.expected.iter().all(|entry| entry.size != target.size()) {
                self.report.checked += 1;
            }
            for entry in target.expected.iter().filter(|entry| entry.size != target.size()) {
                let (expected, found) = (Value::Size(entry.size), Value::Size(target.size()));
                self.report.add(self.shown(&target.path), Status::Size, expected, found);
            }
        }
        let right =
            |target: &&Target<'_>| target.expected.iter().any(|entry| entry.size == target.size());
        let targets: Vec<_> = targets.iter().filter(right).collect();
        let mut files = Files::new(targets.iter().map(|target| (&*target.path, target.mark)));
        files.recall(state);
        let seen = files.digests(state, work, OnError::GoOn)?;
        for (target, seen) in targets.iter().zip(seen) {
            self.compare(target, seen);
        }
        Ok(())
    }

    fn compare(&mut self, target: &Target<'_>, seen: Result<Answer>) {
        let right = target.expected.iter().filter(|entry| entry.size == target.size());
        match seen {
            Ok(seen) => {
                self.report.checked += 1;
                self.report.tally.add(seen.size, seen.trusted);
                for entry in right.filter(|entry| entry.digest != seen.digest) {
                    let found = Value::Digest(seen.digest.to_string());
                    let path = self.shown(&target.path);
                    self.report.add(path, Status::Mismatch, digest(entry), found);
                }
            }
            Err(error) => {
                let found = Value::Text(error.to_string());
                let expected =
                    target.expected.first().map_or(Value::Nothing, |entry| digest(entry));
                self.report.add(self.shown(&target.path), Status::Unreadable, expected, found);
            }
        }
    }

    /// What no list names, and what the walk left out.
    fn report_extras(&mut self, lists: &[List], scope: Scope) {
        let lists: HashSet<&OsStr> = lists.iter().map(|list| list.path.as_os_str()).collect();
        let deep = scope == Scope::Everything || self.names_below();
        for path in &self.ambiguous {
            let reason = "its name stands for several files";
            self.report.skip(Shown::from(self.tree.relative(path).as_os_str()), reason);
        }
        for (file, target) in self.tree.files.iter().zip(&self.taken) {
            let listed = target.is_some() || self.ambiguous.contains(&file.path);
            let here = deep || file.path.parent() == Some(&self.tree.root);
            if !listed && here && !lists.contains(file.path.as_os_str()) {
                let (path, found) = (self.shown(&file.path), Value::Size(file.mark.stamp.size));
                self.report.add(path, Status::Extra, Value::Nothing, found);
            }
        }
        self.report_left_out(&lists);
        if !deep {
            for folder in self.tree.folders.iter().filter(|folder| **folder != self.tree.root) {
                let reason = "a folder below, in which the list names nothing";
                self.report.skip(self.shown(folder), reason);
            }
        }
    }

    /// Whether a list names a file in a folder below the root.
    fn names_below(&self) -> bool {
        let taken = self.tree.files.iter().zip(&self.taken).filter(|(_, target)| target.is_some());
        taken
            .map(|(file, _)| &file.path)
            .chain(self.elsewhere.keys())
            .any(|path| path.parent() != Some(&self.tree.root))
    }

    fn report_left_out(&mut self, lists: &HashSet<&OsStr>) {
        for left in &self.tree.left_out {
            let used = lists.contains(left.path.as_os_str());
            if !used && !self.elsewhere.contains_key(&left.path) {
                self.report.skip(self.shown(&left.path), left.reason.to_string());
            }
        }
    }
}

fn digest(entry: &Entry) -> Value {
    Value::Digest(entry.digest.to_string())
}

/// Whether a folder on the way to `name` is a link: it may lead out, and the walk enters none.
fn crosses_link(folder: &Path, name: &str) -> bool {
    let mut path = folder.to_owned();
    let mut parts: Vec<_> = name.split('/').collect();
    parts.pop();
    parts.into_iter().any(|part| {
        path.push(part);
        fs::is_link(&path)
    })
}
