//! The values that a part of a name may have.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::job::preflight::finding::Sure;

/// The vocabularies that rules look into, by the name that a profile writes, and what each is of.
pub const VOCABULARIES: [(&str, &str); 11] = [
    ("frame-extension", "extension of a frame of a sequence"),
    ("asset-type", "asset type"),
    ("bit-depth", "bit depth"),
    ("dynamic-range", "dynamic range"),
    ("aces-version", "ACES version"),
    ("color-space", "color space"),
    ("transfer-function", "transfer function"),
    ("aspect-ratio", "aspect ratio"),
    ("resolution", "resolution"),
    ("camera-folder", "folder that holds camera rolls"),
    ("sound-folder", "folder that holds sound rolls"),
];

/// Known values of one kind, and whether they are all there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// Known values, compared letter by letter.
    pub values: BTreeSet<String>,
    /// Whether there are no others. If not, an unknown value may be right.
    pub complete: bool,
    /// Where the values were read.
    pub source: Arc<str>,
    /// How sure that is.
    pub sure: Sure,
}

impl Vocabulary {
    /// Whether `value` is known.
    pub fn has(&self, value: &str) -> bool {
        self.values.contains(value)
    }

    /// Whether nothing is known, so that any value has to be taken.
    pub fn is_open(&self) -> bool {
        self.values.is_empty() && !self.complete
    }
}

/// What a vocabulary is of, in words; the name itself if it is none of [`VOCABULARIES`].
pub(in crate::job::preflight) fn in_words(name: &str) -> &str {
    VOCABULARIES.iter().find(|(known, _)| *known == name).map_or(name, |(_, words)| words)
}
