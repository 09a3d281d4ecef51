use std::io::Cursor;

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::faststart::{Plan, plan};
use super::moved::{made, same_samples, with_offsets};
use super::sparse::Sparse;
use super::writer::{
    Track, atom, elst, esds, ftyp, full, long, moov, movie, picture, sound, table, words,
};
use super::{only, read};

/// Bytes that are often at the edge of something.
fn edge() -> impl Strategy<Value = u8> {
    prop_oneof![Just(0), Just(1), Just(8), Just(0xff), Just(0x7f), Just(0x80), any::<u8>()]
}

/// A movie with something of everything.
fn full_movie() -> Vec<u8> {
    let video = Track { edits: Some(elst(&[1000, 0, 0x10000])), ..with_offsets(&[700, 704]) };
    let video = video.with(table(b"ctts", 2, &[1, 0, 1, 5])).with(table(b"stps", 1, &[2]));
    let audio = Track::of(*b"soun", sound(b"mp4a", 2, &esds(0x40, &[0x11, 0x90])));
    let time = Track::of(*b"tmcd", atom(b"tmcd", &[0; 26])).with(table(b"stco", 1, &[40]));
    let trex = atom(b"mvex", &full(b"trex", 0, 0, &words(&[1, 1, 1000, 50, 0x0001_0000])));
    let tfhd = full(b"tfhd", 0, 0, &words(&[1]));
    let runs = [
        tfhd,
        full(b"trun", 0, 0xf00, &words(&[1, 2, 3, 4, 5])),
        full(b"trun", 0, 5, &words(&[9, 0, 0])),
    ];
    let moof = atom(b"moof", &atom(b"traf", &runs.concat()));
    let media = atom(b"mdat", &[7; 30]);
    [ftyp(b"isom"), media.clone(), moov(&[video, audio, time], &trex), moof, media].concat()
}

