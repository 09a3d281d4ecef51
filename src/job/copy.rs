//! A verified copy of a folder: each file copied or cloned while it is hashed, the lists written beside the
//! copies, and all of it read back when asked.
//!
//! A file has its final name in the target only when it is whole.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::checksum::{self, Layout, List};
use super::cloning::{Fallback, Means, Span, Wish, cloneable};
use crate::digest::{Algorithm, Digest};
use crate::engine::pass::{self, Item, Observer, OnError, Source, Whole};
use crate::engine::recall::Answer;
use crate::engine::state::{Known, Run, State, Subject, Wanted};
use crate::engine::walk::{self, Found, LeftOut, Rules, Tree};
use crate::engine::{Tally, Work};
use crate::error::{Error, Result};
use crate::format::manifest::{FILE_NAME, HISTORY};
use crate::fs::{self, File, Kind, Mark, Scratch, Stamp};

/// How a copy is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether to clone.
    pub clone: Wish,
    /// Whether files that are there may be replaced.
    pub replace: bool,
    /// Whether to wait until each file is on the disk.
    pub sync: bool,
    /// Whether to read the copies back.
    pub verify: bool,
}

/// A copy that was made.
#[derive(Clone, Debug)]
pub struct Copied {
    /// The lists in the target, as they were written.
    pub lists: Vec<List>,
    /// Sorted by path, relative to the source.
    pub left_out: Vec<LeftOut>,
    /// What was read of the source, and what was known of it.
    pub tally: Tally,
    /// Paths of the files, relative to the source.
    pub names: Vec<PathBuf>,
    /// The way of each.
    pub means: Vec<Means>,
}

/// Copy the files of the folder `source`, with their modification times, to the folder `target`.
///
/// Takes and leaves out what [`checksum::lists`] does; every folder is made, with or without files. When
/// it is stopped or fails, what is whole stays, and the next run like this one goes on from there if a
/// memory is there to know of it.
///
/// # Errors
///
/// [`Error::TargetExists`] for a file that is there and is not an unfinished run's; [`Error::Package`] for
/// a target inside the source, where cloning is required and impossible, and for a copy that reads
/// differently; whatever keeps a file from being listed; [`Error::Io`].
pub fn copy(source: &Path, target: &Path, options: &Options, work: &Work<'_>) -> Result<Copied> {
    super::expect_folder(source)?;
    if target.as_os_str().is_empty() {
        return Err(Error::io(target)(std::io::ErrorKind::NotFound.into()));
    }
    let tree = walk::walk(source, Rules::Own)?;
    if tree.files.is_empty() {
        return Err(Error::NothingToList { path: source.to_owned() });
    }
    let names = checksum::names(&tree.files, Layout::Folder)?;
    let mut plan = checksum::plan(&tree, names, Layout::Folder)?;
    // A history is copied, and seals itself.
    plan.folders.retain(|folder, _| !folder.ends_with(HISTORY));
    expect_apart(source, target)?;
    let state = State::begin(work.memory, &Run { job: "copy", source, target: Some(target) })?;
    let mut job = Copy::new(&tree, target, *options, &state, work);
    job.expect_distinct()?;
    job.keep()?;
    job.expect_free(&plan)?;
    job.make_folders()?;
    job.bring()?;
    if options.verify {
        job.read_back()?;
    }
    let (answers, means) = job.finish();
    let left_out = checksum::left_out(&tree);
    let names = tree.files.iter().map(|file| tree.relative(&file.path).to_owned()).collect();
    let mut lists = checksum::assemble(&tree, plan, &answers, vec![], None);
    for list in &mut lists.lists {
        list.path = target.join(tree.relative(&list.path));
        fs::write(&list.path, list.text.as_bytes(), options.sync)?;
    }
    state.finish();
    let tally = Tally { fault: state.fault(), ..lists.tally };
    Ok(Copied { lists: lists.lists, left_out, tally, names, means })
}

/// # Errors
///
/// [`Error::Package`] if one of the two lies inside the other.
fn expect_apart(source: &Path, target: &Path) -> Result<()> {
    let refuse =
        |reason: &str| Err(Error::Package { path: target.to_owned(), reason: reason.to_owned() });
    let above = target.ancestors().find(|path| !path.as_os_str().is_empty() && fs::exists(path));
    let (from, to) = (fs::canonical(source)?, fs::canonical(above.unwrap_or(Path::new(".")))?);
    if to.starts_with(&from) {
        return refuse("lies inside the source; hint: name another folder");
    }
    if above == Some(target) {
        if fs::stat(target)?.0 != Kind::Folder {
            return refuse("is no folder; hint: name the folder that is to become the copy");
        }
        if from.starts_with(&to) {
            return refuse("holds the source; hint: name another folder");
        }
    }
    Ok(())
}

