//! Hidden names that no two runs work on at once.
//!
//! A file is a run's own once it is locked **and** its name still leads to it: between making it and locking
//! it, another run may have taken it for left behind. What was left behind is removed with its lock held, and
//! only if its name leads to it.

use std::fs::{File, OpenOptions, TryLockError, remove_file, symlink_metadata};
use std::io;
use std::path::Path;

use super::Mark;

/// A new file of that name that is ours; `None` if another run has taken the name meanwhile.
///
/// # Errors
///
/// [`io::ErrorKind::AlreadyExists`] if the name is taken, and others if the folder takes no new file.
pub(super) fn make(path: &Path) -> io::Result<Option<File>> {
    let file = create_new(path)?;
    // Where there are no locks, nobody takes it for left behind either.
    let is_taken = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
    Ok((!is_taken && leads_to(path, &file) != Some(false)).then_some(file))
}

/// The same in the place of what an earlier run left; `None` if another run works on that.
///
/// # Errors
///
/// Those of [`make`].
pub(super) fn make_anew(path: &Path) -> io::Result<Option<File>> {
    if !clear(path) {
        return Ok(None);
    }
    match make(path) {
        // Another run was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
        made => made,
    }
}

/// What an earlier run left, to go on with; `None` if another run works on it.
///
/// # Errors
///
/// If it cannot be opened for writing.
pub(super) fn take_up(path: &Path) -> io::Result<Option<File>> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    let is_free = file.try_lock().is_ok();
    Ok((is_free && leads_to(path, &file) != Some(false)).then_some(file))
}

pub(super) fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

/// Remove what nobody works on. It may share its bytes with a file that has its final name already, by a hard
/// link, so that it cannot be emptied and used.
fn clear(path: &Path) -> bool {
    let is_file = symlink_metadata(path).is_ok_and(|named| named.is_file());
    let Some(file) = is_file.then(|| take_up(path).ok()).flatten().flatten() else { return false };
    leads_to(path, &file) == Some(true) && remove_file(path).is_ok()
}

/// Whether the name is that of the file; `None` where the system does not tell.
fn leads_to(path: &Path, file: &File) -> Option<bool> {
    let Ok(named) = symlink_metadata(path) else { return Some(false) };
    let Ok(open) = file.metadata() else { return Some(false) };
    let (named, open) = (Mark::of(&named), Mark::of(&open));
    (named.inode != 0 && open.inode != 0).then(|| named.is_same_file(&open))
}
