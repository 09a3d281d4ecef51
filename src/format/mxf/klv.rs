//! Packets: a key of 16 bytes, a length, and as many bytes of value.
//!
//! Source: ffmpeg `klv_read_packet` and `klv_decode_ber_length`, Photon `KLVPacket`.

use std::io::{Read, Seek};

use super::model::Ul;
use super::source::Source;
use super::{Fault, Reason};

/// Bytes of a key, and of the longest length.
const MAX_HEAD: u64 = KEY_LEN as u64 + 9;
const KEY_LEN: usize = 16;

/// What all labels begin with.
const LABEL: [u8; 4] = [0x06, 0x0e, 0x2b, 0x34];

/// A packet, with the place of its value.
#[derive(Clone, Copy)]
pub(super) struct Packet {
    pub(super) key: Ul,
    /// Where its key begins.
    pub(super) at: u64,
    /// Where its value begins.
    pub(super) value: u64,
    /// Bytes of its value.
    pub(super) len: u64,
}

impl Packet {
    /// The packet at `at`, whose value has to be inside the file.
    pub(super) fn read<R: Read + Seek>(source: &mut Source<'_, R>, at: u64) -> Result<Self, Fault> {
        let head = source.up_to(at, MAX_HEAD)?;
        Self::parse(&head, at, source.size().saturating_sub(at))
    }

    /// The packet that `head` begins with; from there, `left` bytes are left.
    pub(super) fn parse(head: &[u8], at: u64, left: u64) -> Result<Self, Fault> {
        let short = || Reason::Short.at(at + head.len() as u64);
        let key = Ul(*head.first_chunk().ok_or_else(short)?);
        if !key.0.starts_with(&LABEL) {
            return Err(Reason::Key(format!("{:032x}", u128::from_be_bytes(key.0))).at(at));
        }
        let (len, width) = length(&head[KEY_LEN..], at + KEY_LEN as u64)?;
        let value = KEY_LEN as u64 + width;
        let left = left.saturating_sub(value);
        if len > left {
            return Err(Reason::Overrun { what: "a packet", len, left }.at(at));
        }
        Ok(Self { key, at, value: at + value, len })
    }

    /// Behind its last byte.
    pub(super) fn end(&self) -> u64 {
        self.value + self.len
    }

    /// Whether it only fills room. Its version is written as 1 or 2.
    pub(super) fn is_fill(&self) -> bool {
        self.key.item() == Some(0x0301_0210_0100_0000) && self.key.0[5] == 0x01
    }
}

/// A length with the bytes that it takes: one, or as many more as its first byte says.
pub(super) fn length(bytes: &[u8], at: u64) -> Result<(u64, u64), Fault> {
    let short = || Reason::Short.at(at + bytes.len() as u64);
    let (&first, more) = bytes.split_first().ok_or_else(short)?;
    match first {
        0..=0x7f => Ok((first.into(), 1)),
        0x81..=0x88 => {
            let width = usize::from(first & 0x7f);
            let digits = more.get(..width).ok_or_else(short)?;
            let len = digits.iter().fold(0, |len, &digit| len << 8 | u64::from(digit));
            Ok((len, width as u64 + 1))
        }
        _ => Err(Reason::LengthForm(first).at(at)),
    }
}

impl Ul {
    /// Its last 8 bytes, which say what it names; `None` if it is no label. The byte that has the
    /// version of the register is not compared, as in all readers.
    pub(super) fn item(&self) -> Option<u64> {
        let [_, _, _, _, _, _, _, _, item @ ..] = self.0;
        self.0.starts_with(&LABEL).then(|| u64::from_be_bytes(item))
    }
}