/// A copy on its way.
struct Copy<'a> {
    tree: &'a Tree,
    target: &'a Path,
    options: Options,
    state: &'a State,
    work: &'a Work<'a>,
    subjects: Vec<Subject<'a>>,
    paths: Vec<PathBuf>,
    answers: Vec<Option<Answer>>,
    means: Vec<Means>,
    /// Whether a file of the unfinished run, or one that looks like it, may be replaced.
    ours: Vec<bool>,
    /// Whether something had the name before.
    was_there: Vec<bool>,
}

impl<'a> Copy<'a> {
    fn new(
        tree: &'a Tree,
        target: &'a Path,
        options: Options,
        state: &'a State,
        work: &'a Work<'a>,
    ) -> Self {
        let files = tree.files.iter();
        Self {
            tree,
            target,
            options,
            state,
            work,
            subjects: files.clone().map(Found::subject).collect(),
            paths: files.map(|file| target.join(tree.relative(&file.path))).collect(),
            answers: vec![None; tree.files.len()],
            means: vec![Means::Copied; tree.files.len()],
            ours: vec![false; tree.files.len()],
            was_there: vec![false; tree.files.len()],
        }
    }

    fn missing(&self) -> Vec<usize> {
        (0..self.answers.len()).filter(|&n| self.answers[n].is_none()).collect()
    }

    fn set(&mut self, n: usize, answer: Answer, means: Means) {
        self.answers[n] = Some(answer);
        self.means[n] = means;
    }

    /// # Errors
    ///
    /// [`Error::Package`] for a folder that is a link, which may lead anywhere, the source included; and
    /// for two targets that are one file, of which the second would replace the first.
    fn expect_distinct(&self) -> Result<()> {
        let refuse = |path: PathBuf, reason: String| Err(Error::Package { path, reason });
        let below = self.tree.folders.iter().filter(|folder| **folder != self.tree.root);
        if let Some(link) = below.map(|folder| self.there(folder)).find(|path| fs::is_link(path)) {
            return refuse(link, "is a link to a folder; hint: copy to another folder".to_owned());
        }
        let mut files: HashMap<(u64, u64), &Path> = HashMap::new();
        for path in &self.paths {
            let Ok((_, mark)) = fs::stat(path) else { continue };
            // Where the system does not number its files, nobody knows.
            let other = files.insert((mark.device, mark.inode), path);
            if let Some(other) = other.filter(|_| mark.inode != 0) {
                let reason = format!("is the same file as {}; hint: remove it", other.display());
                return refuse(path.clone(), reason);
            }
        }
        Ok(())
    }

    /// Keep what the unfinished run had brought: it is there, with the size and time of its source, and
    /// reads as it did. What it had brought and not remembered in time is brought once more.
    fn keep(&mut self) -> Result<()> {
        for (n, path) in self.paths.iter().enumerate() {
            self.was_there[n] = fs::exists(path);
        }
        if !self.state.continues() {
            return Ok(());
        }
        let known = self.state.recall_unfinished(&self.subjects, Wanted::Digest(Algorithm::Md5));
        for (n, path) in self.paths.iter().enumerate() {
            let stamp = self.tree.files[n].mark.stamp;
            self.ours[n] =
                matches!(fs::stat(path), Ok((Kind::File, mark)) if is_copy(mark.stamp, stamp));
        }
        let there: Vec<(usize, Known)> = (0..known.len())
            .filter(|&n| self.ours[n])
            .filter_map(|n| Some((n, known[n]?)))
            .collect();
        // The machine may have stopped before the bytes were on the disk.
        let seen = self.read_copies(there.iter().map(|(n, _)| *n))?;
        for ((n, known), seen) in there.into_iter().zip(seen) {
            if seen.is_ok_and(|digest| digest == known.digest) {
                let size = self.tree.files[n].mark.stamp.size;
                self.set(n, recalled(known, size), Means::Kept);
            }
        }
        Ok(())
    }

