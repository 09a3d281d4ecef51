use super::super::model::{Edit, Effect, TrackKind};
use super::super::{FourCc, Reason};
use super::writer::{
    Track, atom, elst, ftyp, full, joined, long, moov, movie, table, to_end, words,
};
use super::{only, read};

#[test]
fn brands_and_boxes_are_told_with_their_places() {
    let bytes = movie(&[Track::video()]);
    let found = read(&bytes).unwrap();
    assert_eq!(found.major_brand, Some(FourCc(*b"isom")));
    assert_eq!(found.compatible_brands, [FourCc(*b"isom"), FourCc(*b"mp42")]);
    assert_eq!((found.time_scale, found.duration), (Some(1000), Some(1000)));
    let places: Vec<_> =
        found.boxes.iter().map(|one| (one.kind.to_string(), one.offset, one.size)).collect();
    let mdat = bytes.len() as u64 - 56;
    let expected =
        [("ftyp".into(), 0, 24), ("moov".into(), 24, mdat - 24), ("mdat".into(), mdat, 56)];
    assert_eq!(places, expected);
    assert_eq!(found.is_fast_start(), Some(true));
    assert!(!found.is_quicktime() && !found.is_fragmented && !found.is_compressed);
}

#[test]
fn the_header_may_lie_behind_or_between_media_data() {
    let (header, media) = (moov(&[Track::video()], &[]), atom(b"mdat", &[1; 9]));
    let cases: [(&[&[u8]], Option<bool>); 6] = [
        (&[&header, &media], Some(true)),
        (&[&media, &header], Some(false)),
        (&[&media, &header, &media], Some(false)),
        (&[&header, &media, &media], Some(true)),
        // Nothing is in it.
        (&[&atom(b"mdat", &[]), &header, &media], Some(true)),
        (&[&header], None),
    ];
    for (parts, expected) in cases {
        let bytes = joined(parts);
        assert_eq!(read(&bytes).unwrap().is_fast_start(), expected);
    }
}

#[test]
fn sizes_are_read_in_each_form() {
    let track = Track::video().write(1);
    let mvhd = full(b"mvhd", 0, 0, &[words(&[0, 0, 25, 50]), vec![0; 80]].concat());
    let header = long(b"moov", &joined(&[&mvhd, &track]));
    let bytes = joined(&[&long(b"mdat", &[1; 5]), &header, &to_end(b"mdat", &[2; 100])]);
    let found = read(&bytes).unwrap();
    assert_eq!((found.time_scale, found.tracks.len()), (Some(25), 1));
    let last = found.boxes.last().unwrap();
    assert_eq!((last.size, last.to_end, last.missing), (108, true, 0));
    assert_eq!(found.leftover, 0);
}

#[test]
fn an_id_is_part_of_the_head() {
    let bytes = joined(&[&movie(&[]), &atom(b"uuid", &[9; 20])]);
    let last = read(&bytes).unwrap().boxes.pop().unwrap();
    assert_eq!((last.uuid, last.head, last.size), (Some([9; 16]), 24, 28));
}

#[test]
fn zeros_at_the_end_are_no_box() {
    for count in [1, 7, 8, 500] {
        let found = read(&joined(&[&movie(&[]), &vec![0; count]])).unwrap();
        assert_eq!((found.leftover, found.boxes.len()), (count as u64, 3));
        assert_eq!(found.faults, []);
    }
}

#[test]
fn a_file_without_a_brand_is_quicktime() {
    let bytes = joined(&[&atom(b"wide", &[]), &moov(&[Track::video()], &[])]);
    assert!(read(&bytes).unwrap().is_quicktime());
}

#[test]
fn a_compressed_header_is_told_and_not_read() {
    let header = atom(b"moov", &atom(b"cmov", &atom(b"dcom", b"zlib")));
    let found = read(&joined(&[&ftyp(b"qt  "), &header])).unwrap();
    assert!(found.is_compressed && found.tracks.is_empty());
    assert_eq!(found.faults, []);
}

#[test]
fn a_track_is_told() {
    let track = only(&movie(&[Track { flags: 2, ..Track::video() }]));
    assert_eq!((track.id, track.kind), (Some(1), TrackKind::Video));
    assert_eq!(track.is_enabled, Some(false));
    assert_eq!(track.language.as_deref(), Some("eng"));
    assert_eq!((track.time_scale, track.duration), (Some(24000), Some(24000)));
    assert_eq!(track.display, Some((1920 << 16, 1080 << 16)));
    assert_eq!((track.rotation, track.is_external), (Some(0), false));
}

