//! XML from outside, read without trusting it, and XML written: the one place where either is done.
//!
//! XML 1.0, second to fifth edition, in UTF-8, less what attacks a reader: no document type, hence no
//! entity but the five predefined ones, and bounds on depth, tags, texts and the document. A [`Reader`] is
//! pulled element by element, and keeps nothing; a [`Tree`] holds the document, to be asked and written
//! back. A [`Stream`] is pulled likewise from a file that is too large to be held in memory.

mod reader;
mod stream;
mod tree;
mod writer;

#[cfg(test)]
mod tests;

pub(crate) use reader::{Element, Reader};
pub(crate) use stream::{Limits, Stream};
pub use tree::{Node, NodeId, Tree};
pub use writer::ForbiddenCharacter;
pub(crate) use writer::Writer;

/// Elements inside one another; a list needs 5, what is skipped in it may need more.
const MAX_DEPTH: usize = 32;

/// Bytes of a tag with its attributes, and of a text that is kept.
///
/// A path of Windows has up to 32,767 characters, each of which is up to 3 bytes in UTF-8.
const MAX_LEN: usize = 128 * 1024;

/// Attributes of one element; the lists' own have at most 4.
const MAX_ATTRIBUTES: usize = 64;

/// Elements of a document that is held as a tree, which needs 40 bytes for each.
const MAX_ELEMENTS: usize = 2_000_000;

/// What a message repeats of a document.
const QUOTE_CHARS: usize = 60;

/// What a message repeats of the XML library, whose words may quote the document.
const SYNTAX_CHARS: usize = 200;

/// Why a document was refused, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, byte {offset}: {reason}")]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 0, from the start of the file.
    pub offset: usize,
    /// What is wrong there.
    pub reason: Reason,
}

/// What can be wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The whole of it is larger than the caller allows.
    #[error("{size} bytes, more than the {limit} that such a document may have")]
    TooLarge {
        /// Bytes that it has.
        size: usize,
        /// Bytes that it may have.
        limit: usize,
    },
    /// What it is read from failed.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::ErrorKind),
    /// It is UTF-16, in either byte order.
    #[error("UTF-16, which is not read here; hint: save it as UTF-8")]
    Utf16,
    /// It says that it is in an encoding that is not read.
    #[error("encoding `{0}`, which is not read here; hint: save it as UTF-8")]
    Encoding(String),
    /// Bytes that are no UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// A document type, which could define entities.
    #[error("a document type (`<!DOCTYPE`), which is refused: it could blow up the document")]
    DocumentType,
    /// An entity that is not one of XML's own five.
    #[error("entity `&{0};`, which XML does not define")]
    Entity(String),
    /// Too many elements inside one another.
    #[error("more than {0} elements within each other")]
    Depth(usize),
    /// More elements than a tree may have.
    #[error("more than {MAX_ELEMENTS} elements")]
    Elements,
    /// A tag or a text that no sound list has.
    #[error("{0} of more than {1} bytes")]
    Length(&'static str, usize),
    /// More attributes than no sound list has.
    #[error("more than {MAX_ATTRIBUTES} attributes")]
    Attributes,
    /// Not well-formed.
    #[error("{0}")]
    Syntax(String),
    /// A character that XML cannot hold.
    #[error("{0}")]
    Character(#[from] ForbiddenCharacter),
    /// The document is of another kind.
    #[error("`{found}`, not `{expected}`")]
    Root {
        /// The outermost element that was asked for.
        expected: &'static str,
        /// The one that is there.
        found: String,
    },
    /// The document is of no known kind.
    #[error("`{0}` is the outermost element, which no document that is read here has")]
    Kind(String),
    /// Something stands where the document should be over.
    #[error("more after the end of the document")]
    More,
    /// A text between elements, or an element in a text.
    #[error("{0} that does not belong here")]
    Misplaced(&'static str),
    /// An element or attribute that may be there once.
    #[error("`{0}` twice")]
    Twice(&'static str),
    /// An element or attribute that has to be there.
    #[error("no `{0}`")]
    Missing(&'static str),
    /// A value that is none of its kind.
    #[error("`{name}` is `{value}`")]
    Value {
        /// The element or attribute.
        name: &'static str,
        /// What it has, or the start of it.
        value: String,
    },
}

impl Reason {
    /// A value that is none of its kind.
    pub(crate) fn value(name: &'static str, value: &str) -> Self {
        Self::Value { name, value: quote(value) }
    }

    /// A document whose outermost element is not known.
    pub(crate) fn kind(root: &str) -> Self {
        Self::Kind(quote(root))
    }
}

/// A text without the blanks around it.
fn trim(text: &str) -> &str {
    // That takes form feeds for blanks too, which no document has.
    text.trim_ascii()
}

/// The start of what the document says, as much of it as a message can bear.
pub(crate) fn quote(text: &str) -> String {
    start(text, QUOTE_CHARS)
}

fn start(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
