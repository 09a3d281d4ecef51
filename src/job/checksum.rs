//! Lists of the files in a folder, computed but not written.

use std::collections::BTreeMap;
use std::collections::hash_map::{Entry as Slot, HashMap};
use std::ffi::OsStr;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::listing::{self, Before, Creator};
use super::update::{self, Change};
use crate::digest::{Algorithm, Digest};
use crate::engine::pass::OnError;
use crate::engine::recall::{Answer, Files};
use crate::engine::state::{Run, State};
use crate::engine::walk::{self, Found, LeftOut, Reason, Rules, Tree, name_in};
use crate::engine::{Tally, Work};
use crate::error::{Error, NameFault, Result};
use crate::format::manifest::{FILE_NAME, Format, checksum_txt};

/// Which lists a folder gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One beside the files, in each folder that holds some.
    ///
    /// Source: "CHCLI Checksum Creation User Guide" (partnerhelp article 4411158165011), and "must be at
    /// the level of the picture file sequence" (article 360000384727).
    Folder,
    /// One at the root, of base names.
    Root,
    /// As [`Layout::Root`], by the rules of the old `npack`.
    Npack,
}

/// What is to be listed, and how.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Where lists go.
    pub layout: Layout,
    /// Whether lists that are there are brought up to date.
    pub update: bool,
    /// The formats, one or more, each once.
    pub formats: &'a [Format],
    /// The digests that they hold, one or more, each once.
    pub algorithms: &'a [Algorithm],
    /// Who makes them.
    pub creator: Creator<'a>,
}

impl Options<'_> {
    /// # Errors
    ///
    /// [`Error::Argument`] for a format without a digest that it can hold, and a digest without a format
    /// that can hold it.
    fn expect_sense(&self) -> Result<()> {
        let refuse = |reason: String| Err(Error::Argument { reason });
        for format in self.formats {
            if !self.algorithms.iter().any(|algorithm| format.holds(*algorithm)) {
                let known = Algorithm::ALL.into_iter().filter(|one| format.holds(*one));
                let known: Vec<_> = known.map(Algorithm::name).collect();
                let known = known.join(", ");
                return refuse(format!("a list of the format {format} holds one of {known}"));
            }
        }
        for algorithm in self.algorithms {
            if !self.formats.iter().any(|format| format.holds(*algorithm)) {
                return refuse(format!(
                    "no list of the formats that were asked for holds {algorithm}"
                ));
            }
        }
        if self.update && self.formats != [Format::ChecksumTxt] {
            return refuse("only checksum.txt can be brought up to date".to_owned());
        }
        Ok(())
    }
}

/// One list.
#[derive(Clone, Debug)]
pub struct List {
    /// Where it belongs.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Files in it.
    pub count: u64,
    /// Their bytes.
    pub size: u64,
    /// Its format; that of a chain is `ascmhl-chain`.
    pub format: &'static str,
}

/// The lists of a folder, and what is in none of them.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Sorted by path.
    pub lists: Vec<List>,
    /// Sorted by path, relative to the folder.
    pub left_out: Vec<LeftOut>,
    /// What was read and what was known.
    pub tally: Tally,
    /// Where the lists differ from those that were there, if they were brought up to date, and the folder
    /// from its history, if that was continued.
    pub changes: Vec<Change>,
    /// Relative paths of files whose bytes are not those that the history knows.
    pub failed: Vec<String>,
}

