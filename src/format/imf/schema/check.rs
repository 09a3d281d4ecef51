//! A document held against the table of its kind.

use std::borrow::Cow;

use super::foreign::known;
use super::{Attribute, Choice, Content, Others, Part, Rules, Schema, Space, Type, Value, schema};
use crate::format::imf::{Kind, Problem};
use crate::format::xml::{Node, NodeId};

/// Problems of a document that are told; one with more is no better known by its thousandth.
const MAX_PROBLEMS: usize = 1_000;

/// Characters of a value that a message repeats.
const QUOTE_CHARS: usize = 60;

/// Namespace of `xsi:type`, whose attributes any element may have.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Hold a document against the schema of its kind.
///
/// Returns the problems in the order of the document, at most a thousand, and the outermost elements that
/// the schema leaves open and no table knows, or that it does not allow.
pub(crate) fn check(kind: Kind, root: Node<'_>) -> (Vec<Problem>, Vec<NodeId>) {
    let schema = schema(kind);
    let edition = schema.namespaces.iter().position(|known| *known == root.namespace());
    let is_old = edition.is_some_and(|edition| edition + 1 < schema.namespaces.len());
    let mut check = Check {
        root,
        rules: schema.rules,
        has_newer: !is_old,
        needs_newer: edition.is_some() && !is_old,
        problems: vec![],
        unknown: vec![],
    };
    if edition.is_none() {
        check.wrong_namespace(root, schema);
    }
    check.node(root, schema.kind);
    check.problems.sort_by_key(|problem| problem.at);
    check.unknown.sort_unstable();
    (check.problems, check.unknown)
}

struct Check<'t> {
    /// Its namespace is the document's own, even if no edition has it.
    root: Node<'t>,
    rules: &'static Rules,
    /// Whether what only the newer edition has may be there.
    has_newer: bool,
    /// Whether what the newer edition needs has to be there.
    needs_newer: bool,
    problems: Vec<Problem>,
    unknown: Vec<NodeId>,
}

