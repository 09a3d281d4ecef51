//! The lines of all lists, matched with the files that are there, and the verdict once those were read.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::lists::List;
use super::report::{Report, Shown, Status, Value};
use crate::digest::{Algorithm, Digest};
use crate::engine::Tally;
use crate::engine::recall::Answer;
use crate::engine::walk::{self, Rules, Tree};
use crate::error::{Error, Result};
use crate::format::manifest::Entry;
use crate::format::manifest::ascmhl::Ignore;
use crate::format::path::is_inside;
use crate::fs::{self, Kind, Mark};

/// Whether all files below are to be in a list, or only those where the one list's own are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::job) enum Scope {
    Everything,
    OneList,
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

    fn fits(&self, entry: &Entry) -> bool {
        entry.size.is_none_or(|size| size == self.size())
    }
}

/// A file to be read: one that a list names, or one that none does and that may have been renamed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::job) enum Wanted {
    Target(usize),
    Extra(usize),
}

/// The same with its place.
pub(in crate::job) struct File<'a> {
    pub(in crate::job) wanted: Wanted,
    pub(in crate::job) path: &'a Path,
    pub(in crate::job) mark: Mark,
}

/// Where a file that a list names is.
enum Place {
    /// Taken by the walk, by number.
    Taken(usize),
    /// There, but left out by the walk.
    Elsewhere(PathBuf, Mark),
}

/// A line without a file.
struct Missing<'a> {
    path: Shown,
    entry: &'a Entry,
}

/// See the module.
pub(in crate::job) struct Matched<'a> {
    tree: &'a Tree,
    lists: &'a [List],
    scope: Scope,
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
    missing: Vec<Missing<'a>>,
    /// Files taken that no list names and that one should, by number.
    extras: Vec<usize>,
    report: Report,
}

impl<'a> Matched<'a> {
    pub(in crate::job) fn new(tree: &'a Tree, lists: &'a [List], scope: Scope) -> Result<Self> {
        let files = tree.files.iter().enumerate();
        let mut matched = Self {
            tree,
            lists,
            scope,
            numbers: files.map(|(n, file)| (file.path.as_os_str(), n)).collect(),
            targets: Vec::with_capacity(tree.files.len()),
            taken: vec![None; tree.files.len()],
            elsewhere: HashMap::new(),
            places: None,
            ambiguous: HashSet::new(),
            missing: vec![],
            extras: vec![],
            report: Report::default(),
        };
        lists.iter().try_for_each(|list| matched.add(list))?;
        matched.find_extras();
        Ok(matched)
    }

    /// The algorithms of all lists.
    pub(in crate::job) fn algorithms(&self) -> Vec<Algorithm> {
        let entries = self.lists.iter().flat_map(|list| &list.entries);
        let all: HashSet<_> =
            entries.flat_map(|entry| &entry.digests).map(Digest::algorithm).collect();
        Algorithm::ALL.into_iter().filter(|algorithm| all.contains(algorithm)).collect()
    }

