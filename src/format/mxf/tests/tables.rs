use std::collections::HashSet;

use super::super::label::property;
use super::super::label::word;
use super::super::label::{class, track_kind};
use super::super::model::{TrackKind, Ul};
use super::writer::{PICTURE, RGBA_DESCRIPTOR, ul};

#[test]
fn items_stand_in_order_and_once() {
    let mut seen = HashSet::new();
    for items in property::all() {
        assert!(items.is_sorted_by_key(|(item, ..)| *item));
        for (item, name, _) in items {
            assert!(seen.insert(*item), "{name}");
            assert_eq!(property::find(*item).unwrap().0, *name);
        }
    }
}

#[test]
fn words_stand_in_order() {
    assert!(word::COMPONENT.is_sorted_by_key(|(number, _)| *number));
    assert_eq!(word::find(word::COMPONENT, 0x52), Some("CompRed"));
    assert_eq!(word::find(word::COMPONENT, 1), None);
}

#[test]
fn classes_are_known_by_their_keys_alone() {
    assert_eq!(class(&Ul(ul(0x0253_0101, RGBA_DESCRIPTOR))), Some("RGBADescriptor"));
    assert_eq!(class(&Ul(ul(0x0213_0105, RGBA_DESCRIPTOR))), Some("RGBADescriptor"));
    assert_eq!(class(&Ul(ul(0x0401_0101, RGBA_DESCRIPTOR))), None);
    assert_eq!(
        class(&Ul(ul(0x0253_0105, 0x0e09_0502_0000_0000))),
        Some("ISXDDataEssenceDescriptor")
    );
}

#[test]
fn a_data_definition_says_what_a_track_holds() {
    assert_eq!(track_kind(Some(Ul(ul(0x0401_0101, PICTURE)))), TrackKind::Picture);
    assert_eq!(track_kind(None), TrackKind::Other(None));
    assert_eq!(track_kind(Some(Ul([9; 16]))), TrackKind::Other(Some(Ul([9; 16]))));
}
