//! Paths as lists and packages write them: relative, with `/` between their parts.

/// Whether `path` stays below the folder it is joined to.
///
/// It comes from outside: one that escapes would make a check read a file that nobody meant. Refusing
/// too much is the safe mistake here.
pub fn is_inside(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains('\0')
        && !(cfg!(windows) && path.contains(['\\', ':']))
}

/// Whether `path` stays below the folder a zip is unpacked in, on every system: some readers take a
/// backslash for a slash, and a colon for the end of a drive's letter.
pub fn is_inside_anywhere(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':');
    is_inside(path) && !path.contains('\\') && !drive
}

/// The last part of a path.
pub fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{base_name, is_inside, is_inside_anywhere};

    #[test]
    fn a_path_that_escapes_is_refused() {
        for path in ["", "/etc/passwd", "../a", "a/../../b", "a//b", "./a", "a/.", "a\0b"] {
            assert!(!is_inside(path), "{path:?}");
            assert!(!is_inside_anywhere(path), "{path:?}");
        }
        for path in ["a\\b", "C:a", "C:\\a", "..\\a"] {
            assert!(!is_inside_anywhere(path), "{path:?}");
        }
    }

    #[test]
    fn a_path_with_odd_but_harmless_names_is_taken() {
        for path in ["a", "a/b.dpx", "..a", "a..b/c", " a ", "ä/ü.dpx", "take 1: a.dpx"] {
            assert!(is_inside_anywhere(path), "{path:?}");
        }
        assert_eq!(base_name("a/b/c.dpx"), "c.dpx");
    }
}
