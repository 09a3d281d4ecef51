//! A file that is written under a name of its own and takes its final name only when it is whole.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::File;
use crate::error::{Error, Result};

/// Not the target's own name with something added, which could be longer than a name may be.
const PREFIX: &str = ".reelpack.";
const SUFFIX: &str = ".part";

/// A file on its way, hidden beside its target, and locked as long as this process works on it.
///
/// Dropped before [`Scratch::keep`] or [`Scratch::leave`], it is removed. A process that is killed leaves
/// it behind, under its hidden name: `.reelpack.` and six letters, then `.part`.
#[derive(Debug)]
pub struct Scratch {
    file: File,
    // Removes the file when dropped; after `file`, since Windows removes no open file.
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
        let (file, name) = tempfile::Builder::new()
            .prefix(PREFIX)
            .suffix(SUFFIX)
            .make_in(folder_of(target), |path| {
                OpenOptions::new().read(true).write(true).create_new(true).open(path)
            })
            .map_err(Error::io(target))?
            .into_parts();
        // Errors while writing name the target: it is the name the caller knows.
        let file = File::new(target.to_owned(), file);
        // Nobody else knows the name yet; what cannot be locked, cannot be continued either.
        file.try_lock()?;
        Ok(Self { file, name, target: target.to_owned() })
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
        let file = OpenOptions::new().read(true).write(true).open(part).map_err(Error::io(part))?;
        let file = File::new(target.to_owned(), file);
        if !file.try_lock()? {
            return Ok(None);
        }
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
    /// [`Error::TargetExists`] if the name is taken and `replace` is false; [`Error::Io`].
    pub fn keep(self, replace: bool, sync: bool) -> Result<()> {
        let Self { file, name, target } = self;
        if sync {
            file.sync()?;
        }
        drop(file);
        if replace {
            name.persist(&target).map_err(|error| Error::io(&target)(error.error))?;
        } else {
            keep_new(name, &target)?;
        }
        if sync { sync_folder(&target) } else { Ok(()) }
    }
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
    path.file_name().and_then(OsStr::to_str).is_some_and(|name| {
        name.strip_prefix(PREFIX).is_some_and(|rest| rest.ends_with(SUFFIX) && rest.len() == 11)
    })
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

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
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
