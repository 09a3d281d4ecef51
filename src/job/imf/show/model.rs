//! A composition as it is shown: what programs get as JSON, with these names.

use serde::Serialize;

use crate::format::imf::{Rational, Uuid};

/// A composition. Lengths and places are in its edit units, rounded down, unless it is said otherwise; time codes
/// are counted from zero.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownComposition {
    /// Its file.
    pub file: String,
    /// Where that is.
    pub folder: usize,
    /// Its id.
    pub id: Option<Uuid>,
    /// Title for people; empty if it has none.
    pub title: String,
    /// Free text.
    pub annotation: Option<String>,
    /// Such as `feature`.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The program that made it.
    pub creator: Option<String>,
    /// When, as it is written.
    pub issue_date: Option<String>,
    /// Whose content it is.
    pub content_originator: Option<String>,
    /// Its versions.
    pub content_versions: Vec<ShownVersion>,
    /// Edit units in a second.
    pub edit_rate: Option<Rational>,
    /// Edit units in all; `None` if the length of some resource is not known.
    pub duration: Option<u64>,
    /// The same as time code.
    pub timecode: Option<String>,
    /// As it is written.
    pub total_running_time: Option<String>,
    /// Where its own time code begins.
    pub composition_timecode: Option<ShownTimecode>,
    /// URIs of the applications that it says to follow.
    pub applications: Vec<String>,
    /// Languages and regions that it is meant for.
    pub locales: Vec<ShownLocale>,
    /// Whether it has a signature; none is checked.
    pub is_signed: bool,
    /// Its parts.
    pub segments: Vec<ShownSegment>,
    /// Its virtual tracks, in the order in which they come.
    pub tracks: Vec<ShownTrack>,
}

/// A version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownVersion {
    /// Its id, a URI.
    pub id: String,
    /// What it is called.
    pub label: Option<String>,
}

/// Time code that a composition has of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownTimecode {
    /// Of the first edit unit, as it is written.
    pub start: Option<String>,
    /// Frames that are counted in a second.
    pub rate: Option<u64>,
    /// Whether numbers are left out.
    pub drop_frame: Option<bool>,
}

/// For whom a composition is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownLocale {
    /// Free text.
    pub annotation: Option<String>,
    /// Language tags.
    pub languages: Vec<String>,
    /// Regions.
    pub regions: Vec<String>,
}

/// A part of a composition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownSegment {
    /// Its id.
    pub id: Option<Uuid>,
    /// Free text.
    pub annotation: Option<String>,
    /// Edit units before it.
    pub start: Option<u64>,
    /// Edit units of it.
    pub duration: Option<u64>,
    /// The same as time code.
    pub timecode: Option<String>,
    /// Its line.
    pub line: usize,
}

/// A virtual track.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownTrack {
    /// Its id.
    pub id: Option<Uuid>,
    /// Name of its element, such as `MainImageSequence`.
    pub kind: String,
    /// Namespace of its element.
    pub namespace: String,
    /// Language tags of its essence, each once.
    pub languages: Vec<String>,
    /// What its essence is, for people; if it changes, all of that with semicolons.
    pub codec: Option<String>,
    /// Channels of sound.
    pub channels: Option<u64>,
    /// Edit units of all its resources.
    pub duration: Option<u64>,
    /// Edit units in a second of its first resource.
    pub edit_rate: Option<Rational>,
    /// What is played one after the other.
    pub resources: Vec<ShownResource>,
    /// Its markers.
    pub markers: Vec<ShownMarker>,
}

/// Some of a track file, or a list of markers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownResource {
    /// Its id.
    pub id: Option<Uuid>,
    /// Its segment, counted from 0.
    pub segment: usize,
    /// Edit units of the composition before it.
    pub start: Option<u64>,
    /// Edit units of the composition that all its plays take.
    pub duration: Option<u64>,
    /// Its start as time code.
    pub timecode: Option<String>,
    /// Its duration as time code.
    pub duration_timecode: Option<String>,
    /// Its own edit units in a second, in which the next three are counted.
    pub edit_rate: Option<Rational>,
    /// What is left out before.
    pub entry_point: u64,
    /// One play.
    pub source_duration: Option<u64>,
    /// All that there is.
    pub intrinsic_duration: Option<u64>,
    /// How often it is played.
    pub repeat_count: u64,
    /// Id of the track file.
    pub track_file_id: Option<Uuid>,
    /// Id of the essence descriptor.
    pub source_encoding: Option<Uuid>,
    /// The track file; `None` if it is not here.
    pub file: Option<String>,
    /// Where that is.
    pub folder: Option<usize>,
    /// Its line.
    pub line: usize,
}

/// A mark in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownMarker {
    /// Such as `FFOC`.
    pub label: String,
    /// Whose label that is; `None` for the standard's own.
    pub scope: Option<String>,
    /// Edit units from the start of the composition.
    pub offset: Option<u64>,
    /// The same as time code.
    pub timecode: Option<String>,
    /// Free text.
    pub annotation: Option<String>,
    /// Its line.
    pub line: usize,
}
