use std::fmt::Write;

use proptest::prelude::*;

use super::align::align;
use super::{Change, Kind, What, diff};
use crate::format::imf::{Content, read};

/// A piece of the picture: the file, its first edit unit, and how many are played.
type Piece = (u8, u64, u64);

/// A composition of segments of such pieces at 24, with markers at these edit units of the first segment.
fn composition(segments: &[&[Piece]], markers: &[(&str, u64)]) -> String {
    let mut text = String::from(
        "<CompositionPlaylist xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2016\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:c=\"http://www.smpte-ra.org/ns/2067-2/2020\">\
         <Id>urn:uuid:00000000-0000-4000-8000-000000000001</Id><IssueDate>2024-05-01T12:00:00Z</IssueDate>\
         <ContentTitle>Title</ContentTitle><EditRate>24 1</EditRate><SegmentList>",
    );
    for pieces in segments {
        text += "<Segment><Id>urn:uuid:00000000-0000-4000-8000-000000000002</Id><SequenceList>"
            .replace("000000000002", &format!("{:012x}", pieces.as_ptr() as usize & 0xffff_ffff))
            .as_str();
        let total: u64 = pieces.iter().map(|piece| piece.2).sum();
        let _ = write!(
            text,
            "<MarkerSequence><Id>urn:uuid:00000000-0000-4000-8000-000000000003</Id><TrackId>urn:uuid:00000000-0000-4000-8000-000000000004</TrackId><ResourceList><Resource xsi:type=\"MarkerResourceType\"><Id>urn:uuid:00000000-0000-4000-8000-000000000005</Id><IntrinsicDuration>{total}</IntrinsicDuration>"
        );
        for (label, offset) in markers {
            let _ =
                write!(text, "<Marker><Label>{label}</Label><Offset>{offset}</Offset></Marker>");
        }
        text += "</Resource></ResourceList></MarkerSequence><c:MainImageSequence><Id>urn:uuid:00000000-0000-4000-8000-000000000006</Id><TrackId>urn:uuid:00000000-0000-4000-8000-000000000007</TrackId><ResourceList>";
        for (file, entry, played) in *pieces {
            let _ = write!(
                text,
                "<Resource xsi:type=\"TrackFileResourceType\"><Id>urn:uuid:00000000-0000-4000-8000-000000000008</Id><IntrinsicDuration>100000</IntrinsicDuration><EntryPoint>{entry}</EntryPoint><SourceDuration>{played}</SourceDuration><SourceEncoding>urn:uuid:00000000-0000-4000-8000-000000000009</SourceEncoding><TrackFileId>urn:uuid:00000000-0000-4000-8000-0000000001{file:02x}</TrackFileId></Resource>"
            );
        }
        text += "</ResourceList></c:MainImageSequence></SequenceList></Segment>";
    }
    text + "</SegmentList></CompositionPlaylist>"
}

fn changes(a: &str, b: &str) -> Vec<Change> {
    let (a, b) = (read(a.as_bytes()).unwrap(), read(b.as_bytes()).unwrap());
    let (Content::Composition(one), Content::Composition(other)) = (&a.content, &b.content) else {
        panic!("no composition")
    };
    diff((&a, one), (&b, other))
}

/// The changes of the picture: what, then start and length in both.
fn of_picture(a: &[Piece], b: &[Piece]) -> Vec<(Kind, What, u64, u64, u64, u64)> {
    let (a, b) = (composition(&[a], &[]), composition(&[b], &[]));
    let found = changes(&a, &b);
    let found = found.into_iter().filter(|it| matches!(it.kind, Kind::Resource | Kind::TrackFile));
    let one = |it: Change| {
        let (from, to) = (it.from.unwrap(), it.to.unwrap());
        (it.kind, it.what, from.start, from.duration, to.start, to.duration)
    };
    found.map(one).collect()
}

const SHOTS: &[Piece] = &[(1, 0, 100), (2, 0, 100), (3, 0, 100)];

