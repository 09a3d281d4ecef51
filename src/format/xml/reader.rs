//! A document, element by element.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, ResolveResult};

use super::writer::check_characters;
use super::{Fault, MAX_ATTRIBUTES, MAX_DEPTH, MAX_LEN, Reason, SYNTAX_CHARS, quote, start};

pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A document that is being read: the elements of one level after another, each entered by reading its
/// children or its text, or by skipping it.
pub(crate) struct Reader<'a> {
    inner: quick_xml::Reader<&'a [u8]>,
    text: &'a str,
    /// Where `text` begins in the file.
    start: usize,
    /// Where what is looked at begins in `text`.
    at: usize,
    depth: usize,
    namespaces: NamespaceResolver,
    namespace: Option<&'static str>,
    /// How deep the innermost element is that declares a namespace.
    declared: usize,
}

/// An element that has been opened.
pub(crate) struct Element<'a> {
    tag: BytesStart<'a>,
    foreign: bool,
}

impl Element<'_> {
    /// Its name without a prefix; empty if it is not of the namespace that is read, so that it matches no
    /// name and is skipped like any other that is not known.
    pub(crate) fn name(&self) -> &str {
        let local = self.tag.local_name();
        if self.foreign { "" } else { local.into_inner() }
    }
}

impl<'a> Reader<'a> {
    /// Begin with the outermost element, which has to be `root`.
    ///
    /// A document has at most `limit` bytes. Elements count as known if they are in `namespace`; with
    /// `None` whatever namespace they are in.
    ///
    /// # Errors
    ///
    /// The document is too large, in another encoding than UTF-8, or of another kind.
    pub(crate) fn open(
        bytes: &'a [u8],
        limit: usize,
        namespace: Option<&'static str>,
        root: &'static str,
    ) -> Result<(Self, Element<'a>), Fault> {
        let (text, start) = decode(bytes, limit)?;
        let mut inner = quick_xml::Reader::from_str(text);
        inner.config_mut().expand_empty_elements = true;
        let namespaces = NamespaceResolver::default();
        let mut reader =
            Self { inner, text, start, at: 0, depth: 0, namespaces, namespace, declared: 0 };
        let missing = Reason::Root { expected: root, found: String::new() };
        let element = reader.child()?.ok_or_else(|| reader.fault(missing))?;
        if element.name() != root {
            let mut found = quote(element.tag.local_name().into_inner());
            if element.foreign {
                found += " of another namespace";
            }
            return Err(reader.fault(Reason::Root { expected: root, found }));
        }
        Ok((reader, element))
    }