#[test]
fn a_turn_is_told_by_its_degrees() {
    let bytes = movie(&[Track::video()]);
    let at = bytes.windows(4).position(|four| four == b"tkhd").unwrap() + 44;
    let (one, minus) = (0x10000_u32, 0xffff_0000_u32);
    let cases = [
        ([0, one, minus, 0], Some(90)),
        ([minus, 0, 0, minus], Some(180)),
        ([0, minus, one, 0], Some(270)),
        ([minus, 0, 0, one], None),
    ];
    for ([a, b, c, d], expected) in cases {
        let mut turned = bytes.clone();
        turned[at..at + 20].copy_from_slice(&words(&[a, b, 0, c, d]));
        assert_eq!(only(&turned).rotation, expected);
    }
}

#[test]
fn languages_are_letters_or_old_numbers() {
    let und = 21 << 10 | 14 << 5 | 4;
    for (code, expected) in [(0, Some("eng")), (11, Some("jpn")), (200, None), (und, None)] {
        let track = only(&movie(&[Track { language: code, ..Track::video() }]));
        assert_eq!(track.language.as_deref(), expected);
    }
}

#[test]
fn media_data_elsewhere_is_told() {
    let place = full(b"url ", 0, 0, b"file:///elsewhere.mov\0");
    assert!(only(&movie(&[Track { place, ..Track::video() }])).is_external);
}

fn effect(edits: &[u32], track: Track) -> Effect {
    only(&movie(&[Track { edits: Some(elst(edits)), ..track }])).edits.unwrap().effect
}

#[test]
fn an_edit_list_is_judged_by_what_it_changes() {
    let one = 0x10000;
    let delayed = || Track::video().with(table(b"ctts", 2, &[1, 2000, 12, 4000, 11, 0]));
    let cases: [(&[u32], Track, Effect); 10] = [
        (&[], Track::video(), Effect::None),
        (&[1000, 0, one], Track::video(), Effect::None),
        // A tick of the movie is left to rounding.
        (&[999, 0, one], Track::video(), Effect::None),
        (&[900, 0, one], Track::video(), Effect::Changes),
        (&[1000, 2000, one], Track::video(), Effect::Changes),
        (&[1000, 2000, one], delayed(), Effect::Reordered),
        (&[1000, 0, one], delayed(), Effect::None),
        (&[1000, 0, one * 2], Track::video(), Effect::Changes),
        (&[40, u32::MAX, one, 1000, 0, one], Track::video(), Effect::Changes),
        (&[0, 0, one], Track::video(), Effect::None),
    ];
    for (edits, track, expected) in cases {
        assert_eq!(effect(edits, track), expected, "{edits:?}");
    }
}

#[test]
fn edits_are_kept_up_to_a_number_and_counted() {
    let edits: Vec<u32> = (0..100).flat_map(|n| [10, n, 0x10000]).collect();
    let track = only(&movie(&[Track { edits: Some(elst(&edits)), ..Track::video() }]));
    let found = track.edits.unwrap();
    assert_eq!((found.list.len(), found.count), (64, 100));
    assert_eq!(found.list[63], Edit { duration: 10, start: 63, rate: 0x10000 });
}

#[test]
fn edits_of_64_bits_are_read() {
    let entry = [&5_000_000_000_u64.to_be_bytes()[..], &(-1_i64).to_be_bytes(), &words(&[0x10000])];
    let list = full(b"elst", 1, 0, &[words(&[1]), entry.concat()].concat());
    let track = only(&movie(&[Track { edits: Some(list), ..Track::video() }]));
    let expected = Edit { duration: 5_000_000_000, start: -1, rate: 0x10000 };
    assert_eq!(track.edits.unwrap().list, [expected]);
}

#[test]
fn a_box_that_is_damaged_is_passed_over_and_named() {
    let mut bytes = movie(&[Track::video(), Track::video()]);
    let at = bytes.windows(4).rposition(|four| four == b"stts").unwrap();
    bytes[at + 8..at + 12].copy_from_slice(&[0xff; 4]);
    let found = read(&bytes).unwrap();
    let fault = &found.faults[0];
    assert_eq!(fault.offset, at as u64 - 4);
    assert_eq!(fault.path, "moov/trak[2]/mdia/minf/stbl/stts");
    assert_eq!(fault.reason, Reason::Entries { count: u32::MAX.into(), left: 8 });
    assert_eq!(found.tracks[0].frame_rate().unwrap().numerator, 24);
    assert_eq!(found.tracks[1].frame_rate(), None);
    assert_eq!(found.tracks[1].sizes.count, 24);
}