    /// The digest of each of these copies.
    fn read_copies(&self, numbers: impl Iterator<Item = usize>) -> Result<Vec<Result<Digest>>> {
        let size = |n: usize| self.tree.files[n].mark.stamp.size;
        let items: Vec<_> =
            numbers.map(|n| Item { source: Source::File(&self.paths[n]), size: size(n) }).collect();
        let seen = self.work.pass(&items, OnError::GoOn, |_| ())?;
        Ok(seen.into_iter().map(|seen| seen.map(|seen| seen.digest)).collect())
    }

    /// A file that comes into the way while the copy is made is nobody's to replace: a file system that
    /// takes two names for one would lose the first.
    fn may_replace(&self, n: usize) -> bool {
        self.was_there[n] && (self.options.replace || self.ours[n])
    }

    /// Nobody else's file is in the way, nor a list where the unfinished run had brought no file.
    fn expect_free(&self, plan: &checksum::Plan) -> Result<()> {
        let is_foreign = |files: &Vec<usize>| !files.iter().any(|&n| self.ours[n]);
        let lists = plan.folders.iter().filter(|(_, files)| is_foreign(files));
        let lists = lists.map(|(folder, _)| self.there(folder).join(FILE_NAME));
        let lists = lists.filter(|_| !self.options.replace);
        let files = self.missing().into_iter();
        let files = files.filter(|&n| self.was_there[n] && !self.may_replace(n));
        let files = files.map(|n| self.paths[n].clone());
        match files.chain(lists).find(|path| fs::exists(path)) {
            Some(path) => Err(Error::TargetExists { path }),
            None => Ok(()),
        }
    }

    fn there(&self, path: &Path) -> PathBuf {
        self.target.join(self.tree.relative(path))
    }

    fn make_folders(&self) -> Result<()> {
        self.tree.folders.iter().try_for_each(|folder| fs::make_folder(&self.there(folder)))
    }

    fn bring(&mut self) -> Result<()> {
        let probe = Scratch::create(&self.paths[0])?;
        let clones = cloneable(&self.tree.files, self.options.clone, probe.file())?;
        drop(probe);
        self.clone_known(&clones)?;
        self.bring_those::<CLONED>(&clones)?;
        self.bring_those::<COPIED>(&clones)
    }

    /// Clone files that are as the memory knows them: they need not be read.
    fn clone_known(&mut self, clones: &[bool]) -> Result<()> {
        let known = self.state.recall(&self.subjects, Wanted::Digest(Algorithm::Md5));
        for n in self.missing() {
            let (true, Some(known)) = (clones[n], known[n]) else { continue };
            self.work.progress.check()?;
            let fallback = Fallback::default();
            let found = &self.tree.files[n];
            let file = File::open(&found.path)?;
            let scratch = Scratch::create(&self.paths[n])?;
            let size = found.mark.stamp.size;
            let span = Span { target: scratch.file(), offset: 0, size, found };
            span.clone_from(&file, self.options.clone.allow(&fallback))?;
            keep(scratch, found.mark, self.may_replace(n), self.options.sync)?;
            self.set(n, recalled(known, size), fallback.means());
        }
        Ok(())
    }

    /// Those that are cloned or those that are copied, in chunks of `CHUNK` bytes.
    fn bring_those<const CHUNK: usize>(&mut self, clones: &[bool]) -> Result<()> {
        let sharing = CHUNK == CLONED;
        let numbers: Vec<_> =
            self.missing().into_iter().filter(|&n| clones[n] == sharing).collect();
        let fallbacks: Vec<_> = numbers.iter().map(|_| Fallback::default()).collect();
        let items: Vec<_> = numbers.iter().map(|&n| self.tree.files[n].item()).collect();
        let observe = |n: usize| Bring::<CHUNK> {
            found: &self.tree.files[numbers[n]],
            path: &self.paths[numbers[n]],
            options: Options { replace: self.may_replace(numbers[n]), ..self.options },
            fallback: sharing.then_some(&fallbacks[n]),
            scratch: None,
            done: 0,
        };
        let answers: Vec<Answer> = self.state.recording(&self.subjects, |recorder| {
            let observe = |n: usize| recorder.watch(numbers[n], observe(n));
            let seen = self.work.pass(&items, OnError::Stop, observe)?;
            seen.into_iter().map(|seen| seen.map(|seen| read(&seen))).collect::<Result<_>>()
        })?;
        for ((n, answer), fallback) in numbers.into_iter().zip(answers).zip(fallbacks) {
            let means = if sharing { fallback.means() } else { Means::Copied };
            self.set(n, answer, means);
        }
        Ok(())
    }

