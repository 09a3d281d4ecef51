//! What the boxes of a movie say.

use super::summary::{Chunks, Durations, Keys, Offsets, Sizes};
use super::{Fault, FourCc};

/// A file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Movie {
    /// Bytes of the file.
    pub size: u64,
    /// The brand that `ftyp` names first, such as `qt  `; `None` without `ftyp`, as in old `QuickTime` files.
    pub major_brand: Option<FourCc>,
    /// The other brands, in the order of the file.
    pub compatible_brands: Vec<FourCc>,
    /// The boxes at the top, in the order of the file.
    pub boxes: Vec<TopBox>,
    /// Bytes at the end that are no box: zeros, or fewer than a box has.
    pub leftover: u64,
    /// Whether there are fragments (`moof`), or the header says that there will be (`mvex`).
    pub is_fragmented: bool,
    /// Whether the header is compressed (`cmov`). No tracks are known then.
    pub is_compressed: bool,
    /// Whether it only names other movies to play (`rmra`).
    pub is_reference: bool,
    /// Ticks in a second of the movie.
    pub time_scale: Option<u32>,
    /// Its length, in ticks of the movie.
    pub duration: Option<u64>,
    /// The tracks, in the order of the file.
    pub tracks: Vec<Track>,
    /// What is damaged and was passed over, in the order it was met; at most 100.
    pub faults: Vec<Fault>,
}

/// A box at the top of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopBox {
    /// What it is.
    pub kind: FourCc,
    /// The id of a `uuid` box.
    pub uuid: Option<[u8; 16]>,
    /// Where its head begins.
    pub offset: u64,
    /// Bytes of its head.
    pub head: u64,
    /// Bytes, with its head, as it says; up to the end of the file if it says that.
    pub size: u64,
    /// Whether it says to go up to the end of the file.
    pub to_end: bool,
    /// Bytes of these that are not there, since the file ends before.
    pub missing: u64,
}

/// A track.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// Its id, unique in the file.
    pub id: Option<u32>,
    /// What it holds.
    pub kind: TrackKind,
    /// Whether it is to be played.
    pub is_enabled: Option<bool>,
    /// Its language: a tag, or three letters of ISO 639-2; `None` if none is said, or `und`.
    pub language: Option<String>,
    /// Ticks in a second of the track.
    pub time_scale: Option<u32>,
    /// Length of its media, in ticks of the track.
    pub duration: Option<u64>,
    /// Width and height at which it is shown, in 65536ths of a pixel.
    pub display: Option<(u32, u32)>,
    /// Degrees clockwise by which it is turned: 0, 90, 180, 270; `None` if it is mirrored or skewed.
    pub rotation: Option<u16>,
    /// What of its media is played when; `None` without an edit list.
    pub edits: Option<Edits>,
    /// What its samples are; one entry is usual, at most 64 are kept.
    pub entries: Vec<Entry>,
    /// How many descriptions there are.
    pub entry_count: u64,
    /// Whether media data lies in another file.
    pub is_external: bool,
    /// How long each sample is shown.
    pub durations: Durations,
    /// By how much samples are shown later than they are decoded; `None` if none is.
    pub offsets: Option<Offsets>,
    /// Which samples can be begun with.
    pub keys: Keys,
    /// How large samples are.
    pub sizes: Sizes,
    /// Where they lie; of fragments nothing.
    pub chunks: Chunks,
    /// Its first time code, as frames from midnight; only of a time code track.
    pub timecode_start: Option<i64>,
}

/// What a track holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrackKind {
    /// Picture.
    Video,
    /// Sound.
    Audio,
    /// Time code.
    Timecode,
    /// Text, such as subtitles.
    Text,
    /// Something else, by the name of what handles it.
    Other(FourCc),
    /// Nothing is said.
    #[default]
    Unknown,
}

/// An edit list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edits {
    /// The first entries, at most 64.
    pub list: Vec<Edit>,
    /// How many there are.
    pub count: u64,
    /// What they amount to.
    pub effect: Effect,
}

/// An entry of an edit list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// How long it lasts, in ticks of the movie.
    pub duration: u64,
    /// Where in the media it begins, in ticks of the track; -1 shows nothing meanwhile.
    pub start: i64,
    /// Its speed in 65536ths.
    pub rate: i32,
}

