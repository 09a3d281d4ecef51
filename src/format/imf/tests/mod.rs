mod document;
mod problem;
mod property;
mod write;

use super::{Document, Uuid, read};

/// Documents written for these tests, valid by the schemas; each says much of what its kind can say.
const ASSET_MAP: &str = include_str!("../../../../tests/data/imf/asset_map.xml");
const VOLUME_INDEX: &str = include_str!("../../../../tests/data/imf/volume_index.xml");
const PACKING_LIST_2007: &str = include_str!("../../../../tests/data/imf/packing_list_2007.xml");
const PACKING_LIST_2016: &str = include_str!("../../../../tests/data/imf/packing_list_2016.xml");
const COMPOSITION_2013: &str = include_str!("../../../../tests/data/imf/composition_2013.xml");
const COMPOSITION_2016: &str = include_str!("../../../../tests/data/imf/composition_2016.xml");
const OUTPUT_PROFILE: &str = include_str!("../../../../tests/data/imf/output_profile.xml");

const ALL: [&str; 7] = [
    ASSET_MAP,
    VOLUME_INDEX,
    PACKING_LIST_2007,
    PACKING_LIST_2016,
    COMPOSITION_2013,
    COMPOSITION_2016,
    OUTPUT_PROFILE,
];

fn document(text: &str) -> Document {
    read(text.as_bytes()).unwrap()
}

/// The ids of the tests' documents, by their first digit and their last number.
fn id(group: u8, number: u8) -> Option<Uuid> {
    Uuid::parse(&format!("{group}0000000-0000-4000-8000-{number:012x}"))
}
