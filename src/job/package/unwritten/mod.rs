//! A zip that need not exist: its size and every offset are known from names and sizes, and any range of
//! its bytes can be had, in any order and by several threads.
//!
//! A local header needs the CRC of its member, and the list needs all digests: where neither a list nor the
//! memory has them, the files are read when they are first needed, and again for their bytes. Each must be
//! then, in everything, as it was found when the plan was made.

mod observer;
mod stream;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use observer::Planned;

use super::Layout;
use super::member::sums;
use super::plan::{self, Plan, Sums};
use crate::digest::{Algorithm, Digest};
use crate::engine::Work;
use crate::engine::pass::{self, Crc32, Observer, OnError, Settings};
use crate::engine::state::{Run, State, Wanted};
use crate::engine::walk::{Found, LeftOut, Tree};
use crate::error::{Error, Result};
use crate::format::manifest::{Entry, FILE_NAME};
use crate::format::zip::Place;
use crate::fs::{self, File};
use crate::job::{checksum, read_list};
use crate::progress::Progress;

/// Files up to this size are held in memory between being hashed and being streamed.
const HELD: u64 = 4 << 20;
/// Bytes of files that are streamed together.
const WINDOW: u64 = 64 << 20;

/// How the zip would be made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its folders.
    pub layout: Layout,
    /// Whether members begin on block boundaries, as where they are cloned.
    pub aligned: bool,
    /// The zone of its time stamps, which are local time.
    pub zone: jiff::tz::TimeZone,
}

/// A zip as [`super::pack`] would write it.
pub struct Unwritten {
    tree: Tree,
    plan: Plan,
    settings: Settings,
    state: State,
    /// What lists that are there say of each file.
    listed: Vec<Option<Digest>>,
    sums: Mutex<Vec<Option<Sums>>>,
    text: OnceLock<String>,
    end: OnceLock<Vec<u8>>,
    size: u64,
}

impl Unwritten {
    /// Plan the zip of the folder `source`. Lists that are there are read, the files are not.
    ///
    /// # Errors
    ///
    /// Whatever keeps a file from being listed; [`Error::Manifest`] for a list that cannot be understood;
    /// [`Error::Package`] for a file that has another size than its list says; [`Error::State`].
    pub fn new(source: &Path, options: &Options, work: &Work<'_>) -> Result<Self> {
        crate::job::expect_folder(source)?;
        let tree = plan::take(source, options.layout)?;
        let plan = Plan::new(&tree, options.layout, &options.zone, |_| options.aligned)?;
        let listed = listed(&tree)?;
        let state = State::begin(work.memory, &Run { job: "plan", source, target: None })?;
        // Nothing of it is worth continuing; what it reads is remembered all the same.
        state.finish();
        let subjects: Vec<_> = tree.files.iter().map(Found::subject).collect();
        let known = state.recall(&subjects, Wanted::Crc).into_iter();
        let sums: Vec<_> = known.map(Sums::known).collect();
        let zeros = vec![0; plan.zip.places.len()];
        let size = plan.zip.directory + plan.zip.end(&zeros).len() as u64;
        let (text, end) = (OnceLock::new(), OnceLock::new());
        let settings = *work.settings;
        let unwritten =
            Self { tree, plan, settings, state, listed, sums: Mutex::default(), text, end, size };
        for (n, sums) in sums.iter().enumerate() {
            unwritten.expect_listed(n, sums.as_ref())?;
        }
        *unwritten.lock() = sums;
        Ok(unwritten)
    }

    /// Bytes of the whole zip.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The members' places, the list the last.
    pub fn places(&self) -> &[Place] {
        &self.plan.zip.places
    }

    /// Sorted by path, relative to the source.
    pub fn left_out(&self) -> Vec<LeftOut> {
        checksum::left_out(&self.tree)
    }

    /// Members whose time stamp did not fit and was clamped.
    pub fn clamped(&self) -> &[String] {
        &self.plan.clamped
    }

    /// Why nothing, or not all, is remembered.
    pub fn fault(&self) -> Option<String> {
        self.state.fault()
    }