    /// What has to be read: targets whose size is right by some list, and files that may be missing ones
    /// under another name.
    pub(in crate::job) fn wanted(&self) -> Vec<File<'_>> {
        let targets = (0..self.targets.len()).filter(|&n| self.is_right(n)).map(|n| File {
            wanted: Wanted::Target(n),
            path: &self.targets[n].path,
            mark: self.targets[n].mark,
        });
        let sizes: HashSet<_> = self.missing.iter().map(|missing| missing.entry.size).collect();
        let may_be = |size: u64| sizes.contains(&Some(size)) || sizes.contains(&None);
        let extras = self.extras.iter().map(|&n| {
            let file = &self.tree.files[n];
            File { wanted: Wanted::Extra(n), path: &file.path, mark: file.mark }
        });
        targets.chain(extras.filter(|file| may_be(file.mark.stamp.size))).collect()
    }

    fn shown(&self, path: &Path) -> Shown {
        Shown::from(self.tree.relative(path).as_os_str())
    }

    fn add(&mut self, list: &'a List) -> Result<()> {
        self.report.lists.push(self.shown(&list.path).text);
        self.add_history(list);
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

    /// What is wrong with a history itself.
    fn add_history(&mut self, list: &'a List) {
        for (path, expected, found) in &list.broken {
            let path = self.shown(path);
            self.report.add(path, Status::Corrupt, hex(*expected), hex(*found));
        }
        for contradiction in &list.contradictions {
            let path = self.shown(&list.folder.join(&contradiction.path));
            let (expected, found) = (hex(contradiction.known), hex(contradiction.found));
            self.report.add(path, Status::Contradiction, expected, found);
        }
        for pattern in list.ignore.iter().flat_map(Ignore::not_understood) {
            let reason = format!("a pattern of its history that is not known here: `{pattern}`");
            self.report.skip(self.shown(&list.path), reason);
        }
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
        let may_be_below = list.has_base_names && !entry.name.contains('/');
        let mut candidates =
            if may_be_below { self.below(&list.folder, &entry.name)? } else { vec![] };
        match (candidates.pop(), candidates.is_empty()) {
            (None, _) if first => self.missing.push(Missing { path: self.shown(path), entry }),
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

    fn find_extras(&mut self) {
        let lists: HashSet<&OsStr> = self.lists.iter().map(|list| list.path.as_os_str()).collect();
        let deep = self.is_deep();
        let histories: Vec<_> = self.lists.iter().filter(|list| list.ignore.is_some()).collect();
        let files = self.tree.files.iter().zip(&self.taken).enumerate();
        let is_extra = |(n, (file, target)): (usize, (&walk::Found, &Option<usize>))| {
            let listed = target.is_some() || self.ambiguous.contains(&file.path);
            let here = deep || file.path.parent() == Some(&self.tree.root);
            (!listed && here && !lists.contains(file.path.as_os_str())).then_some(n)
        };
        let extras: Vec<usize> = files.filter_map(is_extra).collect();
        let (ignored, extras): (Vec<_>, _) =
            extras.into_iter().partition(|&n| is_ignored(&histories, &self.tree.files[n].path));
        self.extras = extras;
        for n in ignored {
            let path = self.shown(&self.tree.files[n].path);
            self.report.skip(path, "left out by the patterns of its history");
        }
    }

    fn is_deep(&self) -> bool {
        self.scope == Scope::Everything || self.names_below()
    }

    /// Whether a list names a file in a folder below the root.
    fn names_below(&self) -> bool {
        let taken = self.tree.files.iter().zip(&self.taken).filter(|(_, target)| target.is_some());
        taken
            .map(|(file, _)| &file.path)
            .chain(self.elsewhere.keys())
            .any(|path| path.parent() != Some(&self.tree.root))
    }

    /// Whether some list names each file of the tree, by number.
    pub(in crate::job) fn covered(&self) -> Vec<bool> {
        self.taken.iter().map(Option::is_some).collect()
    }

    /// What file `n` of the tree is to be read for; `None` if no list has to do with it, or its size is
    /// wrong already.
    pub(in crate::job) fn role(&self, n: usize) -> Option<Wanted> {
        match self.taken[n] {
            Some(target) => self.is_right(target).then_some(Wanted::Target(target)),
            None => self.extras.binary_search(&n).is_ok().then_some(Wanted::Extra(n)),
        }
    }

    /// Files that lists name and the walk leaves out, each with the number of its target.
    pub(in crate::job) fn elsewhere(&self) -> Vec<(usize, &Path, Mark)> {
        let others = self.elsewhere.values().filter(|target| self.is_right(**target));
        let target = |&n: &usize| (n, &*self.targets[n].path, self.targets[n].mark);
        let mut others: Vec<_> = others.map(target).collect();
        others.sort_by_key(|(n, ..)| *n);
        others
    }

    /// Whether the size of a target is right by some list.
    fn is_right(&self, target: usize) -> bool {
        let target = &self.targets[target];
        target.expected.iter().any(|entry| target.fits(entry))
    }

    /// The verdict, from what was found of each file that was wanted.
    pub(in crate::job) fn conclude<'b>(
        mut self,
        tally: Tally,
        answers: impl Iterator<Item = (Wanted, Result<&'b Answer, &'b Error>)>,
    ) -> Report {
        self.report.tally = tally;
        self.report.algorithms = self.algorithms();
        for target in &self.targets {
            if target.expected.iter().all(|entry| !target.fits(entry)) {
                self.report.checked += 1;
            }
            for entry in target.expected.iter().filter(|entry| !target.fits(entry)) {
                let expected = entry.size.map_or(Value::Nothing, Value::Size);
                let path = Shown::from(self.tree.relative(&target.path).as_os_str());
                self.report.add(path, Status::Size, expected, Value::Size(target.size()));
            }
        }
        let mut renamed: Vec<(usize, &Answer)> = vec![];
        for (wanted, answer) in answers {
            match (wanted, answer) {
                (Wanted::Target(n), answer) => self.compare(n, answer),
                (Wanted::Extra(n), Ok(answer)) => renamed.push((n, answer)),
                // It is an extra one, which is a finding already.
                (Wanted::Extra(_), Err(_)) => {}
            }
        }
        self.report_renames(renamed);
        self.report_rest();
        self.report.sorted()
    }

    fn compare(&mut self, n: usize, seen: Result<&Answer, &Error>) {
        let target = &self.targets[n];
        let path = Shown::from(self.tree.relative(&target.path).as_os_str());
        let right = target.expected.iter().filter(|entry| target.fits(entry));
        match seen {
            Ok(seen) => {
                let is_compared = target.expected.iter().any(|entry| !entry.digests.is_empty());
                self.report.checked += u64::from(is_compared);
                for entry in right {
                    if entry.digests.is_empty() {
                        let reason = "its list has no digest of it that is known here";
                        self.report.skip(path.clone(), reason);
                    }
                    if let Some((expected, found)) = difference(entry, seen) {
                        self.report.add(path.clone(), Status::Mismatch, expected, found);
                    }
                }
            }
            Err(error) => {
                let found = Value::Text(error.to_string());
                let expected =
                    target.expected.first().map_or(Value::Nothing, |entry| digest(entry));
                self.report.add(path, Status::Unreadable, expected, found);
            }
        }
    }

    /// A file that is missing and one that is extra, of the same bytes, are one that has another name.
    fn report_renames(&mut self, extras: Vec<(usize, &Answer)>) {
        let mut by_digest: HashMap<Digest, Vec<usize>> = HashMap::new();
        for (n, answer) in extras.into_iter().rev() {
            for digest in &answer.digests {
                by_digest.entry(*digest).or_default().push(n);
            }
        }
        let mut found = HashSet::new();
        let mut seen = HashSet::new();
        for missing in std::mem::take(&mut self.missing) {
            // Several lists may miss one file.
            if !seen.insert(missing.path.clone()) {
                continue;
            }
            let same = missing.entry.digests.first().and_then(|digest| by_digest.get_mut(digest));
            let free = same
                .and_then(|files| std::iter::from_fn(|| files.pop()).find(|n| !found.contains(n)));
            let Some(n) = free else {
                let expected = digest(missing.entry);
                self.report.add(missing.path, Status::Missing, expected, Value::Nothing);
                continue;
            };
            found.insert(n);
            self.report.checked += 1;
            let path = self.shown(&self.tree.files[n].path);
            let expected = Value::Text(missing.path.text);
            self.report.add(path, Status::Renamed, expected, digest(missing.entry));
        }
        self.extras.retain(|n| !found.contains(n));
    }

    /// What no list names, and what the walk left out.
    fn report_rest(&mut self) {
        for path in &self.ambiguous {
            let reason = "its name stands for several files";
            self.report.skip(Shown::from(self.tree.relative(path).as_os_str()), reason);
        }
        for n in std::mem::take(&mut self.extras) {
            let file = &self.tree.files[n];
            let (path, found) = (self.shown(&file.path), Value::Size(file.mark.stamp.size));
            self.report.add(path, Status::Extra, Value::Nothing, found);
        }
        self.report_left_out();
        if !self.is_deep() {
            for folder in self.tree.folders.iter().filter(|folder| **folder != self.tree.root) {
                let reason = "a folder below, in which the list names nothing";
                self.report.skip(self.shown(folder), reason);
            }
        }
    }

    fn report_left_out(&mut self) {
        let lists: HashSet<&OsStr> = self.lists.iter().map(|list| list.path.as_os_str()).collect();
        for left in &self.tree.left_out {
            let used = lists.contains(left.path.as_os_str());
            if !used && !self.elsewhere.contains_key(&left.path) {
                self.report.skip(self.shown(&left.path), left.reason.to_string());
            }
        }
    }
}

/// Whether the patterns of a history that the file is below say that it is none of its business.
fn is_ignored(histories: &[&List], path: &Path) -> bool {
    histories.iter().any(|list| {
        let relative = path.strip_prefix(&list.folder).ok().and_then(walk::slashed);
        relative.is_some_and(|relative| list.ignores(&relative, false))
    })
}

/// The first digest of an entry that is not the file's, with what was found instead.
fn difference(entry: &Entry, seen: &Answer) -> Option<(Value, Value)> {
    entry.digests.iter().find_map(|expected| {
        let found = seen.of(expected.algorithm()).expect("each algorithm of the lists is computed");
        // Two digests of one algorithm are two ways to write one.
        (!entry.digests.contains(&found)).then(|| (hex(*expected), hex(found)))
    })
}

fn digest(entry: &Entry) -> Value {
    entry.digests.first().map_or(Value::Nothing, |digest| hex(*digest))
}

fn hex(digest: Digest) -> Value {
    Value::Digest(digest.to_string())
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
