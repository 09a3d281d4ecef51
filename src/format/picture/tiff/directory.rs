//! Directories, and the numbers that their entries hold or point to.

use std::io::{Read, Seek};

use super::super::Fault;
use super::super::source::Fields;
use super::{File, Variant};

/// Entries of one directory. A camera's raw files have about 100.
const MOST_ENTRIES: usize = 4096;
/// Numbers that are read of an entry which has one for each sample.
const MOST_SAMPLES: u64 = 1024;

/// One image file directory.
pub(super) struct Directory {
    at: u64,
    /// Behind its last byte.
    pub(super) end: u64,
    /// The next of the chain.
    pub(super) next: Option<u64>,
    pub(super) entries: Vec<Entry>,
}

/// A tag with its values, or where they are.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    tag: u16,
    kind: u16,
    pub(super) count: u64,
    /// Where its values begin: inside the directory if they fit there.
    pub(super) at: u64,
    pub(super) inside: bool,
}

impl Variant {
    /// Bytes of the count of entries, an entry, and an offset.
    fn widths(self) -> (usize, usize, usize) {
        if self.big { (8, 20, 8) } else { (2, 12, 4) }
    }

    /// The least that a directory takes: one entry.
    pub(super) fn shortest_directory(self) -> u64 {
        let (count, entry, offset) = self.widths();
        (count + entry + offset) as u64
    }

    fn offset(self, fields: Fields<'_>, at: usize) -> Option<u64> {
        if self.big { fields.u64(at) } else { fields.u32(at).map(u64::from) }
    }
}

impl Directory {
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    pub(super) fn find(&self, tag: u16) -> Option<Entry> {
        self.entries.iter().find(|entry| entry.tag == tag).copied()
    }
}

impl Entry {
    /// Bytes of all its values. None where the type is unknown.
    pub(super) fn size(&self) -> Option<u64> {
        let width = match self.kind {
            // BYTE, ASCII, SBYTE, UNDEFINED.
            1 | 2 | 6 | 7 => 1,
            // SHORT, SSHORT.
            3 | 8 => 2,
            // LONG, SLONG, FLOAT, IFD.
            4 | 9 | 11 | 13 => 4,
            // RATIONAL, SRATIONAL, DOUBLE, LONG8, SLONG8, IFD8.
            5 | 10 | 12 | 16 | 17 | 18 => 8,
            _ => return None,
        };
        Some(self.count.saturating_mul(width))
    }

    fn parse(fields: Fields<'_>, variant: Variant, at: u64) -> Option<Self> {
        let (tag, kind) = (fields.u16(0)?, fields.u16(2)?);
        let count = variant.offset(fields, 4)?;
        let (_, len, width) = variant.widths();
        let value = len - width;
        let mut entry = Self { tag, kind, count, at: at + value as u64, inside: true };
        if entry.size().is_some_and(|size| size > width as u64) {
            entry.at = variant.offset(fields, value)?;
            entry.inside = false;
        }
        Some(entry)
    }
}

impl<R: Read + Seek> File<'_, '_, R> {
    pub(super) fn directory(&mut self, at: u64) -> Result<Directory, Fault> {
        let variant = self.variant;
        let (count_len, entry_len, offset_len) = variant.widths();
        let count = self.entry_count(at, count_len as u64)?;
        let begin = at + count_len as u64;
        let len = (count * entry_len + offset_len) as u64;
        let fields = self.fields(begin, len)?;
        let entries = (0..count).map_while(|index| {
            let from = index * entry_len;
            let bytes = fields.bytes.get(from..)?;
            Entry::parse(Fields { bytes, ..fields }, variant, begin + from as u64)
        });
        let entries = entries.collect();
        let next = variant.offset(fields, count * entry_len).filter(|next| *next > 0);
        Ok(Directory { at, end: begin + len, next, entries })
    }

    fn entry_count(&mut self, at: u64, len: u64) -> Result<usize, Fault> {
        let fields = self.fields(at, len)?;
        let count = fields.u64(0).or_else(|| fields.u16(0).map(u64::from)).ok_or(Fault::Short)?;
        let count = usize::try_from(count).ok().filter(|count| *count <= MOST_ENTRIES);
        count.ok_or(Fault::TooMany("tags"))
    }

    /// The first number of a tag.
    pub(super) fn number(&mut self, directory: &Directory, tag: u16) -> Result<Option<u64>, Fault> {
        let Some(entry) = directory.find(tag) else { return Ok(None) };
        Ok(self.values(&entry, 0, 1)?.first().copied())
    }

    /// The numbers of a tag that has one for each sample; not more than are sensible.
    pub(super) fn numbers(
        &mut self,
        directory: &Directory,
        tag: u16,
    ) -> Result<Option<Vec<u64>>, Fault> {
        let Some(entry) = directory.find(tag) else { return Ok(None) };
        let values = self.values(&entry, 0, MOST_SAMPLES)?;
        Ok(Some(values).filter(|values| !values.is_empty()))
    }

    /// At most `most` numbers of an entry, beginning with number `from`. Empty where it holds none that
    /// are whole and not negative.
    pub(super) fn values(
        &mut self,
        entry: &Entry,
        from: u64,
        most: u64,
    ) -> Result<Vec<u64>, Fault> {
        let width: usize = match entry.kind {
            1 => 1,
            3 => 2,
            4 | 13 => 4,
            16 | 18 => 8,
            _ => return Ok(Vec::new()),
        };
        let count = entry.count.saturating_sub(from).min(most);
        let at = entry.at.saturating_add(from * width as u64);
        let fields = self.fields(at, count * width as u64)?;
        let value = |at| match width {
            1 => fields.u8(at).map(u64::from),
            2 => fields.u16(at).map(u64::from),
            4 => fields.u32(at).map(u64::from),
            _ => fields.u64(at),
        };
        Ok((0..fields.bytes.len()).step_by(width).map_while(value).collect())
    }

    fn fields(&mut self, at: u64, len: u64) -> Result<Fields<'_>, Fault> {
        Ok(Fields { bytes: self.source.bytes(at, len)?, order: self.variant.order })
    }
}
