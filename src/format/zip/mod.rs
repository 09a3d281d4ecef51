//! Zip archives: the layout of a STORED one, known before a byte is written, and the directory of any.
//!
//! Source: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", version 6.3.10; section numbers below
//! are its.

mod directory;
mod dos_time;
mod layout;

#[cfg(test)]
mod tests;

pub use directory::{Directory, Fault, Member, Unreadable, data_offset, read};
pub use dos_time::{DosTime, LATEST_YEAR};
pub use layout::{ALIGNMENT, Layout, Place};

/// 4.3.7.
const LOCAL_HEADER: u32 = 0x0403_4b50;
/// 4.3.12.
const CENTRAL_HEADER: u32 = 0x0201_4b50;
/// 4.3.9.3.
const DESCRIPTOR_RECORD: u32 = 0x0807_4b50;
/// 4.3.16.
const END: u32 = 0x0605_4b50;
/// 4.3.14.
const ZIP64_END: u32 = 0x0606_4b50;
/// 4.3.15.
const ZIP64_LOCATOR: u32 = 0x0706_4b50;
/// 4.5.3: the extra field that holds what does not fit into 32 bits.
const ZIP64_EXTRA: u16 = 0x0001;
/// 4.4.1.4: a field with this value is to be looked up in the zip64 records.
const FULL_16: u16 = u16::MAX;
/// As [`FULL_16`].
const FULL_32: u32 = u32::MAX;
/// 4.4.4, bit 0: the member is encrypted.
const ENCRYPTED: u16 = 1;
/// 4.4.4, bit 3: CRC and sizes follow the data.
const DESCRIPTOR: u16 = 1 << 3;
/// 4.4.4, bit 11: the name is UTF-8.
const UTF8: u16 = 1 << 11;

/// 4.4.5: how a member's bytes are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// As they are.
    Stored,
    /// Deflated.
    Deflated,
    /// Anything else, by number.
    Other(u16),
}

impl From<u16> for Method {
    fn from(number: u16) -> Self {
        match number {
            0 => Self::Stored,
            8 => Self::Deflated,
            other => Self::Other(other),
        }
    }
}
