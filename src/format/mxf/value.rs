//! Values from bytes.
//!
//! Source: the types register of SMPTE (`Types.xml`), and Photon's `CompoundDataTypes` for what has a
//! count before it.

use super::MAX_ELEMENTS;
use super::label::property::Kind;
use super::label::word;
use super::model::{Ul, Value};

/// A value of an item; as bytes if it is not of that type.
pub(super) fn decode(kind: Kind, bytes: &[u8]) -> Value {
    decoded(kind, bytes).unwrap_or_else(|| Value::Bytes(bytes.to_vec()))
}

fn decoded(kind: Kind, bytes: &[u8]) -> Option<Value> {
    let whole = |width, signed| whole(bytes, width, signed).map(Value::Number);
    match kind {
        Kind::U8 => whole(1, false),
        Kind::U16 => whole(2, false),
        Kind::U32 => whole(4, false),
        Kind::U64 => whole(8, false),
        Kind::I8 => whole(1, true),
        Kind::I16 => whole(2, true),
        Kind::I32 => whole(4, true),
        Kind::I64 => whole(8, true),
        Kind::Flag => (bytes.len() == 1).then(|| Value::Flag(bytes[0] != 0)),
        Kind::Rational => bytes.try_into().ok().map(rational).map(|(n, d)| Value::Rational(n, d)),
        Kind::Label => bytes.try_into().ok().map(label),
        Kind::Labels => Some(Value::Labels(arrays(bytes)?.map(Ul).collect())),
        Kind::Id => bytes.try_into().ok().map(Value::Id),
        Kind::Ids => Some(Value::Ids(arrays(bytes)?.collect())),
        Kind::Bytes => Some(Value::Bytes(bytes.to_vec())),
        Kind::Text7 => text8(bytes).filter(|text| text.is_ascii()).map(Value::Text),
        Kind::Text8 => text8(bytes).map(Value::Text),
        Kind::Text16 => text16(bytes).map(Value::Text),
        Kind::Word(words) => one_word(words, bytes),
        Kind::Numbers16 => numbers(bytes, 2, false).map(Value::Numbers),
        Kind::Numbers32 => numbers(bytes, 4, true).map(Value::Numbers),
        Kind::Points => plain(bytes, 2, false).map(Value::Numbers),
        Kind::Components => components(bytes).map(Value::Components),
        Kind::Sizing => {
            Some(Value::Numbers(elements(bytes, 3)?.flatten().map(|&byte| byte.into()).collect()))
        }
        Kind::Capabilities => capabilities(bytes).map(Value::Numbers),
    }
}

/// The elements of an array: how many, how large, then one after the other. `None` if that is not so.
pub(super) fn elements(bytes: &[u8], width: usize) -> Option<std::slice::ChunksExact<'_, u8>> {
    let number = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?) as usize);
    let (count, size) = (number(0)?, number(4)?);
    if count > MAX_ELEMENTS || (count > 0 && size != width) {
        return None;
    }
    Some(bytes.get(8..8 + count * width)?.chunks_exact(width))
}

/// Text of UTF-16 up to its first zero.
pub(super) fn text16(bytes: &[u8]) -> Option<String> {
    let (units, rest) = bytes.as_chunks();
    let units = units.iter().map(|unit| u16::from_be_bytes(*unit)).take_while(|unit| *unit != 0);
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().filter(|_| rest.is_empty())
}

fn text8(bytes: &[u8]) -> Option<String> {
    let text = bytes.split(|byte| *byte == 0).next()?;
    Some(std::str::from_utf8(text).ok()?.to_owned())
}

/// Numerator and denominator.
pub(super) fn rational(bytes: [u8; 8]) -> (i32, i32) {
    let number = |half: Option<&[u8; 4]>| i32::from_be_bytes(half.copied().unwrap_or_default());
    (number(bytes.first_chunk()), number(bytes.last_chunk()))
}

/// Of 16 bytes that may be a label or an id, `RegXML` writes what they are.
fn label(bytes: [u8; 16]) -> Value {
    let label = Ul(bytes);
    if label.item().is_some() { Value::Label(label) } else { Value::Id(bytes) }
}

fn arrays(bytes: &[u8]) -> Option<impl Iterator<Item = [u8; 16]>> {
    Some(elements(bytes, 16)?.filter_map(|one| one.try_into().ok()))
}

fn one_word(words: word::Words, bytes: &[u8]) -> Option<Value> {
    let &[number] = bytes else { return None };
    let word = word::find(words, number).map(|word| Value::Word(word, number));
    Some(word.unwrap_or(Value::Number(number.into())))
}

fn whole(bytes: &[u8], width: usize, signed: bool) -> Option<i64> {
    if bytes.len() != width {
        return None;
    }
    let mut wide = [if signed && bytes[0] >= 0x80 { 0xff } else { 0 }; 16];
    wide[16 - width..].copy_from_slice(bytes);
    i64::try_from(i128::from_be_bytes(wide)).ok()
}

/// Numbers with a count before them, or without: writers differ in that.
fn numbers(bytes: &[u8], width: usize, signed: bool) -> Option<Vec<i64>> {
    match elements(bytes, width) {
        Some(elements) if elements.len() * width + 8 == bytes.len() => {
            elements.map(|one| whole(one, width, signed)).collect()
        }
        _ => plain(bytes, width, signed),
    }
}

fn plain(bytes: &[u8], width: usize, signed: bool) -> Option<Vec<i64>> {
    let elements = bytes.chunks_exact(width);
    if !elements.remainder().is_empty() || elements.len() > MAX_ELEMENTS {
        return None;
    }
    elements.map(|one| whole(one, width, signed)).collect()
}

fn components(bytes: &[u8]) -> Option<Vec<(String, u8)>> {
    let (pairs, rest) = bytes.as_chunks();
    let name = |code| {
        word::find(word::COMPONENT, code).map_or_else(|| format!("0x{code:02x}"), str::to_owned)
    };
    rest.is_empty().then(|| pairs.iter().map(|&[code, size]| (name(code), size)).collect())
}

fn capabilities(bytes: &[u8]) -> Option<Vec<i64>> {
    let (first, more) = bytes.split_at_checked(4)?;
    let mut all = vec![whole(first, 4, false)?];
    all.extend(numbers(more, 2, false)?);
    Some(all)
}
