//! Partition packs: what a part of the file is, and how much metadata it begins with.
//!
//! Source: ffmpeg `mxf_read_partition_pack` and `mxf_read_random_index_pack`, Photon `PartitionPack`.

use std::io::{Read, Seek};

use super::klv::Packet;
use super::model::{Footer, Ul};
use super::set::Metadata;
use super::source::Source;
use super::value::elements;
use super::{Fault, Reason};

/// Bytes that may stand before the header.
const MAX_RUN_IN: u64 = 65_536;

/// Bytes of a pack, which grows by 16 for each kind of essence.
const MAX_PACK: u64 = 65_536;

/// Bytes of a pack before the kinds of essence.
const PACK_LEN: u64 = 88;

/// Packets that fill the room between a pack and its metadata; one is usual.
const MAX_FILLS: usize = 16;

/// Bytes of the random index pack, which has 12 for each partition.
const MAX_INDEX: u64 = 1 << 20;

/// What keys of packs have after the version of the register.
const PACK: [u8; 5] = [0x0d, 0x01, 0x02, 0x01, 0x01];

/// What a partition is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Header,
    Body,
    Footer,
}

/// A partition.
pub(super) struct Partition {
    kind: Kind,
    status: u8,
    /// Behind its pack.
    end: u64,
    footer: u64,
    metadata_len: u64,
    pub(super) operational_pattern: Ul,
    pub(super) essence_containers: Vec<Ul>,
}

impl Ul {
    /// Which pack this is the key of, with its status.
    fn pack(&self) -> Option<[u8; 2]> {
        let [_, _, _, _, 0x02, 0x05, 0x01, _, family @ .., pack, status, _] = self.0 else {
            return None;
        };
        (self.item().is_some() && family == PACK).then_some([pack, status])
    }

    /// Whether a partition begins here.
    pub(super) fn is_partition(&self) -> bool {
        self.partition().is_some()
    }

    pub(super) fn is_primer(&self) -> bool {
        self.pack().is_some_and(|[pack, _]| pack == 0x05)
    }

    fn partition(&self) -> Option<(Kind, u8)> {
        match self.pack()? {
            [0x02, status] => Some((Kind::Header, status)),
            [0x03, status] => Some((Kind::Body, status)),
            [0x04, status] => Some((Kind::Footer, status)),
            _ => None,
        }
    }
}

/// Where the header begins: at the start, or behind a run-in.
pub(super) fn run_in<R: Read + Seek>(source: &mut Source<'_, R>) -> Result<u64, Fault> {
    let is_header = |key: &[u8; 16]| matches!(Ul(*key).partition(), Some((Kind::Header, _)));
    let start = source.up_to(0, 16)?;
    if start.first_chunk().is_some_and(is_header) {
        return Ok(0);
    }
    let start = source.up_to(0, MAX_RUN_IN + 16)?;
    let at = start.windows(16).position(|key| key.first_chunk().is_some_and(is_header));
    at.map(|at| at as u64).ok_or(Reason::NoHeader.at(0))
}

impl Partition {
    pub(super) fn read<R: Read + Seek>(source: &mut Source<'_, R>, at: u64) -> Result<Self, Fault> {
        let packet = Packet::read(source, at)?;
        let (kind, status) = packet.key.partition().ok_or(Reason::NoPartition.at(at))?;
        if !(PACK_LEN..=MAX_PACK).contains(&packet.len) {
            return Err(Reason::Size { what: "a partition pack", len: packet.len }.at(at));
        }
        let value = source.bytes(packet.value, packet.len)?;
        let partition = Self::parse(kind, status, packet.end(), &value);
        partition.ok_or(Reason::Size { what: "a partition pack", len: packet.len }.at(at))
    }

    fn parse(kind: Kind, status: u8, end: u64, value: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u64::from_be_bytes(*value.get(at..)?.first_chunk()?));
        let essence_containers = elements(value.get(80..)?, 16)?;
        Some(Self {
            kind,
            status,
            end,
            footer: number(24)?,
            metadata_len: number(32)?,
            operational_pattern: Ul(*value.get(64..)?.first_chunk()?),
            essence_containers: essence_containers
                .filter_map(|one| Some(Ul(one.try_into().ok()?)))
                .collect(),
        })
    }

    pub(super) fn is_closed(&self) -> bool {
        matches!(self.status, 0x02 | 0x04)
    }

    pub(super) fn is_complete(&self) -> bool {
        matches!(self.status, 0x03 | 0x04)
    }

    pub(super) fn is_final(&self) -> bool {
        self.is_closed() && self.is_complete()
    }

    /// Whether its metadata can be taken where that of the header is not final.
    pub(super) fn is_better(&self) -> bool {
        self.is_closed() && self.metadata_len > 0
    }

    /// The footer, where this header or the random `index` says that it is. Offsets count from the
    /// `start` of the header.
    pub(super) fn footer<R: Read + Seek>(
        &self,
        source: &mut Source<'_, R>,
        start: u64,
        index: Option<u64>,
    ) -> (Footer, Option<Self>) {
        let said = if self.footer > 0 { Some(self.footer) } else { index };
        let Some(at) = said else { return (Footer::Unknown, None) };
        let found = start.checked_add(at).and_then(|at| Self::read(source, at).ok());
        match found.filter(|found| found.kind == Kind::Footer) {
            Some(footer) => (Footer::Found, Some(footer)),
            None => (Footer::Missing, None),
        }
    }

    /// The metadata that the partition begins with.
    pub(super) fn metadata<R: Read + Seek>(
        &self,
        source: &mut Source<'_, R>,
    ) -> Result<Metadata, Fault> {
        let at = self.metadata_start(source)?;
        let bytes = source.bytes(at, self.metadata_len)?;
        Metadata::parse(bytes, at)
    }

    /// Behind what fills the room after the pack; the length of the metadata does not count that.
    fn metadata_start<R: Read + Seek>(&self, source: &mut Source<'_, R>) -> Result<u64, Fault> {
        if self.metadata_len == 0 {
            return Err(Reason::Missing("metadata in this partition").at(self.end));
        }
        let mut at = self.end;
        for _ in 0..MAX_FILLS {
            let packet = Packet::read(source, at)?;
            if !packet.is_fill() {
                return Ok(at);
            }
            at = packet.end();
        }
        Err(Reason::TooMany("fillers").at(at))
    }
}

/// Where the last partition begins, as the random index pack at the end of the file says. Its last 4
/// bytes are its own length.
pub(super) fn last_partition<R: Read + Seek>(source: &mut Source<'_, R>) -> Option<u64> {
    let tail = source.bytes(source.size().checked_sub(4)?, 4).ok()?;
    let len = u64::from(u32::from_be_bytes(*tail.first_chunk()?));
    let start = source.size().checked_sub(len).filter(|_| len <= MAX_INDEX)?;
    let packet = Packet::read(source, start).ok()?;
    if packet.key.pack()?[0] != 0x11 || packet.end() != source.size() || packet.len < 16 {
        return None;
    }
    let last = source.bytes(source.size() - 12, 8).ok()?;
    Some(u64::from_be_bytes(*last.first_chunk()?))
}
