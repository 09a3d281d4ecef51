//! Ids of the rules of each kind of document.

/// Ids of what can be wrong with a kind of document.
pub(super) struct Rules {
    pub(super) namespace: &'static str,
    pub(super) element_missing: &'static str,
    pub(super) element_unknown: &'static str,
    pub(super) element_order: &'static str,
    pub(super) element_repeated: &'static str,
    pub(super) attribute_missing: &'static str,
    pub(super) attribute_unknown: &'static str,
    pub(super) text_misplaced: &'static str,
    pub(super) value: &'static str,
}

pub(super) static ASSET_MAP: Rules = Rules {
    namespace: "asset-map.namespace",
    element_missing: "asset-map.element-missing",
    element_unknown: "asset-map.element-unknown",
    element_order: "asset-map.element-order",
    element_repeated: "asset-map.element-repeated",
    attribute_missing: "asset-map.attribute-missing",
    attribute_unknown: "asset-map.attribute-unknown",
    text_misplaced: "asset-map.text-misplaced",
    value: "asset-map.value",
};

pub(super) static VOLUME_INDEX: Rules = Rules {
    namespace: "volume-index.namespace",
    element_missing: "volume-index.element-missing",
    element_unknown: "volume-index.element-unknown",
    element_order: "volume-index.element-order",
    element_repeated: "volume-index.element-repeated",
    attribute_missing: "volume-index.attribute-missing",
    attribute_unknown: "volume-index.attribute-unknown",
    text_misplaced: "volume-index.text-misplaced",
    value: "volume-index.value",
};

pub(super) static PACKING_LIST: Rules = Rules {
    namespace: "packing-list.namespace",
    element_missing: "packing-list.element-missing",
    element_unknown: "packing-list.element-unknown",
    element_order: "packing-list.element-order",
    element_repeated: "packing-list.element-repeated",
    attribute_missing: "packing-list.attribute-missing",
    attribute_unknown: "packing-list.attribute-unknown",
    text_misplaced: "packing-list.text-misplaced",
    value: "packing-list.value",
};

pub(super) static COMPOSITION: Rules = Rules {
    namespace: "cpl.namespace",
    element_missing: "cpl.element-missing",
    element_unknown: "cpl.element-unknown",
    element_order: "cpl.element-order",
    element_repeated: "cpl.element-repeated",
    attribute_missing: "cpl.attribute-missing",
    attribute_unknown: "cpl.attribute-unknown",
    text_misplaced: "cpl.text-misplaced",
    value: "cpl.value",
};

pub(super) static OUTPUT_PROFILE: Rules = Rules {
    namespace: "opl.namespace",
    element_missing: "opl.element-missing",
    element_unknown: "opl.element-unknown",
    element_order: "opl.element-order",
    element_repeated: "opl.element-repeated",
    attribute_missing: "opl.attribute-missing",
    attribute_unknown: "opl.attribute-unknown",
    text_misplaced: "opl.text-misplaced",
    value: "opl.value",
};