    /// The next element inside the one that was entered last; `None` at its end.
    ///
    /// # Errors
    ///
    /// Text between elements, and whatever is not well-formed or out of bounds.
    pub(crate) fn child(&mut self) -> Result<Option<Element<'a>>, Fault> {
        self.inner.config_mut().trim_text_start = true;
        loop {
            match self.next()? {
                Event::Start(tag) => return self.element(tag).map(Some),
                Event::End(_) | Event::Eof => return Ok(None),
                Event::Text(text) if text.is_empty() => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    return Err(self.fault(Reason::Misplaced("text")));
                }
                _ => {}
            }
        }
    }

    /// The text of the element that was entered last, up to its end, with blanks as they are.
    ///
    /// # Errors
    ///
    /// An element inside it, a text that is too long, and whatever is not well-formed.
    pub(crate) fn text(&mut self) -> Result<Cow<'a, str>, Fault> {
        self.inner.config_mut().trim_text_start = false;
        let mut whole = Cow::Borrowed("");
        loop {
            let piece = match self.next()? {
                Event::End(_) => break,
                Event::Text(text) => text.xml10_content(),
                Event::CData(text) => text.xml10_content(),
                Event::GeneralRef(name) => Cow::Owned(self.resolve(&name)?.into()),
                Event::Start(_) => return Err(self.fault(Reason::Misplaced("element"))),
                _ => continue,
            };
            if whole.len() + piece.len() > MAX_LEN {
                return Err(self.fault(Reason::Length("text", MAX_LEN)));
            }
            if whole.is_empty() {
                whole = piece;
            } else {
                whole.to_mut().push_str(&piece);
            }
        }
        check_characters(&whole).map_err(|character| self.fault(character.into()))?;
        Ok(whole)
    }

    /// Pass over the element that was entered last, with all that it holds.
    ///
    /// # Errors
    ///
    /// What is not well-formed or out of bounds is refused in what is skipped too.
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// Make sure that nothing follows the outermost element, when its end has been met.
    ///
    /// # Errors
    ///
    /// Anything but blanks and comments.
    pub(crate) fn finish(mut self) -> Result<(), Fault> {
        match self.child()? {
            Some(_) => Err(self.fault(Reason::More)),
            None => Ok(()),
        }
    }

    /// The values of attributes that have no prefix, in the order of `names`.
    ///
    /// # Errors
    ///
    /// One is there twice, or not well-formed, or there are too many.
    pub(crate) fn attributes<'e, const N: usize>(
        &self,
        element: &'e Element<'_>,
        names: [&'static str; N],
    ) -> Result<[Option<Cow<'e, str>>; N], Fault> {
        let mut values = [const { None }; N];
        // The crate's own check for twins compares each with each.
        for (count, attribute) in element.tag.attributes().with_checks(false).enumerate() {
            let attribute = attribute.map_err(|error| self.syntax(&error))?;
            if count == MAX_ATTRIBUTES {
                return Err(self.fault(Reason::Attributes));
            }
            let key = attribute.key.into_inner();
            if let Some(at) = names.iter().position(|name| *name == key) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                let value = value.map_err(|error| self.syntax(&error))?;
                check_characters(&value).map_err(|character| self.fault(character.into()))?;
                self.once(&mut values[at], names[at], value)?;
            }
        }
        Ok(values)
    }

    /// Keep what may be there once.
    ///
    /// # Errors
    ///
    /// It has been there before.
    pub(crate) fn once<T>(
        &self,
        slot: &mut Option<T>,
        name: &'static str,
        value: T,
    ) -> Result<(), Fault> {
        match slot.replace(value) {
            Some(_) => Err(self.fault(Reason::Twice(name))),
            None => Ok(()),
        }
    }

    /// What has to be there.
    ///
    /// # Errors
    ///
    /// It has not been there.
    pub(crate) fn required<T>(&self, slot: Option<T>, name: &'static str) -> Result<T, Fault> {
        slot.ok_or_else(|| self.fault(Reason::Missing(name)))
    }

    /// The fault with its place, which is that of what was read last.
    #[cold]
    pub(crate) fn fault(&self, reason: Reason) -> Fault {
        let text = self.text.as_bytes();
        // Between elements, what was looked at begins behind the blanks.
        let blanks = text[self.at..].iter().take_while(|byte| byte.is_ascii_whitespace());
        fault_at(text, self.at + blanks.count(), self.start, reason)
    }

    /// The next piece, when it is in bounds.
    fn next(&mut self) -> Result<Event<'a>, Fault> {
        self.at = offset(self.inner.buffer_position());
        let event = match self.inner.read_event() {
            Ok(event) => event,
            Err(error) => {
                self.at = offset(self.inner.error_position());
                return Err(self.syntax(&error));
            }
        };
        match &event {
            Event::Start(tag) => self.enter(tag)?,
            Event::End(_) => self.leave(),
            Event::GeneralRef(name) => drop(self.resolve(name)?),
            Event::DocType(_) => return Err(self.fault(Reason::DocumentType)),
            Event::Decl(declaration) => {
                check_declaration(declaration).map_err(|reason| self.fault(reason))?;
            }
            Event::Eof if self.depth > 0 => {
                return Err(self.fault(Reason::Syntax("the document is cut off".to_owned())));
            }
            _ => {}
        }
        Ok(event)
    }

    fn enter(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        if tag.len() > MAX_LEN {
            return Err(self.fault(Reason::Length("tag", MAX_LEN)));
        }
        if self.depth == MAX_DEPTH {
            return Err(self.fault(Reason::Depth(MAX_DEPTH)));
        }
        self.depth += 1;
        // Nearly no tag declares a namespace, and the crate looks at each attribute to find out.
        let raw = tag.attributes_raw();
        if self.namespace.is_none() || !raw.as_bytes().contains(&b'x') || !raw.contains("xmlns") {
            return Ok(());
        }
        self.set_level(self.depth - 1);
        self.namespaces.push(tag).map_err(|error| self.syntax(&error))
    }

    fn leave(&mut self) {
        self.depth -= 1;
        if self.depth < self.declared {
            self.set_level(self.depth);
        }
    }

    /// Forget the namespaces of what is over; those of the element inside `depth` others come next.
    fn set_level(&mut self, depth: usize) {
        self.declared = depth + 1;
        self.namespaces.set_level(u16::try_from(depth).expect("depth is bounded"));
    }

    fn element(&self, tag: BytesStart<'a>) -> Result<Element<'a>, Fault> {
        let Some(ours) = self.namespace else {
            return Ok(Element { tag, foreign: false });
        };
        let foreign = match self.namespaces.resolve_element(tag.name()).0 {
            ResolveResult::Bound(Namespace(found)) => found != ours,
            ResolveResult::Unbound => true,
            ResolveResult::Unknown(prefix) => {
                let reason = format!("prefix `{}` is not declared", quote(&prefix));
                return Err(self.fault(Reason::Syntax(reason)));
            }
        };
        Ok(Element { tag, foreign })
    }

    fn resolve(&self, name: &BytesRef<'_>) -> Result<char, Fault> {
        character(name).map_err(|reason| self.fault(reason))
    }

    #[cold]
    fn syntax(&self, error: &dyn std::error::Error) -> Fault {
        self.fault(Reason::Syntax(start(&error.to_string(), SYNTAX_CHARS)))
    }
}