/// List every file that is taken from `source`: read, but for those that the memory vouches for.
///
/// With [`Options::update`], lists that are there are brought up to date: a file whose line agrees with what
/// the memory knows of it, as it is now, is not read.
///
/// # Errors
///
/// The first thing that keeps a file from being listed: it cannot be read, it changed meanwhile, its
/// name cannot be written. [`Error::Collision`] for two files of one base name in one list;
/// [`Error::NothingToList`] if there is no file (by npack's rules that is an empty list);
/// [`Error::Manifest`] for a list that is to be brought up to date and cannot be understood;
/// [`Error::List`] for a history that cannot be continued, and a name that a format cannot hold;
/// [`Error::Argument`] for formats and digests that do not go together;
/// [`Error::State`] for a memory that is required and cannot be used.
pub fn lists(source: &Path, options: &Options<'_>, work: &Work<'_>) -> Result<Lists> {
    options.expect_sense()?;
    super::expect_folder(source)?;
    let layout = options.layout;
    let rules = if layout == Layout::Npack { Rules::Npack } else { Rules::Content };
    let tree = walk::walk(source, rules)?;
    if tree.files.is_empty() && layout != Layout::Npack {
        return Err(Error::NothingToList { path: source.to_owned() });
    }
    let plan = if options.formats.contains(&Format::ChecksumTxt) {
        plan(&tree, names(&tree.files, layout)?, layout)?
    } else {
        Plan::default()
    };
    let old = if options.update { Some(update::Old::read(&tree, &plan, layout)?) } else { None };
    let state = State::begin(work.memory, &Run { job: "checksum", source, target: None })?;
    let before = Before::new(&tree, options)?;
    let answers = digests(&tree, &before, old.as_ref(), &state, work)?;
    let changes = old.map_or(vec![], |old| old.changes(&answers));
    let mut lists = assemble(&tree, plan, &answers, changes, state.fault());
    if options.formats != [Format::ChecksumTxt] {
        lists.add_others(&tree, options, before, &answers)?;
    }
    state.finish();
    Ok(lists)
}

/// The base name of each file, if it can be written.
pub(super) fn names(files: &[Found], layout: Layout) -> Result<Vec<String>> {
    files.iter().map(|file| base_name(&file.path, layout)).collect()
}

fn base_name(path: &Path, layout: Layout) -> Result<String> {
    let fault = |fault| Error::Name { path: path.to_owned(), fault };
    // The path as a whole is mostly UTF-8, and faster to take apart then.
    let name = path.to_str().and_then(|path| Some(path.rsplit_once(MAIN_SEPARATOR)?.1));
    let name = name.or_else(|| path.file_name()?.to_str());
    let name = name.ok_or_else(|| fault(NameFault::NotUtf8))?;
    checksum_txt::check_name(name).map_err(fault)?;
    if layout == Layout::Npack && name.trim_matches(is_blank) != name {
        return Err(fault(NameFault::OuterBlank));
    }
    Ok(name.to_owned())
}

/// What Python's `str.strip`, which npack applies, takes for a blank: those of all scripts, and four
/// control characters.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || ('\x1c'..='\x1f').contains(&character)
}

/// Which files, by index, go into the list of which folder, and under which names.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) names: Vec<String>,
    pub(super) folders: BTreeMap<PathBuf, Vec<usize>>,
}

pub(super) fn plan(tree: &Tree, names: Vec<String>, layout: Layout) -> Result<Plan> {
    let mut folders: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
    if layout == Layout::Folder {
        // By the bytes of the path: comparing part by part takes many times as long.
        let mut files: HashMap<&OsStr, Vec<usize>> = HashMap::new();
        let mut folder = &*tree.root;
        for (n, file) in tree.files.iter().enumerate() {
            if name_in(folder, &file.path).is_none() {
                folder = file.path.parent().unwrap_or(&tree.root);
            }
            files.entry(folder.as_os_str()).or_default().push(n);
        }
        folders.extend(files.into_iter().map(|(folder, files)| (PathBuf::from(folder), files)));
    } else {
        expect_unique(&tree.files, &names)?;
        folders.insert(tree.root.clone(), (0..names.len()).collect());
    }
    Ok(Plan { names, folders })
}

/// # Errors
///
/// [`Error::Collision`] for two files that would have one name in one list.
pub(super) fn expect_unique(files: &[Found], names: &[String]) -> Result<()> {
    let mut seen: HashMap<&str, &Path> = HashMap::with_capacity(names.len());
    for (file, name) in files.iter().zip(names) {
        match seen.entry(name) {
            Slot::Occupied(first) => {
                let (first, second) = (first.get().to_path_buf(), file.path.clone());
                return Err(Error::Collision { first, second });
            }
            Slot::Vacant(slot) => drop(slot.insert(&file.path)),
        }
    }
    Ok(())
}

