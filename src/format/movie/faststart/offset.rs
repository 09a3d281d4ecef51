//! The tables that say where samples lie.

use std::ops::Range;

use super::super::Reason;
use super::super::atom::Atom;
use super::super::chunk::{self, Lengths, lies_in};
use super::super::number::{u32_at, u64_at};
use super::super::table::bounded;
use super::super::top::Top;
use super::{Header, Refusal, Tree, Why};

/// Bytes before the entries: version and flags, and how many there are.
const HEAD: usize = 8;

/// A table, `stco` or `co64`.
pub(super) struct Table {
    /// Where its box begins.
    pub(super) at: u64,
    is_long: bool,
    /// Whether it is to have 64 bits, which it has not yet.
    pub(super) widens: bool,
    count: u64,
    /// The highest offset in it.
    pub(super) highest: u64,
}

impl Table {
    /// Whether the new one has 64 bits.
    pub(super) fn is_wide(&self) -> bool {
        self.is_long || self.widens
    }

    /// Bytes by which it becomes longer.
    pub(super) fn growth(&self) -> u64 {
        if self.widens { self.count * 4 } else { 0 }
    }

    /// What the new one holds, from what the old one does.
    pub(super) fn rewrite(&self, body: &[u8], moved: impl Fn(u64) -> u64, out: &mut Vec<u8>) {
        let (head, entries) = body.split_at(HEAD.min(body.len()));
        out.extend(head);
        for old in offsets(entries, self.is_long, self.count) {
            let new = moved(old).to_be_bytes();
            out.extend(if self.is_wide() { &new[..] } else { &new[4..] });
        }
        let len = self.count * if self.is_long { 8 } else { 4 };
        out.extend(
            usize::try_from(len).ok().and_then(|len| entries.get(len..)).unwrap_or_default(),
        );
    }
}

/// The first entries of a table.
fn offsets(entries: &[u8], is_long: bool, count: u64) -> impl Iterator<Item = u64> {
    let width = if is_long { 8 } else { 4 };
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    entries.chunks_exact(width).take(count).filter_map(move |entry| {
        if is_long { u64_at(entry, 0) } else { u32_at(entry, 0).map(u64::from) }
    })
}

/// All tables, in the order of the file. Each run of samples has to lie in media data.
pub(super) fn tables(tree: &Tree, header: &Header<'_>, top: &Top) -> Result<Vec<Table>, Refusal> {
    let media = chunk::media(&top.boxes);
    let mut tables = Vec::new();
    collect(tree, header, &media, &mut tables)?;
    Ok(tables)
}

fn collect(
    tree: &Tree,
    header: &Header<'_>,
    media: &[Range<u64>],
    tables: &mut Vec<Table>,
) -> Result<(), Refusal> {
    if tree.atom.kind != b"stbl" {
        return tree.below.iter().try_for_each(|below| collect(below, header, media, tables));
    }
    let mut own = tree.below.iter().map(|below| &below.atom).filter(|atom| is_table(atom));
    let Some(atom) = own.next() else { return Ok(()) };
    if let Some(second) = own.next() {
        return Err(Refusal::of(second, Why::TwoTables));
    }
    let of = |kind: [u8; 4]| {
        let found = tree.below.iter().find(|below| below.atom.kind.0 == kind);
        found.map(|below| header.body(&below.atom))
    };
    let lengths = of(*b"stsc").and_then(|runs| Lengths::new(runs, of(*b"stsz")));
    tables.push(table(atom, header, media, lengths)?);
    Ok(())
}

/// Whether it is one of these tables.
fn is_table(atom: &Atom) -> bool {
    atom.kind == b"stco" || atom.kind == b"co64"
}

fn table(
    atom: &Atom,
    header: &Header<'_>,
    media: &[Range<u64>],
    mut lengths: Option<Lengths<'_>>,
) -> Result<Table, Refusal> {
    let (body, is_long) = (header.body(atom), atom.kind == b"co64");
    let short = || atom.fault(Reason::TooShort(atom.len()));
    let count = u64::from(u32_at(body, 4).ok_or_else(short)?);
    bounded(atom, atom.body + HEAD as u64, count, if is_long { 8 } else { 4 })?;
    let mut highest = 0;
    for at in offsets(&body[HEAD..], is_long, count) {
        let len = lengths.as_mut().ok_or_else(|| Refusal::of(atom, Why::Runs))?.next();
        if !lies_in(media, at, len) {
            return Err(Refusal::of(atom, Why::Outside { at, len }));
        }
        highest = highest.max(at);
    }
    Ok(Table { at: atom.at, is_long, widens: false, count, highest })
}