    /// Whether these bytes can be had without reading any file to its end first.
    pub fn is_ready(&self, offset: u64, count: u64) -> bool {
        let end = offset.saturating_add(count);
        if end > self.plan.list().offset {
            return self.end.get().is_some();
        }
        let places = self.places();
        let first = places.partition_point(|place| place.data() <= offset);
        let last = places.partition_point(|place| place.offset < end);
        let sums = self.lock();
        (first..last).all(|n| sums[n].is_some())
    }

    /// Fill `buffer` with the bytes of the zip from `offset` on; returns how many there were.
    ///
    /// # Errors
    ///
    /// [`Error::Changed`] for a file that is not as it was when the plan was made; [`Error::Package`] for
    /// one that is not as its list says; [`Error::Io`]; [`Error::Cancelled`].
    pub fn read_at(&self, buffer: &mut [u8], offset: u64, progress: &Progress) -> Result<usize> {
        let mut len = 0;
        while len < buffer.len() && offset + (len as u64) < self.size {
            progress.check()?;
            len += self.read_piece(&mut buffer[len..], offset + len as u64, progress)?;
        }
        Ok(len)
    }

    /// What there is at `offset` without a break: a header, a file's bytes, the list or the directory.
    fn read_piece(&self, buffer: &mut [u8], offset: u64, progress: &Progress) -> Result<usize> {
        if offset >= self.plan.zip.directory {
            return Ok(part(buffer, self.end(progress)?, offset - self.plan.zip.directory));
        }
        let n = self.places().partition_point(|place| place.offset <= offset) - 1;
        let place = &self.places()[n];
        if offset < place.data() {
            let header = place.local_header(self.crc(n, progress)?);
            return Ok(part(buffer, &header, offset - place.offset));
        }
        match self.tree.files.get(n) {
            Some(found) => read_file(found, buffer, offset - place.data()),
            None => Ok(part(buffer, self.text(progress)?.as_bytes(), offset - place.data())),
        }
    }

    fn crc(&self, n: usize, progress: &Progress) -> Result<u32> {
        if n == self.tree.files.len() {
            return Ok(crc32fast::hash(self.text(progress)?.as_bytes()));
        }
        if let Some(sums) = self.lock()[n] {
            return Ok(sums.crc);
        }
        // Whoever asks for one asks for its neighbours next, and many are read as fast as one.
        self.ensure(self.window(n), progress)?;
        Ok(self.lock()[n].expect("just read").crc)
    }

    /// So many files from `n` on as are read at once.
    fn window(&self, n: usize) -> Vec<usize> {
        let end = self.tree.files.len().min(n + self.settings.readers);
        let sums = self.lock();
        (n..end).filter(|&n| sums[n].is_none()).collect()
    }

    /// The text of the list, from the lists that are there as far as they go.
    fn text(&self, progress: &Progress) -> Result<&str> {
        if let Some(text) = self.text.get() {
            return Ok(text);
        }
        let missing = |sums: &[Option<Sums>]| {
            (0..sums.len()).filter(|&n| sums[n].is_none() && self.listed[n].is_none()).collect()
        };
        let unknown: Vec<usize> = missing(&self.lock());
        self.ensure(unknown, progress)?;
        let sums = self.lock();
        let digest = |n: usize| self.listed[n].or(sums[n].map(|sums| sums.digest));
        let digests = (0..sums.len()).map(|n| digest(n).expect("listed or just read"));
        let text = self.plan.text(digests);
        drop(sums);
        Ok(self.text.get_or_init(|| text))
    }

    fn end(&self, progress: &Progress) -> Result<&[u8]> {
        if let Some(end) = self.end.get() {
            return Ok(end);
        }
        let missing =
            |sums: &[Option<Sums>]| (0..sums.len()).filter(|&n| sums[n].is_none()).collect();
        let unknown: Vec<usize> = missing(&self.lock());
        self.ensure(unknown, progress)?;
        let text = self.text(progress)?;
        let sums: Vec<_> = self.lock().iter().map(|sums| sums.expect("just read")).collect();
        Ok(self.end.get_or_init(|| self.plan.end(&sums, text)))
    }

