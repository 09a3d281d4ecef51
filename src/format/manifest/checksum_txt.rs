//! `checksum.txt`: one line for each file, its name, size in bytes, algorithm and digest, with a TAB
//! between them and a line feed at the end; UTF-8, sorted by line.
//!
//! This is what `npack` 0.3.3 to 0.8.0 writes with MD5 (observed in its published wheels), the tool that the
//! studio's page on frame sequence zips names ("Content Hub: Upload Instructions", backlothelp article
//! 231960408). The studio's newer tool writes MD5 or xxHash ("CHCLI Checksum Creation User Guide",
//! partnerhelp article 4411158165011); its columns, and which xxHash that is, are not public. Assumed:
//! the same four columns, with the name of the algorithm in the third.

use std::fmt::Write as _;

use super::Entry;
use crate::digest::{Algorithm, Digest};
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

/// What a list may be made with.
pub const ALGORITHMS: [Algorithm; 4] =
    [Algorithm::Md5, Algorithm::Xxh64, Algorithm::Xxh3, Algorithm::Xxh128];

/// The text of a list of these names, sizes and digests, its lines sorted by code points, as whole lines.
pub fn render<'a>(files: impl IntoIterator<Item = (&'a str, u64, Digest)>) -> String {
    let mut lines: Vec<String> = files.into_iter().map(line).collect();
    lines.sort_unstable();
    lines.concat()
}

fn line((name, size, digest): (&str, u64, Digest)) -> String {
    // 20 digits of size, 32 of digest, 6 of the algorithm and 4 separators: no second allocation.
    let mut line = String::with_capacity(name.len() + 62);
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
    let Some(known) = find(algorithm, hex) else {
        return Err(LineFault::Algorithm(algorithm.to_owned()));
    };
    let fault = || LineFault::Digest(known, hex.to_owned());
    let digest = Digest::parse(known, hex).ok_or_else(fault)?;
    Ok(Entry { name: name.to_owned(), size: Some(parse_size(size)?), digests: vec![digest] })
}

/// The algorithm of the third column. Assumed: `xxhash`, as the studio's newer tool calls what it takes by
/// default, is XXH64 or, with 32 digits, XXH128.
fn find(name: &str, hex: &str) -> Option<Algorithm> {
    match name {
        "xxhash" if hex.len() == 32 => Some(Algorithm::Xxh128),
        "xxhash" | "xxhash64" | "xxhash64be" => Some(Algorithm::Xxh64),
        "xxhash128" => Some(Algorithm::Xxh128),
        _ => ALGORITHMS.into_iter().find(|algorithm| algorithm.name() == name),
    }
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
    use crate::digest::{Algorithm, Digest};
    use crate::error::{LineFault, NameFault};
    use crate::format::manifest::Entry;

    const LINE: &str = "b.0002.dpx\t5\tmd5\t5d41402abc4b2a76b9719d911017c592\n";

    #[test]
    fn a_line_of_the_old_tool_is_read_and_written_alike() {
        let entries = parse(LINE.as_bytes()).unwrap();

        assert_eq!(entries[0].name, "b.0002.dpx");
        assert_eq!(entries[0].size, Some(5));
        assert_eq!(render([("b.0002.dpx", 5, entries[0].digests[0])]), LINE);
    }

    #[test]
    fn what_the_newer_tool_may_call_its_digests_is_read() {
        let long = "06b05ab6733a618578af5f94892f3950";
        let cases = [
            ("xxh64", &long[..16], Algorithm::Xxh64),
            ("xxh3", &long[..16], Algorithm::Xxh3),
            ("xxh128", long, Algorithm::Xxh128),
            ("xxhash", &long[..16], Algorithm::Xxh64),
            ("xxhash64be", &long[..16], Algorithm::Xxh64),
            ("xxhash", long, Algorithm::Xxh128),
            ("xxhash128", long, Algorithm::Xxh128),
        ];
        for (name, hex, algorithm) in cases {
            let entries = parse(format!("a\t1\t{name}\t{hex}\n").as_bytes()).unwrap();
            assert_eq!(entries[0].digests, [Digest::parse(algorithm, hex).unwrap()], "{name}");
        }
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
            (format!("a\t1\tsha1\t{hex}"), LineFault::Algorithm("sha1".into())),
            (
                format!("a\t1\tmd5\t{}", &hex[1..]),
                LineFault::Digest(Algorithm::Md5, hex[1..].into()),
            ),
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
            files in proptest::collection::vec(
                ("[^\t\r\n]{1,20}", any::<u64>(), any::<[u8; 16]>()),
                1..20,
            ),
            wide: bool,
        ) {
            prop_assume!(!files.iter().any(|(name, ..)| name.starts_with('\u{feff}')));
            let digest = |bytes: &[u8; 16]| {
                if wide { Digest::Xxh128(*bytes) } else { Digest::Md5(*bytes) }
            };
            let mut files: Vec<_> = files
                .iter()
                .map(|(name, size, bytes)| (name.as_str(), *size, digest(bytes)))
                .collect();
            let text = render(files.iter().copied());
            if !wide {
                let sizes = files.iter().map(|(name, size, _)| (*name, *size));
                prop_assert_eq!(rendered_size(sizes), text.len() as u64);
            }
            files.sort_by_key(|file| super::line(*file));
            let entries: Vec<_> = files
                .into_iter()
                .map(|(name, size, digest)| {
                    Entry { name: name.to_owned(), size: Some(size), digests: vec![digest] }
                })
                .collect();
            prop_assert_eq!(parse(text.as_bytes()).unwrap(), entries);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _any_answer = parse(&bytes);
        }
    }
}
