//! Names and attributes, and whether they are sound; the crate that takes documents apart leaves that to us.

use quick_xml::XmlVersion;
use quick_xml::events::attributes::{Attribute, Attributes};

use super::Span;
use super::class::{NO_NAME, classes};
use super::namespace::split;
use crate::format::xml::writer::check_characters;
use crate::format::xml::{MAX_ATTRIBUTES, Reason, quote};

/// Where a part of a text stands in it.
pub(super) fn place(text: &str, part: &str) -> Span {
    let from = part.as_ptr().addr() - text.as_ptr().addr();
    span(from, from + part.len())
}

/// The attributes of a tag, which are apart, and of different names.
pub(super) fn attributes(tag: &str, name_len: usize) -> Result<Vec<Attribute<'_>>, Reason> {
    let mut attributes: Vec<Attribute<'_>> = vec![];
    let mut end = name_len;
    for attribute in Attributes::new(tag, name_len).with_checks(false) {
        let attribute = attribute.map_err(syntax)?;
        let key = attribute.key.into_inner();
        if attributes.len() == MAX_ATTRIBUTES {
            return Err(Reason::Attributes);
        }
        if !tag[end..].starts_with([' ', '\t', '\n', '\r']) {
            return Err(Reason::Syntax(format!("no blank before attribute `{}`", quote(key))));
        }
        if attributes.iter().any(|other| other.key == attribute.key) {
            return Err(Reason::Syntax(format!("attribute `{}` twice", quote(key))));
        }
        // Behind the closing quote.
        end = place(tag, &attribute.value).1 as usize + 1;
        attributes.push(attribute);
    }
    Ok(attributes)
}

/// Whether a declaration says what it may, in its order (XML 1.0, production 23).
pub(super) fn check_version(declaration: &str) -> Result<(), Reason> {
    let said = attributes(declaration, "xml".len())?;
    let said: Vec<_> = said.iter().map(|said| (said.key.into_inner(), &*said.value)).collect();
    let (version, rest) = said.split_first().unwrap_or((&("", ""), &[]));
    let is_sound = match rest {
        [] | [("encoding", _)] => true,
        [("standalone", value)] | [("encoding", _), ("standalone", value)] => {
            matches!(*value, "yes" | "no")
        }
        _ => false,
    };
    let minor = version.1.strip_prefix("1.").unwrap_or_default();
    let is_first = !minor.is_empty() && minor.bytes().all(|digit| digit.is_ascii_digit());
    if is_sound && version.0 == "version" && is_first {
        return Ok(());
    }
    Err(Reason::Syntax(format!("`{}` is no declaration", quote(declaration))))
}

pub(super) fn check_value(attribute: &Attribute<'_>) -> Result<(), Reason> {
    let raw = &*attribute.value;
    if raw.contains('<') {
        return Err(Reason::Syntax("`<` in an attribute".to_owned()));
    }
    check_characters(raw)?;
    if raw.contains('&') {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(syntax)?;
        check_characters(&value)?;
    }
    Ok(())
}

/// Prefix and rest of a name that is sound.
///
/// Beyond ASCII any letter is taken: the rules of the editions differ, and no name here has any.
pub(super) fn check_name(name: &str) -> Result<(&str, &str), Reason> {
    // Few names have a prefix.
    if is_part(name) {
        return Ok(("", name));
    }
    let (prefix, local) = split(name);
    if is_part(prefix) && is_part(local) { Ok((prefix, local)) } else { Err(no_name(name)) }
}

pub(super) fn no_name(name: &str) -> Reason {
    Reason::Syntax(format!("`{}` is no name", quote(name)))
}

pub(super) fn is_part(name: &str) -> bool {
    let is_first = |byte: u8| !matches!(byte, b'0'..=b'9' | b'.' | b'-');
    name.bytes().next().is_some_and(is_first) && classes(name) & NO_NAME == 0
}

pub(super) fn undeclared(prefix: &str) -> Reason {
    Reason::Syntax(format!("prefix `{}` is not declared", quote(prefix)))
}

#[cold]
pub(super) fn syntax(error: impl std::error::Error) -> Reason {
    Reason::Syntax(quote(&error.to_string()))
}

pub(super) fn span(from: usize, to: usize) -> Span {
    (number(from), number(to))
}

pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).expect("a document has less than 4 GiB")
}
