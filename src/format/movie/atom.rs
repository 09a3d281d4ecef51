//! Boxes: a size, four characters, and what they hold, which may be boxes again.
//!
//! Source: ffmpeg `mov_read_default`; Apple, `QuickTime File Format`, atoms.

use std::io::{Read, Seek};
use std::rc::Rc;

use super::number::{array_at, u32_at, u64_at};
use super::reader::Reader;
use super::{Fault, FourCc, MAX_CHILDREN, Reason};

/// Bytes of the shortest head.
pub(super) const HEAD_LEN: u64 = 8;

/// Bytes of the longest head: with a size of 64 bits and an id.
const LONGEST_HEAD: u64 = 32;

/// How a size is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// In 32 bits.
    Short,
    /// In 64 bits, behind the four characters.
    Long,
    /// As 0, which means up to the end.
    ToEnd,
}

/// What a box begins with.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) kind: FourCc,
    pub(super) form: Form,
    /// Bytes of the head.
    pub(super) len: u64,
    /// Bytes of the box with its head; 0 if it goes up to the end.
    pub(super) size: u64,
    pub(super) uuid: Option<[u8; 16]>,
}

impl Head {
    /// The head that `bytes` begin with; `None` if they are too few.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let kind = FourCc(array_at(bytes, 4)?);
        let (form, size, id) = match u32_at(bytes, 0)? {
            0 => (Form::ToEnd, 0, 8),
            1 => (Form::Long, u64_at(bytes, 8)?, 16),
            size => (Form::Short, size.into(), 8),
        };
        let uuid = if kind == b"uuid" { Some(array_at(bytes, id)?) } else { None };
        let len = id as u64 + if uuid.is_some() { 16 } else { 0 };
        Some(Self { kind, form, len, size, uuid })
    }

    /// Whether the rest is only filled with zeros, as some writers end a list of boxes or a file.
    pub(super) fn is_end(&self) -> bool {
        self.form == Form::ToEnd && self.kind == b"\0\0\0\0"
    }
}

/// The head at `at`, with `left` bytes left from there.
pub(super) fn head<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    at: u64,
    left: u64,
) -> Result<Head, Reason> {
    let bytes = reader.bytes(at..at + left.min(LONGEST_HEAD)).map_err(|fault| fault.reason)?;
    let head = Head::parse(bytes).ok_or(Reason::TooShort(left))?;
    match head.form {
        Form::Short | Form::Long if head.size < head.len => Err(Reason::BoxSize(head.size)),
        Form::ToEnd if left < head.len => Err(Reason::TooShort(left)),
        Form::Short | Form::Long | Form::ToEnd => Ok(head),
    }
}

/// A box, with the place of what it holds.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub(super) kind: FourCc,
    /// Where its head begins.
    pub(super) at: u64,
    /// Where what it holds begins.
    pub(super) body: u64,
    /// Behind its last byte.
    pub(super) end: u64,
    /// The path of what it lies in.
    parent: Rc<str>,
    /// Its number among the tracks, counted from 1; else 0.
    nth: usize,
}

impl Atom {
    /// A box at the top of a file.
    pub(super) fn top(kind: FourCc, [at, body, end]: [u64; 3]) -> Self {
        Self { kind, at, body, end, parent: "".into(), nth: 0 }
    }

    /// Such as `moov/trak[2]/mdia`.
    pub(super) fn path(&self) -> String {
        let Self { kind, parent, nth, .. } = self;
        let slash = if parent.is_empty() { "" } else { "/" };
        let nth = if *nth > 0 { format!("[{nth}]") } else { String::new() };
        format!("{parent}{slash}{kind}{nth}")
    }

    /// A fault of this box.
    pub(super) fn fault(&self, reason: Reason) -> Fault {
        Fault { offset: self.at, path: self.path(), reason }
    }

    /// Bytes of what it holds.
    pub(super) fn len(&self) -> u64 {
        self.end - self.body
    }
}

impl<R: Read + Seek> Reader<'_, R> {
    /// The boxes in a box.
    pub(super) fn children(&mut self, parent: &Atom) -> Result<Vec<Atom>, Fault> {
        self.children_from(parent, parent.body)
    }

    /// The boxes in a box, from a place on. From a box that cannot be one on, nothing is read, and the fault
    /// is kept. Fewer bytes than a head has are no box.
    pub(super) fn children_from(&mut self, parent: &Atom, from: u64) -> Result<Vec<Atom>, Fault> {
        let (path, mut atoms, mut tracks): (Rc<str>, _, _) = (parent.path().into(), Vec::new(), 0);
        let mut at = from;
        while parent.end.saturating_sub(at) >= HEAD_LEN {
            let Some(mut atom) = self.child(parent, &path, at)? else { break };
            if atom.kind == b"trak" {
                tracks += 1;
                atom.nth = tracks;
            }
            if atoms.len() == MAX_CHILDREN || !self.count_box() {
                self.keep(parent.fault(Reason::TooMany("boxes")));
                break;
            }
            at = atom.end;
            atoms.push(atom);
        }
        Ok(atoms)
    }

    fn child(&mut self, parent: &Atom, path: &Rc<str>, at: u64) -> Result<Option<Atom>, Fault> {
        let left = parent.end - at;
        let fault = |reason| Fault { offset: at, path: parent.path(), reason };
        let head = head(self, at, left).map_err(fault);
        let Some(head) = self.soft(head)?.filter(|head| !head.is_end()) else { return Ok(None) };
        let size = if head.form == Form::ToEnd { left } else { head.size };
        let Head { kind, len, .. } = head;
        let atom =
            |size| Atom { kind, at, body: at + len, end: at + size, parent: path.clone(), nth: 0 };
        if size > left {
            self.keep(atom(left.max(len)).fault(Reason::Overrun { len: size, left }));
            return Ok(None);
        }
        Ok(Some(atom(size)))
    }
}

/// The first box with these four characters.
pub(super) fn first(atoms: &[Atom], kind: [u8; 4]) -> Option<&Atom> {
    atoms.iter().find(|atom| atom.kind.0 == kind)
}
