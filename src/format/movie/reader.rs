//! A file as bytes at places, and what was passed over in it.

use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;

use super::atom::Atom;
use super::number::len;
use super::{Fault, MAX_BOXES, MAX_FAULTS, Reason};

/// Bytes read at a time in a header.
const WINDOW: u64 = 64 << 10;

/// The file, a window of it, and the faults that do not end the reading.
pub(super) struct Reader<'a, R> {
    input: &'a mut R,
    size: u64,
    window: Vec<u8>,
    /// Where the window begins.
    at: u64,
    /// Where reading ahead has to end: at the top of a file, media data lies behind each head.
    ahead: u64,
    boxes: usize,
    /// Where media data lies, in order.
    pub(super) media: Vec<Range<u64>>,
    pub(super) faults: Vec<Fault>,
}

impl<'a, R: Read + Seek> Reader<'a, R> {
    pub(super) fn new(input: &'a mut R) -> Result<Self, Fault> {
        let size = input.seek(SeekFrom::End(0)).map_err(|error| unreadable(0, error.kind()))?;
        let (window, faults) = (Vec::new(), Vec::new());
        let media = Vec::new();
        Ok(Self { input, size, window, at: 0, ahead: 0, boxes: 0, media, faults })
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Read ahead up to here.
    pub(super) fn ahead(&mut self, end: u64) {
        self.ahead = end;
    }

    /// These bytes. The caller bounds how many.
    pub(super) fn bytes(&mut self, range: Range<u64>) -> Result<&[u8], Fault> {
        if range.end > self.size {
            return Err(Reason::Short.at(self.size));
        }
        if range.start < self.at || range.end > self.at + self.window.len() as u64 {
            self.fill(&range)?;
        }
        let from = len(&(self.at..range.start));
        Ok(&self.window[from..from + len(&range)])
    }

    fn fill(&mut self, range: &Range<u64>) -> Result<(), Fault> {
        let fault = |error: std::io::Error| unreadable(range.start, error.kind());
        let ahead = self.ahead.min(range.start.saturating_add(WINDOW)).min(self.size);
        let wanted = range.end.max(ahead) - range.start;
        (self.at, self.window) = (range.start, std::mem::take(&mut self.window));
        self.window.clear();
        self.input.seek(SeekFrom::Start(range.start)).map_err(fault)?;
        self.input.by_ref().take(wanted).read_to_end(&mut self.window).map_err(fault)?;
        // The file may have become shorter meanwhile.
        let end = self.at + self.window.len() as u64;
        if end < range.end { Err(Reason::Short.at(end)) } else { Ok(()) }
    }

    /// The first bytes of what a box holds, at most `most`.
    pub(super) fn body(&mut self, atom: &Atom, most: u64) -> Result<&[u8], Fault> {
        self.bytes(atom.body..atom.end.min(atom.body.saturating_add(most)))
    }

    /// What the first bytes of a box say; `None`, and a fault kept, if they are too few.
    pub(super) fn parse<T>(
        &mut self,
        atom: &Atom,
        most: u64,
        parse: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        let parsed = parse(self.body(atom, most)?);
        if parsed.is_none() {
            self.keep(atom.fault(Reason::TooShort(atom.end - atom.body)));
        }
        Ok(parsed)
    }

    /// Each entry of a table.
    pub(super) fn entries<const N: usize>(
        &mut self,
        range: Range<u64>,
        mut entry: impl FnMut(&[u8; N]),
    ) -> Result<(), Fault> {
        let step = WINDOW / N as u64 * N as u64;
        let mut at = range.start;
        while at < range.end {
            let end = range.end.min(at + step);
            self.bytes(at..end)?.as_chunks().0.iter().for_each(&mut entry);
            at = end;
        }
        Ok(())
    }

    /// Count a box; `false` if there were too many.
    pub(super) fn count_box(&mut self) -> bool {
        self.boxes += 1;
        self.boxes <= MAX_BOXES
    }

    /// Keep a fault that does not end the reading.
    pub(super) fn keep(&mut self, fault: Fault) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        }
    }

    /// What was read; where it is damaged nothing, and the fault kept. That the system refuses to read is
    /// said of the whole file.
    pub(super) fn soft<T>(&mut self, result: Result<T, Fault>) -> Result<Option<T>, Fault> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(fault) if matches!(fault.reason, Reason::Unreadable(_) | Reason::Short) => {
                Err(fault)
            }
            Err(fault) => {
                self.keep(fault);
                Ok(None)
            }
        }
    }
}

fn unreadable(at: u64, kind: ErrorKind) -> Fault {
    Reason::Unreadable(kind).at(at)
}
