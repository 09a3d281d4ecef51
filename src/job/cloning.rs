//! Bringing the bytes of a file elsewhere without copying them, or by copying where that is not possible.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::engine::walk::Found;
use crate::error::{Error, Result};
use crate::fs::{BLOCK, File, Stamp};

/// Bytes copied at a time where a clone turns out to be impossible.
const PIECE: usize = 1 << 20;

/// Whether extents are shared with the source instead of copying bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Where the file systems can.
    Auto,
    /// Or not at all.
    Always,
    /// Bytes are copied.
    Never,
}

/// The way that the bytes of a file went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// They were copied.
    Copied,
    /// Whole blocks share their extents with the source; the rest was copied.
    Cloned,
    /// An earlier run, unfinished, had brought them there.
    Kept,
}

/// Whether a file was copied that was to be cloned; set by the thread that finds out.
#[derive(Debug, Default)]
pub(super) struct Fallback(AtomicBool);

impl Fallback {
    pub(super) fn means(&self) -> Means {
        if self.0.load(Ordering::Relaxed) { Means::Copied } else { Means::Cloned }
    }
}

/// Whether there is a whole block to be cloned.
pub(super) fn has_block(size: u64) -> bool {
    size >= BLOCK
}

/// Whether each file can be cloned to `target`: tried with one block of one file of each device.
///
/// # Errors
///
/// [`Error::Package`] if one cannot, and [`Wish::Always`] is the wish.
pub(super) fn cloneable(files: &[Found], wish: Wish, target: &File) -> Result<Vec<bool>> {
    let mut devices: HashMap<u64, bool> = HashMap::new();
    let mut all = Vec::with_capacity(files.len());
    for file in files {
        let able = match (wish, devices.get(&file.mark.device)) {
            _ if !has_block(file.mark.stamp.size) => false,
            (Wish::Never, _) => false,
            (_, Some(able)) => *able,
            _ => {
                let tried = File::open(&file.path).and_then(|file| try_clone(&file, target));
                let tried = explained(tried, wish, target)?;
                *devices.entry(file.mark.device).or_insert(tried)
            }
        };
        all.push(able);
    }
    Ok(all)
}

/// Behind what an earlier run may have left.
fn try_clone(file: &File, target: &File) -> Result<()> {
    let size = target.stamp()?.size;
    let result = target.clone_from(file, 0, BLOCK, size.next_multiple_of(BLOCK));
    target.set_size(size)?;
    result
}

/// Whether it worked; an error where it has to.
fn explained(tried: Result<()>, wish: Wish, target: &File) -> Result<bool> {
    match tried {
        Ok(()) => Ok(true),
        Err(error) if wish == Wish::Always => Err(required(target, error)),
        // A file that cannot even be opened is an error when its turn comes.
        Err(_) => Ok(false),
    }
}

/// A clone that failed and had to succeed, in the words of somebody who asked for it.
pub(super) fn required(target: &File, error: Error) -> Error {
    match error {
        Error::Clone { path, source } => Error::Package {
            path: target.path().to_owned(),
            reason: format!(
                "cannot share extents with {} ({source}); hint: `--clone auto` copies instead",
                path.display()
            ),
        },
        other => other,
    }
}

/// Where the bytes of a file go.
#[derive(Clone, Copy)]
pub(super) struct Span<'a> {
    pub(super) target: &'a File,
    pub(super) offset: u64,
    pub(super) size: u64,
    pub(super) found: &'a Found,
}

impl Span<'_> {
    /// The file had another size when it was found.
    pub(super) fn changed(&self, size: u64) -> Error {
        self.found.changed(Stamp { size, modified: None })
    }

    /// Clone the whole blocks of the open file and copy the rest; copy all of it where that is impossible
    /// and there is a `fallback`. The file must be in everything as it was found when that is done.
    pub(super) fn clone_from(&self, file: &File, fallback: Option<&Fallback>) -> Result<()> {
        let whole = self.size / BLOCK * BLOCK;
        match (self.target.clone_from(file, 0, whole, self.offset), fallback) {
            (Err(Error::Clone { .. }), Some(fallback)) => {
                fallback.0.store(true, Ordering::Relaxed);
                self.copy(file, 0)?;
            }
            (Err(error), _) => return Err(required(self.target, error)),
            (Ok(()), _) => self.copy(file, whole)?,
        }
        self.found.expect_same(file.mark()?)
    }

    /// Copy the open file from `start` on.
    fn copy(&self, file: &File, start: u64) -> Result<()> {
        let piece = |done: u64| usize::try_from(self.size - done).unwrap_or(PIECE).min(PIECE);
        let mut buffer = vec![0; piece(start)];
        let mut done = start;
        while done < self.size {
            let len = file.read_at(&mut buffer[..piece(done)], done)?;
            if len < piece(done) {
                return Err(self.changed(done + len as u64));
            }
            self.target.write_at(&buffer[..len], self.offset + done)?;
            done += len as u64;
        }
        Ok(())
    }
}

impl Wish {
    /// Where it is noted that a file was copied instead, if that is allowed.
    pub(super) fn allow(self, fallback: &Fallback) -> Option<&Fallback> {
        (self != Self::Always).then_some(fallback)
    }
}
