//! Values of the children of an element; an element of any namespace will do, as that it is the wrong one
//! has been said by the schema.

use super::Node;
use crate::digest::{Algorithm, Digest};
use crate::format::imf::schema::{collapse, number};
use crate::format::imf::{Rational, Uuid, base64};

/// URI of SHA-1 in XML signatures.
pub(crate) const SHA1: &str = "http://www.w3.org/2000/09/xmldsig#sha1";

/// URI of SHA-256 in XML encryption.
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// Text of the first child of that name.
pub(super) fn text(node: Node<'_>, name: &str) -> Option<String> {
    node.find(name).map(|child| child.text().into_owned())
}

/// Id in the first child of that name.
pub(super) fn id(node: Node<'_>, name: &str) -> Option<Uuid> {
    Uuid::parse(&node.find(name)?.text())
}

/// Whole number in the first child of that name.
pub(super) fn count(node: Node<'_>, name: &str) -> Option<u64> {
    number(&node.find(name)?.text())
}

/// Truth in the first child of that name.
pub(super) fn truth(node: Node<'_>, name: &str) -> Option<bool> {
    match &*node.find(name)?.text() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Rate in the first child of that name.
pub(super) fn rate(node: Node<'_>, name: &str) -> Option<Rational> {
    Rational::parse(&collapse(&node.find(name)?.text()))
}

/// What `read` makes of each `item` in the first child `list`.
pub(super) fn each<'t, T>(
    node: Node<'t>,
    list: &str,
    item: &'t str,
    read: impl Fn(Node<'t>) -> T,
) -> Vec<T> {
    let items = node.find(list).into_iter().flat_map(Node::children);
    items.filter(|child| child.name() == item).map(read).collect()
}

/// URI of the algorithm of the digest in an element, as it is written; `None` if it is not said.
pub(super) fn algorithm_uri(node: Node<'_>) -> Option<String> {
    let method = node.find("HashAlgorithm")?.attribute("Algorithm")?;
    Some(method.trim().to_owned())
}

/// The algorithm of a URI, if it is one that is computed here; SHA-1 if there is none.
pub(super) fn algorithm(uri: Option<&str>) -> Option<Algorithm> {
    match uri {
        None | Some(SHA1) => Some(Algorithm::Sha1),
        Some(SHA256) => Some(Algorithm::Sha256),
        Some(_) => None,
    }
}

/// The digest that is listed in an element, if it is one that is computed here.
pub(super) fn listed_digest(node: Node<'_>) -> Option<Digest> {
    digest(algorithm(algorithm_uri(node).as_deref())?, &text(node, "Hash")?)
}

/// The digest that a text in base 64 is; `None` if it is none of that algorithm.
pub(super) fn digest(algorithm: Algorithm, text: &str) -> Option<Digest> {
    let bytes = base64::decode(text)?;
    match algorithm {
        Algorithm::Sha1 => Some(Digest::Sha1(bytes.try_into().ok()?)),
        Algorithm::Sha256 => Some(Digest::Sha256(bytes.try_into().ok()?)),
        _ => None,
    }
}
