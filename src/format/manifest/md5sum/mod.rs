//! The lists of GNU coreutils and `xxhsum`: one `<digest>  <name>` line for each file.
//!
//! The lines are those of coreutils 9.1 (`md5sum`, `sha1sum`, `sha256sum`; manual, section 6.2, "cksum
//! output modes") and of xxhsum 0.8.1: the digest in lower-case hex, two blanks, and the name. Where a
//! name has a backslash or a line end, the line begins with a backslash and the name has `\\`, `\n` and
//! `\r`. What `--tag` and the tools of BSD and macOS write is read too.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::Entry;
use crate::digest::{Algorithm, Digest};

/// Why an entry cannot stand in such a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: has no {algorithm} digest to list")]
pub struct NoDigest {
    /// The entry's.
    pub name: String,
    /// What was asked for.
    pub algorithm: Algorithm,
}

/// A line that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: Reason,
}

/// Why a line could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The whole list is UTF-16.
    #[error("UTF-16, which is not read here; hint: save it as UTF-8")]
    Utf16,
    /// The line is not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// Neither `<digest>  <name>` nor `<ALGORITHM> (<name>) = <digest>`.
    #[error("not digest, two blanks, name")]
    Columns,
    /// As many hex digits as no algorithm here has, or no hex digits.
    #[error("`{0}` is no digest that is known here")]
    Digest(String),
    /// A line that begins with a backslash and has one that stands for nothing.
    #[error("a backslash that is followed by neither `\\`, `n` nor `r`")]
    Escape,
    /// There is no name.
    #[error("no name")]
    NoName,
}

/// The text of a list, its lines in the order of the entries.
///
/// `xxh3` is written as a line with its name, as `xxhsum` does: it has as many digits as `xxh64`. No
/// other tool is known that reads such a list of `c4`.
///
/// # Errors
///
/// The first entry that has no digest of `algorithm`.
pub fn render(entries: &[Entry], algorithm: Algorithm) -> Result<String, NoDigest> {
    let mut out = String::with_capacity(entries.iter().map(|entry| entry.name.len() + 48).sum());
    for entry in entries {
        let digest =
            entry.of(algorithm).ok_or_else(|| NoDigest { name: entry.name.clone(), algorithm })?;
        render_line(&mut out, &entry.name, digest);
    }
    Ok(out)
}

fn render_line(out: &mut String, name: &str, digest: Digest) {
    let escaped = name.contains(['\\', '\n', '\r']).then(|| {
        out.push('\\');
        name.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
    });
    let name = escaped.as_deref().unwrap_or(name);
    let _cannot_fail = if digest.algorithm() == Algorithm::Xxh3 {
        writeln!(out, "XXH3 ({name}) = {digest}")
    } else {
        writeln!(out, "{digest}  {name}")
    };
}

/// The entries of a list, in the order of its lines, each with one digest and no size.
///
/// How many digits a digest has says what it is; `hint`, which comes from the list's file name, decides
/// between MD5 and XXH128, which have 32, and between XXH64 and XXH3, which have 16. Without one they
/// are MD5 and XXH64. A line that names its algorithm needs no hint.
///
/// A byte order mark, line ends of Windows, digits in upper case, empty lines, lines that begin with `#`,
/// and blanks before a line are accepted, and one blank before the name, as `md5 -r` on macOS writes.
///
/// # Errors
///
/// The first line that is not understood: with one line lost, no verdict over the rest is worth much.
pub fn parse(bytes: &[u8], hint: Option<Algorithm>) -> Result<Vec<Entry>, Fault> {
    if is_utf16(bytes) {
        return Err(Fault { line: 1, reason: Reason::Utf16 });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut entries = vec![];
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let entry = parse_line(line, hint).map_err(|reason| Fault { line: index + 1, reason })?;
        entries.extend(entry);
    }
    Ok(entries)
}

/// A mark says so, or a zero byte where the first digit's other half is.
fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..])
}

fn parse_line(line: &[u8], hint: Option<Algorithm>) -> Result<Option<Entry>, Reason> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = str::from_utf8(line).map_err(|_| Reason::NotUtf8)?;
    let line = line.trim_start_matches([' ', '\t']);
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let (escaped, line) = line.strip_prefix('\\').map_or((false, line), |line| (true, line));
    let (name, digest) = match tagged(line) {
        Some((algorithm, name, hex)) => (name, digest(algorithm, hex)?),
        None => plain(line, hint)?,
    };
    if name.is_empty() {
        return Err(Reason::NoName);
    }
    let name = if escaped { unescape(name)? } else { name.to_owned() };
    Ok(Some(Entry { name, size: None, digests: vec![digest] }))
}

/// `MD5 (name) = hex`, with the blanks that coreutils, `xxhsum` and `openssl` put there, or none.
///
/// The name may have parentheses itself: it ends at the last one.
fn tagged(line: &str) -> Option<(Algorithm, &str, &str)> {
    let (tag, rest) = line.split_once('(')?;
    let algorithm = match tag.trim_end() {
        "MD5" => Algorithm::Md5,
        "SHA1" => Algorithm::Sha1,
        "SHA256" | "SHA2-256" => Algorithm::Sha256,
        "XXH64" => Algorithm::Xxh64,
        "XXH3" => Algorithm::Xxh3,
        "XXH128" => Algorithm::Xxh128,
        _ => return None,
    };
    let (name, hex) = rest.rsplit_once(')')?;
    let hex = hex.trim_start().strip_prefix('=')?.trim();
    Some((algorithm, name, hex))
}

/// `hex  name`, `hex *name` (read as binary) or `hex name`.
fn plain(line: &str, hint: Option<Algorithm>) -> Result<(&str, Digest), Reason> {
    let (hex, name) = line.split_once(' ').ok_or(Reason::Columns)?;
    let digest = match hex.strip_prefix("XXH3_") {
        Some(hex) => digest(Algorithm::Xxh3, hex)?,
        None => digest(by_length(hex, hint).ok_or_else(|| unknown(hex))?, hex)?,
    };
    Ok((name.strip_prefix([' ', '*']).unwrap_or(name), digest))
}

fn by_length(hex: &str, hint: Option<Algorithm>) -> Option<Algorithm> {
    let candidates: &[Algorithm] = match hex.len() {
        16 => &[Algorithm::Xxh64, Algorithm::Xxh3],
        32 => &[Algorithm::Md5, Algorithm::Xxh128],
        40 => &[Algorithm::Sha1],
        64 => &[Algorithm::Sha256],
        90 => &[Algorithm::C4],
        _ => return None,
    };
    hint.filter(|hint| candidates.contains(hint)).or_else(|| candidates.first().copied())
}

fn digest(algorithm: Algorithm, hex: &str) -> Result<Digest, Reason> {
    Digest::parse(algorithm, hex).ok_or_else(|| unknown(hex))
}

/// No more of it than the longest digest has: the message is not the place for a line of any length.
fn unknown(hex: &str) -> Reason {
    Reason::Digest(hex.chars().take(64).collect())
}

fn unescape(name: &str) -> Result<String, Reason> {
    let mut out = String::with_capacity(name.len());
    let mut characters = name.chars();
    while let Some(character) = characters.next() {
        out.push(match character {
            '\\' => match characters.next() {
                Some('\\') => '\\',
                Some('n') => '\n',
                Some('r') => '\r',
                _ => return Err(Reason::Escape),
            },
            other => other,
        });
    }
    Ok(out)
}
