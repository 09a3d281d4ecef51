//! Lists of a whole tree in the formats beside `checksum.txt`, from the same answers.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::checksum::{List, Options};
use super::history::{self, Past};
use super::update::{Change, Kind};
use crate::digest::{Algorithm, Digest, digest_of};
use crate::engine::recall::Answer;
use crate::engine::walk::{Reason, Tree, slashed};
use crate::error::{Error, NameFault, Result};
use crate::format::manifest::ascmhl::{
    self, FileFact, FolderFact, History, Ignore, Link, Next, Process, generation_name,
    ignore_patterns, next_generation, render_chain, render_generation,
};
use crate::format::manifest::{Entry, Format, HISTORY, md5sum, mhl};
use crate::fs::{self, Mark};

/// Who makes lists, and when; formats other than `checksum.txt` and `md5sum` say so.
#[derive(Clone, Copy, Debug)]
pub struct Creator<'a> {
    /// The machine.
    pub host: &'a str,
    /// The user, or empty.
    pub user: &'a str,
    /// Nanoseconds since 1970, at any moment.
    pub clock: fn() -> i64,
}

const TOOL: &str = "reelpack";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is known before a file is read.
pub(super) struct Before {
    past: Past,
    began: i64,
    /// Files of the history that the walk leaves out, with their paths in it.
    pub(super) elsewhere: Vec<(String, PathBuf, Mark)>,
    /// What each file needs, those of the history included.
    pub(super) algorithms: Vec<Algorithm>,
}

impl Before {
    /// Look at the history, if one is to be continued.
    pub(super) fn new(tree: &Tree, options: &Options<'_>) -> Result<Self> {
        let mut before = Self {
            past: Past::default(),
            began: (options.creator.clock)(),
            elsewhere: vec![],
            algorithms: options.algorithms.to_vec(),
        };
        if options.formats.contains(&Format::AscMhl) {
            expect_no_history_below(tree)?;
            before.take_up(tree, history::read(&tree.root)?)?;
        }
        Ok(before)
    }

    fn take_up(&mut self, tree: &Tree, past: Past) -> Result<()> {
        if let Some((path, ..)) = past.broken.first() {
            let reason = "is not what its chain says; hint: `reelpack verify` tells more";
            return Err(Error::List { path: path.clone(), reason: reason.to_owned() });
        }
        let history = History::of(&past.generations);
        let others = history.algorithms(&self.algorithms);
        let new: Vec<_> = others.into_iter().filter(|one| !self.algorithms.contains(one)).collect();
        self.algorithms.extend(new);
        let ignore = Ignore::new(&ignore_patterns(&past.generations));
        if let Some(pattern) = ignore.not_understood().first() {
            let path = tree.root.join(HISTORY);
            let reason =
                format!("its history leaves out `{pattern}`, a pattern that is not known here");
            return Err(Error::List { path, reason });
        }
        let taken: HashSet<&Path> = tree.files.iter().map(|file| &*file.path).collect();
        for entry in history.expected(&ignore).files {
            let path = tree.root.join(&entry.name);
            if taken.contains(&*path) || !crate::format::path::is_inside(&entry.name) {
                continue;
            }
            if let Ok((fs::Kind::File, mark)) = fs::stat(&path) {
                self.elsewhere.push((entry.name, path, mark));
            }
        }
        self.past = past;
        Ok(())
    }
}

/// # Errors
///
/// [`Error::List`] for a history in a folder below, which would have to be continued as well.
fn expect_no_history_below(tree: &Tree) -> Result<()> {
    let own = tree.root.join(HISTORY);
    let below = tree.left_out.iter().find(|left| {
        left.reason == Reason::EarlierList && left.path.ends_with(HISTORY) && left.path != own
    });
    match below {
        None => Ok(()),
        Some(left) => Err(Error::List {
            path: left.path.clone(),
            reason:
                "a history below the folder that is listed, which cannot be continued together \
                     with it; hint: list its own folder"
                    .to_owned(),
        }),
    }
}

