//! Elements that a composition playlist leaves open, and other standards define: sequences, and extension
//! properties.
//!
//! Source: the schemas in Photon of SMPTE ST 2067-2:2013, 2016 and 2020 (core constraints), ST 2067-21:2016,
//! ST 2067-201:2019, ST 2067-202:2022, ST 2067-203:2022 and ST 2067-204:2022.

use super::composition::{CAPTION_SEQUENCE, SEQUENCE};
use super::value::Value;
use super::{Others, Space, Type, URI, UUID, any, elements, in_space, many, one, open, value};

/// Namespaces of the editions of the core constraints, oldest first.
pub(crate) const CORE_CONSTRAINTS: [&str; 3] = [
    "http://www.smpte-ra.org/schemas/2067-2/2013",
    "http://www.smpte-ra.org/schemas/2067-2/2016",
    "http://www.smpte-ra.org/ns/2067-2/2020",
];

/// Elements of some namespaces that are of one type.
struct Known {
    namespaces: &'static [&'static str],
    names: &'static [&'static str],
    kind: &'static Type,
}

/// The type of an element of another namespace than the document's; `None` if it is not known.
pub(super) fn known(namespace: &str, name: &str) -> Option<&'static Type> {
    let is_it =
        |known: &&Known| known.namespaces.contains(&namespace) && known.names.contains(&name);
    KNOWN.iter().find(is_it).map(|known| known.kind)
}

static KNOWN: [Known; 12] = [
    Known {
        namespaces: &CORE_CONSTRAINTS,
        names: &[
            "MainImageSequence",
            "MainAudioSequence",
            "SubtitlesSequence",
            "HearingImpairedCaptionsSequence",
            "VisuallyImpairedTextSequence",
            "CommentarySequence",
            "KaraokeSequence",
            "AncillaryDataSequence",
        ],
        kind: &SEQUENCE,
    },
    Known {
        namespaces: &["http://www.smpte-ra.org/ns/2067-2/2020"],
        names: &["ForcedNarrativeSequence"],
        kind: &SEQUENCE,
    },
    Known {
        namespaces: &[
            "http://www.smpte-ra.org/schemas/2067-2/2016",
            "http://www.smpte-ra.org/ns/2067-2/2020",
        ],
        names: &["CDPSequence"],
        kind: &CAPTION_SEQUENCE,
    },
    Known {
        namespaces: &CORE_CONSTRAINTS,
        names: &["ApplicationIdentification"],
        kind: &value(Value::Uris),
    },
    Known { namespaces: &CORE_CONSTRAINTS, names: &["TimedTextResourceID"], kind: &UUID },
    Known {
        namespaces: &["http://www.smpte-ra.org/schemas/2067-21/2016"],
        names: &["MaxCLL", "MaxFALL"],
        kind: &value(Value::Short),
    },
    Known {
        namespaces: &[
            "http://www.smpte-ra.org/ns/2067-201/2019",
            "http://www.smpte-ra.org/ns/2067-201/2021",
            "http://www.smpte-ra.org/ns/2067-201/2026",
        ],
        names: &["IABSequence"],
        kind: &SEQUENCE,
    },
    Known {
        namespaces: &["http://www.smpte-ra.org/ns/2067-202/2022"],
        names: &["ISXDSequence"],
        kind: &SEQUENCE,
    },
    Known { namespaces: &[MGA], names: &["MGASADMSignalSequence"], kind: &SEQUENCE },
    Known {
        namespaces: &[MGA],
        names: &["MGASADMVirtualTrackParameterSet"],
        kind: &open(
            &[
                around(one("Id", &UUID)),
                around(one("TrackId", &UUID)),
                around(one("MGASADMOperationalMode", &URI)),
                around(any("MGASADMSoundfieldGroupSelector", &MGA_SELECTOR)),
            ],
            Others::Some,
        ),
    },
    Known { namespaces: &[ADM], names: &["ADMAudioSequence"], kind: &SEQUENCE },
    Known {
        namespaces: &[ADM],
        names: &["ADMAudioVirtualTrackParameterSet"],
        kind: &open(
            &[
                around(one("Id", &UUID)),
                around(one("TrackId", &UUID)),
                around(one("ADMOperationalMode", &URI)),
                around(any("ADMSoundfieldGroupSelector", &ADM_SELECTOR)),
            ],
            Others::Some,
        ),
    },
];

const MGA: &str = "http://www.smpte-ra.org/ns/2067-203/2022";
const ADM: &str = "http://www.smpte-ra.org/ns/2067-204/2022";

static MGA_SELECTOR: Type =
    elements(&[around(one("ResourceId", &UUID)), around(many("MGASoundfieldGroupLinkID", &UUID))]);

static ADM_SELECTOR: Type =
    elements(&[around(one("ResourceId", &UUID)), around(many("ADMSoundfieldGroupLinkID", &UUID))]);

const fn around(part: super::Part) -> super::Part {
    in_space(Space::Around, part)
}
