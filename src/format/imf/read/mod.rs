//! From a document to what it says.

mod asset_map;
mod composition;
mod output_profile;
mod packing_list;
mod segment;
mod value;

pub(super) use value::SHA1;

use super::model::{AssetMap, Composition, OutputProfile, PackingList, VolumeIndex};
use super::schema;
use super::{Fault, Node, NodeId, Reason, Tree};

/// Bytes that a document may have; one of 10,000 resources has about 7 MB.
const MAX_SIZE: usize = 128 << 20;

/// The documents of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Which files there are, and where.
    AssetMap,
    /// Which volume a folder is.
    VolumeIndex,
    /// Sizes and digests of what is delivered together.
    PackingList,
    /// What is played when.
    Composition,
    /// How to make something of a composition.
    OutputProfile,
}

/// A document that has been read.
#[derive(Debug)]
pub struct Document {
    /// All of it.
    pub tree: Tree,
    /// What it says, as far as that is known here.
    pub content: Content,
    /// Namespace of its outermost element.
    pub namespace: String,
    /// What is wrong by its schema, in the order of the document; at most 1,000.
    pub problems: Vec<Problem>,
    /// The outermost elements that the schema does not know, in the order of the document. Those that it
    /// leaves open to others are no problem.
    pub unknown: Vec<NodeId>,
}

/// What a document says.
#[derive(Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "there is one for each document, and they are few")]
pub enum Content {
    /// Of an asset map.
    AssetMap(AssetMap),
    /// Of a volume index.
    VolumeIndex(VolumeIndex),
    /// Of a packing list.
    PackingList(PackingList),
    /// Of a composition playlist.
    Composition(Composition),
    /// Of an output profile list.
    OutputProfile(OutputProfile),
}

/// Something in a document that its schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Id of the rule, one of [`schema::PROBLEMS`].
    pub rule: &'static str,
    /// The element that is wrong; the one around it if it is missing.
    pub at: NodeId,
    /// What was found, and what was expected.
    pub message: String,
}

/// Which document a tree is, by the name of its outermost element: one of another namespace is a document of
/// that kind with a problem. `None` if the name is none of theirs.
pub fn kind_of(tree: &Tree) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.root() == tree.root().name())
}

/// Read a document of any kind, of at most 128 MiB.
///
/// Whatever is missing or wrong in it is a problem of the document, not an error.
///
/// # Errors
///
/// It is not well-formed, out of bounds, or none of the five.
pub fn read(bytes: &[u8]) -> Result<Document, Fault> {
    let tree = Tree::parse(bytes, MAX_SIZE)?;
    let root = tree.root();
    let Some(kind) = kind_of(&tree) else {
        return Err(root.fault(Reason::kind(root.name())));
    };
    let (problems, unknown) = schema::check(kind, root);
    let namespace = root.namespace().to_owned();
    let content = Content::read(kind, root);
    Ok(Document { tree, content, namespace, problems, unknown })
}

impl Document {
    /// Which document it is.
    pub fn kind(&self) -> Kind {
        match self.content {
            Content::AssetMap(_) => Kind::AssetMap,
            Content::VolumeIndex(_) => Kind::VolumeIndex,
            Content::PackingList(_) => Kind::PackingList,
            Content::Composition(_) => Kind::Composition,
            Content::OutputProfile(_) => Kind::OutputProfile,
        }
    }

    /// Line, from 1, and path of an element.
    pub fn place(&self, at: NodeId) -> (usize, String) {
        let node = self.tree.node(at);
        (node.line(), node.path())
    }
}

impl Kind {
    /// All of them, in the order in which a package is read.
    pub const ALL: [Self; 5] = [
        Self::AssetMap,
        Self::VolumeIndex,
        Self::PackingList,
        Self::Composition,
        Self::OutputProfile,
    ];

    /// Name of the outermost element.
    pub fn root(self) -> &'static str {
        match self {
            Self::AssetMap => "AssetMap",
            Self::VolumeIndex => "VolumeIndex",
            Self::PackingList => "PackingList",
            Self::Composition => "CompositionPlaylist",
            Self::OutputProfile => "OutputProfileList",
        }
    }
}

impl Content {
    fn read(kind: Kind, root: Node<'_>) -> Self {
        match kind {
            Kind::AssetMap => Self::AssetMap(asset_map::read(root)),
            Kind::VolumeIndex => Self::VolumeIndex(asset_map::read_index(root)),
            Kind::PackingList => Self::PackingList(packing_list::read(root)),
            Kind::Composition => Self::Composition(composition::read(root)),
            Kind::OutputProfile => Self::OutputProfile(output_profile::read(root)),
        }
    }
}