/// What the lists of a tree are made of.
pub(super) struct Source<'a> {
    pub(super) tree: &'a Tree,
    pub(super) options: &'a Options<'a>,
    pub(super) before: Before,
    /// Of the files of the tree, then of [`Before::elsewhere`].
    pub(super) answers: &'a [Answer],
    /// Where the other lists of this run go.
    pub(super) made: Vec<PathBuf>,
}

/// Lists, and what the history has to say.
#[derive(Default)]
pub(super) struct Made {
    pub(super) lists: Vec<List>,
    pub(super) changes: Vec<Change>,
    /// Relative paths of files that are not as the history says.
    pub(super) failed: Vec<String>,
}

impl Source<'_> {
    /// Every list that was asked for but `checksum.txt`.
    pub(super) fn lists(mut self) -> Result<Made> {
        let mut made = Made::default();
        let entries = self.entries()?;
        let name = self.folder_name()?;
        for format in self.options.formats.iter().filter(|one| **one != Format::ChecksumTxt) {
            let lists = match format {
                Format::Sums => self.sums(&entries, &name)?,
                Format::Mhl => vec![self.mhl(&entries, &name)?],
                // It names the others, so it is made when they are known.
                Format::AscMhl | Format::ChecksumTxt => continue,
            };
            self.made.extend(lists.iter().map(|list| list.path.clone()));
            made.lists.extend(lists);
        }
        if self.options.formats.contains(&Format::AscMhl) {
            self.generation(&entries, &name, &mut made)?;
        }
        Ok(made)
    }

    /// Each file of the tree under its path, with all its digests.
    fn entries(&self) -> Result<Vec<Entry>> {
        let entry = |(file, answer): (&crate::engine::walk::Found, &Answer)| {
            let name = slashed(self.tree.relative(&file.path)).ok_or_else(|| Error::Name {
                path: file.path.clone(),
                fault: NameFault::NotUtf8,
            })?;
            Ok(Entry { name, size: Some(answer.size), digests: answer.digests.clone() })
        };
        self.tree.files.iter().zip(self.answers).map(entry).collect()
    }

    fn folder_name(&self) -> Result<String> {
        let path = fs::canonical(&self.tree.root)?;
        let name = path.file_name().unwrap_or_default().to_str();
        let fault = || Error::Name { path: path.clone(), fault: NameFault::NotUtf8 };
        Ok(name.filter(|name| !name.is_empty()).ok_or_else(fault)?.to_owned())
    }

    fn list(&self, path: PathBuf, text: String, format: &'static str) -> List {
        let size = self.answers[..self.tree.files.len()].iter().map(|answer| answer.size).sum();
        List { path, text, count: self.tree.files.len() as u64, size, format }
    }

    /// A list for each algorithm that such a list can hold.
    fn sums(&self, entries: &[Entry], name: &str) -> Result<Vec<List>> {
        let asked = self.options.algorithms.iter();
        asked
            .filter(|algorithm| Format::Sums.holds(**algorithm))
            .map(|algorithm| {
                let path = self.tree.root.join(format!("{name}.{algorithm}"));
                let text = md5sum::render(entries, *algorithm)
                    .map_err(|fault| unlistable(&path, &fault))?;
                Ok(self.list(path, text, "md5sum"))
            })
            .collect()
    }

    fn mhl(&self, entries: &[Entry], name: &str) -> Result<List> {
        let path = self.tree.root.join(format!("{name}.mhl"));
        // It may be the one that was made at offload, which nothing made later can replace.
        if fs::exists(&path) {
            return Err(Error::TargetExists { path });
        }
        let creator = self.options.creator;
        let finished = (creator.clock)();
        let wanted = |digest: &&Digest| self.options.algorithms.contains(&digest.algorithm());
        let hash = |(entry, file): (&Entry, &crate::engine::walk::Found)| mhl::Hash {
            entry: Entry {
                digests: entry.digests.iter().filter(wanted).copied().collect(),
                ..entry.clone()
            },
            modified: file.mark.stamp.modified,
            hashed: Some(finished),
            deprecated: false,
            unchecked: None,
        };
        let list = mhl::List {
            creator: mhl::Creator {
                name: None,
                user: creator.user.to_owned(),
                host: creator.host.to_owned(),
                tool: format!("{TOOL} {VERSION}"),
                started: Some(self.before.began),
                finished: Some(finished),
            },
            hashes: entries.iter().zip(&self.tree.files).map(hash).collect(),
            backslashes: false,
        };
        let text = mhl::render(&list).map_err(|fault| unlistable(&path, &fault))?;
        Ok(self.list(path, text, "mhl"))
    }

    /// The next generation of the history, and the chain with it.
    fn generation(&self, entries: &[Entry], name: &str, made: &mut Made) -> Result<()> {
        let past = &self.before.past;
        let history = History::of(&past.generations);
        let folders = self.folders()?;
        let renames = self.renames(&history, entries);
        let facts = self.facts(entries, &renames);
        let hashed = (self.options.creator.clock)();
        let home = self.tree.root.join(HISTORY);
        let next = Next {
            files: &facts,
            folders: &folders
                .iter()
                .map(|(path, modified)| FolderFact { path, modified: *modified })
                .collect::<Vec<_>>(),
            algorithms: self.options.algorithms,
            creator: ascmhl::Creator {
                created: Some(hashed),
                host: self.options.creator.host.to_owned(),
                tool: TOOL.to_owned(),
                tool_version: Some(VERSION.to_owned()),
                ..ascmhl::Creator::default()
            },
            process: Process::InPlace,
            hashed,
            ignore: self.ignore(&history, entries),
            nested: &[],
            references: vec![],
        };
        let generation =
            next_generation(&history, &next).map_err(|fault| unlistable(&home, &fault))?;
        note(&history, &generation, &renames, made);
        let text = render_generation(&generation).map_err(|fault| unlistable(&home, &fault))?;
        let mut chain = past.chain.clone();
        let number = chain.next_number();
        let file = generation_name(number, name, hashed);
        let c4 = digest_of(Algorithm::C4, text.as_bytes());
        chain.links.push(Link { number, file: file.clone(), c4 });
        let sealed = render_chain(&chain).map_err(|fault| unlistable(&home, &fault))?;
        made.lists.push(self.list(home.join(file), text, "ascmhl"));
        made.lists.push(self.list(home.join(ascmhl::CHAIN_NAME), sealed, "ascmhl-chain"));
        Ok(())
    }
}

