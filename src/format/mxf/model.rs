//! What the header of an MXF file says.

use std::fmt;

/// A universal label of 16 bytes, which names kinds of things.
///
/// Source: SMPTE ST 298 as ffmpeg and Photon use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ul(pub [u8; 16]);

/// `urn:smpte:ul:` and four groups of eight digits, as `RegXML` writes it.
impl fmt::Display for Ul {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("urn:smpte:ul:")?;
        for (n, byte) in self.0.iter().enumerate() {
            let dot = if matches!(n, 4 | 8 | 12) { "." } else { "" };
            write!(f, "{dot}{byte:02x}")?;
        }
        Ok(())
    }
}

/// A header.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// How the essence is laid out.
    pub operational_pattern: Ul,
    /// Kinds of essence that the file says to hold.
    pub essence_containers: Vec<Ul>,
    /// Whether the header partition is closed: its metadata is final.
    pub is_closed: bool,
    /// Whether it is complete: all values are known.
    pub is_complete: bool,
    /// Whether the metadata was taken from the footer, since that of the header was not final.
    pub from_footer: bool,
    /// Bytes before the header; none in most files.
    pub run_in: u64,
    /// Whether the file has the footer that it should end with.
    pub footer: Footer,
    /// Where the last partition begins, as the random index pack at the end of the file says; `None` if
    /// the file does not end with one. Counted from the header.
    pub last_partition: Option<u64>,
    /// The top-level source package, which describes the essence in this file, as an index.
    pub file_package: Option<usize>,
    /// Packages, in the order of the file.
    pub packages: Vec<Package>,
    /// Descriptors and what lies below them, in the order of the file.
    pub descriptors: Vec<Descriptor>,
}

/// Where a file says that its last partition begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footer {
    /// A footer is there.
    Found,
    /// No footer is there: the file was cut off, or is damaged.
    Missing,
    /// It does not say: it was not finished.
    Unknown,
}

/// A package.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// Whether it is the material package, what is played; else it is a source package.
    pub is_material: bool,
    /// Its UMID of 32 bytes; the last 16 are the id of the track file.
    pub umid: [u8; 32],
    /// Its name.
    pub name: Option<String>,
    /// Its tracks.
    pub tracks: Vec<Track>,
    /// The descriptor of its essence, as an index.
    pub descriptor: Option<usize>,
}

/// A track.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// Its id, unique in its package.
    pub id: Option<u32>,
    /// Name.
    pub name: Option<String>,
    /// Edit units in a second, as numerator and denominator.
    pub edit_rate: Option<(i32, i32)>,
    /// Edit units before the start.
    pub origin: Option<i64>,
    /// Edit units; `None` if it is not known (-1).
    pub duration: Option<u64>,
    /// What it holds.
    pub kind: TrackKind,
    /// Time code, of a track that holds it.
    pub timecode: Option<Timecode>,
}

/// What a track holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrackKind {
    /// Picture.
    Picture,
    /// Sound.
    Sound,
    /// Data, such as timed text.
    Data,
    /// Time code.
    Timecode,
    /// Descriptive metadata.
    DescriptiveMetadata,
    /// Something else, or nothing is said.
    Other(Option<Ul>),
}

/// Time code of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timecode {
    /// Its first frame, counted from midnight.
    pub start: i64,
    /// Frames that are counted in a second.
    pub base: u16,
    /// Whether frames are dropped.
    pub drop_frame: bool,
}

/// What essence is, or a part of that.
#[derive(Clone, Debug, PartialEq)]
pub struct Descriptor {
    /// Key of its set.
    pub key: Ul,
    /// Name of its class as `RegXML` has it, such as `RGBADescriptor`; `None` if it is not known here.
    pub class: Option<&'static str>,
    /// Its instance id.
    pub instance: [u8; 16],
    /// Values that are known here, by their `RegXML` names, such as `SampleRate`, in the order of the
    /// file.
    pub values: Vec<(&'static str, Value)>,
    /// Descriptors below it, as indices: those of a multiple descriptor and sub descriptors. Each is
    /// below one other at most, and none is below itself, whatever the file says.
    pub below: Vec<usize>,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number.
    Number(i64),
    /// A rational number.
    Rational(i32, i32),
    /// A label.
    Label(Ul),
    /// An id.
    Id([u8; 16]),
    /// Text.
    Text(String),
    /// The word for a number of an enumeration, such as `FullFrame`, and that number.
    Word(&'static str, u8),
    /// Several numbers.
    Numbers(Vec<i64>),
    /// Several labels.
    Labels(Vec<Ul>),
    /// Several ids.
    Ids(Vec<[u8; 16]>),
    /// Yes or no.
    Flag(bool),
    /// The layout of a pixel: codes such as `CompRed`, and sizes in bits.
    Components(Vec<(String, u8)>),
    /// Bytes that are kept as they are.
    Bytes(Vec<u8>),
}

impl Descriptor {
    /// A value by its name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}