    /// Read these files for their sums.
    fn ensure(&self, files: Vec<usize>, progress: &Progress) -> Result<()> {
        let seen = self.read(&files, progress, |_| Crc32::default())?;
        for (n, (sums, _)) in files.into_iter().zip(seen) {
            self.set(n, sums)?;
        }
        Ok(())
    }

    fn read<'a, O: Observer>(
        &'a self,
        files: &[usize],
        progress: &Progress,
        observe: impl Fn(&'a Found) -> O + Sync,
    ) -> Result<Vec<(Sums, O)>> {
        let files: Vec<_> = files.iter().map(|&n| &self.tree.files[n]).collect();
        let items: Vec<_> = files.iter().map(|found| found.item()).collect();
        let subjects: Vec<_> = files.iter().map(|found| found.subject()).collect();
        self.state.recording(&subjects, |recorder| {
            let observe =
                |n: usize| recorder.watch(n, Planned { found: files[n], inner: observe(files[n]) });
            let seen = pass::run(&items, &self.settings, OnError::Stop, progress, observe)?;
            seen.into_iter()
                .map(|seen| {
                    let seen = seen?;
                    Ok((sums(&seen), seen.observer.inner.inner))
                })
                .collect()
        })
    }

    /// Note the sums of a file; whatever was known of it before must be the same.
    fn set(&self, n: usize, sums: Sums) -> Result<()> {
        self.expect_listed(n, Some(&sums))?;
        // What was known first stays: headers may have been handed out with it.
        if *self.lock()[n].get_or_insert(sums) == sums {
            return Ok(());
        }
        Err(self.differs(n, "than when it was read before"))
    }

    fn expect_listed(&self, n: usize, sums: Option<&Sums>) -> Result<()> {
        match (self.listed[n], sums) {
            (Some(listed), Some(sums)) if listed != sums.digest => {
                Err(self.differs(n, "than its list says"))
            }
            _ => Ok(()),
        }
    }

    fn differs(&self, n: usize, what: &str) -> Error {
        let reason = format!("has another digest {what}; hint: `reelpack verify` tells more");
        Error::Package { path: self.tree.files[n].path.clone(), reason }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Option<Sums>>> {
        self.sums.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the lists that are there say of each file.
fn listed(tree: &Tree) -> Result<Vec<Option<Digest>>> {
    let mut lists: HashMap<&Path, HashMap<String, Entry>> = HashMap::new();
    for folder in &tree.folders {
        let path = folder.join(FILE_NAME);
        if fs::exists(&path) {
            let entries = read_list(&path)?.into_iter();
            lists.insert(folder, entries.map(|entry| (entry.name.clone(), entry)).collect());
        }
    }
    let digest = |file: &Found| {
        let folder = lists.get(file.path.parent()?)?;
        folder.get(file.path.file_name()?.to_str()?)
    };
    let listed = |file: &Found| match digest(file) {
        Some(entry) if entry.size != Some(file.mark.stamp.size) => {
            let reason = "has another size than its list says; hint: `reelpack checksum --update`";
            Err(Error::Package { path: file.path.clone(), reason: reason.to_owned() })
        }
        // A list with another algorithm says nothing that the zip's own list could hold.
        entry => Ok(entry.and_then(|entry| entry.of(Algorithm::Md5))),
    };
    tree.files.iter().map(listed).collect()
}

/// Copy what `bytes` have from `start` on; returns how much that was.
fn part(buffer: &mut [u8], bytes: &[u8], start: u64) -> usize {
    let bytes = usize::try_from(start).ok().and_then(|start| bytes.get(start..)).unwrap_or(&[]);
    let len = bytes.len().min(buffer.len());
    buffer[..len].copy_from_slice(&bytes[..len]);
    len
}

/// Bytes of a file that is as it was found, before and after.
fn read_file(found: &Found, buffer: &mut [u8], start: u64) -> Result<usize> {
    let file = File::open(&found.path)?;
    found.expect_same(file.mark()?)?;
    let left = usize::try_from(found.mark.stamp.size - start).unwrap_or(usize::MAX);
    let wanted = left.min(buffer.len());
    let len = file.read_at(&mut buffer[..wanted], start)?;
    found.expect_same(file.mark()?)?;
    Ok(len)
}
