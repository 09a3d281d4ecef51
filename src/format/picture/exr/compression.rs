//! Ways of compression, by number.

/// Name, and lines in one chunk of a part without tiles.
///
/// Up to "dwab" both are in the file layout document. Those after it are newer: names and numbers of
/// the `OpenEXR` library 3.5.3, lines measured on files that it wrote.
const KNOWN: [(&str, u32); 14] = [
    ("none", 1),
    ("rle", 1),
    ("zips", 1),
    ("zip", 16),
    ("piz", 32),
    ("pxr24", 16),
    ("b44", 32),
    ("b44a", 32),
    ("dwaa", 32),
    ("dwab", 256),
    ("htj2k256", 256),
    ("htj2k32", 32),
    ("lj2k", 256),
    ("zstd", 1),
];

/// A number, known or not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Compression(pub(super) u8);

impl Compression {
    pub(super) const NONE: Self = Self(0);

    pub(super) fn name(self) -> String {
        match KNOWN.get(usize::from(self.0)) {
            Some((name, _)) => (*name).to_owned(),
            None => format!("compression {}", self.0),
        }
    }

    /// None where the compression is unknown.
    pub(super) fn lines(self) -> Option<u32> {
        KNOWN.get(usize::from(self.0)).map(|(_, lines)| *lines)
    }
}