impl Source<'_> {
    fn folders(&self) -> Result<Vec<(String, i64)>> {
        let below = self.tree.folders.iter().filter(|folder| **folder != self.tree.root);
        below
            .map(|folder| {
                let fault = || Error::Name { path: folder.clone(), fault: NameFault::NotUtf8 };
                let path = slashed(self.tree.relative(folder)).ok_or_else(fault)?;
                Ok((path, fs::stat(folder)?.1.stamp.modified.unwrap_or(0)))
            })
            .collect()
    }

    /// The old path of each file that the history does not know, and whose bytes it knows under a name that
    /// is gone.
    fn renames(&self, history: &History<'_>, entries: &[Entry]) -> HashMap<String, String> {
        let expected = history.expected(&Ignore::default()).files;
        let known: HashSet<&str> = expected.iter().map(|entry| &*entry.name).collect();
        let there: HashSet<&str> = self.names(entries).collect();
        let gone = expected.iter().filter(|entry| !there.contains(&*entry.name));
        let mut gone: HashMap<Digest, &str> = gone
            .flat_map(|entry| entry.digests.iter().map(|digest| (*digest, &*entry.name)))
            .collect();
        let mut renames = HashMap::new();
        for entry in entries.iter().filter(|entry| !known.contains(&*entry.name)) {
            if let Some(old) = entry.digests.iter().find_map(|digest| gone.get(digest).copied()) {
                gone.retain(|_, name| *name != old);
                renames.insert(entry.name.clone(), old.to_owned());
            }
        }
        renames
    }

    /// Every file that a generation speaks of.
    fn names<'b>(&'b self, entries: &'b [Entry]) -> impl Iterator<Item = &'b str> {
        let others = self.before.elsewhere.iter().map(|(name, ..)| &**name);
        entries.iter().map(|entry| &*entry.name).chain(others)
    }

    fn facts<'b>(
        &'b self,
        entries: &'b [Entry],
        renames: &'b HashMap<String, String>,
    ) -> Vec<FileFact<'b>> {
        let marks = self.tree.files.iter().map(|file| file.mark);
        let marks = marks.chain(self.before.elsewhere.iter().map(|(.., mark)| *mark));
        let fact = |((path, answer), mark): ((&'b str, &'b Answer), Mark)| FileFact {
            path,
            size: answer.size,
            modified: mark.stamp.modified.unwrap_or(0),
            digests: &answer.digests,
            previous: renames.get(path).map(String::as_str),
        };
        self.names(entries).zip(self.answers).zip(marks).map(fact).collect()
    }

    /// What the generation is not about: what the history leaves out, what the walk does, and lists. Anyone
    /// else who checks it would take these for new files. Patterns are names without a folder: the
    /// reference tool does not find `/name`. One that a recorded file has is no pattern.
    fn ignore(&self, history: &History<'_>, entries: &[Entry]) -> Vec<String> {
        let mut patterns = ignore_patterns(&self.before.past.generations);
        let recorded = history.expected(&Ignore::default()).files;
        let parts: HashSet<&str> =
            recorded.iter().chain(entries).flat_map(|entry| entry.name.split('/')).collect();
        let has_hidden = parts.iter().any(|part| part.starts_with('.'));
        let left_out = self.tree.left_out.iter().map(|left| (&*left.path, Some(left.reason)));
        let made = self.made.iter().map(|path| (&**path, None));
        for (path, reason) in left_out.chain(made) {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let pattern = match reason {
                Some(Reason::HiddenFile | Reason::HiddenFolder) if !has_hidden => ".*",
                _ => name,
            };
            let is_plain = Ignore::new(&[pattern]).not_understood().is_empty();
            let is_known = patterns.iter().any(|known| known == pattern);
            if is_plain && !is_known && !parts.contains(name) {
                patterns.push(pattern.to_owned());
            }
        }
        patterns
    }
}

