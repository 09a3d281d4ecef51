//! Text of an element.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Node;
use crate::format::xml::reader::character;
use crate::format::xml::trim;

impl<'t> Node<'t> {
    /// Its own text without the blanks around it; not that of elements in it.
    pub fn text(self) -> Cow<'t, str> {
        match self.content() {
            Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
            Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
        }
    }

    /// Its own text with the blanks around it.
    pub fn content(self) -> Cow<'t, str> {
        let (mut from, to) = self.element().content;
        let raw = self.tree.slice((from, to));
        // Of the blanks that a text begins with it is not known whether they are plain.
        let begins_plain = raw.bytes().next().is_none_or(|byte| byte > b' ');
        if begins_plain && self.element().is_plain && self.element().next == self.id.0 + 1 {
            return Cow::Borrowed(raw);
        }
        let mut whole = String::new();
        for child in self.children().map(Node::element) {
            whole += &decode(self.tree.slice((from, child.start)));
            from = child.end;
        }
        Cow::Owned(whole + &decode(self.tree.slice((from, to))))
    }

    /// Whether there is anything but blanks and comments beside its child elements.
    pub fn has_text(self) -> bool {
        self.element().has_text
    }
}

/// The text between two tags, which may hold comments, instructions, CDATA and references.
fn decode(raw: &str) -> String {
    let mut reader = Reader::from_str(raw);
    let mut text = String::with_capacity(raw.len());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Text(piece) => text.push_str(&piece.xml10_content()),
            Event::CData(piece) => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(name) => text.extend(character(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    text
}
