//! Metadata sets: items under short tags, each with a length.
//!
//! Source: ffmpeg `mxf_read_local_tags`, Photon `MXFDataDefinition`.

use std::collections::HashMap;
use std::ops::Range;
use std::slice::ChunksExact;

use super::klv::{self, Packet};
use super::label::{self, Field};
use super::model::Ul;
use super::primer::Primer;
use super::value::{elements, text16};
use super::{Fault, MAX_ITEMS, MAX_ITEMS_OF_SET, MAX_SETS, Reason};

/// The sets of a partition.
pub(super) struct Metadata {
    bytes: Vec<u8>,
    /// Where it begins in the file.
    start: u64,
    sets: Vec<Stored>,
    /// What each item stands for, and where its value is. Those of a set follow each other.
    items: Vec<(u64, Range<usize>)>,
    /// Sets by their instance ids.
    instances: HashMap<[u8; 16], usize>,
}

/// A set, as it is kept.
struct Stored {
    key: Ul,
    at: u64,
    items: Range<usize>,
}

/// A set.
#[derive(Clone, Copy)]
pub(super) struct Set<'m> {
    metadata: &'m Metadata,
    /// Its place among all sets.
    pub(super) index: usize,
    pub(super) key: Ul,
    /// Where it begins in the file.
    pub(super) at: u64,
}

impl Ul {
    /// Whether a set with tags of two bytes has this key, and whether its lengths are those of packets,
    /// where two bytes are usual.
    fn is_set(&self) -> Option<bool> {
        match (self.0[4], self.0[5]) {
            (0x02, 0x53) => Some(false),
            (0x02, 0x13) => Some(true),
            _ => None,
        }
    }
}

impl Metadata {
    /// The sets in `bytes`, which begin at `start` with the primer.
    pub(super) fn parse(bytes: Vec<u8>, start: u64) -> Result<Self, Fault> {
        let (sets, items, instances) = (Vec::new(), Vec::new(), HashMap::new());
        let mut metadata = Self { bytes, start, sets, items, instances };
        let first = metadata.packet(start)?;
        if !first.key.is_primer() {
            return Err(Reason::Missing("primer, with which metadata begins").at(start));
        }
        let primer = Primer::parse(&metadata.bytes[metadata.value(&first)], start)?;
        metadata.take_sets(&primer, first.end())?;
        Ok(metadata)
    }

    /// All sets up to the end, or to where something else begins.
    fn take_sets(&mut self, primer: &Primer, mut at: u64) -> Result<(), Fault> {
        // What is shorter than a key and a length cannot even be filled.
        while at + 17 <= self.start + self.bytes.len() as u64 {
            let packet = self.packet(at)?;
            if packet.key.is_partition() || packet.key.item() == Some(label::INDEX) {
                return Ok(());
            }
            if let Some(long) = packet.key.is_set().filter(|_| !packet.is_fill()) {
                self.take_set(primer, &packet, long)?;
            }
            at = packet.end();
        }
        Ok(())
    }

    fn take_set(&mut self, primer: &Primer, packet: &Packet, long: bool) -> Result<(), Fault> {
        let first = self.items.len();
        self.take_items(primer, self.value(packet), long)?;
        let index = self.sets.len();
        if index == MAX_SETS {
            return Err(Reason::TooMany("sets").at(packet.at));
        }
        self.sets.push(Stored { key: packet.key, at: packet.at, items: first..self.items.len() });
        if let Some(id) = self.set(index).array(label::INSTANCE_ID)? {
            self.instances.entry(id).or_insert(index);
        }
        Ok(())
    }

    fn take_items(
        &mut self,
        primer: &Primer,
        value: Range<usize>,
        long: bool,
    ) -> Result<(), Fault> {
        let (mut at, most) = (value.start, MAX_ITEMS.min(self.items.len() + MAX_ITEMS_OF_SET));
        while at < value.end {
            let (tag, item) = self.item(at..value.end, long)?;
            at = item.end;
            if self.items.len() == most {
                return Err(Reason::TooMany("items").at(self.start + item.start as u64));
            }
            let what = primer.item(tag);
            if what > 0 {
                self.items.push((what, item));
            }
        }
        Ok(())
    }

