//! ASC MHL 2.0: the history of a folder, as generations of XML files in its folder `ascmhl` and a chain
//! file that seals them.
//!
//! Source: the schemas `ASCMHL.xsd` and `ASCMHLDirectory.xsd` of github.com/ascmitc/mhl (MIT), and how the
//! reference tool behaves (`ascmhl` 1.2 on pypi.org) where they are silent; the text of the specification has not
//! been read. Nothing here reads a file: generations come and go as text, and what is known of the files
//! on disk comes in as values.
//!
//! Paths are relative to the folder that holds `ascmhl`, with `/` between their parts, and stand here as
//! the documents have them: whether they stay inside that folder is for the caller to see. Times are
//! nanoseconds since 1970-01-01T00:00:00Z.

mod chain;
mod folder;
mod history;
mod ignore;
mod next;
mod read;
mod renamed;
mod write;

#[cfg(test)]
mod tests;

pub use chain::{Chain, Link, parse_chain, render_chain};
pub use folder::{FolderDigests, folder_digests};
pub use history::{Contradiction, Expected, History};
pub use ignore::{DEFAULT_IGNORE, Ignore, ignore_patterns};
pub use next::{FileFact, FolderFact, Next, NoDigest, next_generation};
pub use read::parse_generation;
pub use write::{Unlistable, render_generation};

use crate::digest::{Algorithm, Digest};

/// The folder of a history, in the folder whose history it is.
pub const FOLDER_NAME: &str = "ascmhl";

/// The file in it that seals the generations.
pub const CHAIN_NAME: &str = "ascmhl_chain.xml";

const NAMESPACE: &str = "urn:ASC:MHL:v2.0";
const CHAIN_NAMESPACE: &str = "urn:ASC:MHL:DIRECTORY:v2.0";

/// The algorithms that the format has, in the order in which the schema wants their elements.
pub const ALGORITHMS: [Algorithm; 6] = [
    Algorithm::C4,
    Algorithm::Md5,
    Algorithm::Sha1,
    Algorithm::Xxh128,
    Algorithm::Xxh3,
    Algorithm::Xxh64,
];

/// What one file of a history says: all files of a folder at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Who made it, when, where, with what.
    pub creator: Creator,
    /// What was being done.
    pub process: Process,
    /// The digests of the whole folder.
    pub root: Option<FolderHashes>,
    /// Patterns of what is no part of the folder; see [`Ignore`].
    pub ignore: Vec<String>,
    /// Files and folders, in the order of the document.
    pub records: Vec<Record>,
    /// The generations of histories in folders below that belong to this one.
    pub references: Vec<Reference>,
}

/// Who made a generation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Creator {
    /// When; `None` if the document does not say in which time zone.
    pub created: Option<i64>,
    /// The machine.
    pub host: String,
    /// The tool.
    pub tool: String,
    /// Its version.
    pub tool_version: Option<String>,
    /// The people.
    pub authors: Vec<Author>,
    /// Where.
    pub location: Option<String>,
    /// Anything.
    pub comment: Option<String>,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// Name, or empty.
    pub name: String,
    /// Address; the schema wants something like `a@b.c`.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// What they are, such as `DIT`.
    pub role: Option<String>,
}

/// What was being done when a generation was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Process {
    /// Digests of files where they are.
    InPlace,
    /// A copy.
    Transfer,
    /// One list made of several histories: a packing list.
    Flatten,
}

impl Process {
    const ALL: [Self; 3] = [Self::InPlace, Self::Transfer, Self::Flatten];

    fn name(self) -> &'static str {
        match self {
            Self::InPlace => "in-place",
            Self::Transfer => "transfer",
            Self::Flatten => "flatten",
        }
    }
}

/// A file or a folder in a generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A file.
    File(FileRecord),
    /// A folder.
    Folder(FolderRecord),
}

/// A file in a generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRecord {
    /// Relative path.
    pub path: String,
    /// Bytes.
    pub size: Option<u64>,
    /// Creation time.
    pub created: Option<i64>,
    /// Modification time.
    pub modified: Option<i64>,
    /// Its digests, each algorithm once.
    pub hashes: Vec<Hash>,
    /// The path that it had in earlier generations, if it was renamed.
    pub previous: Option<String>,
}

/// A folder in a generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderRecord {
    /// Relative path.
    pub path: String,
    /// Creation time.
    pub created: Option<i64>,
    /// Modification time.
    pub modified: Option<i64>,
    /// Its digests.
    pub hashes: FolderHashes,
    /// The path that it had in earlier generations, if it was renamed.
    pub previous: Option<String>,
}

/// The digests of a folder; both empty where only its being there is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderHashes {
    /// Over the contents of its files.
    pub content: Vec<Hash>,
    /// Over their names and contents.
    pub structure: Vec<Hash>,
}

/// A digest in a generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash {
    /// The digest that the bytes had.
    pub digest: Digest,
    /// What that meant; folders have none.
    pub action: Option<Action>,
    /// When it was computed.
    pub hashed: Option<i64>,
}

/// What a digest meant when it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The first of its file.
    Original,
    /// As it was recorded before, or beside another one that was.
    Verified,
    /// Not as it was recorded before: the file had changed.
    Failed,
}

impl Action {
    const ALL: [Self; 3] = [Self::Original, Self::Verified, Self::Failed];

    fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Verified => "verified",
            Self::Failed => "failed",
        }
    }
}

/// A generation of another history, in a folder below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The path of its file.
    pub path: String,
    /// The C4 of that file.
    pub c4: Digest,
}

/// What the file of a generation is called: `0001_A002R2EC_2020-01-16_091500Z.mhl`.
///
/// `folder` is the name of the folder whose history it is, and `created` nanoseconds since
/// 1970-01-01T00:00:00Z.
pub fn generation_name(number: u32, folder: &str, created: i64) -> String {
    let time = super::time::stamp(created);
    format!("{number:04}_{folder}_{time}.mhl")
}

/// The number that the name of a generation's file begins with; `None` if it is no such name.
///
/// Source: the reference tool asks for four digits or more, then `_` or nothing. Names that begin with
/// `._` are debris of macOS.
pub fn generation_number(file_name: &str) -> Option<u32> {
    let stem = file_name.strip_suffix(".mhl")?;
    let (number, _name) = stem.split_once('_').unwrap_or((stem, ""));
    let digits = number.len() >= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| digits)
}
