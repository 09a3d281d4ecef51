//! Packing list, in two editions that differ by the algorithm of the digests.
//!
//! Source: the schemas of SMPTE ST 429-8:2007 and ST 2067-2:2016 in Photon,
//! `st0429_8_2007/PKL/packingList_schema.xsd` and `st2067_2_2016/PKL/packingList_schema.xsd`.

use super::rules::PACKING_LIST as RULES;
use super::{
    BASE64, DATE_TIME, DIGEST_METHOD, POSITIVE, SIGNED, SIGNER, STRING, Schema, TEXT, Type, UUID,
    elements, many, maybe, newer, one,
};

/// Packing list of ST 429-8:2007, which names no algorithm.
pub(crate) const PKL_2007: &str = "http://www.smpte-ra.org/schemas/429-8/2007/PKL";

/// Packing list of ST 2067-2:2016.
pub(crate) const PKL_2016: &str = "http://www.smpte-ra.org/schemas/2067-2/2016/PKL";

pub(super) static PACKING_LIST: Schema = Schema {
    namespaces: &[PKL_2007, PKL_2016],
    kind: &elements(&[
        one("Id", &UUID),
        maybe("AnnotationText", &TEXT),
        maybe("IconId", &UUID),
        one("IssueDate", &DATE_TIME),
        one("Issuer", &TEXT),
        one("Creator", &TEXT),
        maybe("GroupId", &UUID),
        one("AssetList", &elements(&[many("Asset", &ASSET)])),
        SIGNER,
        SIGNED,
    ]),
    rules: &RULES,
};

static ASSET: Type = elements(&[
    one("Id", &UUID),
    maybe("AnnotationText", &TEXT),
    one("Hash", &BASE64),
    one("Size", &POSITIVE),
    one("Type", &STRING),
    maybe("OriginalFileName", &TEXT),
    newer(one("HashAlgorithm", &DIGEST_METHOD)),
]);
