//! Media Hash List 1.1: one XML file beside or above the files that it lists.
//!
//! Source: the schema `MediaHashList_v1_1.xsd` as `mhl-suite` 1.3.1 on pypi.org carries it. A `hash` has one or
//! more digests there, in any order; readers known to take the first one alone exist (`simple-mhl`), so
//! that the order of [`Entry::digests`] matters. The schema has sizes above 0 only: the size of an empty
//! file is written as `0` all the same, as other tools do, because no other value would be true.
//!
//! Paths are relative to the folder that the list is in, with `/` between their parts. Tools on Windows
//! have written `\`: see [`List::backslashes`].

mod read;
mod write;

#[cfg(test)]
mod tests;

pub use read::parse;
pub use write::{Unlistable, render};

use super::Entry;
use crate::digest::Digest;

/// A whole list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Who made it, where, with what.
    pub creator: Creator,
    /// The files, in the order of the list.
    pub hashes: Vec<Hash>,
    /// No path in the list had a `/` and at least one had a `\`: each of these was taken for a `/`.
    ///
    /// Outside Windows a name may have a `\` of its own, and a flat list of such files is read wrongly.
    /// A caller that misses files can say so. Never set where a path has a `/`.
    pub backslashes: bool,
}

/// Who made a list. Times are nanoseconds since 1970-01-01T00:00:00Z; lists hold whole seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Creator {
    /// The full name of a person.
    pub name: Option<String>,
    /// The user that the tool ran as.
    pub user: String,
    /// The machine.
    pub host: String,
    /// The tool, with its version.
    pub tool: String,
    /// When the first file was begun; `None` if the list does not say, or not in which time zone.
    pub started: Option<i64>,
    /// When the last file was done.
    pub finished: Option<i64>,
}

/// One file in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hash {
    /// Its path, size and digests. Without digests, the size is all there is to check.
    pub entry: Entry,
    /// Its modification time, in nanoseconds since 1970-01-01T00:00:00Z.
    pub modified: Option<i64>,
    /// When its digests were computed.
    pub hashed: Option<i64>,
    /// The XXH64 stood in the deprecated element `xxhash64`, whose bytes the schema has the other way
    /// round: they were turned back.
    ///
    /// Some tools write the usual order there (`simple-mhl` reads it so): where the digest differs, the
    /// [`turned`] one says whether the file is sound.
    pub deprecated: bool,
    /// A digest that this version cannot compute.
    pub unchecked: Option<Unchecked>,
}

/// A digest in a list that no file can be held against here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unchecked {
    /// XXH32, which the list writes as a decimal number.
    Xxh32(u32),
    /// An element of this name, which the format does not have.
    Unknown(Box<str>),
}

/// An XXH64 with its bytes in the other order; any other digest as it is.
pub fn turned(digest: Digest) -> Digest {
    match digest {
        Digest::Xxh64(mut bytes) => {
            bytes.reverse();
            Digest::Xxh64(bytes)
        }
        Digest::Md5(_)
        | Digest::Sha1(_)
        | Digest::Sha256(_)
        | Digest::Xxh3(_)
        | Digest::Xxh128(_)
        | Digest::C4(_) => digest,
    }
}