    /// Read all copies, from the disk where the system lets go of what it holds of them. Those that are
    /// not what was read of their sources are removed: nothing wrong keeps a final name, and the next run
    /// brings them anew.
    fn read_back(&self) -> Result<()> {
        for path in &self.paths {
            self.work.progress.check()?;
            File::open(path)?.forget()?;
        }
        let seen = self.read_copies(0..self.paths.len())?;
        let mut wrong = vec![];
        for ((path, answer), seen) in self.paths.iter().zip(&self.answers).zip(seen) {
            let expected = answer.as_ref().and_then(|answer| answer.of(Algorithm::Md5));
            if seen.ok().is_none_or(|digest| Some(digest) != expected) {
                fs::remove(path)?;
                wrong.push(path.clone());
            }
        }
        let Some(first) = wrong.first() else { return Ok(()) };
        let others = match wrong.len() - 1 {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        let reason = format!(
            "reads differently from its source, and was removed{others}; hint: try another disk"
        );
        Err(Error::Package { path: first.clone(), reason })
    }

    fn finish(self) -> (Vec<Answer>, Vec<Means>) {
        let answers = self.answers.into_iter();
        (answers.map(|answer| answer.expect("every file is there")).collect(), self.means)
    }
}

/// Bytes at a time where a file is only read, or copied: see the packer.
const CLONED: usize = 32 << 10;
const COPIED: usize = 512 << 10;

/// Brings one file to its target.
struct Bring<'a, const CHUNK: usize> {
    found: &'a Found,
    path: &'a Path,
    options: Options,
    /// `None` for a file that is to be copied anyway.
    fallback: Option<&'a Fallback>,
    scratch: Option<Scratch>,
    done: u64,
}

impl<const CHUNK: usize> Bring<'_, CHUNK> {
    fn file(&mut self) -> Result<&File> {
        let scratch = match self.scratch.take() {
            Some(scratch) => scratch,
            None => Scratch::create(self.path)?,
        };
        Ok(self.scratch.insert(scratch).file())
    }
}

impl<const CHUNK: usize> Observer for Bring<'_, CHUNK> {
    const CHUNK_LEN: usize = CHUNK;

    fn see(&mut self, bytes: &[u8]) -> Result<()> {
        let done = self.done;
        self.done += bytes.len() as u64;
        if self.fallback.is_some() { Ok(()) } else { self.file()?.write_at(bytes, done) }
    }

    fn take(&mut self, file: &File) -> Result<()> {
        let Some(fallback) = self.fallback else { return Ok(()) };
        let (found, size, wish) = (self.found, self.done, self.options.clone);
        let span = Span { target: self.file()?, offset: 0, size, found };
        span.clone_from(file, wish.allow(fallback))
    }

    fn end(&mut self, whole: &Whole) -> Result<()> {
        self.file()?;
        match self.scratch.take() {
            // The time that belongs to the bytes: the file may have been replaced since it was found.
            Some(scratch) => {
                let mark = whole.mark.unwrap_or(self.found.mark);
                keep(scratch, mark, self.options.replace, self.options.sync)
            }
            None => Ok(()),
        }
    }
}

/// Give the copy the time of its source, and its name.
fn keep(scratch: Scratch, mark: Mark, replace: bool, sync: bool) -> Result<()> {
    if let Some(modified) = mark.stamp.modified {
        scratch.file().set_modified(modified)?;
    }
    scratch.keep(replace, sync)
}

/// Whether a file has the size and time of its source. File systems of shuttle drives keep times less
/// exactly, FAT to 2 s.
fn is_copy(there: Stamp, source: Stamp) -> bool {
    let apart = |(a, b): (i64, i64)| a.abs_diff(b) > 2_000_000_000;
    there.size == source.size && !there.modified.zip(source.modified).is_some_and(apart)
}

fn recalled(known: Known, size: u64) -> Answer {
    Answer { digests: vec![known.digest], crc: known.crc, size, trusted: true }
}

fn read<O>(seen: &pass::Seen<O>) -> Answer {
    Answer { digests: vec![seen.digest], crc: None, size: seen.size, trusted: false }
}