impl<'t> Check<'t> {
    fn say(&mut self, rule: &'static str, node: Node<'_>, message: impl FnOnce() -> String) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { rule, at: node.id(), message: message() });
        }
    }

    #[cold]
    fn wrong_namespace(&mut self, root: Node<'_>, schema: &Schema) {
        self.say(self.rules.namespace, root, || {
            format!(
                "`{}` is in namespace `{}`, expected {}",
                root.name(),
                quote(root.namespace()),
                list(schema.namespaces.iter().copied())
            )
        });
    }

    fn node(&mut self, node: Node<'t>, kind: &'static Type) {
        let is_bare = !node.has_attributes() && kind.attributes.is_empty();
        let is_open = matches!(kind.content, Content::Anything) && kind.attributes.is_empty();
        let named = if is_bare || is_open { None } else { self.attributes(node, kind.attributes) };
        match kind.content {
            Content::Chosen(choices) => self.chosen(node, choices, named),
            _ => self.content(node, kind),
        }
    }

    fn content(&mut self, node: Node<'t>, kind: &'static Type) {
        match kind.content {
            Content::Value(value) => self.value(node, value),
            Content::Elements(parts, others) => self.elements(node, parts, others),
            // A type that is chosen chooses no other.
            Content::Chosen(_) | Content::Anything => {}
        }
    }

    fn value(&mut self, node: Node<'t>, value: Value) {
        for child in node.children() {
            self.unknown_element(child, &[], &Seen::default());
        }
        let text = node.content();
        if !value.takes(&text) {
            let name = node.name();
            self.say(self.rules.value, node, || {
                format!("`{name}` is `{}`, expected {}", quote(&text), value.phrase())
            });
        }
    }

    fn elements(&mut self, node: Node<'t>, parts: &'static [Part], others: Others) {
        if node.has_text() {
            let text = node.text();
            self.say(self.rules.text_misplaced, node, || {
                format!("`{}` has the text `{}`, expected elements", node.name(), quote(&text))
            });
        }
        let mut seen = Seen::default();
        for child in node.children() {
            // Documents are in order, nearly all of them.
            let (before, after) = parts.split_at(seen.last);
            let name = child.name();
            let is_it = |part: &Part| part.name == name && self.is_part(node, child, part);
            let later = after.iter().position(is_it).map(|at| seen.last + at);
            match later.or_else(|| before.iter().position(is_it)) {
                Some(at) => self.part(child, parts, at, &mut seen),
                None if others != Others::None && is_foreign(node, child) => {
                    seen.foreign += 1;
                    self.foreign(child, others);
                }
                None => self.unknown_element(child, &parts[seen.last..], &seen),
            }
        }
        self.missing(node, parts, others, &seen);
    }

    /// An element of the sequence, as the `at`th kind of element in it.
    fn part(&mut self, child: Node<'t>, parts: &'static [Part], at: usize, seen: &mut Seen) {
        let part = &parts[at];
        let bit = 1 << at;
        if seen.parts & bit != 0 && !part.is_many {
            self.say(self.rules.element_repeated, child, || {
                format!("`{}` again, expected once", part.name)
            });
        } else if seen.foreign > 0 {
            self.say(self.rules.element_order, child, || {
                format!("`{}` behind elements of other namespaces, expected before them", part.name)
            });
        } else if seen.parts >= bit << 1 {
            let last = parts[seen.last].name;
            self.say(self.rules.element_order, child, || {
                format!("`{}` behind `{last}`, expected before it", part.name)
            });
        }
        seen.last = seen.last.max(at);
        seen.parts |= bit;
        self.node(child, part.kind);
    }

    fn missing(&mut self, node: Node<'t>, parts: &'static [Part], others: Others, seen: &Seen) {
        let is_needed = |part: &Part| part.is_required && (!part.is_newer || self.needs_newer);
        let missing = parts
            .iter()
            .enumerate()
            .filter(|(at, part)| is_needed(part) && seen.parts & (1 << at) == 0);
        for (_, part) in missing.collect::<Vec<_>>() {
            self.say(self.rules.element_missing, node, || {
                format!("`{}` has no `{}`, expected one", node.name(), part.name)
            });
        }
        if others == Others::One && seen.foreign == 0 {
            self.say(self.rules.element_missing, node, || {
                format!("`{}` has no element of another namespace, expected one", node.name())
            });
        }
    }

    /// `said` is what `xsi:type` says.
    fn chosen(&mut self, node: Node<'t>, choices: &'static [Choice], said: Option<Cow<'t, str>>) {
        let names = || list(choices.iter().map(|choice| choice.name));
        let Some(kind) = said else {
            self.say(self.rules.attribute_missing, node, || {
                format!("`{}` has no `xsi:type`, expected {}", node.name(), names())
            });
            return;
        };
        let kind = kind.trim_ascii();
        let (prefix, name) = kind.split_once(':').unwrap_or(("", kind));
        let namespace = node.resolve(prefix);
        let is_it = |choice: &&Choice| {
            choice.name == name
                && match choice.namespaces {
                    [] => namespace == Some(self.root.namespace()),
                    known => namespace.is_some_and(|namespace| known.contains(&namespace)),
                }
        };
        let is_ours = namespace.is_none_or(|name| name.is_empty() || name == self.root.namespace());
        let is_known = choices.iter().any(|choice| choice.name == name);
        match choices.iter().find(is_it) {
            Some(choice) => self.content(node, choice.kind),
            // A type of another standard.
            None if !is_ours && !is_known => self.unknown.push(node.id()),
            None => self.say(self.rules.value, node, || {
                let namespace = quote(namespace.unwrap_or_default());
                let found = format!("`{}` of namespace `{namespace}`", quote(kind));
                format!("`xsi:type` is {found}, expected {}", names())
            }),
        }
    }

    fn foreign(&mut self, child: Node<'t>, others: Others) {
        match known(child.namespace(), child.name()) {
            Some(kind) => self.node(child, kind),
            None if others == Others::Untold => {}
            None => self.unknown.push(child.id()),
        }
    }

    /// `parts` are those that may come from here on.
    fn unknown_element(&mut self, child: Node<'t>, parts: &'static [Part], seen: &Seen) {
        self.unknown.push(child.id());
        let has_newer = self.has_newer;
        self.say(self.rules.element_unknown, child, || {
            let is_over = |at: usize, part: &Part| at == 0 && seen.parts != 0 && !part.is_many;
            let next = parts.iter().enumerate().filter(|(at, part)| !is_over(*at, part));
            let next = next.filter(|(_, part)| has_newer || !part.is_newer);
            let expected = list(next.map(|(_, part)| part.name));
            let (name, namespace) = (quote(child.name()), quote(child.namespace()));
            format!("element `{name}` of namespace `{namespace}`, expected {expected}")
        });
    }

    /// Whether a child of the name of a part is that part.
    fn is_part(&self, node: Node<'_>, child: Node<'_>, part: &Part) -> bool {
        let is_there = match part.space {
            Space::Document => child.is_beside(self.root),
            Space::Around => child.is_beside(node),
            Space::Of(known) => known.contains(&child.namespace()),
        };
        is_there && (self.has_newer || !part.is_newer)
    }

    /// Check the attributes, and return the value of `xsi:type`.
    fn attributes(&mut self, node: Node<'t>, known: &'static [Attribute]) -> Option<Cow<'t, str>> {
        let (mut seen, mut named) = (0_u32, None);
        for (key, value) in node.attributes() {
            let (prefix, name) = key.split_once(':').unwrap_or(("", key));
            match known.iter().position(|known| known.name == name) {
                Some(at) if prefix.is_empty() => {
                    seen |= 1 << at;
                    self.attribute(node, &known[at], &value);
                }
                _ if !prefix.is_empty() && node.resolve(prefix) == Some(INSTANCE) => {
                    named = (name == "type").then_some(value).or(named);
                }
                _ => self.say(self.rules.attribute_unknown, node, || {
                    format!("attribute `{}` of `{}`, expected none such", quote(key), node.name())
                }),
            }
        }
        let is_missing =
            |(at, known): &(usize, &Attribute)| known.is_required && seen & (1 << at) == 0;
        for (_, missing) in known.iter().enumerate().filter(is_missing) {
            self.say(self.rules.attribute_missing, node, || {
                format!("`{}` has no attribute `{}`, expected one", node.name(), missing.name)
            });
        }
        named
    }

    fn attribute(&mut self, node: Node<'t>, known: &'static Attribute, value: &str) {
        if !known.value.takes(value) {
            self.say(self.rules.value, node, || {
                let (name, phrase) = (known.name, known.value.phrase());
                format!(
                    "attribute `{name}` of `{}` is `{}`, expected {phrase}",
                    node.name(),
                    quote(value)
                )
            });
        }
    }
}

/// Whether `xs:any` for other namespaces takes an element: not if it is in none.
fn is_foreign(node: Node<'_>, child: Node<'_>) -> bool {
    !child.namespace().is_empty() && !child.is_beside(node)
}

/// What has been met in a sequence of elements.
#[derive(Default)]
struct Seen {
    /// A bit for each part.
    parts: u64,
    /// The part that comes last of these.
    last: usize,
    /// Elements of other namespaces.
    foreign: usize,
}

/// Names as a phrase.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} or {last}", first.join(", ")),
        None => "nothing".to_owned(),
    }
}

/// The start of what a document says, as much of it as a message can bear.
fn quote(text: &str) -> String {
    let text = super::collapse(text);
    match text.char_indices().nth(QUOTE_CHARS) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.into_owned(),
    }
}
