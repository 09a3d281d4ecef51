use super::super::codec::Codec;
use super::super::model::{Aac, Avc, Colour, Field, Layout, Track as Read, TrackKind};
use super::only;
use super::writer::{Track, atom, esds, full, movie, picture, sound, table, words};

fn video(tag: &[u8], boxes: &[u8]) -> Read {
    only(&movie(&[Track::of(*b"vide", picture(tag, 1280, 720, boxes))]))
}

fn audio(entry: Vec<u8>) -> Read {
    only(&movie(&[Track::of(*b"soun", entry)]))
}

#[test]
fn picture_is_told_with_its_boxes() {
    let boxes = [
        atom(b"avcC", &[1, 100, 0, 40, 0xff]),
        atom(b"colr", b"nclx\0\x01\0\x0d\0\x06\x80"),
        atom(b"pasp", &words(&[4, 3])),
        atom(b"fiel", &[2, 9]),
    ];
    let track = video(b"avc3", &boxes.concat());
    let found = track.picture().unwrap();
    assert_eq!((found.width, found.height, found.depth), (1280, 720, 24));
    assert_eq!(found.compressor.as_deref(), Some("Maker"));
    assert_eq!(found.avc, Some(Avc { profile: 100, constraints: 0, level: 40 }));
    let (primaries, transfer, matrix) = (1, 13, 6);
    let colour = Colour::Code { primaries, transfer, matrix, full_range: Some(true) };
    assert_eq!(found.colour, Some(colour));
    assert_eq!(found.pixel_aspect, Some((4, 3)));
    assert_eq!(found.field, Some(Field { count: 2, order: 9 }));
    assert_eq!(track.codec(), Some(Codec::H264));
}

#[test]
fn colours_of_quicktime_have_no_range() {
    let track = video(b"apch", &atom(b"colr", b"nclc\0\x09\0\x10\0\x09"));
    let colour = track.picture().unwrap().colour;
    assert!(matches!(colour, Some(Colour::Code { primaries: 9, full_range: None, .. })));
    assert_eq!(track.codec(), Some(Codec::ProRes("ProRes 422 HQ")));
    let track = video(b"avc1", &atom(b"colr", b"prof\x01\x02\x03"));
    assert_eq!(track.picture().unwrap().colour, Some(Colour::Profile(3)));
}

#[test]
fn what_is_encrypted_is_known_by_what_it_was() {
    let sinf = atom(b"sinf", &atom(b"frma", b"avc1"));
    let track = video(b"encv", &sinf);
    assert!(track.is_encrypted());
    assert_eq!(track.codec(), Some(Codec::H264));
}

#[test]
fn a_codec_may_be_a_number() {
    let cases = [(0x20, Some(Codec::Mpeg4)), (0x6c, Some(Codec::Jpeg)), (0xff, None)];
    for (number, expected) in cases {
        assert_eq!(video(b"mp4v", &esds(number, &[])).codec(), expected);
    }
}

/// Configurations as the encoders of ffmpeg, Apple and Fraunhofer write them: AAC-LC, HE-AAC told first and
/// told behind, and its second version told first and told behind.
const CONFIGURATIONS: [(&[u8], Aac); 6] = [
    (&[0x12, 0x10], Aac { object_type: 2, rate: 44100, channels: Some(2) }),
    (&[0x11, 0x90], Aac { object_type: 2, rate: 48000, channels: Some(2) }),
    (&[0x2b, 0x11, 0x88, 0x00], Aac { object_type: 5, rate: 48000, channels: Some(2) }),
    (&[0x13, 0x10, 0x56, 0xe5, 0x98], Aac { object_type: 5, rate: 48000, channels: Some(2) }),
    (&[0xeb, 0x09, 0x88, 0x00], Aac { object_type: 29, rate: 48000, channels: Some(2) }),
    (
        &[0x13, 0x08, 0x56, 0xe5, 0x9d, 0x48, 0x80],
        Aac { object_type: 29, rate: 48000, channels: Some(2) },
    ),
];

#[test]
fn each_kind_of_aac_is_known() {
    for (bytes, expected) in CONFIGURATIONS {
        let track = audio(sound(b"mp4a", 6, &esds(0x40, bytes)));
        assert_eq!(track.codec(), Some(Codec::Aac));
        let found = track.sound().unwrap();
        assert_eq!(found.aac, Some(expected), "{bytes:x?}");
        assert_eq!((found.channel_count(), found.sample_rate()), (2, expected.rate));
    }
}

