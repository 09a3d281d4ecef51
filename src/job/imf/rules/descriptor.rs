//! Essence descriptors as a composition holds them: `RegXML`, of which names and values are read here and
//! namespaces are not, since packages in use have several.
//!
//! Source: the descriptors in the test packages of Photon (Apache-2.0).

use std::borrow::Cow;
use std::collections::HashMap;

use crate::format::imf::model::{Composition, EssenceDescriptor, Resource, Source};
use crate::format::imf::{Document, Rational, Uuid};
use crate::format::mxf::model::Ul;
use crate::format::xml::{Node, NodeId};

/// A descriptor, or a sub descriptor.
#[derive(Clone, Copy, Debug)]
pub(in crate::job::imf) struct Descriptor<'t>(pub(in crate::job::imf) Node<'t>);

/// A colour component of a layout of pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::job::imf) struct Component {
    /// Where it is.
    pub(in crate::job::imf) at: NodeId,
    /// What it is, such as `CompRed`.
    pub(in crate::job::imf) code: Option<String>,
    /// Its bits.
    pub(in crate::job::imf) size: Option<i64>,
}

impl<'t> Descriptor<'t> {
    /// That of an entry of the list.
    pub(in crate::job::imf) fn of(
        document: &'t Document,
        entry: &EssenceDescriptor,
    ) -> Option<Self> {
        entry.descriptor.map(|at| Self(document.tree.node(at)))
    }

    /// All of the list by their ids; of two with one id the first.
    pub(in crate::job::imf) fn all(
        document: &'t Document,
        composition: &Composition,
    ) -> HashMap<Uuid, Self> {
        let mut all = HashMap::new();
        for entry in &composition.essence_descriptors {
            if let (Some(id), Some(descriptor)) = (entry.id, Self::of(document, entry)) {
                all.entry(id).or_insert(descriptor);
            }
        }
        all
    }

    /// Where it is.
    pub(in crate::job::imf) fn at(self) -> NodeId {
        self.0.id()
    }

    /// Its class, such as `RGBADescriptor`.
    pub(in crate::job::imf) fn class(self) -> &'t str {
        self.0.name()
    }

    /// Whether it has a value of this name, whatever that is.
    pub(in crate::job::imf) fn has(self, name: &str) -> bool {
        self.0.find(name).is_some()
    }

    /// Where a value is, or the descriptor itself if there is none.
    pub(in crate::job::imf) fn place(self, name: &str) -> NodeId {
        self.0.find(name).unwrap_or(self.0).id()
    }

    /// A value as it is written; `None` for one that is empty.
    pub(in crate::job::imf) fn text(self, name: &str) -> Option<Cow<'t, str>> {
        self.0.find(name).map(Node::text).filter(|text| !text.is_empty())
    }

    /// A whole number.
    pub(in crate::job::imf) fn number(self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// A rate, written with a blank or a slash.
    pub(in crate::job::imf) fn rate(self, name: &str) -> Option<Rational> {
        parse_rate(&self.text(name)?)
    }

    /// A universal label.
    pub(in crate::job::imf) fn label(self, name: &str) -> Option<Ul> {
        parse_label(&self.text(name)?)
    }

    /// Its sub descriptors.
    pub(in crate::job::imf) fn below(self) -> impl Iterator<Item = Self> + use<'t> {
        let list = self.0.find("SubDescriptors");
        list.into_iter().flat_map(Node::children).map(Self)
    }

    /// Those of one class.
    pub(in crate::job::imf) fn below_of(self, class: &str) -> impl Iterator<Item = Self> {
        self.below().filter(move |sub| sub.class() == class)
    }

    /// The components of a layout; `None` if it has no such layout.
    pub(in crate::job::imf) fn components(self, layout: &str) -> Option<Vec<Component>> {
        let components = self.0.find(layout)?.children();
        Some(components.filter(|node| node.name() == "RGBAComponent").map(component).collect())
    }

    /// Language tags: of the labels of audio channels, or of timed text. Without repeats, in their order.
    pub(in crate::job::imf) fn languages(self) -> Vec<String> {
        let mut found: Vec<String> = vec![];
        for (_, tag) in self.language_tags() {
            if !found.iter().any(|known| known.eq_ignore_ascii_case(&tag)) {
                found.push(tag);
            }
        }
        found
    }

    /// Each place where a language is said, with its tag.
    pub(in crate::job::imf) fn language_tags(self) -> Vec<(NodeId, String)> {
        let own = self.0.find("RFC5646LanguageTagList").into_iter();
        let of_labels = self.below().filter_map(|sub| {
            sub.0.find("RFC5646SpokenLanguage").or_else(|| sub.0.find("RFC5646AudioLanguageCode"))
        });
        let places = own.chain(of_labels);
        places.flat_map(|node| tags(node).into_iter().map(move |tag| (node.id(), tag))).collect()
    }
}

/// A list of timed text has commas between its tags.
fn tags(node: Node<'_>) -> Vec<String> {
    let text = node.text();
    text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

fn component(node: Node<'_>) -> Component {
    let own = Descriptor(node);
    Component {
        at: node.id(),
        code: own.text("Code").map(Cow::into_owned),
        size: own.number("ComponentSize"),
    }
}

/// The id of the essence descriptor that a resource names.
pub(in crate::job::imf) fn encoding_of(resource: &Resource) -> Option<Uuid> {
    match &resource.source {
        Source::TrackFile { encoding, .. } => *encoding,
        Source::Markers(_) | Source::Other(_) => None,
    }
}

/// The track file that a resource plays.
pub(in crate::job::imf) fn file_of(resource: &Resource) -> Option<Uuid> {
    match &resource.source {
        Source::TrackFile { file, .. } => *file,
        Source::Markers(_) | Source::Other(_) => None,
    }
}

/// `24000/1001`, `24000 1001` or `24`.
pub(in crate::job::imf) fn parse_rate(text: &str) -> Option<Rational> {
    match text.split_once(['/', ' ']) {
        Some((above, below)) => Rational::parse(&format!("{} {}", above.trim(), below.trim())),
        None => Rational::parse(&format!("{} 1", text.trim())),
    }
}

const LABEL: &str = "urn:smpte:ul:";

/// `urn:smpte:ul:` and 32 digits, with dots wherever: packages in use group them in several ways.
pub(in crate::job::imf) fn parse_label(text: &str) -> Option<Ul> {
    let start = text.get(..LABEL.len())?;
    if !start.eq_ignore_ascii_case(LABEL) {
        return None;
    }
    let digits: String = text[LABEL.len()..].chars().filter(|&one| one != '.').collect();
    if digits.len() != 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u128::from_str_radix(&digits, 16).ok().map(|number| Ul(number.to_be_bytes()))
}

/// Whether two labels name the same thing: the eighth byte is the version of the register.
pub(in crate::job::imf) fn same_label(one: Ul, other: Ul) -> bool {
    (0..16).all(|byte| byte == 7 || one.0[byte] == other.0[byte])
}
