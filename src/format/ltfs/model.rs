//! What is said of a volume.

/// Which of the two a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What is on the tape.
    Index,
    /// How it was formatted.
    Label,
}

impl Kind {
    /// `index` or `label`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Index => "index",
            Self::Label => "label",
        }
    }
}

/// What an index or a label says. Texts that are not there are empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Which of them it is.
    pub kind: Kind,
    /// Of the format, such as `2.4.0`, as it is written.
    pub version: String,
    /// In small letters; the same in index and label.
    pub uuid: String,
    /// What wrote it.
    pub creator: String,
    /// The name of the volume, of an index that has one: bytes, nearly always UTF-8.
    pub name: Vec<u8>,
    /// Of an index.
    pub generation: Option<u64>,
    /// Of a label.
    pub compression: Option<bool>,
    /// The partition of the data, of a label.
    pub data_partition: Option<String>,
    /// Of an index, in its order, but links.
    pub files: Vec<File>,
    pub(super) folders: Vec<Folder>,
}

/// A folder; the first of a volume is its root, and comes before all that are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder {
    pub(super) parent: u32,
    pub(super) name: Box<[u8]>,
}

/// A file of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub(super) folder: u32,
    pub(super) name: Box<[u8]>,
    /// In bytes.
    pub size: u64,
    /// Where its first byte on the data partition lies; `None` where none does.
    pub block: Option<u64>,
    /// Those that are kept with it, in their order.
    pub digests: Box<[Digest]>,
}

/// A digest as it is kept with a file: its value is not looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Such as `md5`, in small letters.
    pub algorithm: String,
    /// In small letters.
    pub value: String,
}

impl Volume {
    /// Where a file lies: bytes from the root of the tape, with `/` between its parts.
    pub fn path(&self, file: &File) -> Vec<u8> {
        let mut parts = vec![&*file.name];
        let mut at = file.folder;
        while at != 0 {
            let folder = &self.folders[at as usize];
            parts.push(&folder.name);
            at = folder.parent;
        }
        parts.reverse();
        parts.join(&b'/')
    }
}
