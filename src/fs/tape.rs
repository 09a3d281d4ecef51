//! What LTFS tells of a mounted tape, by extended attributes that are asked for by name.
//!
//! `ltfs.startblock`, where a file begins, and `ltfs.fileUID`, which each file and folder has, are among
//! the virtual extended attributes of the LTFS Format Specification 2.4 (SNIA), annex C; on Linux they begin
//! with `user.`. On Windows, and wherever nobody answers, nothing is a tape.

use std::path::Path;

/// Whether LTFS has mounted what `path` lies on.
pub fn is_tape(path: &Path) -> bool {
    number(path, "fileUID").is_some()
}

/// The block of the tape where the file begins; `None` where nobody says, as of an empty file.
pub fn start_block(path: &Path) -> Option<u64> {
    number(path, "startblock")
}

#[cfg(unix)]
fn number(path: &Path, name: &str) -> Option<u64> {
    let mut room = [0; 64];
    // macOS has no namespaces.
    let ask = |prefix: &str, room: &mut [u8]| {
        rustix::fs::getxattr(path, format!("{prefix}ltfs.{name}"), room).ok()
    };
    let len = ask("user.", &mut room).or_else(|| ask("", &mut room))?;
    let text = std::str::from_utf8(room.get(..len)?).ok()?;
    text.trim_matches(|end: char| end == '\0' || end.is_ascii_whitespace()).parse().ok()
}

#[cfg(not(unix))]
fn number(_path: &Path, _name: &str) -> Option<u64> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::path::Path;

    use rustix::fs::{XattrFlags, setxattr};

    use super::{is_tape, start_block};

    #[test]
    fn what_is_no_tape_says_nothing() {
        assert!(!is_tape(Path::new("/")));
        assert_eq!(start_block(Path::new("/not/there")), None);
    }

    #[test]
    fn numbers_are_read_as_ltfs_writes_them() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for (text, number) in [("17", Some(17)), ("5\0", Some(5)), ("", None), ("-1", None)] {
            setxattr(file.path(), "user.ltfs.startblock", text.as_bytes(), XattrFlags::empty())
                .unwrap();
            assert_eq!(start_block(file.path()), number, "{text:?}");
        }
    }
}
