//! What the schemas say of each document, as tables: which elements there are, in which order, how often,
//! and of which type their values are.
//!
//! The tables hold facts of the schemas that ship with Photon (`src/main/resources/org/smpte_ra/schemas`) and
//! of those that SMPTE publishes; all content models there are sequences, so order matters everywhere. What
//! they leave open (`xs:any`) is kept and not checked: descriptors as `RegXML`, signatures, elements of
//! other makers.

mod asset_map;
mod check;
mod composition;
mod foreign;
mod output_profile;
mod packing_list;
mod problem;
mod rules;
mod value;

pub use problem::PROBLEMS;

pub(super) use asset_map::NAMESPACE as ASSET_MAP_2007;
pub(super) use check::check;
pub(super) use packing_list::{PKL_2007, PKL_2016};
pub(super) use value::{collapse, number};

use super::Kind;
use rules::Rules;
use value::Value;

/// What an element may hold.
struct Type {
    content: Content,
    attributes: &'static [Attribute],
}

/// What stands between the tags of an element.
enum Content {
    /// A value, and no element.
    Value(Value),
    /// These elements in this order, then perhaps others, and no text.
    Elements(&'static [Part], Others),
    /// What the attribute `xsi:type` says, which has to be there.
    Chosen(&'static [Choice]),
    /// Whatever there is.
    Anything,
}

/// An element in a sequence of elements.
#[derive(Clone, Copy)]
struct Part {
    name: &'static str,
    space: Space,
    is_required: bool,
    is_many: bool,
    /// It is of the newer edition of its standard only.
    is_newer: bool,
    kind: &'static Type,
}

/// Elements of other namespaces at the end of a sequence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    /// There are none.
    None,
    /// There may be some; those that no table here knows are told.
    Some,
    /// There is at least one; those that no table here knows are told.
    One,
    /// There may be some, which are not told: others read them.
    Untold,
}

/// Whose namespace an element is in.
#[derive(Clone, Copy)]
enum Space {
    /// That of the whole document.
    Document,
    /// That of the element around it.
    Around,
    /// One of these.
    Of(&'static [&'static str]),
}

/// An attribute without a namespace.
struct Attribute {
    name: &'static str,
    is_required: bool,
    value: Value,
}

/// A type that `xsi:type` may name.
struct Choice {
    name: &'static str,
    /// Its namespaces; none for that of the document.
    namespaces: &'static [&'static str],
    /// Its attributes are not looked at: those of the element that says the type are.
    kind: &'static Type,
}

/// What is known of a kind of document.
struct Schema {
    /// Namespaces of its editions, oldest first.
    namespaces: &'static [&'static str],
    kind: &'static Type,
    rules: &'static Rules,
}

/// Namespace of XML signatures.
const SIGNATURE: Space = Space::Of(&["http://www.w3.org/2000/09/xmldsig#"]);

fn schema(kind: Kind) -> &'static Schema {
    match kind {
        Kind::AssetMap => &asset_map::ASSET_MAP,
        Kind::VolumeIndex => &asset_map::VOLUME_INDEX,
        Kind::PackingList => &packing_list::PACKING_LIST,
        Kind::Composition => &composition::COMPOSITION,
        Kind::OutputProfile => &output_profile::OUTPUT_PROFILE,
    }
}

/// Namespaces of the editions of a document, oldest first.
pub fn namespaces(kind: Kind) -> &'static [&'static str] {
    schema(kind).namespaces
}

const fn value(value: Value) -> Type {
    Type { content: Content::Value(value), attributes: &[] }
}

const fn elements(parts: &'static [Part]) -> Type {
    Type { content: Content::Elements(parts, Others::None), attributes: &[] }
}

const fn open(parts: &'static [Part], others: Others) -> Type {
    Type { content: Content::Elements(parts, others), attributes: &[] }
}

/// An element that has to be there once.
const fn one(name: &'static str, kind: &'static Type) -> Part {
    let space = Space::Document;
    Part { name, space, is_required: true, is_many: false, is_newer: false, kind }
}

/// An element that may be there once.
const fn maybe(name: &'static str, kind: &'static Type) -> Part {
    Part { is_required: false, ..one(name, kind) }
}

/// An element that has to be there once or more.
const fn many(name: &'static str, kind: &'static Type) -> Part {
    Part { is_many: true, ..one(name, kind) }
}

/// An element that may be there, any number of times.
const fn any(name: &'static str, kind: &'static Type) -> Part {
    Part { is_many: true, ..maybe(name, kind) }
}

const fn newer(part: Part) -> Part {
    Part { is_newer: true, ..part }
}

const fn in_space(space: Space, part: Part) -> Part {
    Part { space, ..part }
}

static ANYTHING: Type = Type { content: Content::Anything, attributes: &[] };
static UUID: Type = value(Value::Uuid);
static STRING: Type = value(Value::Text);
static URI: Type = value(Value::Uri);
static POSITIVE: Type = value(Value::Positive);
static NATURAL: Type = value(Value::Natural);
static BOOLEAN: Type = value(Value::Boolean);
static DATE_TIME: Type = value(Value::DateTime);
static BASE64: Type = value(Value::Base64);
static RATIONAL: Type = value(Value::Rational);

/// Text for people, in a language.
static TEXT: Type = Type {
    content: Content::Value(Value::Text),
    attributes: &[Attribute { name: "language", is_required: false, value: Value::Language }],
};

/// A digest method of XML signatures: what is in it is not ours.
static DIGEST_METHOD: Type = Type {
    content: Content::Anything,
    attributes: &[Attribute { name: "Algorithm", is_required: true, value: Value::Uri }],
};

/// Who signed, and the signature: neither is checked.
const SIGNER: Part = maybe("Signer", &ANYTHING);
const SIGNED: Part = in_space(SIGNATURE, maybe("Signature", &ANYTHING));
