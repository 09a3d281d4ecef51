use std::io::Cursor;

use super::super::Reason;
use super::super::faststart::{Refusal, Why, plan};
use super::moved::with_offsets;
use super::writer::{Track, atom, ftyp, full, joined, moov, table, words};

fn refusal(bytes: &[u8]) -> Refusal {
    plan(&mut Cursor::new(bytes), 1).unwrap_err()
}

fn why(bytes: &[u8]) -> Why {
    match refusal(bytes) {
        Refusal::Not { why, .. } => why,
        Refusal::Fault(fault) => panic!("{fault}"),
    }
}

/// Media data from byte 32 to 64, and a header with this track and these boxes.
fn movie(track: Track, more: &[u8]) -> Vec<u8> {
    joined(&[&ftyp(b"isom"), &atom(b"mdat", &[1; 32]), &moov(&[track], more)])
}

#[test]
fn what_counts_from_the_start_elsewhere_is_refused() {
    let iloc = full(b"iloc", 0, 0, &[0; 8]);
    let handler = full(b"hdlr", 0, 0, &[0; 20]);
    let meta = full(b"meta", 0, 0, &[handler.clone(), iloc.clone()].concat());
    let quicktime = atom(b"meta", &[handler, iloc].concat());
    let good = with_offsets(&[32]);
    let saio = good.clone().with(full(b"saio", 0, 0, &words(&[1, 40])));
    let cases = [
        movie(good.clone(), &meta),
        movie(good.clone(), &quicktime),
        movie(good.clone(), &atom(b"udta", &meta)),
        movie(saio, &[]),
        joined(&[&movie(good.clone(), &[]), &meta]),
        joined(&[&ftyp(b"crx "), &atom(b"mdat", &[1; 32]), &moov(&[good], &[])]),
    ];
    for bytes in cases {
        assert_eq!(why(&bytes), Why::CountsFromStart);
    }
}

#[test]
fn fragments_are_refused_wherever_the_header_is() {
    let good = || with_offsets(&[32]);
    let moof = atom(b"moof", &[]);
    let cases = [
        joined(&[&moov(&[], &atom(b"mvex", &[])), &moof, &atom(b"mdat", &[1; 9])]),
        joined(&[&movie(good(), &[]), &atom(b"mfra", &[])]),
        movie(good(), &atom(b"mvex", &[])),
    ];
    for bytes in cases {
        assert_eq!(why(&bytes), Why::Fragmented);
    }
}

#[test]
fn headers_that_are_not_read_are_refused() {
    let good = || with_offsets(&[32]);
    assert_eq!(why(&movie(good(), &atom(b"cmov", &[]))), Why::Compressed);
    assert_eq!(why(&movie(good(), &atom(b"rmra", &[]))), Why::Reference);
    let two = joined(&[&movie(good(), &[]), &moov(&[], &[])]);
    assert_eq!(why(&two), Why::SeveralHeaders);
    assert!(matches!(refusal(&two), Refusal::Not { offset, .. } if offset > 64));
    let external = Track { place: full(b"alis", 0, 0, &[0; 9]), ..good() };
    assert_eq!(why(&movie(external, &[])), Why::External);
    let both = good().with(table(b"co64", 2, &[0, 32]));
    assert_eq!(why(&movie(both, &[])), Why::TwoTables);
}

#[test]
fn samples_that_lie_in_nothing_are_refused() {
    // In the brand, in a head, with the last byte behind media data, in the header, behind the file.
    for at in [0, 27, 61, 80, 1 << 20, u32::MAX.into()] {
        assert_eq!(why(&movie(with_offsets(&[at]), &[])), Why::Outside { at, len: 4 });
    }
    for at in [32, 60] {
        assert!(plan(&mut Cursor::new(&movie(with_offsets(&[at]), &[])), 1).is_ok());
    }
    let free = joined(&[
        &ftyp(b"isom"),
        &atom(b"free", &[1; 32]),
        &atom(b"mdat", &[1; 9]),
        &moov(&[with_offsets(&[32])], &[]),
    ]);
    assert_eq!(why(&free), Why::Outside { at: 32, len: 4 });
}

#[test]
fn a_run_of_samples_has_to_lie_in_media_data_up_to_its_end() {
    let two_each = |sizes: Vec<u8>| {
        let track = with_offsets(&[32, 48]).with(table(b"stsc", 3, &[1, 1, 1, 2, 3, 1]));
        movie(track.with(full(b"stsz", 0, 0, &sizes)), &[])
    };
    assert!(plan(&mut Cursor::new(&two_each(words(&[0, 4, 16, 6, 5, 5]))), 1).is_ok());
    let (at, len) = (48, 17);
    assert_eq!(why(&two_each(words(&[0, 4, 16, 6, 6, 5]))), Why::Outside { at, len });
    assert_eq!(why(&two_each(words(&[6, 4]))), Why::Outside { at, len: 18 });
    assert!(plan(&mut Cursor::new(&two_each(words(&[1, 4]))), 1).is_ok());
}

#[test]
fn runs_that_are_not_told_in_order_are_refused() {
    let good = || with_offsets(&[32, 40]);
    for runs in [&[2, 1, 1][..], &[1, 1, 1, 1, 2, 1], &[1, 1, 1, 5, 1, 1, 4, 1, 1], &[]] {
        assert_eq!(why(&movie(good().with(table(b"stsc", 3, runs)), &[])), Why::Runs);
    }
    assert_eq!(why(&movie(good().without(b"stsc"), &[])), Why::Runs);
}

#[test]
fn a_damaged_file_is_refused() {
    let good = movie(with_offsets(&[32]), &[]);
    let mut bytes = good.clone();
    let at = bytes.windows(4).position(|four| four == b"stco").unwrap();
    bytes[at + 8] = 9;
    assert!(matches!(refusal(&bytes), Refusal::Fault(fault) if fault.path.ends_with("stbl/stco")));
    let cut = joined(&[&good, &[0, 0, 0, 99], b"mdat", &[0; 50]]);
    let fault = match refusal(&cut) {
        Refusal::Fault(fault) => fault,
        not @ Refusal::Not { .. } => panic!("{not}"),
    };
    assert!(matches!(fault.reason, Reason::CutOff { missing: 41, .. }));
}

#[test]
fn a_refusal_says_where_and_why_in_words() {
    let text = refusal(&movie(with_offsets(&[7]), &[])).to_string();
    let (place, why) = text.split_once(": ").unwrap();
    assert!(place.starts_with("byte ") && place.ends_with(", moov/trak[1]/mdia/minf/stbl/stco"));
    assert_eq!(why, "4 bytes of samples at byte 7 do not lie in media data");
}

#[test]
fn a_header_without_its_own_header_is_damaged() {
    let bytes =
        joined(&[&ftyp(b"isom"), &atom(b"mdat", &[1; 32]), &atom(b"moov", &atom(b"trak", &[]))]);
    let Refusal::Fault(fault) = refusal(&bytes) else { panic!("refused for another reason") };
    assert_eq!(fault.reason, Reason::Missing("mvhd"));
}