    /// The tag that a range begins with, and where the value of it is.
    fn item(&self, range: Range<usize>, long: bool) -> Result<(u16, Range<usize>), Fault> {
        let at = self.start + range.start as u64;
        let bytes = &self.bytes[range.clone()];
        let (Some(tag), Some(more)) = (bytes.first_chunk(), bytes.get(2..)) else {
            return Err(Reason::Size { what: "a tag", len: bytes.len() as u64 }.at(at));
        };
        let (len, width) =
            if long { klv::length(more, at + 2)? } else { short_length(more, at + 2)? };
        let left = (more.len() as u64).saturating_sub(width);
        let fault = Reason::Overrun { what: "an item", len, left };
        let len = usize::try_from(len).ok().filter(|_| len <= left).ok_or(fault.at(at))?;
        let first = range.end - usize::try_from(left).unwrap_or(0);
        Ok((u16::from_be_bytes(*tag), first..first + len))
    }

    fn packet(&self, at: u64) -> Result<Packet, Fault> {
        let from = usize::try_from(at - self.start).unwrap_or(usize::MAX);
        let head = self.bytes.get(from..).unwrap_or_default();
        Packet::parse(head, at, head.len() as u64)
    }

    fn value(&self, packet: &Packet) -> Range<usize> {
        let place = |at: u64| usize::try_from(at - self.start).unwrap_or(self.bytes.len());
        place(packet.value)..place(packet.end())
    }

    /// Where it begins in the file.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// All sets, in the order of the file.
    pub(super) fn sets(&self) -> impl Iterator<Item = Set<'_>> {
        (0..self.sets.len()).map(|index| self.set(index))
    }

    /// A set by its place.
    pub(super) fn set(&self, index: usize) -> Set<'_> {
        let Stored { key, at, .. } = self.sets[index];
        Set { metadata: self, index, key, at }
    }
}

/// A length of two bytes.
fn short_length(bytes: &[u8], at: u64) -> Result<(u64, u64), Fault> {
    let len = bytes
        .first_chunk()
        .ok_or(Reason::Size { what: "a length", len: bytes.len() as u64 }.at(at))?;
    Ok((u16::from_be_bytes(*len).into(), 2))
}

impl<'m> Set<'m> {
    /// Whether it is of a class.
    pub(super) fn is(&self, class: u64) -> bool {
        self.key.item() == Some(class)
    }

    /// Its items that the primer knows: what they stand for, and their values.
    pub(super) fn items(&self) -> impl Iterator<Item = (u64, &'m [u8])> + use<'m> {
        let metadata = self.metadata;
        let items = &metadata.items[metadata.sets[self.index].items.clone()];
        items.iter().map(|(what, value)| (*what, &metadata.bytes[value.clone()]))
    }

    fn find(&self, field: Field) -> Option<&'m [u8]> {
        self.items().find(|(what, _)| *what == field.0).map(|(_, value)| value)
    }

    /// The value of an item that has so many bytes.
    pub(super) fn array<const N: usize>(&self, field: Field) -> Result<Option<[u8; N]>, Fault> {
        let Some(value) = self.find(field) else { return Ok(None) };
        value.try_into().map(Some).map_err(|_| self.size(field, value))
    }

    /// Text; `None` if there is none, or it cannot be read.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        self.find(field).and_then(text16)
    }

    /// The set that an item refers to; `None` if it is nowhere.
    pub(super) fn reference(&self, field: Field) -> Result<Option<Set<'m>>, Fault> {
        let id = self.array(field)?;
        Ok(id.and_then(|id: [u8; 16]| self.resolve(&id)))
    }

    /// The sets that an item refers to, without those that are nowhere.
    pub(super) fn references(
        &self,
        field: Field,
    ) -> Result<impl Iterator<Item = Set<'m>> + use<'m>, Fault> {
        let (ids, set) = (self.ids(field)?, *self);
        Ok(ids.filter_map(move |id| set.resolve(id.first_chunk()?)))
    }

    /// The set that the first of many references is to; `None` if it is nowhere.
    pub(super) fn first_reference(&self, field: Field) -> Result<Option<Set<'m>>, Fault> {
        let id = self.ids(field)?.next().and_then(|id| id.first_chunk());
        Ok(id.and_then(|id| self.resolve(id)))
    }

    fn ids(&self, field: Field) -> Result<ChunksExact<'m, u8>, Fault> {
        let value = self.find(field).unwrap_or(&[0; 8]);
        elements(value, 16).ok_or_else(|| self.size(field, value))
    }

    fn resolve(&self, id: &[u8; 16]) -> Option<Set<'m>> {
        self.metadata.instances.get(id).map(|index| self.metadata.set(*index))
    }

    fn size(&self, field: Field, value: &[u8]) -> Fault {
        Reason::Size { what: field.1, len: value.len() as u64 }.at(self.at)
    }
}