#[test]
fn what_is_the_same_has_no_change() {
    let one = composition(&[SHOTS], &[("FFOC", 10)]);
    assert_eq!(changes(&one, &one), []);
    assert_eq!(of_picture(&[(1, 0, 100)], &[(1, 0, 40), (1, 40, 60)]), []);
}

#[test]
fn a_shot_that_was_put_in_is_one_change() {
    let longer: &[Piece] = &[(1, 0, 100), (9, 5, 24), (2, 0, 100), (3, 0, 100)];
    let added = (Kind::Resource, What::Added, 100, 0, 100, 24);
    assert_eq!(of_picture(SHOTS, longer), [added]);
    assert_eq!(of_picture(longer, SHOTS), [(Kind::Resource, What::Removed, 100, 24, 100, 0)]);
}

#[test]
fn a_shot_put_over_the_middle_of_a_file_is_one_change() {
    let patched: &[Piece] = &[(1, 0, 40), (9, 0, 20), (1, 60, 40), (2, 0, 100), (3, 0, 100)];
    let changed = (Kind::Resource, What::Changed, 40, 20, 40, 20);
    assert_eq!(of_picture(SHOTS, patched), [changed]);
}

#[test]
fn another_file_in_the_same_place_is_a_change_of_the_file() {
    let other: &[Piece] = &[(1, 0, 100), (9, 0, 100), (3, 0, 100)];
    assert_eq!(of_picture(SHOTS, other), [(Kind::TrackFile, What::Changed, 100, 100, 100, 100)]);
}

#[test]
fn a_trim_is_what_was_taken_off() {
    let shorter: &[Piece] = &[(1, 0, 100), (2, 10, 90), (3, 0, 100)];
    assert_eq!(of_picture(SHOTS, shorter), [(Kind::Resource, What::Removed, 100, 10, 100, 0)]);
}

#[test]
fn changes_are_told_in_time_code_of_both() {
    let longer: &[Piece] = &[(9, 0, 48), (1, 0, 100), (2, 0, 100), (8, 0, 1), (3, 0, 100)];
    let found = changes(&composition(&[SHOTS], &[]), &composition(&[longer], &[]));
    let found: Vec<_> = found.iter().filter(|it| it.kind == Kind::Resource).collect();
    let second = found[1];
    assert_eq!(second.timecode.as_deref(), Some("00:00:10:08"));
    assert_eq!(second.end_timecode.as_deref(), Some("00:00:10:09"));
    assert_eq!(second.from.as_ref().unwrap().timecode, "00:00:08:08");
    assert_eq!((second.start, second.duration, second.segment), (Some(248), Some(1), Some(0)));
    assert!(second.message.contains("00:00:10:08"), "{}", second.message);
}

#[test]
fn a_mark_that_goes_with_its_picture_did_not_move() {
    let longer: &[Piece] = &[(9, 0, 48), (1, 0, 100), (2, 0, 100), (3, 0, 100)];
    let a = composition(&[SHOTS], &[("FFOC", 10), ("LFOC", 20), ("FFMC", 30)]);
    let b = composition(&[longer], &[("FFOC", 58), ("LFOC", 70), ("FFEC", 5)]);
    let found = changes(&a, &b);
    let marks = found.iter().filter(|it| it.kind == Kind::Marker);
    let marks: Vec<_> = marks.map(|it| (it.name.as_deref().unwrap(), it.what)).collect();
    assert_eq!(marks, [("FFEC", What::Added), ("FFMC", What::Removed), ("LFOC", What::Moved)]);
}

#[test]
fn a_segment_more_is_said_once() {
    let (one, two): (&[Piece], &[Piece]) = (&[(1, 0, 50)], &[(2, 0, 50)]);
    let found = changes(&composition(&[one], &[]), &composition(&[one, two], &[]));
    let found: Vec<_> = found.iter().filter(|it| it.kind == Kind::Segment).collect();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].what, found[0].start, found[0].segment), (What::Added, Some(50), Some(1)));
}

