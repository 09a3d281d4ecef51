//! What prefixes mean while a document is read.
//!
//! Source: "Namespaces in XML 1.0", third edition, sections 3 and 6.

use std::collections::HashMap;

use super::Span;

/// What the prefix `xml` means, always.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What the prefix `xmlns` means; nothing else may.
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// What an element declares.
pub(super) struct Declaration {
    /// Number of the element.
    pub(super) element: u32,
    /// Empty for what no prefix means.
    pub(super) prefix: Box<str>,
    /// Number of the namespace.
    pub(super) namespace: u32,
}

/// Declarations: those in force, and all there were.
pub(super) struct Bindings<'a> {
    /// Depth of the element that declares, prefix, number of the namespace.
    open: Vec<(usize, &'a str, u32)>,
    all: Vec<Declaration>,
    /// What no prefix means, which is asked for most.
    default: u32,
    numbers: HashMap<&'a str, u32>,
    /// For each number where the name stands; that of no namespace is 0.
    spans: Vec<Span>,
}

impl<'a> Bindings<'a> {
    pub(super) fn new() -> Self {
        Self {
            open: vec![],
            all: vec![],
            default: 0,
            numbers: HashMap::from([("", 0)]),
            spans: vec![(0, 0)],
        }
    }

    /// Take a declaration of an element, by its number, that is `depth` deep.
    ///
    /// # Errors
    ///
    /// What may not be declared, as a phrase.
    pub(super) fn declare(
        &mut self,
        (element, depth): (u32, usize),
        prefix: &'a str,
        (name, span): (&'a str, Span),
    ) -> Result<(), &'static str> {
        match (prefix, name) {
            ("xml", XML) => return Ok(()),
            ("xmlns", _) | (_, XMLNS) => return Err("prefix `xmlns` is declared"),
            ("xml", _) | (_, XML) => return Err("prefix `xml` is declared as something else"),
            (_, "") if !prefix.is_empty() => return Err("a prefix is declared as nothing"),
            _ => {}
        }
        let number = *self.numbers.entry(name).or_insert_with(|| {
            self.spans.push(span);
            u32::try_from(self.spans.len() - 1).expect("there are fewer than bytes")
        });
        self.open.push((depth, prefix, number));
        self.all.push(Declaration { element, prefix: prefix.into(), namespace: number });
        if prefix.is_empty() {
            self.default = number;
        }
        Ok(())
    }

    /// How many declarations are in force.
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    /// Forget what elements declared that are `depth` deep or deeper.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.open.last().is_some_and(|open| open.0 >= depth) {
            self.open.pop();
            self.default = self.find("").unwrap_or(0);
        }
    }

    /// The namespace of an element with that prefix; `None` if the prefix is not declared.
    pub(super) fn resolve(&self, prefix: &str) -> Option<u32> {
        if prefix.is_empty() { Some(self.default) } else { self.find(prefix) }
    }

    fn find(&self, prefix: &str) -> Option<u32> {
        self.open.iter().rev().find(|open| open.1 == prefix).map(|open| open.2)
    }

    /// All declarations, in the order of the document, and where the names stand, by number.
    pub(super) fn finish(self) -> (Vec<Declaration>, Vec<Span>) {
        (self.all, self.spans)
    }
}

/// Prefix, empty if there is none, and the rest of a name.
pub(super) fn split(name: &str) -> (&str, &str) {
    // By bytes, which is quicker than by characters for what is so short.
    match name.bytes().position(|byte| byte == b':') {
        Some(at) => (&name[..at], &name[at + 1..]),
        None => ("", name),
    }
}
