//! The directory of a zip that came from anywhere: what it claims to hold, and where.
//!
//! Reading is strict where a wrong answer could hide a wrong frame: the records at the end must be where
//! they say, the counts must be true, and each local header must say what the directory says.
//!
//! Not read: what lies between members, comments, time stamps, attributes.

use std::io::{Read, Seek, SeekFrom};

use super::{
    CENTRAL_HEADER, DESCRIPTOR, DESCRIPTOR_RECORD, ENCRYPTED, END, FULL_16, FULL_32, LOCAL_HEADER,
    Method, UTF8, ZIP64_END, ZIP64_EXTRA, ZIP64_LOCATOR,
};

/// The end record and the longest comment (4.3.16).
const LONGEST_END: u64 = 22 + FULL_16 as u64;

/// The newest version of the format that a member may need, 6.3 (4.4.3.2).
const NEWEST: u16 = 63;

/// Flags that are understood: encrypted (and then not read), the two of deflate, and the two below.
const KNOWN: u16 = ENCRYPTED | 0b110 | DESCRIPTOR | UTF8;

/// What a directory may take: 250,000 members with names and extra fields of 1 KiB each. More is
/// refused, so that a wrong number cannot take all memory.
const LARGEST_DIRECTORY: u64 = 256 << 20;

/// What is wrong with a zip's structure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// It could not be read.
    #[error("cannot be read")]
    Unreadable(Unreadable),
    /// Nothing that ends a zip.
    #[error("no end record: not a zip, or one that was cut off")]
    NoEnd,
    /// The records at the end do not lie where they say, or contradict each other.
    #[error("the records at the end do not fit together")]
    End,
    /// A part of a zip on several disks.
    #[error("a part of a zip that is split over several files")]
    Split,
    /// The directory ends in the middle of an entry, or holds more or fewer than it says.
    #[error("the central directory is damaged")]
    Directory,
    /// Larger than anything honest.
    #[error("the central directory claims {0} bytes")]
    TooLarge(u64),
    /// A member's local header is not where the directory says.
    #[error("no local header where the directory says")]
    NoLocalHeader,
    /// A member's local header says something else than the directory.
    #[error("its local header and the directory disagree on its {0}")]
    Disagree(&'static str),
    /// Flags or a version that ask for more than is read here.
    #[error("its flags or version ask for something that is not known here")]
    Unknown,
    /// Neither ASCII nor marked as UTF-8.
    #[error("its name is not ASCII and not marked as UTF-8: readers take it for different names")]
    Encoding,
    /// Its sizes are to follow its data, and do not.
    #[error("its flags promise a record behind its data, and there is none")]
    NoDescriptor,
    /// A folder that has bytes.
    #[error("a folder entry that has bytes")]
    FolderBytes,
    /// A member reaches beyond the directory's begin, or shares bytes with another.
    #[error("its bytes overlap with something else")]
    Overlap,
}

/// One member, as the central directory describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The bytes of its name, in whatever encoding.
    pub name: Vec<u8>,
    /// How its bytes are kept.
    pub method: Method,
    /// Whether they are encrypted.
    pub encrypted: bool,
    /// CRC-32 of the unpacked bytes.
    pub crc: u32,
    /// Bytes in the zip.
    pub packed: u64,
    /// Bytes unpacked.
    pub size: u64,
    /// Where its local header is.
    pub offset: u64,
    /// 4.4.4. With [`DESCRIPTOR`], CRC and sizes follow the data; the local header need not have them.
    flags: u16,
    /// 4.4.3: ten times the version of the format that a reader must know.
    needed: u16,
}

/// What a zip claims to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// In the order of the directory.
    pub members: Vec<Member>,
    /// Where it begins: members end before.
    pub offset: u64,
}

/// What the system said when it refused to read, as a value that can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    number: Option<i32>,
    kind: std::io::ErrorKind,
}

impl From<Unreadable> for std::io::Error {
    fn from(error: Unreadable) -> Self {
        error.number.map_or_else(|| error.kind.into(), Self::from_raw_os_error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof => Self::End,
            kind => Self::Unreadable(Unreadable { number: error.raw_os_error(), kind }),
        }
    }
}

/// Where the directory is and how much it holds.
struct End {
    count: u64,
    size: u64,
    offset: u64,
    /// Where the first of the records at the end begins: right behind the directory.
    at: u64,
}

