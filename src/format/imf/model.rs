//! What the documents say, as far as it is known; what is missing or no value of its kind is `None`, and
//! said by the reader as a problem.
//!
//! Lists are in the order of the document. `at` is the element that something was read from; the tree of the
//! document knows its line and path.

use super::{Rational, Uuid};
use crate::digest::{Algorithm, Digest};
use crate::format::xml::NodeId;

/// Which files there are, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct AssetMap {
    /// Its element.
    pub at: NodeId,
    /// Its own id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// The program that made it.
    pub creator: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// When, as it is written.
    pub issue_date: Option<String>,
    /// Volumes that the package is spread over.
    pub volume_count: Option<u64>,
    /// The files.
    pub assets: Vec<MappedAsset>,
}

/// A file of the asset map.
#[derive(Clone, Debug, PartialEq)]
pub struct MappedAsset {
    /// Its element.
    pub at: NodeId,
    /// Its id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// Whether it says that it is a packing list.
    pub is_packing_list: bool,
    /// Where its parts are.
    pub chunks: Vec<Chunk>,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    /// Its element.
    pub at: NodeId,
    /// Relative to the asset map, with `/`, as it is written; empty if it is not there.
    pub path: String,
    /// The volume, from 1.
    pub volume_index: Option<u64>,
    /// Bytes before it in the asset.
    pub offset: Option<u64>,
    /// Bytes of it.
    pub length: Option<u64>,
}

/// Which volume a folder is.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumeIndex {
    /// Its element.
    pub at: NodeId,
    /// Counted from 1.
    pub index: Option<u64>,
}

/// Sizes and digests of what is delivered together.
#[derive(Clone, Debug, PartialEq)]
pub struct PackingList {
    /// Its element.
    pub at: NodeId,
    /// Its own id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// Id of an icon.
    pub icon_id: Option<Uuid>,
    /// Id that lists of one group share.
    pub group_id: Option<Uuid>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The program that made it.
    pub creator: Option<String>,
    /// When, as it is written.
    pub issue_date: Option<String>,
    /// What is delivered.
    pub assets: Vec<PackedAsset>,
}

/// A file of the packing list.
#[derive(Clone, Debug, PartialEq)]
pub struct PackedAsset {
    /// Its element.
    pub at: NodeId,
    /// Its id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// The digest, if it is one that is computed here.
    pub digest: Option<Digest>,
    /// The digest as it is written, in base 64; empty if it is not there.
    pub hash: String,
    /// URI of the algorithm; `None` if the document does not say, which means SHA-1.
    pub hash_algorithm: Option<String>,
    /// The algorithm, if it is one that is computed here.
    pub algorithm: Option<Algorithm>,
    /// Bytes.
    pub size: Option<u64>,
    /// Its MIME type, as it is written; empty if it is not there.
    pub mime_type: String,
    /// The name it had.
    pub original_file_name: Option<String>,
}

/// A composition playlist: what is played when.
#[derive(Clone, Debug, PartialEq)]
pub struct Composition {
    /// Its element.
    pub at: NodeId,
    /// Its own id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// When it was issued, as it is written.
    pub issue_date: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The program that made it.
    pub creator: Option<String>,
    /// Whose content it is.
    pub content_originator: Option<String>,
    /// Title for people; empty if it is not there.
    pub title: String,
    /// Kind of content, such as `feature`.
    pub content_kind: Option<String>,
    /// Versions: id as it is written (any URI), label.
    pub content_versions: Vec<(String, Option<String>)>,
    /// What the track files are said to hold.
    pub essence_descriptors: Vec<EssenceDescriptor>,
    /// Edit units in a second.
    pub edit_rate: Option<Rational>,
    /// Length as `HH:MM:SS`, as it is written.
    pub total_running_time: Option<String>,
    /// Where time code begins.
    pub timecode: Option<CompositionTimecode>,
    /// For which languages and regions it is meant.
    pub locales: Vec<Locale>,
    /// URIs of the applications that it says to follow.
    pub applications: Vec<String>,
    /// Parts that follow each other.
    pub segments: Vec<Segment>,
    /// Whether it has a signature; none is ever checked.
    pub is_signed: bool,
}

