use super::super::model::{Footer, Header, TrackKind, Value};
use super::super::{Reason, label};
use super::writer::{
    ESSENCE_LENGTH, File, J2K_SUB_DESCRIPTOR, LINKED_TRACK_ID, MIME_TYPE, Part, RGBA_DESCRIPTOR,
    Set, of, picture, utf16,
};
use super::{read, reason};

const ID: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xf0];

fn header(sets: Vec<Set>) -> Header {
    read(&File::new(sets).write()).unwrap()
}

/// An open header whose lengths are not known, with a footer that has them.
fn open() -> File {
    let mut sets = picture(0);
    for id in [11, 21, 31, 41] {
        of(&mut sets, id).change(label::COMPONENT_LENGTH, (-1_i64).to_be_bytes());
    }
    of(&mut sets, 5).change(ESSENCE_LENGTH, (-1_i64).to_be_bytes());
    let mut file = File::new(sets);
    file.header.status = 1;
    file.footer = Some(Part { status: 4, sets: picture(0) });
    file
}

#[test]
fn a_track_file_is_read() {
    let header = header(picture(0));
    assert!(header.is_closed && header.is_complete && !header.from_footer);
    assert_eq!((header.footer, header.run_in), (Footer::Found, 0));
    assert_eq!(
        header.operational_pattern.to_string(),
        "urn:smpte:ul:060e2b34.04010101.0d010201.01010100"
    );
    assert_eq!(header.essence_containers.len(), 1);
    assert_eq!(header.track_file_id(), Some(ID));
    assert_eq!(header.essence_duration(), Some((48, (24000, 1001))));
    assert_eq!(header.embedded_timecode(), []);
}

#[test]
fn packages_have_their_tracks() {
    let header = header(picture(0));
    let file = header.file_package().unwrap();
    assert_eq!(file.name.as_deref(), Some("File Package: été"));
    let kinds: Vec<_> = file.tracks.iter().map(|track| track.kind).collect();
    assert_eq!(kinds, [TrackKind::Timecode, TrackKind::Picture]);
    let timecode = file.tracks[0].timecode.unwrap();
    assert_eq!((timecode.start, timecode.base, timecode.drop_frame), (0, 24, false));
    let essence = header.essence_track().unwrap();
    assert_eq!((essence.id, essence.origin), (Some(40), Some(0)));
    assert_eq!(essence.name.as_deref(), Some("A track"));
}

#[test]
fn descriptors_have_their_values_and_what_is_below_them() {
    let header = header(picture(0));
    let descriptor = header.descriptor().unwrap();
    assert_eq!(descriptor.class, Some("RGBADescriptor"));
    let names: Vec<_> = descriptor.values.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        ["InstanceID", "SampleRate", "EssenceLength", "LinkedTrackID", "FrameLayout"]
    );
    assert_eq!(descriptor.value("FrameLayout"), Some(&Value::Word("FullFrame", 0)));
    assert_eq!(descriptor.below, [1]);
    assert_eq!(header.descriptors[1].class, Some("JPEG2000SubDescriptor"));
}

#[test]
fn a_run_in_is_passed_over_and_counts_for_no_offset() {
    let mut file = open();
    file.run_in = vec![6; 500];
    let header = read(&file.write()).unwrap();
    assert_eq!((header.run_in, header.from_footer), (500, true));
    file.run_in = vec![0; 65_536];
    assert!(read(&file.write()).is_ok());
    file.run_in.push(0);
    assert_eq!(reason(&file.write()), Reason::NoHeader);
}

#[test]
fn what_an_open_header_leaves_open_comes_from_the_footer() {
    let header = read(&open().write()).unwrap();
    assert!(header.from_footer && !header.is_closed && !header.is_complete);
    assert_eq!(header.essence_duration(), Some((48, (24000, 1001))));
}

#[test]
fn a_footer_that_only_the_random_index_knows_is_found() {
    let mut file = open();
    file.says_footer = false;
    let header = read(&file.write()).unwrap();
    assert!(header.from_footer && header.last_partition.is_some());
    file.has_index = false;
    let header = read(&file.write()).unwrap();
    assert_eq!((header.footer, header.from_footer), (Footer::Unknown, false));
    assert_eq!(header.essence_duration(), None);
}

#[test]
fn a_final_header_is_not_replaced_by_the_footer() {
    let mut file = open();
    file.header.status = 4;
    assert!(!read(&file.write()).unwrap().from_footer);
}

