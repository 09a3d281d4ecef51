//! A STORED zip whose every offset is known from names and sizes, before a byte is written.
//!
//! So several threads can write members at once, each at its place, and the local headers hold the true
//! sizes and CRC: no data descriptors. Zip64 records are written where a value does not fit, and only
//! there.

use super::dos_time::DosTime;
use super::{
    CENTRAL_HEADER, END, FULL_16, FULL_32, LOCAL_HEADER, UTF8, ZIP64_END, ZIP64_EXTRA,
    ZIP64_LOCATOR,
};

/// 4.4.3: 2.0 for plain members, 4.5 where zip64 is used.
const VERSION_PLAIN: u16 = 20;
const VERSION_ZIP64: u16 = 45;
/// 4.4.2: attributes are those of Unix.
const MADE_BY_UNIX: u16 = 3 << 8;
/// A regular file that everybody may read and its owner may write, in the upper half (4.4.15).
const ATTRIBUTES: u32 = 0o100_644 << 16;

/// The extra field that pads a local header, and what it says: data at a multiple of 4,096 bytes.
///
/// Source: the tool zipalign of the Android Open Source Project, which uses this number.
const ALIGNMENT_EXTRA: u16 = 0xD935;
/// What the bytes of an aligned member begin at a multiple of.
pub const ALIGNMENT: u16 = 4096;
/// Its header and the alignment.
const PADDING_MIN: u16 = 6;

/// One member's place in a zip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path with `/` between its parts.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Time stamp.
    pub modified: DosTime,
    /// Of the local header, from the start of the zip.
    pub offset: u64,
    /// Bytes of the extra field that moves the member's bytes to a block boundary, 0 without.
    pub padding: u16,
}

/// Where everything of a zip goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// In the order of the zip.
    pub places: Vec<Place>,
    /// Where the central directory begins.
    pub directory: u64,
}

impl Layout {
    /// Add a member after those before. Its name has at most 65,535 bytes.
    pub fn push(&mut self, name: String, size: u64, modified: DosTime) {
        self.add(Place { name, size, modified, offset: self.directory, padding: 0 });
    }

    /// The same, its bytes beginning at a multiple of [`ALIGNMENT`].
    pub fn push_aligned(&mut self, name: String, size: u64, modified: DosTime) {
        let mut place = Place { name, size, modified, offset: self.directory, padding: 0 };
        place.padding = padding(place.data());
        self.add(place);
    }

    fn add(&mut self, place: Place) {
        self.directory += place.header_size() + place.size;
        self.places.push(place);
    }

    /// The central directory and the records at the end; `crcs` are those of the members, in order.
    ///
    /// # Panics
    ///
    /// If there are not as many sums as members.
    pub fn end(&self, crcs: &[u32]) -> Vec<u8> {
        assert_eq!(crcs.len(), self.places.len(), "a CRC for each member");
        let mut bytes = Vec::new();
        for (place, crc) in self.places.iter().zip(crcs) {
            place.central_header(*crc, &mut bytes);
        }
        let size = bytes.len() as u64;
        let count = self.places.len() as u64;
        let plain = (u16::try_from(count), u32::try_from(size), u32::try_from(self.directory));
        let fits = matches!(plain, (Ok(count), Ok(size), Ok(offset))
            if count < FULL_16 && size < FULL_32 && offset < FULL_32);
        if !fits {
            self.zip64_end(count, size, &mut bytes);
        }
        let count = plain.0.unwrap_or(FULL_16).to_le_bytes();
        put32(&mut bytes, END);
        bytes.extend([0; 4]);
        bytes.extend([count, count].concat());
        put32(&mut bytes, plain.1.unwrap_or(FULL_32));
        put32(&mut bytes, plain.2.unwrap_or(FULL_32));
        bytes.extend([0; 2]);
        bytes
    }

    /// 4.3.14 and 4.3.15.
    fn zip64_end(&self, count: u64, size: u64, bytes: &mut Vec<u8>) {
        let at = self.directory + size;
        put32(bytes, ZIP64_END);
        put64(bytes, 44);
        put16(bytes, MADE_BY_UNIX | VERSION_ZIP64);
        put16(bytes, VERSION_ZIP64);
        bytes.extend([0; 8]);
        put64(bytes, count);
        put64(bytes, count);
        put64(bytes, size);
        put64(bytes, self.directory);
        put32(bytes, ZIP64_LOCATOR);
        put32(bytes, 0);
        put64(bytes, at);
        put32(bytes, 1);
    }
}