fn digests(
    tree: &Tree,
    before: &Before,
    old: Option<&update::Old>,
    state: &State,
    work: &Work<'_>,
) -> Result<Vec<Answer>> {
    let found = tree.files.iter().map(|file| (&*file.path, file.mark));
    let others = before.elsewhere.iter().map(|(_, path, mark)| (&**path, *mark));
    let mut files = Files::new(found.chain(others), &before.algorithms, false);
    files.recall(state);
    if let Some(old) = old {
        files.recall_confirmed(state, |n, digest| old.says(n, digest));
    }
    files.digests(state, work, OnError::Stop)?.into_iter().collect()
}

pub(super) fn assemble(
    tree: &Tree,
    plan: Plan,
    seen: &[Answer],
    changes: Vec<Change>,
    fault: Option<String>,
) -> Lists {
    let mut tally = Tally { fault, ..Tally::default() };
    for answer in seen {
        tally.add(answer.size, answer.trusted);
    }
    let Plan { names, folders } = plan;
    let line = |&n: &usize| (&*names[n], seen[n].size, listed(&seen[n]));
    let list = |(folder, files): (PathBuf, Vec<usize>)| List {
        path: folder.join(FILE_NAME),
        text: checksum_txt::render(files.iter().map(line)),
        count: files.len() as u64,
        size: files.iter().map(|&n| seen[n].size).sum(),
        format: Format::ChecksumTxt.name(),
    };
    let lists = folders.into_iter().map(list).collect();
    Lists { lists, left_out: left_out(tree), tally, changes, failed: vec![] }
}

impl Lists {
    /// Bring in the lists of the other formats.
    fn add_others(
        &mut self,
        tree: &Tree,
        options: &Options<'_>,
        before: Before,
        answers: &[Answer],
    ) -> Result<()> {
        let made = self.lists.iter().map(|list| list.path.clone()).collect();
        let made = listing::Source { tree, options, before, answers, made }.lists()?;
        self.lists.extend(made.lists);
        self.changes.extend(made.changes);
        self.failed = made.failed;
        Ok(())
    }
}

/// The digest that goes into a `checksum.txt`: the first that it can hold.
fn listed(answer: &Answer) -> Digest {
    let fits = |digest: &&Digest| checksum_txt::ALGORITHMS.contains(&digest.algorithm());
    *answer.digests.iter().find(fits).expect("an algorithm of such lists was asked for")
}

/// What a tree left out, as paths relative to its root.
pub(super) fn left_out(tree: &Tree) -> Vec<LeftOut> {
    let relative = |left: &LeftOut| LeftOut {
        path: tree.relative(&left.path).to_owned(),
        reason: left.reason,
    };
    tree.left_out.iter().map(relative).collect()
}

/// How many files the old `npack` counts in each folder that it enters: `(folder, files)`, sorted.
///
/// # Errors
///
/// [`Error::Io`] if a folder cannot be listed.
pub fn counts(source: &Path) -> Result<Vec<(PathBuf, u64)>> {
    super::expect_folder(source)?;
    let tree = walk::walk(source, Rules::Npack)?;
    let mut counts: HashMap<&Path, u64> = HashMap::new();
    for file in &tree.files {
        *counts.entry(file.path.parent().unwrap_or(source)).or_default() += 1;
    }
    let count = |folder: &PathBuf| counts.get(folder.as_path()).copied().unwrap_or(0);
    Ok(tree.folders.iter().map(|folder| (folder.clone(), count(folder))).collect())
}

/// # Errors
///
/// [`Error::Refused`] for the things that made the old `npack` stop in `zip`: broken links, and what is
/// no regular file.
pub(super) fn expect_whole(tree: &Tree) -> Result<()> {
    let stops = |left: &&LeftOut| matches!(left.reason, Reason::BrokenLink | Reason::NotAFile);
    match tree.left_out.iter().find(stops) {
        Some(left) => Err(Error::Refused {
            path: left.path.clone(),
            reason: "a broken link, or no regular file; hint: remove it and try again",
        }),
        None => Ok(()),
    }
}
