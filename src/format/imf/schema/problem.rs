//! The rules that the schemas stand for, one for each way in which a document can break its schema.

const AM: &str = "XSD of ST 429-9:2007 in Photon";
const PKL: &str = "XSDs of ST 429-8:2007 and ST 2067-2:2016 in Photon";
const CPL: &str = "XSDs of ST 2067-3:2013 and 2016 in Photon";
const OPL: &str = "XSD of ST 2067-100:2014 in Photon";

/// Rule of each problem: id, severity, what must be so, clause of the standard, where the rule was read. The
/// clause is not known: the schemas name none, and the standards are not at hand.
pub static PROBLEMS: &[(&str, &str, &str, Option<&str>, &str)] = &[
    (
        "asset-map.namespace",
        "error",
        "An asset map is in a namespace that an edition of its standard defines",
        None,
        AM,
    ),
    (
        "asset-map.element-missing",
        "error",
        "Every element that an asset map needs is there",
        None,
        AM,
    ),
    (
        "asset-map.element-unknown",
        "error",
        "An asset map has no element that its schema does not know",
        None,
        AM,
    ),
    (
        "asset-map.element-order",
        "error",
        "The elements of an asset map are in the order of its schema",
        None,
        AM,
    ),
    (
        "asset-map.element-repeated",
        "error",
        "An element that an asset map may have once is there once",
        None,
        AM,
    ),
    (
        "asset-map.attribute-missing",
        "error",
        "Every attribute that an asset map needs is there",
        None,
        AM,
    ),
    (
        "asset-map.attribute-unknown",
        "error",
        "An asset map has no attribute that its schema does not know",
        None,
        AM,
    ),
    (
        "asset-map.text-misplaced",
        "error",
        "An asset map has no text between its elements",
        None,
        AM,
    ),
    ("asset-map.value", "error", "Every value of an asset map is one of its type", None, AM),
    (
        "volume-index.namespace",
        "error",
        "A volume index is in a namespace that an edition of its standard defines",
        None,
        AM,
    ),
    (
        "volume-index.element-missing",
        "error",
        "Every element that a volume index needs is there",
        None,
        AM,
    ),
    (
        "volume-index.element-unknown",
        "error",
        "A volume index has no element that its schema does not know",
        None,
        AM,
    ),
    (
        "volume-index.element-order",
        "error",
        "The elements of a volume index are in the order of its schema",
        None,
        AM,
    ),
    (
        "volume-index.element-repeated",
        "error",
        "An element that a volume index may have once is there once",
        None,
        AM,
    ),
    (
        "volume-index.attribute-missing",
        "error",
        "Every attribute that a volume index needs is there",
        None,
        AM,
    ),
    (
        "volume-index.attribute-unknown",
        "error",
        "A volume index has no attribute that its schema does not know",
        None,
        AM,
    ),
    (
        "volume-index.text-misplaced",
        "error",
        "A volume index has no text between its elements",
        None,
        AM,
    ),
    ("volume-index.value", "error", "Every value of a volume index is one of its type", None, AM),
    (
        "packing-list.namespace",
        "error",
        "A packing list is in a namespace that an edition of its standard defines",
        None,
        PKL,
    ),
    (
        "packing-list.element-missing",
        "error",
        "Every element that a packing list needs is there",
        None,
        PKL,
    ),
    (
        "packing-list.element-unknown",
        "error",
        "A packing list has no element that its schema does not know",
        None,
        PKL,
    ),
    (
        "packing-list.element-order",
        "error",
        "The elements of a packing list are in the order of its schema",
        None,
        PKL,
    ),
    (
        "packing-list.element-repeated",
        "error",
        "An element that a packing list may have once is there once",
        None,
        PKL,
    ),
    (
        "packing-list.attribute-missing",
        "error",
        "Every attribute that a packing list needs is there",
        None,
        PKL,
    ),
    (
        "packing-list.attribute-unknown",
        "error",
        "A packing list has no attribute that its schema does not know",
        None,
        PKL,
    ),
    (
        "packing-list.text-misplaced",
        "error",
        "A packing list has no text between its elements",
        None,
        PKL,
    ),
    ("packing-list.value", "error", "Every value of a packing list is one of its type", None, PKL),
    (
        "cpl.namespace",
        "error",
        "A composition playlist is in a namespace that an edition of its standard defines",
        None,
        CPL,
    ),
    (
        "cpl.element-missing",
        "error",
        "Every element that a composition playlist needs is there",
        None,
        CPL,
    ),
    (
        "cpl.element-unknown",
        "error",
        "A composition playlist has no element that its schema does not know",
        None,
        CPL,
    ),
    (
        "cpl.element-order",
        "error",
        "The elements of a composition playlist are in the order of its schema",
        None,
        CPL,
    ),
    (
        "cpl.element-repeated",
        "error",
        "An element that a composition playlist may have once is there once",
        None,
        CPL,
    ),
    (
        "cpl.attribute-missing",
        "error",
        "Every attribute that a composition playlist needs is there",
        None,
        CPL,
    ),
    (
        "cpl.attribute-unknown",
        "error",
        "A composition playlist has no attribute that its schema does not know",
        None,
        CPL,
    ),
    (
        "cpl.text-misplaced",
        "error",
        "A composition playlist has no text between its elements",
        None,
        CPL,
    ),
    ("cpl.value", "error", "Every value of a composition playlist is one of its type", None, CPL),
    (
        "opl.namespace",
        "error",
        "An output profile list is in a namespace that an edition of its standard defines",
        None,
        OPL,
    ),
    (
        "opl.element-missing",
        "error",
        "Every element that an output profile list needs is there",
        None,
        OPL,
    ),
    (
        "opl.element-unknown",
        "error",
        "An output profile list has no element that its schema does not know",
        None,
        OPL,
    ),
    (
        "opl.element-order",
        "error",
        "The elements of an output profile list are in the order of its schema",
        None,
        OPL,
    ),
    (
        "opl.element-repeated",
        "error",
        "An element that an output profile list may have once is there once",
        None,
        OPL,
    ),
    (
        "opl.attribute-missing",
        "error",
        "Every attribute that an output profile list needs is there",
        None,
        OPL,
    ),
    (
        "opl.attribute-unknown",
        "error",
        "An output profile list has no attribute that its schema does not know",
        None,
        OPL,
    ),
    (
        "opl.text-misplaced",
        "error",
        "An output profile list has no text between its elements",
        None,
        OPL,
    ),
    ("opl.value", "error", "Every value of an output profile list is one of its type", None, OPL),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::PROBLEMS;
    use crate::format::imf::schema::rules::{
        ASSET_MAP, COMPOSITION, OUTPUT_PROFILE, PACKING_LIST, Rules, VOLUME_INDEX,
    };

    fn ids(rules: &Rules) -> [&'static str; 9] {
        [
            rules.namespace,
            rules.element_missing,
            rules.element_unknown,
            rules.element_order,
            rules.element_repeated,
            rules.attribute_missing,
            rules.attribute_unknown,
            rules.text_misplaced,
            rules.value,
        ]
    }

    #[test]
    fn each_problem_that_can_be_told_has_a_rule_and_each_rule_a_problem() {
        let kinds = [&ASSET_MAP, &VOLUME_INDEX, &PACKING_LIST, &COMPOSITION, &OUTPUT_PROFILE];
        let told: Vec<_> = kinds.into_iter().flat_map(ids).collect();
        let listed: Vec<_> = PROBLEMS.iter().map(|problem| problem.0).collect();

        assert_eq!(told, listed);
        assert_eq!(listed.iter().collect::<HashSet<_>>().len(), listed.len());
    }
}