/// Read the directory of a zip of `size` bytes.
///
/// Memory: the directory, twice; at most 512 MiB.
///
/// # Errors
///
/// What is wrong with the zip as a whole. A member's own faults are found by [`data_offset`].
pub fn read(zip: &mut (impl Read + Seek), size: u64) -> Result<Directory, Fault> {
    let end = find_end(zip, size)?;
    if end.size > LARGEST_DIRECTORY {
        return Err(Fault::TooLarge(end.size));
    }
    if end.offset.checked_add(end.size) != Some(end.at) {
        return Err(Fault::End);
    }
    let bytes = read_at(zip, end.offset, end.size)?;
    let mut fields = Fields(&bytes);
    let mut members = Vec::new();
    while !fields.0.is_empty() {
        members.push(central_header(&mut fields).ok_or(Fault::Directory)?);
    }
    if members.len() as u64 != end.count {
        return Err(Fault::Directory);
    }
    Ok(Directory { members, offset: end.offset })
}

/// 4.3.16: the record that ends with the file; its comment's length tells it from bytes that look alike.
fn find_end(zip: &mut (impl Read + Seek), size: u64) -> Result<End, Fault> {
    let start = size.saturating_sub(LONGEST_END);
    let tail = read_at(zip, start, size - start)?;
    let at = (0..tail.len().saturating_sub(21))
        .rev()
        .find(|&at| {
            tail[at..].starts_with(&END.to_le_bytes())
                && usize::from(u16::from_le_bytes([tail[at + 20], tail[at + 21]]))
                    == tail.len() - at - 22
        })
        .ok_or(Fault::NoEnd)?;
    let mut fields = Fields(&tail[at + 4..]);
    let end = plain_end(&mut fields, start + at as u64).ok_or(Fault::End)??;
    // Some writers add zip64 records although every number fits: then the directory does not end here.
    let full = end.count == u64::from(FULL_16)
        || end.size == u64::from(FULL_32)
        || end.offset == u64::from(FULL_32)
        || end.offset + end.size != end.at;
    if full { zip64_end(zip, end) } else { Ok(end) }
}

fn plain_end(fields: &mut Fields<'_>, at: u64) -> Option<Result<End, Fault>> {
    let (disk, first, here, count) = (fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?);
    let (size, offset) = (fields.u32()?, fields.u32()?);
    if (disk, first) != (0, 0) || here != count {
        return Some(Err(Fault::Split));
    }
    Some(Ok(End { count: count.into(), size: size.into(), offset: offset.into(), at }))
}

/// 4.3.14 and 4.3.15. Without a locator the values were simply that large.
fn zip64_end(zip: &mut (impl Read + Seek), plain: End) -> Result<End, Fault> {
    let Some(at) = plain.at.checked_sub(20) else { return Ok(plain) };
    let locator = read_at(zip, at, 20)?;
    let mut fields = Fields(&locator);
    if fields.u32() != Some(ZIP64_LOCATOR) {
        return Ok(plain);
    }
    let (disk, record, disks) = (fields.u32(), fields.u64(), fields.u32());
    if disk != Some(0) || disks != Some(1) {
        return Err(Fault::Split);
    }
    let record = record.filter(|record| record.checked_add(56) == Some(at)).ok_or(Fault::End)?;
    let bytes = read_at(zip, record, 56)?;
    let mut fields = Fields(&bytes);
    zip64_record(&mut fields, record).ok_or(Fault::End)
}

fn zip64_record(fields: &mut Fields<'_>, at: u64) -> Option<End> {
    let (signature, rest) = (fields.u32()?, fields.u64()?);
    let (_versions, disks) = (fields.u32()?, fields.u64()?);
    let (here, count) = (fields.u64()?, fields.u64()?);
    let (size, offset) = (fields.u64()?, fields.u64()?);
    let sound = signature == ZIP64_END && rest == 44 && disks == 0 && here == count;
    sound.then_some(End { count, size, offset, at })
}

/// 4.3.12.
fn central_header(fields: &mut Fields<'_>) -> Option<Member> {
    if fields.u32()? != CENTRAL_HEADER {
        return None;
    }
    let (_made_by, needed, flags, method) =
        (fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?);
    let (_modified, crc, packed, size) =
        (fields.u32()?, fields.u32()?, fields.u32()?, fields.u32()?);
    let (name, extra, comment) = (fields.u16()?, fields.u16()?, fields.u16()?);
    let (disk, _attributes, _system_attributes) = (fields.u16()?, fields.u16()?, fields.u32()?);
    let offset = fields.u32()?;
    let name = fields.take(name.into())?.to_vec();
    let mut large = Large::find(fields.take(extra.into())?);
    fields.take(comment.into())?;
    let member = Member {
        name,
        method: method.into(),
        encrypted: flags & ENCRYPTED != 0,
        crc,
        size: large.or(size)?,
        packed: large.or(packed)?,
        offset: large.or(offset)?,
        flags,
        needed,
    };
    (disk == 0).then_some(member)
}

/// The values of a zip64 extra field, which stand there in a fixed order, but only those that did not
/// fit (4.5.3).
struct Large<'a>(Option<Fields<'a>>);

