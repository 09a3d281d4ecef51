//! What a tape says of itself, in files that were written from it.

use std::io::{self, BufReader, Read};
use std::path::Path;

use crate::error::{Error, Result};
use crate::format::ltfs::{self, Fault, Volume};
use crate::fs::{self, Cursor, File, Kind};
use crate::progress::Progress;

/// Bytes read at a time; the wish to stop is looked at as often.
const AT_ONCE: usize = 1 << 20;

/// Read an index or a label of LTFS.
///
/// # Errors
///
/// [`Error::Io`]; [`Error::Lto`] for what is neither, or not sound; [`Error::Cancelled`].
pub fn read(path: &Path, progress: &Progress) -> Result<Volume> {
    let (kind, mark) = fs::stat(path)?;
    if kind == Kind::Other {
        return Err(refused(path, "is no regular file".to_owned()));
    }
    if mark.stamp.size > ltfs::LONGEST {
        return Err(refused(path, format!("larger than {} bytes", ltfs::LONGEST)));
    }
    let file = File::open(path)?;
    let mut input = Watched { inner: Cursor::new(&file, 0), progress, stopped: None };
    ltfs::read(BufReader::with_capacity(AT_ONCE, &mut input)).map_err(|fault| {
        match input.stopped.take() {
            Some(Stop::Cancelled) => Error::Cancelled,
            Some(Stop::Failed(source)) => Error::io(path)(source),
            None => of_fault(path, &fault),
        }
    })
}

/// Bytes of a file, for as long as they are wanted; what ended them is kept, since a parser tells no more of
/// it than its kind.
struct Watched<'a> {
    inner: Cursor<'a>,
    progress: &'a Progress,
    stopped: Option<Stop>,
}

enum Stop {
    Cancelled,
    Failed(io::Error),
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (stop, kind) = match (self.progress.check(), self.inner.read(buffer)) {
            (Err(_), _) => (Stop::Cancelled, io::ErrorKind::Other),
            (Ok(()), Ok(len)) => return Ok(len),
            (Ok(()), Err(error)) if error.kind() == io::ErrorKind::Interrupted => {
                return Err(error);
            }
            (Ok(()), Err(error)) => {
                let kind = error.kind();
                (Stop::Failed(error), kind)
            }
        };
        self.stopped = Some(stop);
        Err(kind.into())
    }
}

fn refused(path: &Path, reason: String) -> Error {
    Error::Lto { path: path.to_owned(), line: None, reason }
}

fn of_fault(path: &Path, fault: &Fault) -> Error {
    let reason = fault.reason.to_string();
    Error::Lto { path: path.to_owned(), line: Some(fault.line), reason }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::read;
    use crate::error::Error;
    use crate::progress::Progress;

    #[test]
    fn a_file_that_is_not_wanted_any_more_is_not_read() {
        let progress = Progress::default();
        progress.cancel();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/ltfs/index.xml");

        assert!(matches!(read(&path, &progress), Err(Error::Cancelled)));
        let volume = read(&path, &Progress::default()).unwrap();
        assert_eq!(volume.files.len(), 4);
    }

    #[test]
    fn a_folder_is_an_error_of_the_system() {
        let found = read(Path::new(env!("CARGO_MANIFEST_DIR")), &Progress::default());

        assert!(matches!(found, Err(Error::Io { .. })), "{found:?}");
    }
}
