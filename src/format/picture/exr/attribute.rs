//! Attributes of a header: a name, a type, a size, and that many bytes.

use std::io::{Read, Seek};

use super::super::Fault;
use super::super::source::{Fields, Order, Source};

/// The longest name or type, with the zero behind it.
const NAME_LEN: u64 = 256;

/// Attributes that are read in one file: hundreds in each of as many parts as are read.
const MOST: usize = 1 << 16;

/// Bytes of values that are read in one file: what is kept of them takes some times as much memory.
const MOST_BYTES: u64 = 4 << 20;

/// Walks over attributes, and only reads the values that somebody asks for.
pub(super) struct Attributes<'a, 'b, R> {
    source: &'a mut Source<'b, R>,
    at: u64,
    seen: usize,
    read: u64,
}

/// An attribute, and where its value is.
pub(super) struct Attribute {
    pub(super) name: String,
    at: u64,
    size: u64,
}

impl<'a, 'b, R: Read + Seek> Attributes<'a, 'b, R> {
    pub(super) fn new(source: &'a mut Source<'b, R>, at: u64) -> Self {
        Self { source, at, seen: 0, read: 0 }
    }

    /// Where the next attribute would begin.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Whether a zero ends the list here; it is stepped over.
    pub(super) fn ended(&mut self) -> Result<bool, Fault> {
        let [byte] = self.source.array(self.at)?;
        self.at += u64::from(byte == 0);
        Ok(byte == 0)
    }

    /// The next attribute, or none at the end of the header.
    pub(super) fn next(&mut self) -> Result<Option<Attribute>, Fault> {
        if self.ended()? {
            return Ok(None);
        }
        self.seen += 1;
        if self.seen > MOST {
            return Err(Fault::TooMany("attributes"));
        }
        let name = self.name()?;
        let _type = self.name()?;
        let size = i32::from_le_bytes(self.source.array(self.at)?);
        let size = u64::try_from(size).map_err(|_| Fault::Wrong("attribute size"))?;
        let attribute = Attribute { name, at: self.at + 4, size };
        self.at += 4 + size;
        Ok(Some(attribute))
    }

    fn name(&mut self) -> Result<String, Fault> {
        let bytes = self.source.up_to(self.at, NAME_LEN)?;
        let short = if (bytes.len() as u64) < NAME_LEN { Fault::Short } else { NAMELESS };
        let len = bytes.iter().position(|byte| *byte == 0).ok_or(short)?;
        let name = String::from_utf8_lossy(&bytes[..len]).into_owned();
        self.at += len as u64 + 1;
        Ok(name)
    }

    /// The bytes of an attribute's value.
    pub(super) fn value(&mut self, attribute: &Attribute) -> Result<Fields<'_>, Fault> {
        self.read += attribute.size;
        if self.read > MOST_BYTES {
            return Err(Fault::TooMany("bytes"));
        }
        let bytes = self.source.bytes(attribute.at, attribute.size)?;
        Ok(Fields { bytes, order: Order::Little })
    }
}

const NAMELESS: Fault = Fault::Wrong("attribute name");
