//! A file read and written by position, on Unix and on Windows.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::stamp::system_time;
use super::{Mark, Stamp};
use crate::error::{Error, Result};

/// An open file that knows its path.
///
/// It has no position of its own, so that threads can share it.
#[derive(Debug)]
pub struct File {
    pub(super) path: PathBuf,
    pub(super) file: fs::File,
}

impl File {
    /// Open a file for reading.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the system refuses.
    pub fn open(path: &Path) -> Result<Self> {
        let file = fs::File::open(path).map_err(Error::io(path))?;
        Ok(Self { path: path.to_owned(), file })
    }

    pub(super) fn new(path: PathBuf, file: fs::File) -> Self {
        Self { path, file }
    }

    /// The path it was opened by.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn metadata(&self) -> Result<Metadata> {
        self.file.metadata().map_err(Error::io(&self.path))
    }

    /// Size and modification time now.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the system refuses.
    pub fn stamp(&self) -> Result<Stamp> {
        Ok(Stamp::of(&self.metadata()?))
    }

    /// Everything that tells this state of the file from another.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the system refuses.
    pub fn mark(&self) -> Result<Mark> {
        Ok(Mark::of(&self.metadata()?))
    }

    /// Cut the file, or fill it up with zeros, to that many bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the system refuses.
    pub(crate) fn set_size(&self, size: u64) -> Result<()> {
        self.file.set_len(size).map_err(Error::io(&self.path))
    }

    /// Read from `offset` until `buffer` is full or the file ends; returns how many bytes came.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the system refuses.
    pub fn read_at(&self, buffer: &mut [u8], offset: u64) -> Result<usize> {
        let mut len = 0;
        while len < buffer.len() {
            match read_at(&self.file, &mut buffer[len..], offset + len as u64) {
                Ok(0) => break,
                Ok(more) => len += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::io(&self.path)(error)),
            }
        }
        Ok(len)
    }

    /// Write all of `bytes` at `offset`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the system refuses, a full disk included.
    pub fn write_at(&self, bytes: &[u8], offset: u64) -> Result<()> {
        let mut done = 0;
        while done < bytes.len() {
            match write_at(&self.file, &bytes[done..], offset + done as u64) {
                Ok(0) => return Err(Error::io(&self.path)(io::ErrorKind::WriteZero.into())),
                Ok(more) => done += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::io(&self.path)(error)),
            }
        }
        Ok(())
    }

    /// Let whoever may read or write `other` do so with this one.
    pub(crate) fn take_rights_of(&self, other: &Self) -> Result<()> {
        let rights = other.file.metadata().map(|metadata| metadata.permissions());
        let done = rights.and_then(|rights| self.file.set_permissions(rights));
        done.map_err(Error::io(&self.path))
    }

    /// Set the modification time, in nanoseconds since 1970.
    pub(crate) fn set_modified(&self, time: i64) -> Result<()> {
        self.file.set_modified(system_time(time)).map_err(Error::io(&self.path))
    }

    /// Wait until the bytes are on the disk, and let the system forget what it holds of them in memory, so
    /// that reading them reads the disk. Only Linux is asked to; elsewhere they may come from memory.
    pub(crate) fn forget(&self) -> Result<()> {
        forget(&self.file).map_err(Error::io(&self.path))
    }

    /// Wait until the bytes are on the disk.
    pub(super) fn sync(&self) -> Result<()> {
        self.file.sync_all().map_err(Error::io(&self.path))
    }
}

#[cfg(target_os = "linux")]
fn forget(file: &fs::File) -> io::Result<()> {
    file.sync_all()?;
    Ok(rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed)?)
}

/// The portable way: nobody is asked. Windows would not even sync a file that is open for reading.
#[cfg(not(target_os = "linux"))]
fn forget(_file: &fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn read_at(file: &fs::File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(unix)]
fn write_at(file: &fs::File, bytes: &[u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::write_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &fs::File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

#[cfg(windows)]
fn write_at(file: &fs::File, bytes: &[u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_write(file, bytes, offset)
}