/// A description of essence, in the list of a composition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EssenceDescriptor {
    /// Its element `EssenceDescriptor`.
    pub at: NodeId,
    /// Its id, which resources name as their source encoding.
    pub id: Option<Uuid>,
    /// The descriptor itself, such as `RGBADescriptor`, as `RegXML`.
    pub descriptor: Option<NodeId>,
}

/// Time code of a composition.
#[derive(Clone, Debug, PartialEq)]
pub struct CompositionTimecode {
    /// Its element.
    pub at: NodeId,
    /// Whether frames are dropped.
    pub drop_frame: Option<bool>,
    /// Frames that are counted in a second.
    pub rate: Option<u64>,
    /// The first, `HH:MM:SS:FF`, as it is written.
    pub start: Option<String>,
}

/// For whom a composition is meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Locale {
    /// Its element.
    pub at: NodeId,
    /// Free text.
    pub annotation: Option<String>,
    /// Language tags of RFC 5646.
    pub languages: Vec<String>,
    /// Regions.
    pub regions: Vec<String>,
}

/// A part of a composition, in which all tracks are equally long.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Its element.
    pub at: NodeId,
    /// Its id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// What is played side by side.
    pub sequences: Vec<Sequence>,
}

/// The part of a virtual track that lies in one segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// Its element.
    pub at: NodeId,
    /// Its id.
    pub id: Option<Uuid>,
    /// Id of the virtual track.
    pub track_id: Option<Uuid>,
    /// Name of its element, such as `MainImageSequence`.
    pub kind: String,
    /// Namespace of its element.
    pub namespace: String,
    /// What is played one after the other.
    pub resources: Vec<Resource>,
}

/// Some of a track file, or a list of markers.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Its element.
    pub at: NodeId,
    /// Its id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// Edit units in a second; `None` if it is that of the composition.
    pub edit_rate: Option<Rational>,
    /// Edit units of all that there is.
    pub intrinsic_duration: Option<u64>,
    /// Edit units that are left out before.
    pub entry_point: Option<u64>,
    /// Edit units that are played; `None` if all behind the entry point are.
    pub source_duration: Option<u64>,
    /// How often; `None` if once.
    pub repeat_count: Option<u64>,
    /// What is played.
    pub source: Source,
}

/// What a resource plays.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A track file.
    TrackFile {
        /// Id of the asset.
        file: Option<Uuid>,
        /// Id of the essence descriptor.
        encoding: Option<Uuid>,
        /// Digest, as it is written.
        hash: Option<String>,
        /// The same, if it is one that is computed here.
        digest: Option<Digest>,
        /// Id of the key, of one that is encrypted.
        key: Option<Uuid>,
    },
    /// Marks in time.
    Markers(Vec<Marker>),
    /// A kind that is not known here: the `xsi:type`, as it is written.
    Other(String),
}

/// A mark in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// Its element.
    pub at: NodeId,
    /// What begins or ends there, such as `FFOC`.
    pub label: String,
    /// Whose label that is; `None` for the standard's own.
    pub scope: Option<String>,
    /// Edit units from the start of the resource.
    pub offset: Option<u64>,
    /// Free text.
    pub annotation: Option<String>,
}

/// An output profile list: how to make something of a composition. What its macros mean is not read.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputProfile {
    /// Its element.
    pub at: NodeId,
    /// Its own id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// When it was issued, as it is written.
    pub issue_date: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The program that made it.
    pub creator: Option<String>,
    /// The composition that it is for.
    pub composition_id: Option<Uuid>,
    /// Names of the macros.
    pub macros: Vec<String>,
}

impl Resource {
    /// Edit units of one play: what is said, else all behind the entry point. `None` if neither is known, or
    /// the entry point lies behind the end.
    pub fn played(&self) -> Option<u64> {
        let rest = || self.intrinsic_duration?.checked_sub(self.entry_point.unwrap_or(0));
        self.source_duration.or_else(rest)
    }

    /// Edit units of all plays.
    pub fn duration(&self) -> Option<u64> {
        self.played()?.checked_mul(self.repeat_count.unwrap_or(1))
    }
}
