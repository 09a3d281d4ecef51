//! What the pass over a file tells beyond its digests: the CRC-32, and the header of a frame.

use std::io::Cursor as Window;
use std::path::Path;

use crate::engine::pass::{Crc32, Observer};
use crate::error::Result;
use crate::format::picture::{self, Header};
use crate::fs::{File, Mark};
use crate::job::frame;

/// What is known of a frame's header: nothing if the bytes do not begin like one.
pub(super) type Found = Option<Result<Header, String>>;

/// Looks at a header as it goes by. Where it needs bytes that lie further on, as a TIFF's directory or the
/// last chunk of an EXR do, those are read when the pass has come to the end, from the open file.
pub(super) struct Look {
    crc: Crc32,
    size: u64,
    has_begun: bool,
    is_pending: bool,
    pub(super) header: Found,
}

impl Look {
    /// At a file that had `size` bytes when it was found.
    pub(super) fn new(size: u64) -> Self {
        Self { crc: Crc32::default(), size, has_begun: false, is_pending: false, header: None }
    }

    fn begin(&mut self, bytes: &[u8]) {
        let seen = picture::parse(&mut Window::new(bytes), self.size);
        // A header that is wrong may only be one that goes on beyond these bytes.
        self.is_pending = seen.is_err() && (bytes.len() as u64) < self.size;
        if !self.is_pending {
            self.header = found(seen);
        }
    }
}

impl Observer for Look {
    fn see(&mut self, bytes: &[u8]) -> Result<()> {
        if !self.has_begun {
            self.has_begun = true;
            self.begin(bytes);
        }
        self.crc.see(bytes)
    }

    fn crc(&self) -> Option<u32> {
        self.crc.crc()
    }

    fn take(&mut self, file: &File) -> Result<()> {
        if self.is_pending {
            self.header = found(frame::of_file(file, self.size));
        }
        Ok(())
    }
}

/// The header of a file that is not read, because the memory knows it as `mark` says.
///
/// # Errors
///
/// [`Error::Io`](crate::Error::Io); [`Error::Changed`](crate::Error::Changed) if it is not so any more.
pub(super) fn look_at(path: &Path, mark: Mark) -> Result<Found> {
    let file = File::open(path)?;
    let header = found(frame::of_file(&file, mark.stamp.size));
    let now = file.mark()?;
    if now == mark {
        return Ok(header);
    }
    let (path, before, after) = (path.to_owned(), mark.stamp, now.stamp);
    Err(crate::Error::Changed { path, before, after })
}

fn found(seen: Result<Option<Header>, picture::Fault>) -> Found {
    match seen {
        Ok(header) => header.map(Ok),
        Err(fault) => Some(Err(fault.to_string())),
    }
}
