//! From text to tree: everything is checked here, so that nothing can go wrong later.

use std::sync::OnceLock;

use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};

use super::attribute::declared_prefix;
use super::class::{BRACKET, DOUBTFUL, RETURN, SOLID, classes};
use super::namespace::{Bindings, split};
use super::sound::{
    attributes, check_name, check_value, check_version, is_part, no_name, number, place, span,
    syntax, undeclared,
};
use super::{Element, Tree};
use crate::format::xml::reader::{character, check_declaration, decode, fault_at, offset};
use crate::format::xml::writer::check_characters;
use crate::format::xml::{Fault, MAX_DEPTH, MAX_ELEMENTS, MAX_LEN, Reason, trim};

/// See [`Tree::parse`].
pub(super) fn parse(bytes: &[u8], limit: usize) -> Result<Tree, Fault> {
    // Places are 32 bits.
    let (text, mark) = decode(bytes, limit.min(u32::MAX as usize))?;
    let mut builder = Builder::new(text);
    if let Err(reason) = builder.run() {
        return Err(fault_at(text.as_bytes(), builder.at, mark, reason));
    }
    let (declarations, namespaces) = builder.bindings.finish();
    let (text, elements) = (text.to_owned(), builder.elements);
    Ok(Tree { text, mark, elements, declarations, namespaces, places: OnceLock::new() })
}

