//! Items of descriptors: their names in `RegXML`, and their types.

mod data;
mod picture;
mod sound;

use super::word::Words;

/// The last 8 bytes of a label, the name, and the type.
type Item = (u64, &'static str, Kind);

/// How a value is written.
#[derive(Clone, Copy)]
pub(in super::super) enum Kind {
    /// Whole numbers, by the bits that they have.
    U8,
    U16,
    U32,
    U64,
    I8,
    I16,
    I32,
    I64,
    /// A byte, 0 or 1.
    Flag,
    /// Two numbers of 4 bytes.
    Rational,
    Label,
    Labels,
    Id,
    Ids,
    /// Bytes that `RegXML` writes in hex.
    Bytes,
    /// ASCII.
    Text7,
    /// UTF-8.
    Text8,
    /// UTF-16, the high byte first.
    Text16,
    /// A byte that stands for a word.
    Word(Words),
    /// Numbers of 2 bytes without a sign.
    Numbers16,
    /// Numbers of 4 bytes with a sign.
    Numbers32,
    /// Coordinates of 2 bytes, x before y, without a count before them.
    Points,
    /// The layout of a pixel: 8 pairs of a code and a size.
    Components,
    /// Three bytes for each component of JPEG 2000.
    Sizing,
    /// Capabilities of JPEG 2000: a number of 4 bytes, then numbers of 2 bytes.
    Capabilities,
}

/// The name of an item and its type.
pub(in super::super) fn find(item: u64) -> Option<(&'static str, Kind)> {
    [data::ITEMS, picture::ITEMS, sound::ITEMS].iter().find_map(|items| {
        let at = items.binary_search_by_key(&item, |(known, ..)| *known).ok()?;
        let (_, name, kind) = items[at];
        Some((name, kind))
    })
}

#[cfg(test)]
pub(in super::super) fn all() -> impl Iterator<Item = &'static [Item]> {
    [data::ITEMS, picture::ITEMS, sound::ITEMS].into_iter()
}
