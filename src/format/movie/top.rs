//! The boxes at the top of a file.

use std::io::{Read, Seek};

use super::atom::{Atom, Form, HEAD_LEN, head};
use super::model::TopBox;
use super::reader::Reader;
use super::{Fault, FourCc, MAX_TOP, Reason};

/// What a movie can begin with. Old `QuickTime` files have no `ftyp`.
const BEGINNINGS: [&[u8; 4]; 16] = [
    b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"uuid", b"moof", b"styp",
    b"sidx", b"meta", b"udta", b"pdin", b"PICT", b"junk",
];

/// What lies at the top.
pub(super) struct Top {
    pub(super) boxes: Vec<TopBox>,
    /// Bytes at the end that are no box.
    pub(super) leftover: u64,
}

impl Top {
    /// The boxes with these four characters that are whole.
    pub(super) fn whole<'t>(&'t self, kind: &'t [u8; 4]) -> impl Iterator<Item = Atom> + 't {
        let whole = self.boxes.iter().filter(move |one| one.kind == kind && one.missing == 0);
        whole.map(TopBox::atom)
    }

    pub(super) fn has(&self, kind: [u8; 4]) -> bool {
        self.boxes.iter().any(|one| one.kind.0 == kind)
    }
}

/// Why there is no `moov` box that is whole: the file ends before it, or nobody looked so far.
pub(super) fn no_header<R: Read + Seek>(reader: &Reader<'_, R>) -> Fault {
    let unread = reader.faults.iter().find(|fault| matches!(fault.reason, Reason::TooMany(_)));
    unread.cloned().unwrap_or_else(|| Reason::Missing("moov").at(reader.size()))
}

impl TopBox {
    pub(super) fn atom(&self) -> Atom {
        Atom::top(self.kind, [self.offset, self.offset + self.head, self.end()])
    }

    /// Behind its last byte that is there.
    pub fn end(&self) -> u64 {
        self.offset.saturating_add(self.size - self.missing)
    }
}

/// All boxes. What cannot be one ends the list, and is kept as a fault.
pub(super) fn read<R: Read + Seek>(reader: &mut Reader<'_, R>) -> Result<Top, Fault> {
    let mut top = Top { boxes: Vec::new(), leftover: 0 };
    let (mut at, size) = (0, reader.size());
    while size - at >= HEAD_LEN {
        let Some(one) = next(reader, at, top.boxes.is_empty())? else { break };
        if top.boxes.len() == MAX_TOP {
            reader.keep(Reason::TooMany("boxes").at(at));
            return Ok(top);
        }
        at = one.end();
        top.boxes.push(one);
    }
    if top.boxes.is_empty() {
        return Err(if size == 0 { Reason::Empty } else { Reason::NoMovie }.at(0));
    }
    top.leftover = size - at;
    Ok(top)
}

/// The box at `at`; `None` if there is none, or only zeros.
fn next<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    at: u64,
    is_first: bool,
) -> Result<Option<TopBox>, Fault> {
    let left = reader.size() - at;
    let head = match head(reader, at, left).map_err(|reason| reason.at(at)) {
        Ok(head) if is_first && !BEGINNINGS.iter().any(|kind| head.kind == *kind) => {
            return Err(Reason::NoMovie.at(0));
        }
        Err(fault) if is_first && !matches!(fault.reason, Reason::Unreadable(_)) => {
            return Err(Reason::NoMovie.at(0));
        }
        head => reader.soft(head)?,
    };
    let Some(head) = head.filter(|head| !head.is_end()) else { return Ok(None) };
    let to_end = head.form == Form::ToEnd;
    let size = if to_end { left } else { head.size };
    let missing = size.saturating_sub(left);
    if missing > 0 {
        reader.keep(cut_off(head.kind, at, missing));
    }
    Ok(Some(TopBox {
        kind: head.kind,
        uuid: head.uuid,
        offset: at,
        head: head.len,
        size,
        to_end,
        missing,
    }))
}

fn cut_off(kind: FourCc, at: u64, missing: u64) -> Fault {
    Fault { offset: at, path: kind.to_string(), reason: Reason::CutOff { kind, missing } }
}
