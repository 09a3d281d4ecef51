//! Lists of files with their digests: one file per format.

pub mod checksum_txt;

use crate::digest::{Algorithm, Digest};

/// What the list is called that lies beside the frames.
///
/// Source: "Picture Archival Assets: Folder Structure and File Naming Convention" (partnerhelp article
/// 360000384727): "must be called exactly `checksum.txt`".
pub const FILE_NAME: &str = "checksum.txt";

/// The folder of an ASC MHL history.
///
/// Source: `ascmhl` of the reference tool (ascmitc/mhl, MIT).
pub const HISTORY: &str = "ascmhl";

/// One file in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Base name, or a relative path with `/` between its parts.
    pub name: String,
    /// Bytes; `None` in a list that does not say.
    pub size: Option<u64>,
    /// Over all of them, one or more; none in a list of sizes alone.
    pub digests: Vec<Digest>,
}

impl Entry {
    /// The digest of this algorithm, if the list has it.
    pub fn of(&self, algorithm: Algorithm) -> Option<Digest> {
        self.digests.iter().copied().find(|digest| digest.algorithm() == algorithm)
    }
}
