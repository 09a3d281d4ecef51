//! Composition playlist, in two editions that differ by the algorithm of the digests.
//!
//! Source: the schemas of SMPTE ST 2067-3:2013 and 2016 in Photon, `st2067_3_2013/imf-cpl.xsd` and
//! `st2067_3_2016/imf-cpl-20160411.xsd`; that of 2020 is the same as 2016, with the same namespace.

use super::foreign::CORE_CONSTRAINTS;
use super::rules::COMPOSITION as RULES;
use super::value::Value;
use super::{
    Attribute, BASE64, BOOLEAN, Choice, Content, DATE_TIME, DIGEST_METHOD, NATURAL, Others,
    POSITIVE, Part, RATIONAL, SIGNED, SIGNER, STRING, Schema, Space, TEXT, Type, URI, UUID, any,
    elements, in_space, many, maybe, newer, one, open, value,
};

pub(super) static COMPOSITION: Schema = Schema {
    namespaces: &[
        "http://www.smpte-ra.org/schemas/2067-3/2013",
        "http://www.smpte-ra.org/schemas/2067-3/2016",
    ],
    kind: &elements(&[
        one("Id", &UUID),
        maybe("Annotation", &TEXT),
        one("IssueDate", &DATE_TIME),
        maybe("Issuer", &TEXT),
        maybe("Creator", &TEXT),
        maybe("ContentOriginator", &TEXT),
        one("ContentTitle", &TEXT),
        maybe("ContentKind", &SCOPED),
        maybe("ContentVersionList", &elements(&[many("ContentVersion", &VERSION)])),
        maybe("EssenceDescriptorList", &elements(&[many("EssenceDescriptor", &DESCRIPTOR)])),
        maybe("CompositionTimecode", &TIMECODE),
        one("EditRate", &RATIONAL),
        maybe("TotalRunningTime", &value(Value::RunningTime)),
        maybe("LocaleList", &elements(&[many("Locale", &LOCALE)])),
        maybe("ExtensionProperties", &open(&[], Others::One)),
        one("SegmentList", &elements(&[many("Segment", &SEGMENT)])),
        SIGNER,
        SIGNED,
    ]),
    rules: &RULES,
};

/// A word that may be of another list than the standard's.
static SCOPED: Type = Type {
    content: Content::Value(Value::Text),
    attributes: &[Attribute { name: "scope", is_required: false, value: Value::Uri }],
};

static VERSION: Type = open(&[one("Id", &URI), one("LabelText", &TEXT)], Others::Some);

static DESCRIPTOR: Type = open(&[one("Id", &UUID)], Others::Untold);

static TIMECODE: Type = elements(&[
    one("TimecodeDropFrame", &BOOLEAN),
    one("TimecodeRate", &POSITIVE),
    one("TimecodeStartAddress", &value(Value::Timecode)),
]);

static LOCALE: Type = elements(&[
    maybe("Annotation", &TEXT),
    maybe("LanguageList", &elements(&[many("Language", &STRING)])),
    maybe("RegionList", &elements(&[many("Region", &STRING)])),
    maybe("ContentMaturityRatingList", &elements(&[many("ContentMaturityRating", &RATING)])),
]);

static RATING: Type = open(
    &[one("Agency", &URI), one("Rating", &STRING), maybe("Audience", &AUDIENCE)],
    Others::Some,
);

static AUDIENCE: Type = Type {
    content: Content::Value(Value::Text),
    attributes: &[Attribute { name: "scope", is_required: true, value: Value::Uri }],
};

static SEGMENT: Type = elements(&[
    one("Id", &UUID),
    maybe("Annotation", &TEXT),
    one("SequenceList", &open(&[maybe("MarkerSequence", &SEQUENCE)], Others::Some)),
]);

/// The part of a virtual track in a segment, whatever the namespace of its own element.
pub(super) static SEQUENCE: Type = elements(&[ID, TRACK_ID, RESOURCE_LIST]);

/// The part of a track of captions, which says to which picture it belongs.
pub(super) static CAPTION_SEQUENCE: Type =
    elements(&[ID, TRACK_ID, RESOURCE_LIST, in_space(Space::Around, one("ParentTrackID", &UUID))]);

const TRACK_ID: Part = one("TrackId", &UUID);
const RESOURCE_LIST: Part = one("ResourceList", &RESOURCES);

static RESOURCES: Type = elements(&[many("Resource", &RESOURCE)]);

static RESOURCE: Type = Type {
    content: Content::Chosen(&[
        Choice { name: "TrackFileResourceType", namespaces: &[], kind: &TRACK_FILE },
        Choice { name: "MarkerResourceType", namespaces: &[], kind: &MARKERS },
        Choice {
            name: "StereoImageTrackFileResourceType",
            namespaces: &CORE_CONSTRAINTS,
            kind: &STEREO,
        },
    ]),
    attributes: &[],
};

const ID: Part = one("Id", &UUID);
const ANNOTATION: Part = maybe("Annotation", &TEXT);
const RATE: Part = maybe("EditRate", &RATIONAL);
const INTRINSIC: Part = one("IntrinsicDuration", &NATURAL);
const ENTRY: Part = maybe("EntryPoint", &NATURAL);
const PLAYED: Part = maybe("SourceDuration", &NATURAL);
const REPEAT: Part = maybe("RepeatCount", &POSITIVE);

static TRACK_FILE: Type = elements(&[
    ID,
    ANNOTATION,
    RATE,
    INTRINSIC,
    ENTRY,
    PLAYED,
    REPEAT,
    one("SourceEncoding", &UUID),
    one("TrackFileId", &UUID),
    maybe("KeyId", &UUID),
    maybe("Hash", &BASE64),
    newer(maybe("HashAlgorithm", &DIGEST_METHOD)),
]);

static MARKERS: Type =
    elements(&[ID, ANNOTATION, RATE, INTRINSIC, ENTRY, PLAYED, REPEAT, any("Marker", &MARKER)]);

/// The eyes of a stereo picture are of the standard that the type is of, not of the composition's.
const EYE: Space = Space::Of(&CORE_CONSTRAINTS);

static STEREO: Type = elements(&[
    ID,
    ANNOTATION,
    RATE,
    INTRINSIC,
    ENTRY,
    PLAYED,
    REPEAT,
    in_space(EYE, one("LeftEye", &TRACK_FILE)),
    in_space(EYE, one("RightEye", &TRACK_FILE)),
]);

static MARKER: Type =
    elements(&[maybe("Annotation", &TEXT), one("Label", &SCOPED), one("Offset", &NATURAL)]);
