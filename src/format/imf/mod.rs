//! The documents of an IMF package: asset map, volume index, packing list, composition playlist and output
//! profile list.
//!
//! [`read`] takes any of them: a tree that holds all that was in it, the values that are known here, and what
//! is wrong by the schema. What it means that an id is missing or a file is longer is for those who see the
//! whole package.
//!
//! Source: the schemas that ship with Photon (Apache-2.0); the standards themselves (SMPTE ST 429-8, 429-9,
//! 2067-2, 2067-3, 2067-100) are not at hand, and nothing is cited from memory.

mod base64;
pub mod model;
mod number;
mod read;
pub mod schema;
mod uuid;
mod write;

#[cfg(test)]
mod tests;

pub use super::xml::{Fault, ForbiddenCharacter, Node, NodeId, Reason, Tree};
pub use number::Rational;
pub use read::{Content, Document, Kind, Problem, kind_of, read};
pub use uuid::Uuid;
pub use write::{
    Edition, NewAsset, NewDocument, render_asset_map, render_packing_list, render_volume_index,
};