struct Builder<'a> {
    inner: Reader<&'a [u8]>,
    text: &'a str,
    /// Where the event that is looked at begins.
    at: usize,
    elements: Vec<Element>,
    /// Numbers of the elements that have begun and not ended.
    open: Vec<u32>,
    bindings: Bindings<'a>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let mut inner = Reader::from_str(text);
        inner.config_mut().check_comments = true;
        // The blanks between tags are a third of what there is.
        inner.config_mut().trim_text_start = true;
        // Documents of this kind have an element for each 50 bytes or more.
        let elements = Vec::with_capacity(text.len() / 48);
        Self { inner, text, at: 0, elements, open: vec![], bindings: Bindings::new() }
    }

    fn run(&mut self) -> Result<(), Reason> {
        loop {
            self.at = offset(self.inner.buffer_position());
            let event = match self.inner.read_event() {
                Ok(event) => event,
                Err(error) => {
                    self.at = offset(self.inner.error_position());
                    return Err(syntax(error));
                }
            };
            match event {
                Event::Start(tag) => self.begin(&tag, "<>".len())?,
                Event::Empty(tag) => {
                    self.begin(&tag, "</>".len())?;
                    self.end();
                }
                Event::End(tag) => {
                    self.at = self.end_tag(tag.name().into_inner().len());
                    self.end();
                }
                Event::Eof => return self.finish(),
                other => self.between(&other)?,
            }
        }
    }

    /// Where the end tag begins that was read last; there may be blanks behind its name.
    fn end_tag(&self, name_len: usize) -> usize {
        let after = offset(self.inner.buffer_position());
        let at = after - name_len - "</>".len();
        let text = self.text.as_bytes();
        if text[at] == b'<' {
            at
        } else {
            text[..after].iter().rposition(|byte| *byte == b'<').unwrap_or(at)
        }
    }

    /// What stands between tags.
    fn between(&mut self, event: &Event<'_>) -> Result<(), Reason> {
        let text = &self.text.as_bytes()[self.at..];
        self.at += text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        match event {
            Event::Text(text) => self.text(text),
            Event::CData(text) => self.content(text, classes(text), false),
            Event::GeneralRef(name) => {
                let mut buffer = [0; 4];
                let text = character(name)?.encode_utf8(&mut buffer);
                self.content(text, classes(text), false)
            }
            Event::Comment(text) => {
                self.remember(false, false);
                Ok(check_characters(text)?)
            }
            Event::PI(text) if text.target().eq_ignore_ascii_case("xml") => {
                Err(Reason::Misplaced("declaration"))
            }
            Event::PI(text) if !is_part(text.target()) => Err(no_name(text.target())),
            Event::PI(text) => {
                self.remember(false, false);
                Ok(check_characters(text)?)
            }
            Event::Decl(_) if self.at > 0 => Err(Reason::Misplaced("declaration")),
            Event::Decl(declaration) => {
                check_declaration(declaration)?;
                let end = offset(self.inner.buffer_position()) - "?>".len();
                check_version(&self.text["<?".len()..end])
            }
            Event::DocType(_) => Err(Reason::DocumentType),
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Reason> {
        let seen = classes(text);
        if seen & SOLID == 0 {
            self.remember(false, seen & RETURN == 0);
            return Ok(());
        }
        if seen & BRACKET != 0 && text.contains("]]>") {
            return Err(Reason::Syntax("`]]>` in a text".to_owned()));
        }
        self.content(text, seen, seen & RETURN == 0)
    }

    fn content(&mut self, text: &str, seen: u8, is_plain: bool) -> Result<(), Reason> {
        if self.open.is_empty() {
            return Err(Reason::Misplaced("text"));
        }
        if text.len() > MAX_LEN {
            return Err(Reason::Length("text", MAX_LEN));
        }
        self.remember(seen & SOLID != 0, is_plain);
        if seen & DOUBTFUL == 0 { Ok(()) } else { Ok(check_characters(text)?) }
    }

    /// Keep of the element around it what kind of text it has.
    fn remember(&mut self, has_text: bool, is_plain: bool) {
        if let Some(around) = self.open.last().map(|at| &mut self.elements[*at as usize]) {
            around.has_text |= has_text;
            around.is_plain &= is_plain;
        }
    }

    /// An element whose start tag has `marks` bytes more than its name and attributes.
    fn begin(&mut self, tag: &BytesStart<'_>, marks: usize) -> Result<(), Reason> {
        let after = offset(self.inner.buffer_position());
        // The blanks before it have been skipped.
        self.at = after - tag.len() - marks;
        self.check_bounds(tag)?;
        let name = self.at + 1..self.at + 1 + tag.name().into_inner().len();
        let (prefix, local) = check_name(&self.text[name.clone()])?;
        let raw = tag.attributes_raw();
        let declarations = self.bindings.len();
        if !trim(raw).is_empty() {
            self.check_attributes(tag)?;
        }
        let declares = self.bindings.len() > declarations;
        let namespace = self.bindings.resolve(prefix).ok_or_else(|| undeclared(prefix))?;
        let parent = self.open.last().copied().unwrap_or(0);
        self.open.push(number(self.elements.len()));
        self.elements.push(Element {
            start: number(self.at),
            name: span(name.end - local.len(), name.end),
            content: span(after, after),
            end: number(after),
            parent,
            next: 0,
            namespace,
            declares,
            has_text: false,
            is_plain: true,
        });
        Ok(())
    }

    fn check_bounds(&self, tag: &str) -> Result<(), Reason> {
        if tag.len() > MAX_LEN {
            return Err(Reason::Length("tag", MAX_LEN));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(Reason::Depth(MAX_DEPTH));
        }
        if self.open.is_empty() && !self.elements.is_empty() {
            return Err(Reason::More);
        }
        if self.elements.len() == MAX_ELEMENTS {
            return Err(Reason::Elements);
        }
        Ok(())
    }

    /// Check the attributes, and take the declarations among them.
    fn check_attributes(&mut self, tag: &BytesStart<'_>) -> Result<(), Reason> {
        let text = self.text;
        let tag_text = &text[self.at + 1..self.at + 1 + tag.len()];
        let attributes = attributes(tag_text, tag.name().into_inner().len())?;
        for attribute in &attributes {
            check_value(attribute)?;
            self.declare(attribute)?;
        }
        attributes.iter().try_for_each(|attribute| self.check_prefix(attribute.key.into_inner()))
    }

    fn declare(&mut self, attribute: &Attribute<'a>) -> Result<(), Reason> {
        check_name(attribute.key.into_inner())?;
        let Some(prefix) = declared_prefix(attribute) else { return Ok(()) };
        let place = place(self.text, &attribute.value);
        let name = &self.text[place.0 as usize..place.1 as usize];
        let by = (number(self.elements.len()), self.open.len());
        let declared = self.bindings.declare(by, prefix, (name, place));
        declared.map_err(|phrase| Reason::Syntax(phrase.to_owned()))
    }

    fn check_prefix(&self, key: &str) -> Result<(), Reason> {
        let (prefix, _) = split(key);
        let known =
            matches!(prefix, "" | "xml" | "xmlns") || self.bindings.resolve(prefix).is_some();
        if known { Ok(()) } else { Err(undeclared(prefix)) }
    }

    fn end(&mut self) {
        // The crate refuses an end without a start.
        let Some(at) = self.open.pop() else { return };
        let next = number(self.elements.len());
        let after = offset(self.inner.buffer_position());
        let element = &mut self.elements[at as usize];
        element.next = next;
        if self.at > element.start as usize {
            element.content.1 = number(self.at);
        }
        element.end = number(after);
        self.bindings.leave(self.open.len());
    }

    fn finish(&mut self) -> Result<(), Reason> {
        match (self.elements.is_empty(), self.open.is_empty()) {
            (true, _) => Err(Reason::Syntax("no element".to_owned())),
            (_, false) => Err(Reason::Syntax("the document is cut off".to_owned())),
            _ => Ok(()),
        }
    }
}
