//! A descriptor of a composition against that of a file: values that both have, in the forms of both.

use super::super::descriptor::{self, Descriptor};
use crate::format::imf::{Rational, Uuid};
use crate::format::mxf::model::{self, Header, Value};

/// Ids of sets and tracks, which say nothing of the essence, and lists that are compared piece by piece.
const LEFT_OUT: [&str; 6] = [
    "InstanceID",
    "InstanceUID",
    "GenerationID",
    "LinkedTrackID",
    "LinkedGenerationID",
    "SubDescriptors",
];

/// Names of values in which both differ, with both values; first the class.
pub(super) fn differing(
    said: Descriptor<'_>,
    found: &model::Descriptor,
    header: &Header,
) -> Vec<String> {
    if let Some(class) = found.class.filter(|class| *class != said.class()) {
        return vec![format!("class {} here, {class} there", said.class())];
    }
    let mut names = of_level(said, found);
    for class in ["JPEG2000SubDescriptor", "SoundfieldGroupLabelSubDescriptor"] {
        if let (Some(said), Some(found)) =
            (said.below_of(class).next(), below(found, header, class))
        {
            names.extend(of_level(said, found));
        }
    }
    names
}

fn of_level(said: Descriptor<'_>, found: &model::Descriptor) -> Vec<String> {
    let values = found.values.iter().filter(|(name, _)| !LEFT_OUT.contains(name));
    let other = values.filter(|(name, value)| match value {
        Value::Components(found) => has_components(name, said, found) == Some(false),
        value => is_same(name, said, value) == Some(false),
    });
    let show = |(name, value): &(&str, Value)| match said.text(name) {
        Some(text) => format!("{name} {text} here, {} there", show(value)),
        None => (*name).to_owned(),
    };
    other.map(show).collect()
}

/// The first descriptor of a class below another.
fn below<'a>(
    found: &model::Descriptor,
    header: &'a Header,
    class: &str,
) -> Option<&'a model::Descriptor> {
    let all = found.below.iter().filter_map(|index| header.descriptors.get(*index));
    all.into_iter().find(|descriptor| descriptor.class == Some(class))
}

/// Whether both say the same; `None` where that cannot be told: forms that are not known here.
fn is_same(name: &str, said: Descriptor<'_>, value: &Value) -> Option<bool> {
    let text = said.text(name)?;
    match value {
        Value::Number(number) => Some(text.parse::<i64>().ok()? == *number),
        Value::Rational(above, below) => rational(&text, *above, *below),
        Value::Label(label) => {
            Some(descriptor::same_label(descriptor::parse_label(&text)?, *label))
        }
        Value::Id(id) => Some(Uuid::parse(&text)? == Uuid(*id)),
        Value::Text(_) if name.starts_with("RFC5646") => None,
        Value::Text(found) => Some(found.trim() == text),
        Value::Word(word, number) => {
            Some(text.eq_ignore_ascii_case(word) || text.parse() == Ok(*number))
        }
        Value::Flag(flag) => Some(flag_of(&text)? == *flag),
        Value::Components(_)
        | Value::Numbers(_)
        | Value::Labels(_)
        | Value::Ids(_)
        | Value::Bytes(_) => None,
    }
}

/// Whether both list the same components of a pixel.
fn has_components(name: &str, said: Descriptor<'_>, found: &[(String, u8)]) -> Option<bool> {
    let said = said.components(name)?;
    let is_one = |(one, (code, size)): (&descriptor::Component, &(String, u8))| {
        one.code.as_ref() == Some(code) && one.size == Some(i64::from(*size))
    };
    Some(said.len() == found.len() && said.iter().zip(found).all(is_one))
}

fn flag_of(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn rational(text: &str, above: i32, below: i32) -> Option<bool> {
    let said = descriptor::parse_rate(text)?;
    let (numerator, denominator) = (u64::try_from(above).ok()?, u64::try_from(below).ok()?);
    Some(denominator > 0 && said.equals(Rational { numerator, denominator }))
}

fn show(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Rational(above, below) => format!("{above}/{below}"),
        Value::Label(label) => label.to_string(),
        Value::Id(id) => Uuid(*id).to_string(),
        Value::Text(text) => text.clone(),
        Value::Word(word, _) => (*word).to_owned(),
        Value::Flag(flag) => flag.to_string(),
        Value::Components(_)
        | Value::Numbers(_)
        | Value::Labels(_)
        | Value::Ids(_)
        | Value::Bytes(_) => "another value".to_owned(),
    }
}

/// Languages that a file says, of its labels or of timed text. Without repeats, in their order.
pub(super) fn languages(found: &model::Descriptor, header: &Header) -> Vec<String> {
    let below = found.below.iter().filter_map(|index| header.descriptors.get(*index));
    let mut tags: Vec<String> = vec![];
    for descriptor in std::iter::once(found).chain(below) {
        for name in ["RFC5646SpokenLanguage", "RFC5646LanguageTagList"] {
            let Some(Value::Text(text)) = descriptor.value(name) else { continue };
            for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
                if !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
                    tags.push(tag.to_owned());
                }
            }
        }
    }
    tags
}

/// For people.
pub(super) fn list(tags: &[String]) -> String {
    if tags.is_empty() { "none".to_owned() } else { tags.join(", ") }
}
