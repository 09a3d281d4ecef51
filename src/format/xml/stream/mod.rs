//! A document of any size, element by element, from whatever it is read from.

mod metered;
#[cfg(test)]
mod tests;

use std::io::{BufRead, Chain, Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use self::metered::Metered;
use super::reader::{BYTE_ORDER_MARK, character, check_declaration, is_utf16};
use super::writer::check_characters;
use super::{Fault, MAX_ATTRIBUTES, Reason, SYNTAX_CHARS, start};

/// What a document may have.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes in all.
    pub(crate) size: u64,
    /// Bytes of a piece: a tag, a comment, or a text without references, kept or not.
    pub(crate) piece: usize,
    /// Bytes of a text that is kept.
    pub(crate) text: usize,
    /// Elements within each other.
    pub(crate) depth: usize,
}

/// A document that is being read: the elements of one level after another, each entered by [`child`] and
/// left by reading its text, by skipping it, or when it has no more children.
///
/// Memory is that of one piece, one text and the names of what is open.
///
/// [`child`]: Stream::child
pub(crate) struct Stream<R> {
    inner: quick_xml::Reader<Metered<Chain<Cursor<Vec<u8>>, R>>>,
    limits: Limits,
    /// What the parser read last.
    piece: Vec<u8>,
    /// Line and offset of that.
    at: (u64, u64),
    tag: Tag,
    text: String,
    depth: usize,
}

/// The start tag that was met last, without its angle brackets.
#[derive(Default)]
struct Tag {
    content: String,
    name_len: usize,
}

/// What a piece was.
enum Step {
    Start,
    End,
    Text { blank: bool },
    Other,
    Eof,
}

impl<R: BufRead> Stream<R> {
    /// Begin before the outermost element, which is the first [`child`](Stream::child).
    ///
    /// # Errors
    ///
    /// The input cannot be read, or is UTF-16.
    pub(crate) fn open(mut input: R, limits: Limits) -> Result<Self, Fault> {
        // The parser looks for the mark in what it gets at once, which may be a part of it.
        let mut head = vec![];
        let read = input.by_ref().take(4).read_to_end(&mut head);
        let fault = |reason| Fault { line: 1, offset: 0, reason };
        read.map_err(|error| fault(Reason::Unreadable(error.kind())))?;
        if is_utf16(&head) {
            return Err(fault(Reason::Utf16));
        }
        let mark = if head.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        head.drain(..mark);
        let metered = Metered::new(Cursor::new(head).chain(input), mark);
        let mut inner = quick_xml::Reader::from_reader(metered);
        inner.config_mut().expand_empty_elements = true;
        let (piece, tag, text) = (vec![], Tag::default(), String::new());
        Ok(Self { inner, limits, piece, at: (1, 0), tag, text, depth: 0 })
    }

    /// Enter the next element inside the one that was entered last and not left; false at its end, which
    /// leaves it.
    ///
    /// # Errors
    ///
    /// Text between elements, and whatever is not well-formed or out of bounds.
    pub(crate) fn child(&mut self) -> Result<bool, Fault> {
        loop {
            self.text.clear();
            match self.next()? {
                Step::Start => return Ok(true),
                Step::End | Step::Eof => return Ok(false),
                Step::Text { blank: false } if self.depth > 0 => {
                    return Err(self.fault(Reason::Misplaced("text")));
                }
                Step::Text { blank: false } => {
                    let reason = "syntax error: text outside of the outermost element";
                    return Err(self.fault(Reason::Syntax(reason.to_owned())));
                }
                Step::Text { .. } | Step::Other => {}
            }
        }
    }

    /// The name of the element that was entered last, with its prefix.
    pub(crate) fn name(&self) -> &str {
        &self.tag.content[..self.tag.name_len]
    }

    /// The value of an attribute of the element that was entered last.
    ///
    /// # Errors
    ///
    /// It holds an entity that XML does not define, or a character that it forbids.
    pub(crate) fn attribute(&self, name: &str) -> Result<Option<String>, Fault> {
        if self.tag.has_none() {
            return Ok(None);
        }
        let tag = self.tag.borrowed();
        let value = value_of(&tag, name).map_err(|reason| self.fault(reason))?;
        Ok(value)
    }

