//! What the sequences of a composition play.

/// Kinds of sequences, as far as rules tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::job::imf) enum Kind {
    /// Marks in time.
    Markers,
    /// The picture.
    Image,
    /// Sound in channels.
    Audio,
    /// Sound as objects: IAB, and S-ADM in two ways.
    Immersive,
    /// Timed text of any purpose.
    Text,
    /// Metadata and other data.
    Data,
    /// One that is not known here.
    Other,
}

/// The kind of a sequence, by the name of its element.
///
/// Source: the schemas of ST 2067-2, -201, -202, -203 and -204 that ship with Photon.
pub(in crate::job::imf) fn kind_of(name: &str) -> Kind {
    match name {
        "MarkerSequence" => Kind::Markers,
        "MainImageSequence" => Kind::Image,
        "MainAudioSequence" => Kind::Audio,
        "IABSequence" | "MGASADMSignalSequence" | "ADMAudioSequence" => Kind::Immersive,
        "SubtitlesSequence"
        | "HearingImpairedCaptionsSequence"
        | "VisuallyImpairedTextSequence"
        | "CommentarySequence"
        | "KaraokeSequence"
        | "ForcedNarrativeSequence" => Kind::Text,
        "AncillaryDataSequence" | "CDPSequence" | "ISXDSequence" => Kind::Data,
        _ => Kind::Other,
    }
}
