//! The same movie with its header before its media data, so that it can be played while it is loaded.
//!
//! `moov` is put behind `ftyp`, or at the start where there is none, and all else stays as it is and in its
//! order; `free` and `wide` too, so that the media data is not moved for them. Since `moov` says where the
//! media data lies, its tables are corrected; one that no longer can say it in 32 bits gets 64, which makes
//! `moov` longer, so that this is done until nothing changes.
//!
//! What else may count from the start of a file is refused, never left wrong: see [`Refusal`]. A `uuid` box
//! is taken to hold nothing of that sort, for it cannot be known.

mod layout;
mod offset;
mod refusal;
mod rewrite;

use std::io::{Read, Seek};
use std::ops::Range;

use super::atom::Atom;
use super::number::len;
use super::reader::Reader;
use super::top::{self, Top};
use super::{Fault, MAX_HEADER, Reason};
use layout::Layout;
use offset::Table;
pub use refusal::{Refusal, Why};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Nothing: the header lies before the media data already.
    Already,
    /// These, one after the other, are the new file.
    Rewrite(Vec<Piece>),
}

/// A piece of the new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Bytes that are new.
    Bytes(Vec<u8>),
    /// These bytes of the old file.
    Range(Range<u64>),
}

impl Piece {
    /// Bytes that it has.
    pub fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Range(range) => range.end - range.start,
        }
    }
}

/// Plan a movie whose header lies before its media data.
///
/// What follows the header moves by a multiple of `align` bytes, so that whole blocks of it can be shared
/// with the old file: a `free` box makes up for the rest. 1 is none.
///
/// Cost: what reading takes, and twice the size of `moov` as memory; media data is not read.
///
/// # Errors
///
/// [`Refusal`] where the file cannot be understood, or it is not sure that the result would play the same.
pub fn plan(input: &mut (impl Read + Seek), align: u64) -> Result<Plan, Refusal> {
    let mut reader = Reader::new(input)?;
    let top = top::read(&mut reader)?;
    let moov = the_header(&reader, &top)?;
    refusal::of_fragments(&top)?;
    if is_first(&top) {
        return Ok(Plan::Already);
    }
    refusal::of_top(&mut reader, &top)?;
    let atoms = Tree::read(&mut reader, &moov)?;
    atoms.expect_movie()?;
    whole(&mut reader)?;
    let bytes = reader.bytes(moov.at..moov.end)?.to_vec();
    let header = Header { moov: &moov, bytes: &bytes };
    let mut tables = offset::tables(&atoms, &header, &top)?;
    let layout = fitted(&header, &mut tables, &top, align);
    let moov = rewrite::header(&header, &atoms, &tables, &layout);
    Ok(Plan::Rewrite(layout.pieces(moov)))
}

/// `moov` as it is in the file.
struct Header<'h> {
    moov: &'h Atom,
    bytes: &'h [u8],
}

impl<'h> Header<'h> {
    /// These bytes of the file, which have to be in `moov`.
    fn bytes(&self, range: Range<u64>) -> &'h [u8] {
        let from = len(&(self.moov.at..range.start));
        &self.bytes[from..from + len(&range)]
    }

    /// What a box holds.
    fn body(&self, atom: &Atom) -> &'h [u8] {
        self.bytes(atom.body..atom.end)
    }
}

/// A box of `moov`, and those in it that lead to tables of offsets.
struct Tree {
    atom: Atom,
    below: Vec<Tree>,
}

/// The boxes that lead to tables of offsets.
const PATH: [&[u8; 4]; 5] = [b"moov", b"trak", b"mdia", b"minf", b"stbl"];

impl Tree {
    fn read<R: Read + Seek>(reader: &mut Reader<'_, R>, moov: &Atom) -> Result<Self, Refusal> {
        reader.ahead(moov.end);
        let tree = Self::below(reader, moov.clone(), 0)?;
        reader.ahead(0);
        Ok(tree)
    }

    /// Without its own header a movie is damaged, whatever its tables say; one that is compressed, or refers
    /// to others, was refused before.
    fn expect_movie(&self) -> Result<(), Refusal> {
        if self.below.iter().any(|below| below.atom.kind == b"mvhd") {
            return Ok(());
        }
        Err(self.atom.fault(Reason::Missing("mvhd")).into())
    }

    fn below<R: Read + Seek>(
        reader: &mut Reader<'_, R>,
        atom: Atom,
        depth: usize,
    ) -> Result<Self, Refusal> {
        let mut below = Vec::new();
        if PATH.get(depth).is_some_and(|kind| atom.kind == *kind) {
            for child in reader.children(&atom)? {
                refusal::of_box(reader, &child)?;
                below.push(Self::below(reader, child, depth + 1)?);
            }
        }
        Ok(Self { atom, below })
    }
}

/// The one `moov` box.
fn the_header<R: Read + Seek>(reader: &Reader<'_, R>, top: &Top) -> Result<Atom, Refusal> {
    let mut all = top.boxes.iter().filter(|one| one.kind == b"moov");
    let (Some(moov), None) = (all.next().filter(|one| one.missing == 0), all.next()) else {
        let several = top.boxes.iter().filter(|one| one.kind == b"moov").nth(1);
        return Err(several.map_or_else(
            || top::no_header(reader).into(),
            |second| Refusal::new(second.offset, "moov", Why::SeveralHeaders),
        ));
    };
    let moov = moov.atom();
    if moov.len() > MAX_HEADER {
        return Err(moov.fault(Reason::TooLarge(moov.len())).into());
    }
    Ok(moov)
}

/// Whether it lies before all media data already.
fn is_first(top: &Top) -> bool {
    let moov = top.boxes.iter().position(|one| one.kind == b"moov");
    let media = top.boxes.iter().position(super::model::TopBox::is_media);
    media.is_none_or(|media| moov < Some(media))
}

/// Nothing may have been passed over.
fn whole<R>(reader: &mut Reader<'_, R>) -> Result<(), Refusal> {
    let damage: Option<Fault> = reader.faults.drain(..).next();
    damage.map_or(Ok(()), |fault| Err(fault.into()))
}

/// The layout with which all tables can say where their samples lie.
///
/// The offsets keep their order, so that of each table only the highest is looked at. Each round makes at least
/// one more table wide; after the first few all of them are, so that many tables do not take many rounds.
fn fitted(header: &Header<'_>, tables: &mut [Table], top: &Top, align: u64) -> Layout {
    for round in 0.. {
        let size = rewrite::size(header, tables);
        let layout = Layout::new(top, header.moov, size, align);
        let is_over = |table: &Table| layout.moved(table.highest) > u32::MAX.into();
        let over: Vec<_> = tables.iter().map(|table| !table.is_wide() && is_over(table)).collect();
        if !over.contains(&true) {
            return layout;
        }
        for (table, over) in tables.iter_mut().zip(over) {
            table.widens |= over || (round > 3 && !table.is_wide());
        }
    }
    unreachable!("each round makes a table wide, and there are not so many")
}