    /// The text of the element that was entered last, up to its end, with blanks as they are.
    ///
    /// # Errors
    ///
    /// An element inside it, a text that is too long, and whatever is not well-formed.
    pub(crate) fn text(&mut self) -> Result<&str, Fault> {
        self.text.clear();
        loop {
            match self.next()? {
                Step::End => break,
                Step::Start => return Err(self.fault(Reason::Misplaced("element"))),
                _ if self.text.len() > self.limits.text => {
                    return Err(self.fault(Reason::Length("text", self.limits.text)));
                }
                _ => {}
            }
        }
        check_characters(&self.text).map_err(|character| self.fault(character.into()))?;
        Ok(&self.text)
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
            self.text.clear();
        }
        Ok(())
    }

    /// Make sure that nothing follows the outermost element, when it has been left.
    ///
    /// # Errors
    ///
    /// Anything but blanks and comments.
    pub(crate) fn finish(mut self) -> Result<(), Fault> {
        if self.child()? { Err(self.fault(Reason::More)) } else { Ok(()) }
    }

    /// The line of what was read last, counted from 1.
    pub(crate) fn line(&self) -> usize {
        usize::try_from(self.at.0).unwrap_or(usize::MAX)
    }

    /// The fault with its place, which is that of what was read last.
    #[cold]
    fn fault(&self, reason: Reason) -> Fault {
        Fault {
            line: self.line(),
            offset: usize::try_from(self.at.1).unwrap_or(usize::MAX),
            reason,
        }
    }

    /// The next piece, when it is in bounds. Texts are added to what is kept.
    fn next(&mut self) -> Result<Step, Fault> {
        self.piece.clear();
        self.inner.get_mut().allow(self.limits.piece);
        self.at = self.inner.get_ref().place();
        if self.at.1 > self.limits.size {
            return Err(self.fault(self.too_large()));
        }
        let step = match self.inner.read_event_into(&mut self.piece) {
            Ok(event) => take(&event, &mut self.tag, &mut self.text),
            Err(_) if self.inner.get_ref().exceeded() => {
                Err(Reason::Length("tag or text", self.limits.piece))
            }
            Err(error) => Err(reason(&error)),
        };
        let step = step.and_then(|step| self.count(step));
        step.map_err(|reason| self.fault(reason))
    }

    /// Keep count of what is open.
    fn count(&mut self, step: Step) -> Result<Step, Reason> {
        match step {
            Step::Start if self.depth == self.limits.depth => {
                return Err(Reason::Depth(self.limits.depth));
            }
            Step::Start => self.depth += 1,
            Step::End => self.depth -= 1,
            Step::Eof if self.depth > 0 => {
                let reason = "the document is cut off, with elements unclosed";
                return Err(Reason::Syntax(reason.to_owned()));
            }
            _ => {}
        }
        Ok(step)
    }

    fn too_large(&self) -> Reason {
        let number = |number| usize::try_from(number).unwrap_or(usize::MAX);
        Reason::TooLarge { size: number(self.at.1), limit: number(self.limits.size) }
    }
}

impl Tag {
    fn set(&mut self, tag: &BytesStart<'_>) {
        self.content.clear();
        self.content.push_str(tag);
        self.name_len = tag.name().into_inner().len();
    }

    fn borrowed(&self) -> BytesStart<'_> {
        BytesStart::from_content(&*self.content, self.name_len)
    }

    fn has_none(&self) -> bool {
        self.content.len() == self.name_len
    }
}

/// Look at what the parser met.
fn take(event: &Event<'_>, tag: &mut Tag, text: &mut String) -> Result<Step, Reason> {
    match event {
        Event::Start(start) => {
            tag.set(start);
            check_attributes(tag)?;
            return Ok(Step::Start);
        }
        Event::End(_) => return Ok(Step::End),
        Event::Eof => return Ok(Step::Eof),
        Event::Text(piece) => {
            let blank = piece.trim_ascii().is_empty();
            text.push_str(&piece.xml10_content());
            return Ok(Step::Text { blank });
        }
        Event::CData(piece) => text.push_str(&piece.xml10_content()),
        Event::GeneralRef(name) => text.push(character(name)?),
        Event::DocType(_) => return Err(Reason::DocumentType),
        Event::Decl(declaration) => {
            check_declaration(declaration)?;
            return Ok(Step::Other);
        }
        _ => return Ok(Step::Other),
    }
    Ok(Step::Text { blank: false })
}

/// Refuse attributes that are malformed, twice there, or too many.
fn check_attributes(tag: &Tag) -> Result<(), Reason> {
    if tag.has_none() {
        return Ok(());
    }
    for (count, attribute) in tag.borrowed().attributes().enumerate() {
        attribute.map_err(|error| syntax(&error))?;
        if count == MAX_ATTRIBUTES {
            return Err(Reason::Attributes);
        }
    }
    Ok(())
}

fn value_of(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Reason> {
    let attribute = tag.try_get_attribute(name).map_err(|error| syntax(&error))?;
    let Some(attribute) = attribute else { return Ok(None) };
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    let value = value.map_err(|error| syntax(&error))?;
    check_characters(&value)?;
    Ok(Some(value.into_owned()))
}

/// What stopped the parser.
fn reason(error: &quick_xml::Error) -> Reason {
    use quick_xml::errors::SyntaxError::InvalidBangMarkup;
    match error {
        quick_xml::Error::Io(error) => Reason::Unreadable(error.kind()),
        quick_xml::Error::Encoding(_) => Reason::NotUtf8,
        // All others of its kind are met at the end of the input.
        quick_xml::Error::Syntax(kind) if *kind != InvalidBangMarkup => {
            Reason::Syntax(format!("the document is cut off, unclosed: {error}"))
        }
        _ => syntax(error),
    }
}

fn syntax(error: &dyn std::error::Error) -> Reason {
    Reason::Syntax(start(&error.to_string(), SYNTAX_CHARS))
}