impl Place {
    /// Bytes of the local header, 4.3.7.
    pub fn header_size(&self) -> u64 {
        30 + self.name.len() as u64 + u64::from(self.zip64_len() + self.padding)
    }

    fn zip64_len(&self) -> u16 {
        if self.is_large() { 20 } else { 0 }
    }

    /// Where the member's bytes begin.
    pub fn data(&self) -> u64 {
        self.offset + self.header_size()
    }

    /// The local header, 4.3.7.
    pub fn local_header(&self, crc: u32) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(50 + self.name.len());
        put32(&mut bytes, LOCAL_HEADER);
        self.common(crc, self.is_large(), &mut bytes);
        put16(&mut bytes, self.zip64_len() + self.padding);
        bytes.extend(self.name.as_bytes());
        if self.is_large() {
            // 4.5.3: in a local header both sizes stand here.
            put16(&mut bytes, ZIP64_EXTRA);
            put16(&mut bytes, 16);
            put64(&mut bytes, self.size);
            put64(&mut bytes, self.size);
        }
        self.pad(&mut bytes);
        bytes
    }

    /// The field of Android's zipalign: its alignment, then zeros.
    fn pad(&self, bytes: &mut Vec<u8>) {
        let Some(len) = self.padding.checked_sub(4) else { return };
        let end = bytes.len() + usize::from(self.padding);
        put16(bytes, ALIGNMENT_EXTRA);
        put16(bytes, len);
        put16(bytes, ALIGNMENT);
        bytes.resize(end, 0);
    }

    fn is_large(&self) -> bool {
        self.size >= u64::from(FULL_32)
    }

    /// What local and central header share, from "version needed" to "file name length".
    fn common(&self, crc: u32, zip64: bool, bytes: &mut Vec<u8>) {
        let size = u32::try_from(self.size).unwrap_or(FULL_32);
        put16(bytes, if zip64 { VERSION_ZIP64 } else { VERSION_PLAIN });
        put16(bytes, if self.name.is_ascii() { 0 } else { UTF8 });
        put16(bytes, 0);
        put16(bytes, self.modified.time);
        put16(bytes, self.modified.date);
        put32(bytes, crc);
        put32(bytes, size);
        put32(bytes, size);
        put16(bytes, u16::try_from(self.name.len()).expect("checked by whoever adds a member"));
    }

    /// 4.3.12.
    fn central_header(&self, crc: u32, bytes: &mut Vec<u8>) {
        let far = self.offset >= u64::from(FULL_32);
        let zip64 = self.is_large() || far;
        let version = if zip64 { VERSION_ZIP64 } else { VERSION_PLAIN };
        put32(bytes, CENTRAL_HEADER);
        put16(bytes, MADE_BY_UNIX | version);
        self.common(crc, zip64, bytes);
        let extra = self.central_extra(far);
        put16(bytes, u16::try_from(extra.len()).expect("at most 28 bytes"));
        bytes.extend([0; 6]);
        put32(bytes, ATTRIBUTES);
        put32(bytes, u32::try_from(self.offset).unwrap_or(FULL_32));
        bytes.extend(self.name.as_bytes());
        bytes.extend(extra);
    }

    /// 4.5.3: only what did not fit, sizes before the offset.
    fn central_extra(&self, far: bool) -> Vec<u8> {
        let mut values = Vec::new();
        if self.is_large() {
            put64(&mut values, self.size);
            put64(&mut values, self.size);
        }
        if far {
            put64(&mut values, self.offset);
        }
        let mut extra = Vec::new();
        if let Ok(len @ 1..) = u16::try_from(values.len()) {
            put16(&mut extra, ZIP64_EXTRA);
            put16(&mut extra, len);
            extra.extend(values);
        }
        extra
    }
}

/// Bytes of the field that moves what would begin at `data` to a block boundary.
fn padding(data: u64) -> u16 {
    let gap = data.wrapping_neg() % u64::from(ALIGNMENT);
    let gap = u16::try_from(gap).expect("less than a block");
    // A gap that is too small for the field takes a block more.
    if (1..PADDING_MIN).contains(&gap) { gap + ALIGNMENT } else { gap }
}

fn put16(bytes: &mut Vec<u8>, value: u16) {
    bytes.extend(value.to_le_bytes());
}

fn put32(bytes: &mut Vec<u8>, value: u32) {
    bytes.extend(value.to_le_bytes());
}

fn put64(bytes: &mut Vec<u8>, value: u64) {
    bytes.extend(value.to_le_bytes());
}
