use super::super::{FourCc, MAX_FAULTS, MAX_TOP, Reason};
use super::writer::{Track, atom, ftyp, joined, moov, movie, to_end};
use super::{read, reason};

#[test]
fn what_is_no_movie_is_refused() {
    assert_eq!(reason(b""), Reason::Empty);
    let cases: [&[u8]; 5] = [
        b"moov",
        b"\x89PNG\r\n\x1a\n0123456789",
        &[0; 64],
        b"\0\0\0\x0cjP  \r\n\x87\n",
        b"\0\0\0\x07ftypisom",
    ];
    for bytes in cases {
        assert_eq!(reason(bytes), Reason::NoMovie, "{bytes:?}");
    }
}

#[test]
fn a_movie_without_a_whole_header_is_refused() {
    let bytes = joined(&[&ftyp(b"isom"), &atom(b"mdat", &[0; 99])]);
    assert_eq!(reason(&bytes), Reason::Missing("moov"));
    let bytes = joined(&[&ftyp(b"isom"), &moov(&[Track::video()], &[])]);
    for len in 24..bytes.len() {
        let fault = read(&bytes[..len]).unwrap_err();
        assert_eq!(fault.reason, Reason::Missing("moov"));
        assert_eq!(fault.offset, len as u64);
    }
}

#[test]
fn media_data_that_is_cut_off_is_a_fault_and_no_refusal() {
    let bytes = movie(&[Track::video()]);
    let found = read(&bytes[..bytes.len() - 10]).unwrap();
    let kind = FourCc(*b"mdat");
    assert_eq!(found.faults[0].reason, Reason::CutOff { kind, missing: 10 });
    assert_eq!(found.faults[0].path, "mdat");
    assert_eq!(found.boxes[2].missing, 10);
}

#[test]
fn what_cannot_be_a_box_ends_the_list() {
    let bytes = joined(&[&movie(&[]), b"\0\0\0\x05junk, and more"]);
    let found = read(&bytes).unwrap();
    assert_eq!(found.faults[0].reason, Reason::BoxSize(5));
    assert_eq!((found.boxes.len(), found.leftover), (3, 18));
}

#[test]
fn a_size_that_wraps_around_is_more_than_there_is() {
    let mut bytes = movie(&[]);
    bytes.extend([&1_u32.to_be_bytes(), &b"mdat"[..], &u64::MAX.to_be_bytes()].concat());
    let found = read(&bytes).unwrap();
    assert_eq!(found.boxes[3].missing, u64::MAX - 16);
    assert_eq!(found.boxes[3].end(), bytes.len() as u64);
}

#[test]
fn a_box_that_is_longer_than_its_parent_is_passed_over() {
    let bad = [&500_u32.to_be_bytes(), &b"trak"[..], &[0; 20]].concat();
    let found = read(&moov(&[Track::video()], &bad)).unwrap();
    assert_eq!(found.tracks.len(), 1);
    assert_eq!(found.faults[0].reason, Reason::Overrun { len: 500, left: 28 });
    assert_eq!(found.faults[0].path, "moov/trak");
}

#[test]
fn many_boxes_and_many_faults_are_bounded() {
    let boxes = atom(b"free", &[]).repeat(70_000);
    let found = read(&atom(b"moov", &boxes)).unwrap();
    assert!(found.faults.iter().any(|fault| fault.reason == Reason::TooMany("boxes")));
    let tracks = atom(b"trak", &atom(b"tkhd", &[])).repeat(5_000);
    let found = read(&atom(b"moov", &tracks)).unwrap();
    assert_eq!((found.tracks.len(), found.faults.len()), (4_096, MAX_FAULTS));
}

#[test]
fn a_header_up_to_the_end_is_read() {
    let body = Track::video().write(1);
    assert_eq!(read(&to_end(b"moov", &body)).unwrap().tracks.len(), 1);
}

#[test]
fn a_fault_says_where_it_is_in_words() {
    let mut bytes = movie(&[Track::video()]);
    let at = bytes.windows(4).position(|four| four == b"mdhd").unwrap();
    bytes[at + 16..at + 20].fill(0);
    let found = read(&bytes).unwrap();
    let expected = format!("byte {}, moov/trak[1]/mdia/mdhd: the time scale is 0", at - 4);
    assert_eq!(found.faults[0].to_string(), expected);
}

#[test]
fn a_header_behind_more_boxes_than_are_read_is_said_to_be_unread() {
    let bytes = joined(&[&ftyp(b"isom"), &atom(b"free", &[]).repeat(MAX_TOP), &moov(&[], &[])]);
    assert_eq!(reason(&bytes), Reason::TooMany("boxes"));
}