#[test]
fn sound_of_quicktime_has_its_boxes_in_a_wrapper() {
    let mut entry = sound(b"mp4a", 2, &[0; 16]);
    entry[17] = 1;
    let wave = atom(
        b"wave",
        &[atom(b"frma", b"mp4a"), esds(0x40, &[0x11, 0x90]), vec![0, 0, 0, 8, 0, 0, 0, 0]].concat(),
    );
    let chan = full(b"chan", 0, 0, &words(&[0x0065_0002, 0, 0]));
    entry.extend([wave, chan].concat());
    let size = u32::try_from(entry.len()).unwrap();
    entry[..4].copy_from_slice(&size.to_be_bytes());
    let track = audio(entry);
    let found = track.sound().unwrap();
    assert_eq!(found.aac.unwrap().object_type, 2);
    assert_eq!(found.layout.as_ref().and_then(Layout::name), Some("L R"));
}

#[test]
fn sound_with_large_numbers_is_told() {
    let mut entry = sound(b"lpcm", 3, &[0; 36]);
    entry[17] = 2;
    entry[40..48].copy_from_slice(&192_000_f64.to_be_bytes());
    entry[48..52].copy_from_slice(&12_u32.to_be_bytes());
    entry[56..60].copy_from_slice(&24_u32.to_be_bytes());
    let track = audio(entry);
    let found = track.sound().unwrap();
    assert_eq!((found.channels, found.rate, found.sample_size), (12, 192_000, 24));
    assert_eq!(track.codec(), Some(Codec::Pcm));
}

#[test]
fn layouts_are_told_in_each_form() {
    let labels = [words(&[0, 0, 2]), words(&[38, 0, 0, 0, 0]), words(&[39, 0, 0, 0, 0])].concat();
    let cases = [
        (labels, Layout::Labels(vec![38, 39]), Some("Lt Rt")),
        (words(&[1 << 16, 3, 0]), Layout::Bitmap(3), Some("L R")),
        (words(&[0x0079_0006, 0, 0]), Layout::Tag(0x0079_0006), None),
    ];
    for (body, expected, name) in cases {
        let track = audio(sound(b"in24", 2, &full(b"chan", 0, 0, &body)));
        let found = track.sound().unwrap();
        assert_eq!(found.layout, Some(expected.clone()));
        assert_eq!(expected.name(), name);
        assert_eq!(found.sample_size, 24);
    }
}

/// A time code track whose only sample is the media data of the movie.
fn timecode(flags: u32, base: u8, start: u32) -> Option<String> {
    let body = [&[0; 12][..], &words(&[flags, 30000, 1001]), &[base, 0]].concat();
    let track = Track::of(*b"tmcd", atom(b"tmcd", &body));
    let track = track.with(table(b"stco", 1, &[0])).with(table(b"stts", 2, &[1, 30]));
    let track =
        track.with(full(b"stsz", 0, 0, &words(&[4, 1]))).with(table(b"stsc", 3, &[1, 1, 1]));
    let mut bytes = movie(&[track]);
    let media = bytes.len() - 48;
    let at = bytes.windows(4).position(|four| four == b"stco").unwrap() + 12;
    bytes[at..at + 4].copy_from_slice(&u32::try_from(media).unwrap().to_be_bytes());
    bytes[media..media + 4].copy_from_slice(&start.to_be_bytes());
    only(&bytes).timecode_text()
}

/// Numbers of frames and their names, as ffmpeg's `av_timecode_make_string` has them.
#[test]
fn time_code_is_told_with_its_first_number() {
    assert_eq!(timecode(0, 24, 86_400).as_deref(), Some("01:00:00:00"));
    assert_eq!(timecode(0, 25, 25 * 3600 - 1).as_deref(), Some("00:59:59:24"));
    for (frame, text) in [
        (0, "00:00:00;00"),
        (1799, "00:00:59;29"),
        (1800, "00:01:00;02"),
        (17_982, "00:10:00;00"),
        (107_892, "01:00:00;00"),
    ] {
        assert_eq!(timecode(1, 30, frame).as_deref(), Some(text));
    }
    assert_eq!(timecode(1, 60, 3600).as_deref(), Some("00:01:00;04"));
    assert_eq!(timecode(8, 30, 5), None);
}

#[test]
fn other_tracks_are_told_by_what_handles_them() {
    for (handler, kind) in [(*b"sbtl", TrackKind::Text), (*b"clcp", TrackKind::Text)] {
        assert_eq!(only(&movie(&[Track::of(handler, atom(b"tx3g", &[0; 30]))])).kind, kind);
    }
    let track = only(&movie(&[Track::of(*b"meta", atom(b"mebx", &[0; 8]))]));
    assert_eq!(format!("{:?}", track.kind), "Other(`meta`)");
}

#[test]
fn pictures_that_are_not_compressed_are_no_sound() {
    assert_eq!(video(b"raw ", &[]).codec(), None);
    assert_eq!(audio(sound(b"raw ", 2, &[])).codec(), Some(Codec::Pcm));
}