/// What the new generation tells that a person wants to know.
fn note(
    history: &History<'_>,
    generation: &ascmhl::Generation,
    renames: &HashMap<String, String>,
    made: &mut Made,
) {
    let known = history.expected(&Ignore::default()).files;
    if known.is_empty() {
        return;
    }
    let mut gone: HashSet<&str> = known.iter().map(|entry| &*entry.name).collect();
    let mut change = |path: &str, kind| made.changes.push(Change { path: path.into(), kind });
    for record in &generation.records {
        let ascmhl::Record::File(file) = record else { continue };
        let was_known = gone.remove(&*file.path);
        let was_renamed = renames.get(&file.path).is_some_and(|old| gone.remove(&**old));
        if file.hashes.iter().any(|hash| hash.action == Some(ascmhl::Action::Failed)) {
            made.failed.push(file.path.clone());
            change(&file.path, Kind::Changed);
        } else if !was_known && !was_renamed {
            change(&file.path, Kind::New);
        }
    }
    let mut gone: Vec<_> = gone.into_iter().collect();
    gone.sort_unstable();
    for path in gone {
        change(path, Kind::Gone);
    }
}

fn unlistable(path: &Path, fault: &dyn std::fmt::Display) -> Error {
    Error::List { path: path.to_owned(), reason: fault.to_string() }
}
