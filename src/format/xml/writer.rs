//! XML as text: indented by two blanks, one element to a line.

use std::fmt::{Display, Write as _};

/// A character that XML 1.0 has no way to write, not even by its number.
///
/// Source: "Extensible Markup Language (XML) 1.0", fifth edition, production 2 (Char).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("character U+{:04X}, which XML cannot hold", u32::from(*.0))]
pub struct ForbiddenCharacter(pub char);

/// A document that is being written.
pub(crate) struct Writer {
    out: String,
    depth: usize,
}

impl Writer {
    /// Begin with the declaration, and room for this many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        let mut out = String::with_capacity(bytes);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Self { out, depth: 0 }
    }

    /// Begin an element that holds elements. `attributes` is text as it stands in the tag, or empty.
    pub(crate) fn open(&mut self, name: &str, attributes: &str) {
        self.start(name);
        self.out.push_str(attributes);
        self.out.push_str(">\n");
        self.depth += 1;
    }

    /// End the element that was begun last and holds elements.
    pub(crate) fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.indent();
        self.end(name);
    }

    /// An element that holds text.
    ///
    /// # Errors
    ///
    /// The text has a character that XML cannot hold.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) -> Result<(), ForbiddenCharacter> {
        self.start(name);
        self.text(text)?;
        self.end(name);
        Ok(())
    }

    /// An element that holds something whose text needs no escapes: a number, a digest, a time.
    pub(crate) fn plain(&mut self, name: &str, value: impl Display) {
        self.start(name);
        self.value(value);
        self.end(name);
    }

    /// Begin an element with attributes, which come next, and then [`Self::text`] or [`Self::value`],
    /// and [`Self::end`].
    pub(crate) fn start(&mut self, name: &str) {
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
    }

    /// An attribute whose value needs no escapes.
    pub(crate) fn attribute(&mut self, name: &str, value: impl Display) {
        let _cannot_fail = write!(self.out, " {name}=\"{value}\"");
    }

    /// An attribute of any value.
    ///
    /// # Errors
    ///
    /// The value has a character that XML cannot hold.
    pub(crate) fn attribute_text(
        &mut self,
        name: &str,
        value: &str,
    ) -> Result<(), ForbiddenCharacter> {
        let _cannot_fail = write!(self.out, " {name}=\"");
        escape(&mut self.out, value)?;
        self.out.push('"');
        Ok(())
    }

    /// The end of the start tag, and text.
    ///
    /// # Errors
    ///
    /// The text has a character that XML cannot hold.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), ForbiddenCharacter> {
        self.out.push('>');
        escape(&mut self.out, text)
    }

    /// The end of the start tag, and something whose text needs no escapes.
    pub(crate) fn value(&mut self, value: impl Display) {
        let _cannot_fail = write!(self.out, ">{value}");
    }

    /// The end of an element that holds text.
    pub(crate) fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    /// The document.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }
}

/// Line ends and TABs by their numbers, because a reader turns them into others.
fn escape(out: &mut String, text: &str) -> Result<(), ForbiddenCharacter> {
    check_characters(text)?;
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\t', '\n', '\r']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\t' => "&#9;",
            b'\n' => "&#10;",
            _ => "&#13;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    Ok(())
}

/// Whether XML can hold a text.
pub(super) fn check_characters(text: &str) -> Result<(), ForbiddenCharacter> {
    // No control character but those of blanks, and no first byte of U+F000 and up: so nearly all texts,
    // told at once.
    let is_usual = |byte| matches!(byte, b' '..=0xee | 0xf0.. | b'\t' | b'\n' | b'\r');
    if text.bytes().all(is_usual) {
        return Ok(());
    }
    let forbidden = |character: &char| match character {
        '\t' | '\n' | '\r' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        other => *other < ' ',
    };
    text.chars().find(forbidden).map_or(Ok(()), |character| Err(ForbiddenCharacter(character)))
}
