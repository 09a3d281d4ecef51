//! Lists of files with their digests: one file per format.

pub mod checksum_txt;

use crate::digest::Digest;

/// What the list is called that lies beside the frames.
///
/// Source: "Picture Archival Assets: Folder Structure and File Naming Convention" (partnerhelp article
/// 360000384727): "must be called exactly `checksum.txt`".
pub const FILE_NAME: &str = "checksum.txt";

/// One file in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Base name, or a relative path with `/` between its parts.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Over all of them.
    pub digest: Digest,
}