/// Where the samples of a movie lie: in which box of media data, and how far from its start.
fn places() -> impl Strategy<Value = Vec<Vec<(usize, u64)>>> {
    vec(vec((0..4_usize, 0..60_u64), 1..6), 1..4)
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(edge(), 0..400)) {
        let _ = read(&bytes);
        let _ = plan(&mut Cursor::new(&bytes), 1);
        let bytes = [atom(b"moov", &bytes), bytes].concat();
        let _ = read(&bytes);
    }

    #[test]
    fn a_changed_movie_is_read_or_refused_where_it_has_bytes(
        changes in vec((any::<prop::sample::Index>(), edge()), 1..30),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = full_movie();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let size = bytes.len() as u64;
        let mut file = Sparse::new(vec![(0, bytes)], size);
        let found = super::super::read(&mut file);
        // Reading back and forth is bounded by what there is, times the windows that lie over each other.
        prop_assert!(file.read <= 40 * size + 4096, "{} of {size}", file.read);
        prop_assert!(file.reads <= 4 * size + 64, "{} reads of {size}", file.reads);
        match found {
            Ok(movie) => {
                prop_assert!(movie.faults.iter().all(|fault| fault.offset <= size));
                for track in &movie.tracks {
                    let _ = (track.frame_rate(), track.seconds(), track.timecode_text());
                    let _ = (track.bit_rate(), track.keys.distance(), track.codec());
                }
            }
            Err(fault) => prop_assert!(fault.offset <= size, "{}", fault),
        }
        if let Ok(Plan::Rewrite(pieces)) = plan(&mut file, 1) {
            let total: u64 = pieces.iter().map(super::super::faststart::Piece::size).sum();
            prop_assert!(total >= size && total <= 2 * size + 16);
        }
    }

    #[test]
    fn what_is_written_is_read_back(
        width: u16,
        height: u16,
        scale in 1..u32::MAX,
        durations in vec((1..5_u32, 1..5000_u32), 1..9),
        sizes in vec(any::<u32>(), 0..50),
        id in 0..3_u32,
    ) {
        let entry = picture(b"hvc1", width, height, &[]);
        let track = Track { scale, duration: 7, flags: id, ..Track::of(*b"vide", entry) };
        let all: Vec<u32> = durations.iter().flat_map(|(count, each)| [*count, *each]).collect();
        let count = u32::try_from(sizes.len()).unwrap();
        let track = track.with(table(b"stts", 2, &all)).without(b"stss");
        let track = track.with(full(b"stsz", 0, 0, &[words(&[0, count]), words(&sizes)].concat()));
        let found = read(&movie(&[track])).unwrap().tracks.remove(0);
        let picture = found.picture().unwrap();
        prop_assert_eq!((picture.width, picture.height), (width, height));
        prop_assert_eq!((found.time_scale, found.is_enabled), (Some(scale), Some(id & 1 == 1)));
        let frames: Vec<u32> = durations.iter().flat_map(|(n, each)| vec![*each; *n as usize]).collect();
        prop_assert_eq!(found.durations.count(), frames.len() as u64);
        prop_assert_eq!(found.durations.total(), frames.iter().map(|each| u64::from(*each)).sum::<u64>());
        let but_last = if frames.len() > 1 { &frames[..frames.len() - 1] } else { &frames[..] };
        let range = but_last.iter().min().copied().zip(but_last.iter().max().copied());
        prop_assert_eq!(found.durations.range(), range);
        prop_assert_eq!(found.sizes.total, sizes.iter().map(|size| u64::from(*size)).sum::<u64>());
    }

    #[test]
    fn key_frames_are_as_far_apart_as_a_list_of_them_says(keys in vec(any::<bool>(), 1..60)) {
        let numbers: Vec<u32> = (1..).zip(&keys).filter(|(_, is)| **is).map(|(n, _)| n).collect();
        let count = u32::try_from(keys.len()).unwrap();
        let track = Track::video().with(table(b"stss", 1, &numbers));
        let track = track.with(table(b"stts", 2, &[count, 1])).with(full(b"stsz", 0, 0, &words(&[9, count])));
        let ends = numbers.iter().skip(1).copied().chain([count + 1]);
        let longest = numbers.iter().zip(ends).map(|(from, to)| u64::from(to - from)).max();
        // What lies before the first key frame belongs to none.
        let first = numbers.first().map(|first| u64::from(first - 1));
        let found = only(&movie(&[track])).keys;
        prop_assert_eq!(found.distance(), longest.max(first.filter(|_| longest.is_some())));
        prop_assert_eq!(found.count(), numbers.len() as u64);
    }

    #[test]
    fn samples_are_the_same_when_the_header_is_moved(
        tracks in places(),
        order in 0..4_usize,
        is_long in any::<bool>(),
        has_brand in any::<bool>(),
        junk in vec(any::<u8>(), 0..40),
    ) {
        let media = |n: usize| (0..64).map(|i| u8::try_from(n * 64 + i).unwrap()).collect::<Vec<_>>();
        let data: Vec<_> = (0..4)
            .map(|n| if is_long { long(b"mdat", &media(n)) } else { atom(b"mdat", &media(n)) })
            .collect();
        let size = moov(&tracks.iter().map(|track| with_offsets(&vec![0; track.len()])).collect::<Vec<_>>(), &[]).len();
        let (brand, free) = (if has_brand { ftyp(b"mp42") } else { Vec::new() }, atom(b"free", &junk));
        // The header lies behind the first, the second, ... box of media data.
        let start = |n: usize| {
            let before = brand.len() + free.len() + n * data[0].len() + data[0].len() - 64;
            (before + if n > order { size } else { 0 }) as u64
        };
        let tracks: Vec<_> = tracks
            .iter()
            .map(|track| with_offsets(&track.iter().map(|(n, at)| start(*n) + at).collect::<Vec<_>>()))
            .collect();
        let (before, behind) = data.split_at(order + 1);
        let old = [brand.clone(), free, before.concat(), moov(&tracks, &[]), behind.concat()].concat();
        let new = made(&old);
        prop_assert_eq!(new.len(), old.len());
        same_samples(&old, &new);
    }
}
