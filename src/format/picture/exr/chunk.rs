//! Where the last chunk ends.

use std::io::{Read, Seek};

use super::super::Fault;
use super::super::source::{Fields, Order, Source};
use super::part::{Kind, Part};

/// Bytes of an entry.
const ENTRY: u64 = 8;
/// Bytes of the number of its part before each chunk, where there are several.
const PART_NUMBER: u64 = 4;
/// Bytes of the table that are read at a time.
const PIECE: usize = 8 << 10;
/// Entries that are read, 32 MiB: a picture of 500,000 by 500,000 pixels in tiles of 256. Beyond it
/// only the table itself is promised.
const MOST: u64 = 4 << 20;

/// The bytes that the file must have, of which the table begins at `table`. None where it is not known
/// how long the table is.
///
/// A table with zeros is one that was not finished: each chunk that is missing needs at least its own
/// header more than the file has.
pub(super) fn promised<R: Read + Seek>(
    source: &mut Source<'_, R>,
    parts: &[Part],
    table: u64,
    multi_part: bool,
) -> Result<Option<u64>, Fault> {
    let Some(count) = count(parts) else { return Ok(None) };
    let end = table.saturating_add(count.saturating_mul(ENTRY));
    if end > source.size() || count > MOST {
        return Ok(Some(end));
    }
    let mut seen = Seen::default();
    let mut at = table;
    for part in parts {
        let bytes = part.chunks.unwrap_or(0) * ENTRY;
        seen.scan(source, at, bytes, part.kind)?;
        at += bytes;
    }
    seen.promised(source, end, multi_part).map(Some)
}

/// Entries of all parts.
fn count(parts: &[Part]) -> Option<u64> {
    parts.iter().try_fold(0_u64, |count, part| Some(count.saturating_add(part.chunks?)))
}

/// What the table holds.
#[derive(Default)]
struct Seen {
    first: Option<u64>,
    last: Option<(u64, Kind)>,
    /// Bytes of the headers of the chunks whose offset is 0.
    missing: u64,
}

impl Seen {
    /// The entries of one part.
    fn scan<R: Read + Seek>(
        &mut self,
        source: &mut Source<'_, R>,
        from: u64,
        bytes: u64,
        kind: Kind,
    ) -> Result<(), Fault> {
        let end = from + bytes;
        for at in (from..end).step_by(PIECE) {
            let piece = source.bytes(at, (end - at).min(PIECE as u64))?;
            for entry in piece.as_chunks().0 {
                self.take(u64::from_le_bytes(*entry), kind);
            }
        }
        Ok(())
    }

    fn take(&mut self, offset: u64, kind: Kind) {
        if offset == 0 {
            self.missing += header_len(kind);
            return;
        }
        self.first = Some(self.first.map_or(offset, |first| first.min(offset)));
        if self.last.is_none_or(|(last, _)| last < offset) {
            self.last = Some((offset, kind));
        }
    }

    fn promised<R: Read + Seek>(
        &self,
        source: &mut Source<'_, R>,
        table_end: u64,
        multi_part: bool,
    ) -> Result<u64, Fault> {
        if self.first.is_some_and(|first| first < table_end) {
            return Err(Fault::Wrong("chunk offset table"));
        }
        let end = match self.last {
            Some((offset, kind)) => chunk_end(source, offset, kind, multi_part)?,
            None => table_end,
        };
        match self.missing {
            0 => Ok(end),
            missing => Ok(end.max(source.size()).saturating_add(missing)),
        }
    }
}

/// Bytes of the coordinates of a chunk: its first line, or place and level of its tile.
fn coordinates(kind: Kind) -> usize {
    if kind.tiled() { 16 } else { 4 }
}

/// Bytes of everything before the data of a chunk, but for the part number. A deep chunk has three
/// sizes of 64 bits (sample counts, samples, samples unpacked), a flat one has one of 32.
fn header_len(kind: Kind) -> u64 {
    (coordinates(kind) + if kind.deep() { 24 } else { 4 }) as u64
}

fn chunk_end<R: Read + Seek>(
    source: &mut Source<'_, R>,
    offset: u64,
    kind: Kind,
    multi_part: bool,
) -> Result<u64, Fault> {
    let begin = offset.saturating_add(if multi_part { PART_NUMBER } else { 0 });
    let data = begin.saturating_add(header_len(kind));
    if data > source.size() {
        return Ok(data);
    }
    let fields = Fields { bytes: source.bytes(begin, header_len(kind))?, order: Order::Little };
    let at = coordinates(kind);
    let size = if kind.deep() {
        let (counts, samples) = (fields.u64(at), fields.u64(at + 8));
        counts.zip(samples).map(|(counts, samples)| counts.saturating_add(samples))
    } else {
        fields.i32(at).and_then(|size| u64::try_from(size).ok())
    };
    size.map(|size| data.saturating_add(size)).ok_or(Fault::Wrong("chunk size"))
}
