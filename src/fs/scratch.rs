//! A file that is written under a name of its own and takes its final name only when it is whole.

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::{File, claim, folder_of};
use crate::error::{Error, Result};

/// Not the target's own name with something added, which could be longer than a name may be.
const PREFIX: &str = ".reelpack.";
const SUFFIX: &str = ".part";

/// A file on its way, hidden beside its target, and locked as long as this process works on it.
///
/// Dropped before [`Scratch::keep`] or [`Scratch::leave`], it is removed. A process that is killed leaves
/// it behind, under its hidden name: `.reelpack.`, letters and digits, `.part`. The name follows from the
/// target's, so that the next run with this target clears it away; only where two run at once, the second
/// takes another one.
#[derive(Debug)]
pub struct Scratch {
    // Removes the file when dropped: with the lock held, or it might be another run's by then.
    #[cfg(unix)]
    name: TempPath,
    file: File,
    // After `file`, since Windows removes no open file; there nobody takes a name over either.
    #[cfg(not(unix))]
    name: TempPath,
    target: PathBuf,
}

impl Scratch {
    /// Begin a file that is to be called `target`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] with the target's path if its folder takes no new file.
    pub fn create(target: &Path) -> Result<Self> {
        let (file, name) = begin(&usual_name(target)).map_err(Error::io(target))?;
        // Errors while writing name the target: it is the name the caller knows.
        Ok(Self { file: File::new(target.to_owned(), file), name, target: target.to_owned() })
    }

    /// Go on with a file that an earlier run left; `None` if it is gone or another process works on it.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the system refuses to open or lock it.
    pub fn resume(part: &Path, target: &Path) -> Result<Option<Self>> {
        if !is_part(part) || !super::exists(part) {
            return Ok(None);
        }
        let Some(file) = claim::take_up(part).map_err(Error::io(part))? else { return Ok(None) };
        let file = File::new(target.to_owned(), file);
        let name = TempPath::try_from_path(part).map_err(Error::io(part))?;
        Ok(Some(Self { file, name, target: target.to_owned() }))
    }

    /// The hidden name.
    pub fn name(&self) -> &Path {
        &self.name
    }

    /// Stop here and leave the file for [`Scratch::resume`].
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the system refuses.
    pub fn leave(self) -> Result<()> {
        let Self { file: _, name, target } = self;
        name.keep().map(drop).map_err(|error| Error::io(&target)(error.error))
    }

    /// The file, to be written.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Give the file its final name; `replace` says whether another may lose it, `sync` whether to wait
    /// until the bytes, and then the name, are on the disk.
    ///
    /// # Errors
    ///
    /// [`Error::TargetExists`] if the name is taken and `replace` is false; [`Error::Io`], for a device or a
    /// pipe too, which has no bytes that could be replaced.
    pub fn keep(self, replace: bool, sync: bool) -> Result<()> {
        let Self { file, name, target } = self;
        if sync {
            file.sync()?;
        }
        if replace {
            expect_replaceable(&target)?;
            name.persist(&target).map_err(|error| Error::io(&target)(error.error))?;
        } else {
            keep_new(name, &target)?;
        }
        // Locked until it has its name: without the lock, another run would take it for left behind.
        drop(file);
        if sync { sync_folder(&target) } else { Ok(()) }
    }
}

/// A rename would put a file in the place of `/dev/null` where rights allow it.
///
/// # Errors
///
/// [`Error::Io`] for what is there and is no file, link or folder; the system refuses the last by itself.
pub(crate) fn expect_replaceable(target: &Path) -> Result<()> {
    let Ok(there) = std::fs::symlink_metadata(target) else { return Ok(()) };
    let kind = there.file_type();
    if kind.is_file() || kind.is_symlink() || kind.is_dir() {
        return Ok(());
    }
    Err(Error::io(target)(io::Error::other("a device or a pipe, which is not replaced")))
}

/// The hidden name that follows from the target's.
fn usual_name(target: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    target.file_name().hash(&mut hasher);
    folder_of(target).join(format!("{PREFIX}{:016x}{SUFFIX}", hasher.finish()))
}

/// The usual name, or another one where it is that of a run at work.
fn begin(usual: &Path) -> io::Result<(std::fs::File, TempPath)> {
    let made = match claim::make(usual) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => claim::make_anew(usual),
        made => made,
    };
    if let Some(file) = made? {
        return Ok((file, TempPath::try_from_path(usual)?));
    }
    let (folder, builder) = (folder_of(usual), &mut tempfile::Builder::new());
    let made = builder.prefix(PREFIX).suffix(SUFFIX).make_in(folder, claim::create_new)?;
    // Only the usual name is ever taken for left behind by a run that does not know of this one.
    let _ = made.as_file().try_lock();
    Ok(made.into_parts())
}

/// Remove a file that an earlier run left, unless another process works on it; whether it was removed.
///
/// # Errors
///
/// [`Error::Io`] if the system refuses.
pub fn discard(part: &Path) -> Result<bool> {
    // Dropping it removes it.
    Scratch::resume(part, part).map(|scratch| scratch.is_some())
}

/// Whether the name is one that [`Scratch::create`] gives: nothing else is ever taken up or removed.
fn is_part(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).and_then(|name| name.strip_prefix(PREFIX));
    let name = name.and_then(|name| name.strip_suffix(SUFFIX));
    name.is_some_and(|name| name.chars().all(|letter| letter.is_ascii_alphanumeric()))
}

/// Write a small file in one go, whole or not at all, replacing what was there.
///
/// # Errors
///
/// [`Error::Io`] if the system refuses.
pub fn write(path: &Path, bytes: &[u8], sync: bool) -> Result<()> {
    let scratch = Scratch::create(path)?;
    scratch.file().write_at(bytes, 0)?;
    scratch.keep(true, sync)
}

fn keep_new(name: TempPath, target: &Path) -> Result<()> {
    match name.persist_noclobber(target) {
        Ok(()) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Error::TargetExists { path: target.to_owned() })
        }
        // A file system without hard links and without an exclusive rename: look, then rename.
        Err(error) if super::exists(target) => {
            drop(error);
            Err(Error::TargetExists { path: target.to_owned() })
        }
        Err(error) => error.path.persist(target).map_err(|error| Error::io(target)(error.error)),
    }
}

/// A new name is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(target: &Path) -> Result<()> {
    File::open(folder_of(target))?.sync()
}

/// Windows opens no folder as a file; NTFS keeps names in its journal.
#[cfg(not(unix))]
fn sync_folder(_target: &Path) -> Result<()> {
    Ok(())
}
