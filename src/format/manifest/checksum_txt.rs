//! `checksum.txt`: one line for each file, its name, size in bytes, algorithm and digest, with a TAB
//! between them and a line feed at the end; UTF-8, sorted by line.
//!
//! This is what `npack` 0.3.3 to 0.8.0 writes (observed in its published wheels), the tool that the
//! studio's page on frame sequence zips names ("Content Hub: Upload Instructions", backlothelp article
//! 231960408). The columns of the studio's newer tool are not public.

use std::fmt::Write as _;

use super::Entry;
use crate::digest::Digest;
use crate::error::{LineFault, NameFault};

/// Whether a name can be written, and read back as it was.
///
/// # Errors
///
/// What is wrong with it. A carriage return is refused too: readers that take every kind of line end
/// would see two lines.
pub fn check_name(name: &str) -> Result<(), NameFault> {
    match name.chars().find(|character| matches!(character, '\t' | '\n' | '\r')) {
        Some('\t') => Err(NameFault::Tab),
        Some('\n') => Err(NameFault::LineFeed),
        Some(_) => Err(NameFault::CarriageReturn),
        None => Ok(()),
    }
}

/// The text of a list, its lines sorted by code points, as whole lines.
pub fn render(entries: &[Entry]) -> String {
    let mut lines: Vec<String> = entries.iter().map(line).collect();
    lines.sort_unstable();
    lines.concat()
}

fn line(entry: &Entry) -> String {
    // 20 digits of size, 32 of digest, 3 of the algorithm and 4 separators: no second allocation.
    let mut line = String::with_capacity(entry.name.len() + 60);
    let (name, size, digest) = (&entry.name, entry.size, &entry.digest);
    let _cannot_fail = writeln!(line, "{name}\t{size}\t{}\t{digest}", digest.algorithm());
    line
}

/// Bytes of the text of a list of files with these names and sizes, whatever their digests.
pub fn rendered_size<'a>(files: impl IntoIterator<Item = (&'a str, u64)>) -> u64 {
    let md5_line = |(name, size): (&str, u64)| {
        let digits = size.checked_ilog10().map_or(1, |power| power + 1);
        name.len() as u64 + u64::from(digits) + 39
    };
    files.into_iter().map(md5_line).sum()
}

/// A line that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: LineFault,
}

/// The entries of a list, in the order of its lines.
///
/// A byte order mark, line ends of Windows, digits in upper case and empty lines at the end are
/// accepted: editors and the old tool on Windows make them. Nothing else is.
///
/// # Errors
///
/// The first line that is not understood: with one line lost, no verdict over the rest is worth much.
pub fn parse(bytes: &[u8]) -> Result<Vec<Entry>, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let end =
        bytes.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
    if end == 0 {
        return Ok(vec![]);
    }
    let lines = bytes[..end].split(|byte| *byte == b'\n').enumerate();
    lines.map(|(n, line)| parse_line(line).map_err(|fault| Fault { line: n + 1, fault })).collect()
}

fn parse_line(line: &[u8]) -> Result<Entry, LineFault> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = str::from_utf8(line).map_err(|_| LineFault::NotUtf8)?;
    let mut columns = line.split('\t');
    let (Some(name), Some(size), Some(algorithm), Some(hex), None) =
        (columns.next(), columns.next(), columns.next(), columns.next(), columns.next())
    else {
        return Err(LineFault::Columns);
    };
    if algorithm != "md5" {
        return Err(LineFault::Algorithm(algorithm.to_owned()));
    }
    let digest = Digest::parse(algorithm, hex).ok_or_else(|| LineFault::Digest(hex.to_owned()))?;
    Ok(Entry { name: name.to_owned(), size: parse_size(size)?, digest })
}

/// Digits only, as they are written: `str::parse` would take a sign and leading zeros too.
fn parse_size(text: &str) -> Result<u64, LineFault> {
    let fault = || LineFault::Size(text.to_owned());
    let padded = text.len() > 1 && text.starts_with('0');
    if padded || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(fault());
    }
    text.parse().map_err(|_| fault())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{check_name, parse, render, rendered_size};
    use crate::digest::Digest;
    use crate::error::{LineFault, NameFault};
    use crate::format::manifest::Entry;

    const LINE: &str = "b.0002.dpx\t5\tmd5\t5d41402abc4b2a76b9719d911017c592\n";

    #[test]
    fn a_line_of_the_old_tool_is_read_and_written_alike() {
        let entries = parse(LINE.as_bytes()).unwrap();

        assert_eq!(entries[0].name, "b.0002.dpx");
        assert_eq!(entries[0].size, 5);
        assert_eq!(render(&entries), LINE);
    }

    #[test]
    fn what_editors_and_windows_add_is_accepted() {
        let expected = parse(LINE.as_bytes());
        let variants = [
            format!("\u{feff}{LINE}"),
            LINE.replace('\n', "\r\n"),
            LINE.trim_end().to_owned(),
            format!("{LINE}\n\r\n"),
            LINE.replace("5d41402abc4b2a76b9719d911017c592", "5D41402ABC4B2A76B9719D911017C592"),
        ];
        for text in variants {
            assert_eq!(parse(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_line_is_refused_with_its_number() {
        let hex = "5d41402abc4b2a76b9719d911017c592";
        let cases: [(String, LineFault); 9] = [
            (format!("a\t01\tmd5\t{hex}"), LineFault::Size("01".into())),
            ("a".into(), LineFault::Columns),
            (format!("a\t1\tmd5\t{hex}\tmore"), LineFault::Columns),
            (String::new(), LineFault::Columns),
            (format!("a\t+1\tmd5\t{hex}"), LineFault::Size("+1".into())),
            (format!("a\t\tmd5\t{hex}"), LineFault::Size(String::new())),
            (format!("a\t99999999999999999999\tmd5\t{hex}"), LineFault::Size("9".repeat(20))),
            (format!("a\t1\txxhash\t{hex}"), LineFault::Algorithm("xxhash".into())),
            (format!("a\t1\tmd5\t{}", &hex[1..]), LineFault::Digest(hex[1..].into())),
        ];
        for (line, expected) in cases {
            let fault = parse(format!("{LINE}{line}\n{LINE}").as_bytes()).unwrap_err();
            assert_eq!((fault.line, fault.fault), (2, expected), "{line:?}");
        }
        assert_eq!(parse(b"\xff\t1\tmd5\t").unwrap_err().fault, LineFault::NotUtf8);
    }

    #[test]
    fn a_name_that_would_break_a_line_is_refused() {
        let cases = [
            ("a\tb", NameFault::Tab),
            ("a\nb", NameFault::LineFeed),
            ("a\rb", NameFault::CarriageReturn),
        ];
        for (name, fault) in cases {
            assert_eq!(check_name(name), Err(fault), "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_rendered_parses_back(
            mut entries in proptest::collection::vec(
                ("[^\t\r\n]{1,20}", any::<u64>(), any::<[u8; 16]>()).prop_map(|(name, size, md5)| {
                    Entry { name, size, digest: Digest::Md5(md5) }
                }),
                1..20,
            )
        ) {
            prop_assume!(!entries.iter().any(|entry| entry.name.starts_with('\u{feff}')));
            let text = render(&entries);
            let files = entries.iter().map(|entry| (entry.name.as_str(), entry.size));
            prop_assert_eq!(rendered_size(files), text.len() as u64);
            entries.sort_by_key(super::line);
            prop_assert_eq!(parse(text.as_bytes()).unwrap(), entries);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _any_answer = parse(&bytes);
        }
    }
}