impl<'a> Large<'a> {
    fn find(extra: &'a [u8]) -> Self {
        let mut fields = Fields(extra);
        while let (Some(id), Some(len)) = (fields.u16(), fields.u16()) {
            let Some(data) = fields.take(len.into()) else { break };
            if id == ZIP64_EXTRA {
                return Self(Some(Fields(data)));
            }
        }
        Self(None)
    }

    /// The value itself, or the next one of the field where it says so. Without a field it is what it
    /// is: a size of exactly 4 GiB less one byte needs no zip64 by some writers' reading.
    fn or(&mut self, value: u32) -> Option<u64> {
        match &mut self.0 {
            Some(fields) if value == FULL_32 => fields.u64(),
            _ => Some(value.into()),
        }
    }
}

/// Where the bytes of `member` begin, after its local header has been read and compared with the
/// directory's words (4.3.7).
///
/// # Errors
///
/// What is wrong with this member.
pub fn data_offset(
    zip: &mut (impl Read + Seek),
    directory: &Directory,
    member: &Member,
) -> Result<u64, Fault> {
    let header = read_at(zip, member.offset, 30).map_err(|_| Fault::NoLocalHeader)?;
    let mut fields = Fields(&header);
    let local = LocalHeader::parse(&mut fields).ok_or(Fault::NoLocalHeader)?;
    let rest = u64::from(local.name) + u64::from(local.extra);
    let names = read_at(zip, member.offset + 30, rest).map_err(|_| Fault::NoLocalHeader)?;
    let (name, extra) = names.split_at(local.name.into());
    local.compare(member, name, extra)?;
    member.check()?;
    let data = member.offset + 30 + rest;
    match data.checked_add(member.packed) {
        Some(end) if end <= directory.offset => member.expect_descriptor(zip, end).map(|()| data),
        _ => Err(Fault::Overlap),
    }
}

impl Member {
    /// What would make other readers see something else than is checked here.
    fn check(&self) -> Result<(), Fault> {
        if self.flags & !KNOWN != 0 || self.needed & 0xff > NEWEST {
            return Err(Fault::Unknown);
        }
        if self.flags & UTF8 == 0 && !self.name.is_ascii() {
            return Err(Fault::Encoding);
        }
        if self.name.ends_with(b"/") && self.size != 0 {
            return Err(Fault::FolderBytes);
        }
        Ok(())
    }

    /// 4.3.9: the record begins with a signature, which may be left out, and the CRC.
    fn expect_descriptor(&self, zip: &mut (impl Read + Seek), end: u64) -> Result<(), Fault> {
        if self.flags & DESCRIPTOR == 0 {
            return Ok(());
        }
        let word = read_at(zip, end, 4)?;
        if word == DESCRIPTOR_RECORD.to_le_bytes() || word == self.crc.to_le_bytes() {
            return Ok(());
        }
        Err(Fault::NoDescriptor)
    }
}

struct LocalHeader {
    needed: u16,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u32,
    size: u32,
    name: u16,
    extra: u16,
}

impl LocalHeader {
    fn parse(fields: &mut Fields<'_>) -> Option<Self> {
        if fields.u32()? != LOCAL_HEADER {
            return None;
        }
        let (needed, flags, method) = (fields.u16()?, fields.u16()?, fields.u16()?);
        let (_modified, crc, packed, size) =
            (fields.u32()?, fields.u32()?, fields.u32()?, fields.u32()?);
        let (name, extra) = (fields.u16()?, fields.u16()?);
        Some(Self { needed, flags, method, crc, packed, size, name, extra })
    }

    fn compare(&self, member: &Member, name: &[u8], extra: &[u8]) -> Result<(), Fault> {
        let mut large = Large::find(extra);
        let (size, packed) = (large.or(self.size), large.or(self.packed));
        // With a descriptor the three fields are 0, or true already.
        let told = |told: bool, zero: bool| told || (member.flags & DESCRIPTOR != 0 && zero);
        let same = [
            ("name", name == member.name),
            ("method", Method::from(self.method) == member.method),
            ("flags", self.flags == member.flags),
            ("version", self.needed & 0xff <= NEWEST),
            ("CRC", told(self.crc == member.crc, self.crc == 0)),
            ("size", told(size == Some(member.size), self.size == 0 || size == Some(0))),
            (
                "packed size",
                told(packed == Some(member.packed), self.packed == 0 || packed == Some(0)),
            ),
            (
                "size",
                member.method != Method::Stored || member.encrypted || member.size == member.packed,
            ),
        ];
        match same.into_iter().find(|(_, same)| !same) {
            Some((what, _)) => Err(Fault::Disagree(what)),
            None => Ok(()),
        }
    }
}

fn read_at(zip: &mut (impl Read + Seek), offset: u64, len: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    zip.seek(SeekFrom::Start(offset))?;
    zip.take(len).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == len { Ok(bytes) } else { Err(Fault::End) }
}

/// Little-endian numbers, one after the other.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }
}
