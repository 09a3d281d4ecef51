//! Remembering each file as soon as it has been read, from whatever thread read it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::batch::Line;
use super::database::Database;
use super::recollect::by_folder;
use super::{Known, Open, State, Subject};
use crate::digest::Digest;
use crate::engine::pass::{Observer, Whole};
use crate::error::Result;
use crate::fs::{self, File, Mark};

/// What a kill can cost: files read since the last time they were written down.
const INTERVAL: Duration = Duration::from_millis(500);

/// A file that was changed so short a time before it was read is not remembered: another change within
/// the same tick of the file system's clock would leave no trace. The coarsest clock, that of FAT, ticks
/// every 2 s; git calls such files racy.
const RACY: i64 = 3_000_000_000;

/// Takes note of what was read; shared by the threads of a pass.
pub struct Recorder<'a> {
    state: &'a State,
    desk: Option<&'a Desk>,
}

/// Where notes lie until they are written down. Nobody is woken for a single one: that would cost more
/// than reading a small file.
#[derive(Default)]
struct Desk {
    notes: Mutex<Notes>,
    over: Condvar,
}

#[derive(Default)]
struct Notes {
    notes: Vec<Note>,
    is_over: bool,
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The notes of the next half second, and whether there will be more.
    fn gather(&self) -> (Vec<Note>, bool) {
        let waiting = self.over.wait_timeout_while(self.lock(), INTERVAL, |notes| !notes.is_over);
        let (mut notes, _) = waiting.unwrap_or_else(PoisonError::into_inner);
        (std::mem::take(&mut notes.notes), !notes.is_over)
    }
}

/// Says that no note will come any more, when the work ends in whatever way.
struct Closing<'a>(&'a Desk);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.lock().is_over = true;
        self.0.over.notify_all();
    }
}

/// One file that was read to its end.
struct Note {
    subject: usize,
    mark: Mark,
    known: Known,
    began: i64,
}

/// An observer, and the memory behind it.
pub struct Noted<'a, O> {
    /// Whatever else is to be known.
    pub inner: O,
    recorder: &'a Recorder<'a>,
    subject: usize,
    began: i64,
    /// For a part of a file: how the whole file is.
    mark: Option<Mark>,
}

impl State {
    /// Let `work` remember what it reads; `subjects` are what its numbers mean.
    pub fn recording<T>(
        &self,
        subjects: &[Subject<'_>],
        work: impl FnOnce(&Recorder<'_>) -> T,
    ) -> T {
        let Some(open) = &self.open else {
            return work(&Recorder { state: self, desk: None });
        };
        let desk = &Desk::default();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                if let Err(error) = write(open, subjects, desk) {
                    self.give_up(error);
                }
            });
            let _closing = Closing(desk);
            work(&Recorder { state: self, desk: Some(desk) })
        })
    }
}

impl<'a> Recorder<'a> {
    /// Watch a file from now on.
    pub fn watch<O>(&'a self, subject: usize, inner: O) -> Noted<'a, O> {
        let began = (self.state.clock)();
        Noted { inner, recorder: self, subject, began, mark: None }
    }

    /// Watch a part of a file that is as `mark` says.
    pub fn watch_part<O>(&'a self, subject: usize, inner: O, mark: Mark) -> Noted<'a, O> {
        Noted { mark: Some(mark), ..self.watch(subject, inner) }
    }

    fn note(&self, note: Note) {
        let Some(desk) = self.desk else { return };
        let is_racy = note.mark.latest().is_none_or(|latest| latest > note.began - RACY);
        if !is_racy {
            self.state.recorded.fetch_add(1, Ordering::Relaxed);
            desk.lock().notes.push(note);
        }
    }
}

impl<O> Noted<'_, O> {
    fn note(&self, mark: Mark, known: Known) {
        let (subject, began) = (self.subject, self.began);
        self.recorder.note(Note { subject, mark, known, began });
    }
}

impl<O: Observer> Observer for Noted<'_, O> {
    const CHUNK_LEN: usize = O::CHUNK_LEN;

    fn see(&mut self, bytes: &[u8]) -> Result<()> {
        self.inner.see(bytes)
    }

    fn take(&mut self, file: &File) -> Result<()> {
        self.inner.take(file)
    }

    fn crc(&self) -> Option<u32> {
        self.inner.crc()
    }

    fn digests(&self) -> &[Digest] {
        self.inner.digests()
    }

    fn end(&mut self, whole: &Whole) -> Result<()> {
        self.inner.end(whole)?;
        if let Some(mark) = whole.mark.or(self.mark) {
            self.note(mark, Known { digest: whole.digest, crc: self.inner.crc() });
            for digest in self.inner.digests() {
                self.note(mark, Known { digest: *digest, crc: None });
            }
        }
        Ok(())
    }
}

/// Write notes down, many at a time, until no more will come.
fn write(open: &Open, subjects: &[Subject<'_>], desk: &Desk) -> Result<()> {
    let mut folders = vec![];
    loop {
        let (mut notes, more) = desk.gather();
        // In the order of names, as they are looked for.
        notes.sort_unstable_by_key(|note| note.subject);
        if !notes.is_empty() {
            if folders.is_empty() {
                folders = number_folders(&mut open.lock(), subjects)?;
            }
            let mut batches: BTreeMap<i64, Vec<Line<'_>>> = BTreeMap::new();
            for note in &notes {
                let Known { digest, crc } = note.known;
                let name = &*subjects[note.subject].name;
                let line = Line { name, mark: note.mark, digest, crc, began: note.began };
                batches.entry(folders[note.subject]).or_default().push(line);
            }
            let mut database = open.lock();
            let fault = database.fault();
            database.add(open.run, batches.into_iter()).map_err(fault)?;
        }
        if !more {
            return Ok(());
        }
    }
}

/// The number of the folder of each subject.
fn number_folders(database: &mut Database, subjects: &[Subject<'_>]) -> Result<Vec<i64>> {
    let by_folder = by_folder(subjects);
    let paths: Vec<PathBuf> =
        by_folder.iter().map(|(folder, _)| fs::canonical(folder)).collect::<Result<_>>()?;
    let numbers = database.number_folders(&paths).map_err(database.fault())?;
    let mut all = vec![0; subjects.len()];
    for ((_, subjects), number) in by_folder.into_iter().zip(numbers) {
        for subject in subjects {
            all[subject] = number;
        }
    }
    Ok(all)
}
