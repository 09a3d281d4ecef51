//! Attributes of an element, and what prefixes mean in it.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::attributes::{Attribute, Attributes};

use super::Node;
use super::namespace::{Declaration, XML, split};

impl<'t> Node<'t> {
    /// Whether its tag has anything but its name.
    pub fn has_attributes(self) -> bool {
        let element = self.element();
        element.content.0 - element.name.1 > 1
    }

    /// Value of the first attribute of that name, whatever its prefix.
    pub fn attribute(self, name: &str) -> Option<Cow<'t, str>> {
        self.attributes().find(|(key, _)| split(key).1 == name).map(|(_, value)| value)
    }

    /// Names as they are written and values of all attributes, but for declarations of namespaces.
    pub fn attributes(self) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> + use<'t> {
        let is_other = |attribute: &Attribute<'_>| declared_prefix(attribute).is_none();
        self.raw_attributes().filter(is_other).map(|attribute| {
            // It has been decoded once, when the tree was made.
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_default();
            (attribute.key.into_inner(), value)
        })
    }

    /// The namespace that a prefix means here, empty for none; `None` if the prefix is not declared.
    pub fn resolve(self, prefix: &str) -> Option<&'t str> {
        let around = std::iter::successors(Some(self), |node| node.parent());
        let declaring = around.filter(|node| node.element().declares);
        let mut declared = declaring.flat_map(Node::declarations);
        match declared.find(|declared| *declared.prefix == *prefix) {
            Some(found) => Some(self.tree.slice(self.tree.namespaces[found.namespace as usize])),
            None if prefix == "xml" => Some(XML),
            None => prefix.is_empty().then_some(""),
        }
    }

    /// What this element declares.
    fn declarations(self) -> impl Iterator<Item = &'t Declaration> {
        let all = &self.tree.declarations;
        let first = all.partition_point(|declared| declared.element < self.id.0);
        all[first..].iter().take_while(move |declared| declared.element == self.id.0)
    }

    fn raw_attributes(self) -> impl Iterator<Item = Attribute<'t>> + use<'t> {
        let element = self.element();
        let tag = self.tree.slice((element.start + 1, element.content.0));
        let tag = tag.trim_end_matches('>').trim_end_matches('/');
        let mut attributes = Attributes::new(tag, (element.name.1 - element.start - 1) as usize);
        attributes.with_checks(false);
        attributes.flatten()
    }
}

/// The prefix that an attribute declares, empty for the default namespace.
pub(super) fn declared_prefix<'a>(attribute: &Attribute<'a>) -> Option<&'a str> {
    match split(attribute.key.into_inner()) {
        ("xmlns", prefix) => Some(prefix),
        ("", "xmlns") => Some(""),
        _ => None,
    }
}
