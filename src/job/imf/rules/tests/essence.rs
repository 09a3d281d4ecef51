use std::collections::HashMap;

use super::{Files, WELL, found_with};
use crate::format::imf::{Content, Uuid, read};
use crate::format::mxf::model::{Descriptor, Footer, Header, Package, Track, TrackKind, Ul, Value};

const OP1A: Ul = Ul([6, 0x0e, 0x2b, 0x34, 4, 1, 1, 1, 0x0d, 1, 2, 1, 1, 1, 0, 0]);

fn id(last: u8) -> Uuid {
    let mut id = [0; 16];
    (id[6], id[8], id[15]) = (0x40, 0x80, last);
    Uuid(id)
}

fn descriptor(
    class: &'static str,
    values: Vec<(&'static str, Value)>,
    below: Vec<usize>,
) -> Descriptor {
    Descriptor { key: OP1A, class: Some(class), instance: [0; 16], values, below }
}

/// The header of a track file that fits the composition.
fn header(file: u8, kind: TrackKind, rate: (i32, i32), duration: u64) -> Header {
    let mut umid = [0; 32];
    umid[16..].copy_from_slice(&id(file).0);
    let track = Track {
        id: Some(2),
        name: None,
        edit_rate: Some(rate),
        origin: Some(0),
        duration: Some(duration),
        kind,
        timecode: None,
    };
    let package =
        Package { is_material: false, umid, name: None, tracks: vec![track], descriptor: Some(0) };
    Header {
        operational_pattern: OP1A,
        essence_containers: vec![],
        is_closed: true,
        is_complete: true,
        from_footer: false,
        run_in: 0,
        footer: Footer::Found,
        last_partition: None,
        file_package: Some(0),
        packages: vec![package],
        descriptors: vec![],
    }
}

fn picture() -> Header {
    let values = vec![
        ("SampleRate", Value::Rational(24, 1)),
        ("FrameLayout", Value::Word("FullFrame", 0)),
        ("StoredWidth", Value::Number(1920)),
    ];
    let descriptors = vec![descriptor("CDCIDescriptor", values, vec![])];
    Header { descriptors, ..header(0x61, TrackKind::Picture, (24, 1), 300) }
}

fn sound() -> Header {
    let language = ("RFC5646SpokenLanguage", Value::Text("en-GB".to_owned()));
    let descriptors = vec![
        descriptor("WAVEPCMDescriptor", vec![("ChannelCount", Value::Number(2))], vec![1]),
        descriptor("SoundfieldGroupLabelSubDescriptor", vec![language], vec![]),
    ];
    Header { descriptors, ..header(0x62, TrackKind::Sound, (48_000, 1), 480_000) }
}

/// What is found with these track files.
fn found(picture: Header, sound: Header) -> Vec<&'static str> {
    found_with(WELL, &Files(HashMap::from([(id(0x61), picture), (id(0x62), sound)])))
}

#[test]
fn track_files_that_fit_break_no_rule() {
    assert_eq!(found(picture(), sound()), [""; 0]);
}

#[test]
fn a_track_file_has_its_id_its_pattern_and_final_metadata() {
    let mut other = picture();
    other.packages[0].umid[31] = 0x99;
    assert_eq!(found(other, sound()), ["mxf.file-id"]);
    let mut other = picture();
    other.operational_pattern.0[12] = 2;
    assert_eq!(found(other, sound()), ["mxf.operational-pattern"]);
    let open = Header { is_closed: false, ..picture() };
    assert_eq!(found(open.clone(), sound()), ["mxf.open-header"]);
    assert_eq!(found(Header { from_footer: true, ..open }, sound()), [""; 0]);
    assert_eq!(found(Header { footer: Footer::Missing, ..picture() }, sound()), ["mxf.footer"]);
}

#[test]
fn a_track_file_has_one_track_from_its_start() {
    let mut two = picture();
    let second = two.packages[0].tracks[0].clone();
    two.packages[0].tracks.push(second);
    assert_eq!(found(two, sound()), ["mxf.tracks"]);
    let mut late = picture();
    late.packages[0].tracks[0].origin = Some(3);
    assert_eq!(found(late, sound()), ["mxf.origin"]);
}

#[test]
fn a_track_file_holds_what_is_played_of_it() {
    let with = |change: fn(&mut Track)| {
        let mut other = picture();
        change(&mut other.packages[0].tracks[0]);
        found(other, sound())
    };
    assert_eq!(with(|track| track.kind = TrackKind::Sound), ["mxf.essence-kind"]);
    assert_eq!(with(|track| track.edit_rate = Some((25, 1))), ["mxf.edit-rate"]);
    assert_eq!(with(|track| track.duration = Some(299)), ["mxf.duration"]);
    assert_eq!(with(|track| track.edit_rate = Some((48, 2))), [""; 0]);
    assert_eq!(with(|track| track.duration = None), [""; 0]);
}

#[test]
fn both_descriptors_say_the_same() {
    let with = |name: &str, value: Value| {
        let mut other = picture();
        let values = other.descriptors[0].values.iter_mut();
        values.filter(|(known, _)| *known == name).for_each(|it| it.1 = value.clone());
        found(other, sound())
    };
    assert_eq!(with("SampleRate", Value::Rational(48, 2)), [""; 0]);
    assert_eq!(with("SampleRate", Value::Rational(25, 1)), ["mxf.descriptor"]);
    assert_eq!(with("FrameLayout", Value::Word("SeparateFields", 1)), ["mxf.descriptor"]);
    assert_eq!(with("StoredWidth", Value::Number(1918)), ["mxf.descriptor"]);
    let mut other = picture();
    other.descriptors[0].class = Some("RGBADescriptor");
    assert_eq!(found(other, sound()), ["mxf.descriptor"]);
}

#[test]
fn both_say_the_same_language() {
    let with = |tag: &str| {
        let mut other = sound();
        other.descriptors[1].values[0].1 = Value::Text(tag.to_owned());
        found(picture(), other)
    };
    assert_eq!(with("en-gb"), [""; 0]);
    assert_eq!(with("en"), ["mxf.language"]);
    assert_eq!(with(""), ["mxf.language"]);
}

#[test]
fn what_is_not_here_is_said_and_is_no_finding() {
    let document = read(WELL.as_bytes()).unwrap();
    let Content::Composition(composition) = &document.content else { panic!("no composition") };
    let mut sink = super::Sink::new(&document, "CPL.xml");
    super::check_composition(&document, composition, &Files::default(), &mut sink);
    let missing = sink.not_checked.iter().filter(|(_, reason)| reason.contains("not here"));
    assert_eq!(missing.count(), 2);
    assert!(sink.findings.is_empty());
}