#[test]
fn what_is_said_of_the_whole_is_compared_by_its_elements() {
    let a = composition(&[SHOTS], &[]);
    let b = a
        .replace(">Title<", ">Other<")
        .replace("<EditRate>", "<ContentKind>test</ContentKind><EditRate>");
    let found = changes(&a, &b);
    let names: Vec<_> = found.iter().map(|it| (it.name.as_deref().unwrap(), it.what)).collect();
    assert_eq!(names, [("ContentTitle", What::Changed), ("ContentKind", What::Added)]);
    assert_eq!(found[0].message, "ContentTitle `Title` is now `Other`");
}

#[test]
fn a_track_that_only_one_has_was_added_or_removed() {
    let a = composition(&[SHOTS], &[]);
    let b = a
        .replace("c:MainImageSequence", "c:MainAudioSequence")
        .replace("000000000007", "000000000077");
    let found = changes(&a, &b);
    let found: Vec<_> =
        found.iter().filter(|it| it.kind == Kind::Track).map(|it| it.what).collect();
    assert_eq!(found, [What::Removed, What::Added]);
}

proptest! {
    #[test]
    fn what_is_aligned_is_equal_and_rises(a in prop::collection::vec(0_u8..6, 0..60), b in prop::collection::vec(0_u8..6, 0..60)) {
        let pairs = align(&a, &b);
        prop_assert!(pairs.iter().all(|&(one, other)| a[one] == b[other]));
        prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
    }

    #[test]
    fn what_was_put_in_is_all_that_is_not_aligned(a in prop::collection::vec(0_u16..400, 0..60), at in 0_usize..60, more in prop::collection::vec(500_u16..600, 1..20)) {
        let at = at.min(a.len());
        let mut b = a.clone();
        b.splice(at..at, more);
        prop_assert_eq!(align(&a, &b).len(), a.len());
    }
}

/// The same composition with a descriptor of this width.
fn described(width: u32) -> String {
    let list = format!(
        "<EssenceDescriptorList><EssenceDescriptor><Id>urn:uuid:00000000-0000-4000-8000-000000000009</Id>\
         <r:RGBADescriptor xmlns:r=\"http://www.smpte-ra.org/reg/395/2014/13/1/aaf\"><InstanceID>{width}</InstanceID>\
         <StoredWidth>{width}</StoredWidth></r:RGBADescriptor></EssenceDescriptor></EssenceDescriptorList><EditRate>"
    );
    composition(&[&[(1, 0, 24)]], &[]).replace("<EditRate>", &list)
}

#[test]
fn what_descriptors_say_is_compared() {
    let plain = composition(&[&[(1, 0, 24)]], &[]);
    assert_eq!(changes(&described(240), &described(240)), []);
    let [changed] = changes(&described(240), &described(640)).try_into().unwrap();
    assert!(changed.message.ends_with("`StoredWidth 240` is now `StoredWidth 640`"));
    assert_eq!(changes(&plain, &described(240))[0].what, What::Added);
    assert_eq!(changes(&described(240), &plain)[0].what, What::Removed);
}

#[test]
fn a_new_id_and_date_of_the_document_are_no_change() {
    let a = composition(&[&[(1, 0, 24)]], &[]);
    let b = a.replace("000000000001<", "0000000000ff<").replace("2024-05-01", "2026-05-01");
    assert_ne!(a, b);
    assert_eq!(changes(&a, &b), []);
}

#[test]
fn another_descriptor_for_the_same_file_is_a_change() {
    let second = "<EssenceDescriptor><Id>urn:uuid:00000000-0000-4000-8000-00000000000a</Id><r:RGBADescriptor xmlns:r=\"http://www.smpte-ra.org/reg/395/2014/13/1/aaf\"/></EssenceDescriptor></EssenceDescriptorList>";
    let a = described(240).replace("</EssenceDescriptorList>", second);
    let encoding = "urn:uuid:00000000-0000-4000-8000-000000000009</SourceEncoding>";
    assert!(a.contains(encoding), "{a}");
    let b = a.replace(encoding, "urn:uuid:00000000-0000-4000-8000-00000000000a</SourceEncoding>");
    let [changed] = changes(&a, &b).try_into().unwrap();
    assert_eq!(changed.name.as_deref(), Some("SourceEncoding"));
    assert_eq!(changes(&a, &a), []);
}
