//! A whole document as a tree of elements over its own text.
//!
//! The text is kept as it was read and elements are places in it, so that nothing is lost, whatever is
//! known of the document; texts and attributes are decoded when they are asked for. Everything has been
//! checked by then: a tree is a well-formed document, within the bounds of [`super`].

mod attribute;
mod build;
mod class;
mod namespace;
mod place;
mod sound;
mod text;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::OnceLock;

use super::{Fault, Reason};
use namespace::Declaration;
use place::Places;

/// An element of a tree; in the order of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

/// A document in memory: its text, and 40 bytes for each element.
pub struct Tree {
    text: String,
    /// Bytes of the byte order mark before it.
    mark: usize,
    elements: Vec<Element>,
    declarations: Vec<Declaration>,
    /// Where the namespaces' names stand in the text; the first is that of no namespace.
    namespaces: Vec<Span>,
    places: OnceLock<Places>,
}

/// Bytes of the text, from and to.
type Span = (u32, u32);

/// Where an element stands.
#[derive(Clone, Copy)]
struct Element {
    /// Its start tag begins here.
    start: u32,
    /// Its name without a prefix.
    name: Span,
    /// What stands between its tags.
    content: Span,
    /// Its end tag is over.
    end: u32,
    parent: u32,
    /// The first element behind it that is not in it.
    next: u32,
    namespace: u32,
    /// Whether it declares a namespace.
    declares: bool,
    /// Whether it has text of its own that is more than blanks.
    has_text: bool,
    /// Whether its own text stands there as it is, but for blanks at its start: no references, comments,
    /// CDATA or carriage returns.
    is_plain: bool,
}

/// An element of a tree, with all that is in it.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl Tree {
    /// Read a document of at most `limit` bytes, in UTF-8.
    ///
    /// Memory use is the size of the document and 40 bytes for each element, of which there are at most two
    /// million.
    ///
    /// # Errors
    ///
    /// What is not well-formed or out of bounds; a document type, always.
    pub fn parse(bytes: &[u8], limit: usize) -> Result<Self, Fault> {
        build::parse(bytes, limit)
    }

    /// The outermost element.
    pub fn root(&self) -> Node<'_> {
        self.node(NodeId(0))
    }

    /// An element of this tree; that of another tree's number if the id is not from this one.
    ///
    /// # Panics
    ///
    /// The id is from a larger tree.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        assert!((id.0 as usize) < self.elements.len(), "an id of another tree");
        Node { tree: self, id }
    }

    /// The document again: what was read but for a byte order mark, with comments, blanks and the order of
    /// attributes, so that a signature over it holds as well as before.
    pub fn render(&self) -> String {
        self.text.clone()
    }

    fn slice(&self, (from, to): Span) -> &str {
        &self.text[from as usize..to as usize]
    }
}

impl<'t> Node<'t> {
    /// Which element of its tree it is.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// Its name without a prefix.
    pub fn name(self) -> &'t str {
        self.tree.slice(self.element().name)
    }

    /// Name of its namespace as it is declared; empty if it is in none.
    pub fn namespace(self) -> &'t str {
        self.tree.slice(self.tree.namespaces[self.element().namespace as usize])
    }

    /// Whether both, which are of the same tree, are in the same namespace.
    pub fn is_beside(self, other: Node<'_>) -> bool {
        self.element().namespace == other.element().namespace
    }

    /// The line on which it begins, from 1.
    pub fn line(self) -> usize {
        self.tree.places().line(self.element().start)
    }

    /// Names from the outermost element to this one, such as `CompositionPlaylist/SegmentList/Segment[2]`:
    /// with a number, from 1, where the element is not the only one of its name.
    pub fn path(self) -> String {
        let around = self.parent().map_or(String::new(), |parent| parent.path() + "/");
        match self.tree.places().nth(self.id) {
            Some(nth) => format!("{around}{}[{nth}]", self.name()),
            None => around + self.name(),
        }
    }

    /// The element around it; `None` for the outermost.
    pub fn parent(self) -> Option<Node<'t>> {
        (self.id.0 > 0).then(|| Node { tree: self.tree, id: NodeId(self.element().parent) })
    }

    /// The elements in it, not those in these.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let (tree, end) = (self.tree, self.element().next);
        let mut next = self.id.0 + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(Node { tree, id: NodeId(next) })?;
            next = child.element().next;
            Some(child)
        })
    }

    /// The first child of that name that is in the namespace of its parent.
    pub fn child(self, name: &str) -> Option<Node<'t>> {
        self.children().find(|child| child.name() == name && child.is_beside(self))
    }

    /// The first child of that name, whatever its namespace.
    pub fn find(self, name: &str) -> Option<Node<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// Its part of the document, as it is written, with its tags.
    pub fn source(self) -> &'t str {
        self.tree.slice((self.element().start, self.element().end))
    }

    /// The fault with the place of this element.
    pub(crate) fn fault(self, reason: Reason) -> Fault {
        let offset = self.tree.mark + self.element().start as usize;
        Fault { line: self.line(), offset, reason }
    }

    fn element(self) -> &'t Element {
        &self.tree.elements[self.id.0 as usize]
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tree({} elements)", self.elements.len())
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node({})", self.path())
    }
}
