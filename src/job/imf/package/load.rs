//! The documents of a package, each read once.

use std::path::Path;

use super::place::File;
use crate::error::Error;
use crate::format::imf::{self, Document, Kind, Uuid, schema};
use crate::format::xml::Reason;
use crate::fs;

/// Bytes of the largest document that is read, as the readers have it.
pub(in crate::job::imf) const LARGEST: u64 = 128 << 20;

/// A document that was read.
pub(in crate::job::imf) struct Loaded {
    /// Its file, relative to its package, with `/`.
    pub(in crate::job::imf) name: String,
    /// What it says.
    pub(in crate::job::imf) document: Document,
    /// Its id in the asset map, which is to be its own.
    pub(in crate::job::imf) asset: Option<Uuid>,
    /// Whether it was asked for, and not only needed to find files.
    pub(in crate::job::imf) is_judged: bool,
}

impl Loaded {
    /// Whether it is of this kind.
    pub(in crate::job::imf) fn is(&self, kind: Kind) -> bool {
        self.document.kind() == kind
    }
}

/// A document that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::job::imf) struct Unread {
    /// Its file.
    pub(in crate::job::imf) name: String,
    /// Counted from 1, if it is about a line.
    pub(in crate::job::imf) line: Option<usize>,
    /// Its id in the asset map.
    pub(in crate::job::imf) asset: Option<Uuid>,
    /// Why not.
    pub(in crate::job::imf) why: Why,
}

/// Why a document could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::job::imf) enum Why {
    /// It is no XML that can be read.
    Malformed(String),
    /// It is XML of a kind that is not known here; its outermost element.
    OtherRoot(String),
    /// The same, but in a namespace of documents that are: none of them begins so.
    WrongRoot(String),
    /// The system refused, or it is too large.
    Refused(String),
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed(reason) | Self::Refused(reason) => f.write_str(reason),
            Self::WrongRoot(root) => {
                write!(f, "a `{root}`, which no document of its namespace begins with")
            }
            Self::OtherRoot(root) => write!(f, "a `{root}`, which is not looked into"),
        }
    }
}

/// What the first bytes of a file say that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::job::imf) enum Sort {
    /// XML, or text that begins like it.
    Xml,
    /// MXF.
    Mxf,
    /// Neither.
    Other,
}

/// The first bytes of each partition pack.
///
/// Source: SMPTE ST 377-1 as ffmpeg reads it (`libavformat/mxfdec.c`).
const PARTITION: [u8; 11] = [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0d, 0x01, 0x02];

/// Bytes that may lie before the first partition.
///
/// Source: as for [`PARTITION`].
const RUN_IN: usize = 65_536;

/// What a file is, by at most its first 64 KiB and a few.
///
/// # Errors
///
/// [`Error::Io`] if it cannot be read.
pub(in crate::job::imf) fn sort_of(path: &Path) -> crate::Result<Sort> {
    let file = fs::File::open(path)?;
    let mut start = [0; 64];
    let len = file.read_at(&mut start, 0)?;
    if start.starts_with(&PARTITION) {
        return Ok(Sort::Mxf);
    }
    if begins_like_xml(&start[..len]) {
        return Ok(Sort::Xml);
    }
    let mut run_in = vec![0; RUN_IN + PARTITION.len()];
    let len = file.read_at(&mut run_in, 0)?;
    let is_mxf = run_in[..len].windows(PARTITION.len()).any(|window| window == PARTITION);
    Ok(if is_mxf { Sort::Mxf } else { Sort::Other })
}

/// Whether the first thing behind a byte order mark and blanks is `<`, in UTF-8 or UTF-16.
fn begins_like_xml(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let is_wide = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    first == Some(&b'<') || (is_wide && start[2..].iter().take(2).any(|&byte| byte == b'<'))
}

/// Read a document.
pub(in crate::job::imf) fn load(file: &File, asset: Option<Uuid>) -> Result<Loaded, Unread> {
    let unread = |line, why| Unread { name: file.name.clone(), line, asset, why };
    let refused = |error| unread(None, Why::Refused(bare(error)));
    let root = root_of(&file.path).map_err(refused)?.filter(|root| !root.is_known());
    let other = root.map(|root| {
        let why = if root.is_ours { Why::WrongRoot } else { Why::OtherRoot };
        unread(Some(root.line), why(root.name))
    });
    if file.size > LARGEST {
        let reason = format!("{} bytes, more than any document has", file.size);
        return Err(other.unwrap_or(unread(None, Why::Refused(reason))));
    }
    let bytes = fs::read(&file.path).map_err(refused)?;
    let name = file.name.clone();
    match (imf::read(&bytes), other) {
        (Ok(document), _) => Ok(Loaded { name, document, asset, is_judged: true }),
        // What is not looked into may be deeper and longer than a document, but it is XML.
        (Err(fault), Some(other)) if !is_broken(&fault.reason) => Err(other),
        (Err(fault), _) => Err(unread(Some(fault.line), Why::Malformed(fault.reason.to_string()))),
    }
}

/// Whether no XML reader at all would take such a document.
fn is_broken(reason: &Reason) -> bool {
    matches!(reason, Reason::Syntax(_) | Reason::NotUtf8 | Reason::Character(_) | Reason::More)
}

/// Bytes in which the outermost element has begun, whatever comments come before it.
const PROLOGUE: usize = 64 << 10;

/// The outermost element of a document.
pub(in crate::job::imf) struct Root {
    /// Its local name.
    pub(in crate::job::imf) name: String,
    /// The line on which it begins, from 1.
    line: usize,
    /// Whether its tag has a namespace of documents that are read here.
    pub(in crate::job::imf) is_ours: bool,
}

impl Root {
    /// Whether documents that are read here begin with such an element. One with a document type, or whose
    /// first line is cut off, begins with none, and is left to the reader to refuse.
    pub(in crate::job::imf) fn is_known(&self) -> bool {
        let is_none = self.name.starts_with(['!', '?']);
        is_none || Kind::ALL.iter().any(|kind| kind.root() == self.name)
    }
}

/// The outermost element; `None` if it does not begin soon, or in an encoding that is read here. What it says
/// of the rest is not looked at.
pub(in crate::job::imf) fn root_of(path: &Path) -> crate::Result<Option<Root>> {
    let mut start = vec![0; PROLOGUE];
    let len = fs::File::open(path)?.read_at(&mut start, 0)?;
    let text = String::from_utf8_lossy(&start[..len]);
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(end) = skipped(rest) {
        rest = rest.get(end..).unwrap_or_default().trim_start();
    }
    let line = 1 + text[..text.len() - rest.len()].matches('\n').count();
    let tag = rest.strip_prefix('<').unwrap_or_default().split('>').next().unwrap_or_default();
    let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    let name = name.rsplit(':').next().unwrap_or(name).to_owned();
    let mut namespaces = Kind::ALL.into_iter().flat_map(schema::namespaces);
    let is_ours = namespaces.any(|namespace| tag.contains(namespace));
    Ok((!name.is_empty()).then_some(Root { name, line, is_ours }))
}

/// Where a comment, or an instruction for a program, at the start of the text ends.
fn skipped(text: &str) -> Option<usize> {
    [("<?", "?>"), ("<!--", "-->")].into_iter().find_map(|(open, close)| {
        text.strip_prefix(open)?.find(close).map(|end| open.len() + end + close.len())
    })
}

/// What the system said; the place is told beside it.
pub(in crate::job::imf) fn bare(error: Error) -> String {
    match error {
        Error::Io { source, .. } => source.to_string(),
        other => other.to_string(),
    }
}