/// A character by its number, or one of the five names that XML defines (section 4.6).
pub(super) fn character(name: &BytesRef<'_>) -> Result<char, Reason> {
    let by_number = name.resolve_char_ref();
    if let Some(character) =
        by_number.map_err(|error| Reason::Syntax(start(&error.to_string(), SYNTAX_CHARS)))?
    {
        return Ok(character);
    }
    match &**name {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        other => Err(Reason::Entity(quote(other))),
    }
}

/// Refuse an encoding that is not read.
pub(super) fn check_declaration(declaration: &BytesDecl<'_>) -> Result<(), Reason> {
    match declaration.encoding() {
        Some(Ok(name)) if !is_utf8(&name) => Err(Reason::Encoding(quote(&name))),
        _ => Ok(()),
    }
}

/// The text of a document, without a byte order mark, and the length of that mark.
pub(super) fn decode(bytes: &[u8], limit: usize) -> Result<(&str, usize), Fault> {
    if bytes.len() > limit {
        return Err(fault_at(&[], 0, 0, Reason::TooLarge { size: bytes.len(), limit }));
    }
    if is_utf16(bytes) {
        return Err(fault_at(&[], 0, 0, Reason::Utf16));
    }
    let body = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let start = bytes.len() - body.len();
    match str::from_utf8(body) {
        Ok(text) => Ok((text, start)),
        Err(error) => Err(fault_at(body, error.valid_up_to(), start, Reason::NotUtf8)),
    }
}

/// A mark says so, or the first character, which is `<` or a blank, has a zero byte beside it.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..])
}

fn is_utf8(encoding: &str) -> bool {
    // Letters, digits and a few marks that are ASCII are UTF-8 too.
    ["UTF-8", "UTF8", "US-ASCII"].iter().any(|known| encoding.eq_ignore_ascii_case(known))
}

pub(super) fn fault_at(text: &[u8], at: usize, start: usize, reason: Reason) -> Fault {
    let before = &text[..at.min(text.len())];
    let line = before.split(|byte| *byte == b'\n').count();
    Fault { line, offset: start + before.len(), reason }
}

pub(super) fn offset(position: u64) -> usize {
    usize::try_from(position).expect("a place in bytes that are in memory")
}
