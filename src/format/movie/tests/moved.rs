use std::io::Cursor;

use super::super::faststart::{Piece, Plan, plan};
use super::writer::{Track, atom, ftyp, full, joined, long, moov, table, to_end, words};

/// A track with samples of 4 bytes at these places, one each.
pub(super) fn with_offsets(places: &[u64]) -> Track {
    let short: Vec<u32> =
        places.iter().map(|place| u32::try_from(*place).unwrap_or(u32::MAX)).collect();
    let count = u32::try_from(places.len()).unwrap();
    let sizes = [words(&[0, count]), words(&[4]).repeat(places.len())].concat();
    let track = Track::video().with(table(b"stsc", 3, &[1, 1, 1])).with(table(b"stco", 1, &short));
    track.with(table(b"stts", 2, &[count, 1000])).with(full(b"stsz", 0, 0, &sizes))
}

/// The first table of offsets in these bytes, and what it is, looked for without reading boxes.
pub(super) fn offsets(bytes: &[u8]) -> ([u8; 4], Vec<u64>) {
    let is_one = |four: &[u8]| four == b"stco" || four == b"co64";
    let at = bytes.windows(4).position(is_one).expect("a table");
    all_offsets(bytes, at)
}

fn all_offsets(bytes: &[u8], at: usize) -> ([u8; 4], Vec<u64>) {
    let kind: [u8; 4] = bytes[at..at + 4].try_into().unwrap();
    let count = u32::from_be_bytes(bytes[at + 8..at + 12].try_into().unwrap());
    let width = if kind == *b"co64" { 8 } else { 4 };
    let entries = bytes[at + 12..].chunks_exact(width).take(count as usize);
    let number = |entry: &[u8]| entry.iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
    (kind, entries.map(number).collect())
}

fn place(at: u64) -> usize {
    usize::try_from(at).unwrap()
}

/// The file that a plan makes.
pub(super) fn made(bytes: &[u8]) -> Vec<u8> {
    let Plan::Rewrite(pieces) = plan(&mut Cursor::new(bytes), 1).unwrap() else {
        panic!("it has to be rewritten")
    };
    let mut new = Vec::new();
    for piece in &pieces {
        match piece {
            Piece::Bytes(bytes) => new.extend(bytes),
            Piece::Range(range) => {
                new.extend(&bytes[place(range.start)..place(range.end)]);
            }
        }
    }
    assert_eq!(new.len() as u64, pieces.iter().map(Piece::size).sum::<u64>());
    new
}

/// The samples of each table are the same in both files, and the header is before media data.
pub(super) fn same_samples(old: &[u8], new: &[u8]) {
    let tables = |bytes: &[u8]| -> Vec<Vec<u64>> {
        let is_one = |four: &[u8]| four == b"stco" || four == b"co64";
        let places = bytes.windows(4).enumerate().filter(|(_, four)| is_one(four));
        places.map(|(at, _)| all_offsets(bytes, at).1).collect()
    };
    let (before, after) = (tables(old), tables(new));
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().flatten().zip(after.iter().flatten()) {
        let sample = |bytes: &[u8], at: u64| bytes[place(at)..][..4].to_vec();
        assert_eq!(sample(old, *before), sample(new, *after));
    }
    assert_eq!(super::read(new).unwrap().is_fast_start(), Some(true));
    assert_eq!(plan(&mut Cursor::new(new), 1).unwrap(), Plan::Already);
}

fn media(first: u8) -> Vec<u8> {
    (first..first + 32).collect()
}

#[test]
fn the_header_goes_behind_the_brand_and_offsets_follow() {
    let places = [32, 40, 60];
    let header = moov(&[with_offsets(&places), with_offsets(&[36])], &[]);
    let old = joined(&[&ftyp(b"isom"), &atom(b"mdat", &media(1)), &header]);
    let new = made(&old);
    assert_eq!(new.len(), old.len());
    same_samples(&old, &new);
    let by = header.len() as u64;
    assert_eq!(offsets(&new).1, places.map(|place| place + by));
    assert_eq!(&new[24..28], &old[64..68]);
    assert_eq!(&new[28..32], b"moov");
}

