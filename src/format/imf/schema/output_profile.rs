//! Output profile list. Of its macros only the preset is checked: those of ST 2067-101 to 103 change what is
//! played, not what is delivered.
//!
//! Source: the schema of SMPTE ST 2067-100:2014 in Photon, `st2067_100_2014/st2067-100a-2014.xsd`.

use super::rules::OUTPUT_PROFILE as RULES;
use super::value::Value;
use super::{
    Attribute, Choice, Content, DATE_TIME, Others, SIGNED, SIGNER, Schema, TEXT, Type, URI, UUID,
    any, elements, many, maybe, one, open, value,
};

pub(super) static OUTPUT_PROFILE: Schema = Schema {
    namespaces: &["http://www.smpte-ra.org/schemas/2067-100/2014"],
    kind: &elements(&[
        one("Id", &UUID),
        maybe("Annotation", &TEXT),
        one("IssueDate", &DATE_TIME),
        maybe("Issuer", &TEXT),
        maybe("Creator", &TEXT),
        one("CompositionPlaylistId", &UUID),
        maybe("ExtensionProperties", &open(&[], Others::One)),
        one("AliasList", &elements(&[any("Alias", &ALIAS)])),
        one("MacroList", &elements(&[many("Macro", &MACRO)])),
        SIGNER,
        SIGNED,
    ]),
    rules: &RULES,
};

static ALIAS: Type = Type {
    content: Content::Value(Value::Uri),
    attributes: &[Attribute { name: "handle", is_required: true, value: Value::Uri }],
};

static MACRO: Type = Type {
    content: Content::Chosen(&[Choice {
        name: "PresetMacroType",
        namespaces: &[],
        kind: &elements(&[
            one("Name", &value(Value::MacroName)),
            maybe("Annotation", &TEXT),
            one("Preset", &URI),
        ]),
    }]),
    attributes: &[],
};
