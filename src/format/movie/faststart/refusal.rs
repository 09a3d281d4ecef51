//! What is not rewritten, since it would not be sure to play the same.

use std::error::Error;
use std::fmt;
use std::io::{Read, Seek};

use super::super::atom::Atom;
use super::super::number::{array_at, u32_at};
use super::super::reader::Reader;
use super::super::top::Top;
use super::super::{Fault, MAX_BODY};

/// Boxes in each other that are looked through for others.
const MAX_DEPTH: usize = 8;

/// Why a file is not rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read, or is damaged.
    Fault(Fault),
    /// It cannot be rewritten.
    Not {
        /// Where the reason lies, counted from the start of the file.
        offset: u64,
        /// In which box.
        path: String,
        /// The reason.
        why: Why,
    },
}

/// What stands against rewriting a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// It has fragments.
    Fragmented,
    /// Its header is compressed.
    Compressed,
    /// There are several headers.
    SeveralHeaders,
    /// Media data lies in another file.
    External,
    /// It only names other movies.
    Reference,
    /// A box counts from the start of the file in a way that is not corrected here.
    CountsFromStart,
    /// A run of samples that does not lie in media data.
    Outside {
        /// Where it begins.
        at: u64,
        /// Its bytes, as far as they are told.
        len: u64,
    },
    /// A track that does not tell in order how many samples lie together.
    Runs,
    /// A track with two tables of where its samples lie.
    TwoTables,
}

impl Refusal {
    pub(super) fn new(offset: u64, path: &str, why: Why) -> Self {
        Self::Not { offset, path: path.to_owned(), why }
    }

    pub(super) fn of(atom: &Atom, why: Why) -> Self {
        Self::new(atom.at, &atom.path(), why)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(fault) => fault.fmt(f),
            Self::Not { offset, path, why } => write!(f, "byte {offset}, {path}: {why}"),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fragmented => f.write_str(
                "the file is fragmented; hint: write it again without fragments, such as with \
                 `ffmpeg -i IN -map 0 -c copy -movflags faststart OUT`",
            ),
            Self::Compressed => {
                f.write_str("the header is compressed; hint: export it again without that")
            }
            Self::SeveralHeaders => {
                f.write_str("a second `moov` box; it is not sure which one is meant")
            }
            Self::External => f.write_str("media data lies in another file"),
            Self::Reference => f.write_str("the file only names other movies"),
            Self::CountsFromStart => {
                f.write_str("this counts from the start of the file, and is not corrected here")
            }
            Self::Outside { at, len } => {
                write!(f, "{len} bytes of samples at byte {at} do not lie in media data")
            }
            Self::Runs => {
                f.write_str("how many samples lie at each of these places is not told in order")
            }
            Self::TwoTables => f.write_str("two tables of where the samples lie"),
        }
    }
}

/// Refuse fragments, also where the header lies before them: they are streamed already.
pub(super) fn of_fragments(top: &Top) -> Result<(), Refusal> {
    let is_one = |kind: &[u8; 4]| matches!(kind, b"moof" | b"mfra" | b"sidx" | b"ssix" | b"styp");
    match top.boxes.iter().find(|one| is_one(&one.kind.0)) {
        Some(one) => Err(Refusal::of(&one.atom(), Why::Fragmented)),
        None => Ok(()),
    }
}

/// Refuse for other boxes at the top.
pub(super) fn of_top<R: Read + Seek>(reader: &mut Reader<'_, R>, top: &Top) -> Result<(), Refusal> {
    for one in top.boxes.iter().filter(|one| one.missing == 0) {
        match &one.kind.0 {
            // The one brand that is known to have offsets of its own in `uuid` boxes.
            b"ftyp" if is_raw_photo(reader, &one.atom())? => {
                return Err(Refusal::of(&one.atom(), Why::CountsFromStart));
            }
            b"meta" | b"meco" | b"udta" => search(reader, &one.atom(), 0)?,
            _ => {}
        }
    }
    Ok(())
}

/// Whether it is a photo of a camera, Canon's CR3. Source: <https://github.com/lclevy/canon_cr3>.
fn is_raw_photo<R: Read + Seek>(reader: &mut Reader<'_, R>, ftyp: &Atom) -> Result<bool, Fault> {
    Ok(array_at(reader.body(ftyp, 4)?, 0) == Some(*b"crx "))
}

/// Refuse for a box on the way to the tables.
pub(super) fn of_box<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
) -> Result<(), Refusal> {
    match &atom.kind.0 {
        b"mvex" => Err(Refusal::of(atom, Why::Fragmented)),
        b"cmov" => Err(Refusal::of(atom, Why::Compressed)),
        b"rmra" => Err(Refusal::of(atom, Why::Reference)),
        b"saio" => Err(Refusal::of(atom, Why::CountsFromStart)),
        b"dinf" => external(reader, atom),
        b"meta" | b"meco" | b"udta" => search(reader, atom, 0),
        _ => Ok(()),
    }
}

/// Items of `meta` may lie anywhere in the file. Source: ffmpeg `mov_read_iloc`.
fn search<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atom: &Atom,
    depth: usize,
) -> Result<(), Refusal> {
    let before = reader.faults.len();
    for child in boxes(reader, atom)? {
        match &child.kind.0 {
            b"iloc" => return Err(Refusal::of(&child, Why::CountsFromStart)),
            b"meta" | b"meco" if depth < MAX_DEPTH => search(reader, &child, depth + 1)?,
            _ => {}
        }
    }
    // Not all that is found in user data is made of boxes, and players pass over it.
    reader.faults.truncate(before);
    Ok(())
}

/// The boxes of a `meta`, which has version and flags before them in MP4, and has not in `QuickTime`.
fn boxes<R: Read + Seek>(reader: &mut Reader<'_, R>, atom: &Atom) -> Result<Vec<Atom>, Fault> {
    let body = reader.body(atom, 8)?;
    let is_full = atom.kind == b"meta" && array_at(body, 4) != Some(*b"hdlr");
    reader.children_from(atom, atom.body + if is_full { 4 } else { 0 })
}

/// Refuse media data in other files.
fn external<R: Read + Seek>(reader: &mut Reader<'_, R>, dinf: &Atom) -> Result<(), Refusal> {
    let below = reader.children(dinf)?;
    for dref in below.iter().filter(|atom| atom.kind == b"dref") {
        for place in reader.children_from(dref, dref.body + 8)? {
            let flags = u32_at(reader.body(&place, MAX_BODY)?, 0).unwrap_or(0);
            if flags & 1 == 0 {
                return Err(Refusal::of(&place, Why::External));
            }
        }
    }
    Ok(())
}