impl Edit {
    /// The speed at which nothing changes.
    pub(super) const NORMAL: i32 = 0x0001_0000;
}

/// What an edit list amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: the track is played as it is, or no entry is there.
    None,
    /// The track is played as it is, from its first picture on. With reordered frames that one is shown
    /// later than it is decoded, and the list takes that back.
    Reordered,
    /// Something is left out, shown later, at another speed, or in another order.
    Changes,
    /// It cannot be told, since lengths are not known.
    Unknown,
}

/// What samples are: a description in `stsd`.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Four characters for the codec, such as `avc1`.
    pub tag: FourCc,
    /// The tag before it was encrypted.
    pub original: Option<FourCc>,
    /// What is special to its kind.
    pub about: About,
}

/// What is special to a kind of track.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// Of picture.
    Picture(Picture),
    /// Of sound.
    Sound(Sound),
    /// Of time code.
    Timecode(Timecode),
    /// Nothing more is known.
    Other,
}

/// A description of picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row, as stored.
    pub width: u16,
    /// Rows, as stored.
    pub height: u16,
    /// Bits of a pixel as its writer tells; 24 is usual whatever they are.
    pub depth: u16,
    /// Name of the codec as its writer tells.
    pub compressor: Option<String>,
    /// Of H.264.
    pub avc: Option<Avc>,
    /// The codec by its number in MPEG-4 (`esds`).
    pub object_type: Option<u8>,
    /// What colours are meant.
    pub colour: Option<Colour>,
    /// Width and height of a pixel.
    pub pixel_aspect: Option<(u32, u32)>,
    /// Of interlaced picture.
    pub field: Option<Field>,
}

/// What `avcC` begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Avc {
    /// Its profile as a number: 66 baseline, 77 main, 100 high.
    pub profile: u8,
    /// Which constraints it keeps, as bits.
    pub constraints: u8,
    /// Ten times its level.
    pub level: u8,
}

/// What colours are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// By the numbers of ISO/IEC 23091-2; 2 is not told.
    Code {
        /// Primaries.
        primaries: u16,
        /// Transfer characteristics.
        transfer: u16,
        /// Matrix coefficients.
        matrix: u16,
        /// Whether all values are used; `None` in `QuickTime`'s form (`nclc`), which does not tell.
        full_range: Option<bool>,
    },
    /// By an ICC profile, of so many bytes.
    Profile(u64),
}

/// How fields make a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Fields of a sample: 1 is progressive, 2 interlaced.
    pub count: u8,
    /// Their order: 1 and 6 top first, 9 and 14 bottom first, 0 not told.
    pub order: u8,
}

/// A description of sound.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sound {
    /// Channels, as the description tells. Writers put 2 for compressed sound whatever it has.
    pub channels: u32,
    /// Samples in a second, as the description tells; 0 where it has no room for the number.
    pub rate: u32,
    /// Bits of a sample; writers put 16 for compressed sound.
    pub sample_size: u32,
    /// The codec by its number in MPEG-4 (`esds`).
    pub object_type: Option<u8>,
    /// Of AAC.
    pub aac: Option<Aac>,
    /// Which channel is what (`chan`).
    pub layout: Option<Layout>,
}

/// What the configuration of AAC tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aac {
    /// Audio object type: 2 is AAC-LC, 5 HE-AAC, 29 HE-AAC version 2.
    pub object_type: u8,
    /// Samples in a second, as they are heard.
    pub rate: u32,
    /// Channels; `None` if they are listed elsewhere.
    pub channels: Option<u8>,
}

/// Which channel is what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A number for a usual layout; the last 16 bits are how many channels it has.
    Tag(u32),
    /// A bit for each place.
    Bitmap(u32),
    /// A number for each channel, in their order; at most 64 are kept.
    Labels(Vec<u32>),
}

/// A description of time code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timecode {
    /// Ticks in a second.
    pub time_scale: u32,
    /// Ticks of a frame.
    pub frame_duration: u32,
    /// Frames that are counted in a second.
    pub base: u8,
    /// Whether numbers are dropped.
    pub drop_frame: bool,
    /// Whether it only counts, and is no time of day.
    pub is_counter: bool,
}