#[test]
fn all_else_stays_as_it_is_and_in_its_order() {
    let (free, wide) = (atom(b"free", &[3; 11]), atom(b"wide", &[]));
    let user = atom(b"udta", &atom(b"name", b"not changed"));
    let header = moov(&[with_offsets(&[24 + 19 + 8 + 8])], &user);
    let tail = [atom(b"uuid", &[5; 30]), vec![0; 5]].concat();
    let data = atom(b"mdat", &media(1));
    let old = joined(&[&ftyp(b"qt  "), &free, &wide, &data, &header, &tail]);
    let new = made(&old);
    same_samples(&old, &new);
    let rest = new.len() - (header.len() + 24);
    assert_eq!(new[new.len() - rest..], joined(&[&free, &wide, &data, &tail]));
    assert!(new.windows(11).any(|some| some == b"not changed"));
}

#[test]
fn without_a_brand_the_header_is_first() {
    let old = joined(&[&atom(b"mdat", &media(1)), &moov(&[with_offsets(&[8, 20])], &[])]);
    let new = made(&old);
    assert_eq!(&new[4..8], b"moov");
    same_samples(&old, &new);
}

#[test]
fn media_data_before_and_behind_the_header_is_followed() {
    let size = moov(&[with_offsets(&[0, 0, 0])], &[]).len() as u64;
    let header = moov(&[with_offsets(&[32, 64 + size + 8, 64 + size + 56])], &[]);
    let (one, two) = (atom(b"mdat", &media(1)), long(b"mdat", &media(90)));
    let old = joined(&[&ftyp(b"isom"), &one, &header, &one, &two]);
    same_samples(&old, &made(&old));
}

#[test]
fn media_data_up_to_the_end_gets_its_size() {
    let size = moov(&[with_offsets(&[0, 0])], &[]).len() as u64;
    let header = moov(&[with_offsets(&[32, 64 + size + 9])], &[]);
    let (one, two) = (atom(b"mdat", &media(1)), to_end(b"mdat", &media(50)));
    let old = joined(&[&ftyp(b"isom"), &one, &header, &two]);
    let new = made(&old);
    same_samples(&old, &new);
    assert_eq!(&new[new.len() - 40..new.len() - 32], b"\0\0\0\x28mdat");
}

#[test]
fn a_header_up_to_the_end_gets_its_size() {
    let header = moov(&[with_offsets(&[33])], &[]);
    let header = to_end(b"moov", &header[8..]);
    let old = joined(&[&ftyp(b"isom"), &atom(b"mdat", &media(1)), &header]);
    let new = made(&old);
    same_samples(&old, &new);
    assert_eq!(new[24..28], words(&[u32::try_from(header.len()).unwrap()]));
}

#[test]
fn heads_of_64_bits_and_slack_are_kept() {
    let inner = moov(&[with_offsets(&[33])], b"\0\0\0\0");
    let header = long(b"moov", &inner[8..]);
    let old = joined(&[&ftyp(b"isom"), &atom(b"mdat", &media(1)), &header]);
    let new = made(&old);
    same_samples(&old, &new);
    assert_eq!(new[24..40], header[..16]);
    assert_eq!(new[24 + header.len() - 4..24 + header.len()], [0; 4]);
}

#[test]
fn a_header_that_is_first_needs_nothing() {
    let cases = [
        joined(&[&moov(&[with_offsets(&[1])], &[]), &atom(b"mdat", &media(1))]),
        joined(&[&ftyp(b"isom"), &atom(b"mdat", &[]), &moov(&[], &[])]),
        joined(&[&ftyp(b"isom"), &moov(&[], &[]), &to_end(b"mdat", &media(1))]),
    ];
    for bytes in cases {
        assert_eq!(plan(&mut Cursor::new(&bytes), 1), Ok(Plan::Already));
    }
}

#[test]
fn what_follows_the_header_moves_by_whole_blocks_where_that_is_asked() {
    for len in [64, 9000] {
        let (media, track) = (vec![7; len], with_offsets(&[32, 40]));
        let bytes = joined(&[&ftyp(b"isom"), &atom(b"mdat", &media), &moov(&[track], &[])]);
        let Plan::Rewrite(pieces) = plan(&mut Cursor::new(&bytes), 4096).unwrap() else {
            panic!("it has to be rewritten")
        };
        let mut at = 0;
        for piece in &pieces {
            if let Piece::Range(range) = piece
                && range.start > 32
            {
                assert_eq!((at - range.start) % 4096, 0, "{pieces:?}");
            }
            at += piece.size();
        }
        let mut new = Vec::new();
        for piece in &pieces {
            match piece {
                Piece::Bytes(bytes) => new.extend(bytes),
                Piece::Range(range) => new.extend(&bytes[place(range.start)..place(range.end)]),
            }
        }
        same_samples(&bytes, &new);
    }
}
