//! Where everything goes.

use std::ops::Range;

use super::super::atom::Atom;
use super::super::model::TopBox;
use super::super::top::Top;
use super::Piece;

/// Bytes of a size behind the four characters.
const LONG: u64 = 8;

/// Bytes of the smallest box, whose head is all of it.
const FREE: u64 = 8;

/// The new file, before its header is written.
pub(super) struct Layout {
    parts: Vec<Part>,
    size: u64,
}

/// A part of it.
struct Part {
    what: What,
    /// Where it begins in the new file.
    new: u64,
}

/// What it is.
enum What {
    /// The header, of so many bytes.
    Header(u64),
    /// Bytes that are not in the old file: the head of a box that went up to its end, with its size written
    /// out, or room.
    Head(Vec<u8>),
    /// Bytes of the old file.
    Old(Range<u64>),
}

impl Layout {
    /// With a header of `size` bytes; what follows it moves by a multiple of `align`.
    pub(super) fn new(top: &Top, moov: &Atom, size: u64, align: u64) -> Self {
        let mut layout = Self { parts: Vec::new(), size: 0 };
        let ftyp = top.boxes.iter().position(|one| one.kind == b"ftyp");
        // Behind the media data it would be no use.
        let media = top.boxes.iter().position(TopBox::is_media);
        let place = ftyp.filter(|ftyp| media.is_none_or(|media| *ftyp < media));
        if place.is_none() {
            layout.add_header(size, 0, align);
        }
        for (n, one) in top.boxes.iter().enumerate() {
            if one.offset != moov.at {
                layout.add_box(one);
            }
            if place == Some(n) {
                layout.add_header(size, one.end(), align);
            }
        }
        let end = top.boxes.last().map_or(0, TopBox::end);
        layout.add(What::Old(end..end + top.leftover));
        layout
    }

    /// The header, and room behind it, so that what begins at `old` of the old file moves as far as is asked.
    fn add_header(&mut self, size: u64, old: u64, align: u64) {
        self.add(What::Header(size));
        let room = (old + align - self.size % align) % align;
        let room = if room > 0 && room < FREE { room + align } else { room };
        if let Ok(len @ 1..) = usize::try_from(room) {
            let mut bytes = vec![0; len];
            bytes[..8].copy_from_slice(&free(room));
            self.add(What::Head(bytes));
        }
    }

    /// A box as it is; but if it goes up to the end of the file its size is written out, so that it no longer
    /// matters what follows. In 64 bits, that takes 8 bytes more.
    fn add_box(&mut self, one: &TopBox) {
        if !one.to_end {
            return self.add(What::Old(one.offset..one.end()));
        }
        let long = (one.size + LONG).to_be_bytes();
        let head = match u32::try_from(one.size) {
            Ok(size) => head(one, size, &[]),
            Err(_) => head(one, 1, &long),
        };
        self.add(What::Head(head));
        self.add(What::Old(one.offset + one.head..one.end()));
    }

    /// Add a part. What follows itself in the old file is one part, so that there are only a few.
    fn add(&mut self, what: What) {
        let size = what.size();
        match (self.parts.last_mut(), what) {
            _ if size == 0 => {}
            (Some(Part { what: What::Old(last), .. }), What::Old(range))
                if last.end == range.start =>
            {
                last.end = range.end;
            }
            (_, what) => self.parts.push(Part { what, new: self.size }),
        }
        self.size += size;
    }

    /// Where a byte of the old file is in the new one. A byte that is not there, as those of the old header,
    /// goes with the part before; so does the one behind media data.
    pub(super) fn moved(&self, old: u64) -> u64 {
        let ranges = self.parts.iter().filter_map(|part| match &part.what {
            What::Old(range) => Some((range.start, part.new)),
            What::Header(_) | What::Head(_) => None,
        });
        let before = ranges.take_while(|(start, _)| *start <= old).last();
        before.map_or(old, |(start, new)| new + (old - start))
    }

    /// The pieces, with the header as it is now.
    pub(super) fn pieces(self, header: Vec<u8>) -> Vec<Piece> {
        let mut header = Some(header);
        let piece = |part: Part| match part.what {
            What::Header(_) => header.take().map(Piece::Bytes),
            What::Head(bytes) => Some(Piece::Bytes(bytes)),
            What::Old(range) => Some(Piece::Range(range)),
        };
        self.parts.into_iter().filter_map(piece).collect()
    }
}

impl What {
    fn size(&self) -> u64 {
        match self {
            Self::Header(size) => *size,
            Self::Head(bytes) => bytes.len() as u64,
            Self::Old(range) => range.end - range.start,
        }
    }
}

/// The head of a box of so many bytes that nobody reads.
fn free(size: u64) -> [u8; 8] {
    let mut head = size.to_be_bytes();
    head.copy_within(4.., 0);
    head[4..].copy_from_slice(b"free");
    head
}

/// A head with this size, and the id of a `uuid` box behind it.
fn head(one: &TopBox, short: u32, long: &[u8]) -> Vec<u8> {
    let id = one.uuid.as_ref().map_or(&[][..], |id| id);
    [&short.to_be_bytes(), &one.kind.0[..], long, id].concat()
}