#[test]
fn a_footer_that_is_open_or_has_no_metadata_replaces_nothing() {
    let mut file = open();
    for footer in [Part { status: 1, sets: picture(0) }, Part { status: 4, sets: Vec::new() }] {
        file.footer = Some(footer);
        let header = read(&file.write()).unwrap();
        assert_eq!((header.footer, header.from_footer), (Footer::Found, false));
    }
}

#[test]
fn a_file_without_the_footer_that_it_promises_says_so() {
    let mut file = File::new(picture(0));
    file.footer = None;
    file.has_index = false;
    assert_eq!(read(&file.write()).unwrap().footer, Footer::Missing);
}

#[test]
fn without_a_linked_package_the_primary_one_is_taken_then_one_with_a_descriptor() {
    let mut sets = picture(0);
    of(&mut sets, 2).items.pop();
    assert_eq!(header(sets.clone()).file_package, Some(1));
    of(&mut sets, 1).items.pop();
    assert_eq!(header(sets.clone()).file_package, Some(1));
    of(&mut sets, 4).items.pop();
    assert_eq!(header(sets).track_file_id(), None);
}

#[test]
fn a_descriptor_that_names_no_track_has_the_first_that_holds_essence() {
    let mut sets = picture(0);
    of(&mut sets, 5).change(LINKED_TRACK_ID, [0, 0, 0, 99]);
    assert_eq!(header(sets).essence_track().unwrap().id, Some(40));
}

#[test]
fn a_duration_that_the_track_lacks_is_that_of_the_descriptor() {
    let mut sets = picture(0);
    of(&mut sets, 41).change(label::COMPONENT_LENGTH, (-1_i64).to_be_bytes());
    assert_eq!(header(sets).essence_duration(), Some((48, (24000, 1001))));
}

#[test]
fn circles_and_shared_sets_end() {
    let mut sets = picture(0);
    let below = of(&mut sets, 6).clone();
    *of(&mut sets, 6) = below.to(label::SUB_DESCRIPTORS, &[5, 6, 6]);
    let package = of(&mut sets, 3);
    package.change(label::PACKAGE_TRACKS, super::writer::batch(16, &[[10; 16]; 9].concat()));
    let header = header(sets);
    assert_eq!(header.descriptors[0].below, [1]);
    assert_eq!(header.descriptors[1].below, [0_usize; 0]);
    assert_eq!(header.packages[0].tracks.len(), 1);
}

#[test]
fn descriptors_below_each_other_are_followed_sixteen_deep() {
    let chain = |len: u8| {
        let mut sets = picture(0);
        let below = |id| Set::new(RGBA_DESCRIPTOR, id).to(label::SUB_DESCRIPTORS, &[id + 1]);
        sets.extend((100..100 + len).map(below));
        of(&mut sets, 4).change(label::ESSENCE_DESCRIPTION, [100; 16]);
        File::new(sets).write()
    };
    assert!(read(&chain(16)).is_ok());
    assert_eq!(reason(&chain(17)), Reason::TooMany("descriptors below each other"));
}

#[test]
fn sets_that_are_not_known_are_kept_where_a_descriptor_names_them() {
    let mut sets = picture(0);
    sets.push(Set::new(0x0e00_0000_0000_0001, 99));
    of(&mut sets, 6).class = 0x0e00_0000_0000_0002;
    let header = header(sets);
    assert_eq!(header.descriptors.len(), 2);
    assert_eq!((header.descriptors[1].class, header.descriptors[1].instance), (None, [6; 16]));
}

#[test]
fn a_reference_to_nothing_is_passed_over() {
    let mut sets = picture(0);
    sets.retain(|set| set.class != J2K_SUB_DESCRIPTOR);
    assert_eq!(header(sets).descriptor().unwrap().below, [0_usize; 0]);
}

#[test]
fn a_value_that_is_not_of_its_type_is_kept_as_bytes() {
    let mut sets = picture(0);
    let descriptor = of(&mut sets, 5).clone().with(MIME_TYPE, [0xd8, 0, 0, 65]);
    *of(&mut sets, 5) = descriptor;
    of(&mut sets, 5).change(ESSENCE_LENGTH, [1, 2]);
    let header = header(sets);
    let descriptor = header.descriptor().unwrap();
    assert_eq!(descriptor.value("EssenceLength"), Some(&Value::Bytes(vec![1, 2])));
    assert_eq!(descriptor.value("MIMEType"), Some(&Value::Bytes(vec![0xd8, 0, 0, 65])));
    assert_eq!(utf16("é"), [0, 0xe9]);
}
