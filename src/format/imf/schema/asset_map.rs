//! Asset map and volume index.
//!
//! Source: the schema of SMPTE ST 429-9:2007 in Photon, `st0429_9_2007/AM/assetMap_schema.xsd`.

use super::rules::{ASSET_MAP as ASSET_MAP_RULES, VOLUME_INDEX as VOLUME_INDEX_RULES};
use super::{
    BOOLEAN, DATE_TIME, NATURAL, POSITIVE, Schema, TEXT, Type, URI, UUID, elements, many, maybe,
    one,
};

/// The one edition of both.
pub(crate) const NAMESPACE: &str = "http://www.smpte-ra.org/schemas/429-9/2007/AM";

pub(super) static ASSET_MAP: Schema = Schema {
    namespaces: &[NAMESPACE],
    kind: &elements(&[
        one("Id", &UUID),
        maybe("AnnotationText", &TEXT),
        one("Creator", &TEXT),
        one("VolumeCount", &POSITIVE),
        one("IssueDate", &DATE_TIME),
        one("Issuer", &TEXT),
        one("AssetList", &elements(&[many("Asset", &ASSET)])),
    ]),
    rules: &ASSET_MAP_RULES,
};

pub(super) static VOLUME_INDEX: Schema = Schema {
    namespaces: &[NAMESPACE],
    kind: &elements(&[one("Index", &POSITIVE)]),
    rules: &VOLUME_INDEX_RULES,
};

static ASSET: Type = elements(&[
    one("Id", &UUID),
    maybe("AnnotationText", &TEXT),
    maybe("PackingList", &BOOLEAN),
    one("ChunkList", &elements(&[many("Chunk", &CHUNK)])),
]);

static CHUNK: Type = elements(&[
    one("Path", &URI),
    maybe("VolumeIndex", &POSITIVE),
    maybe("Offset", &NATURAL),
    maybe("Length", &POSITIVE),
]);
