use super::super::model::Track as Read;
use super::read;
use super::writer::{Track, atom, ftyp, full, joined, moov, table, words};

/// A movie without samples in its header, and these fragments.
fn movie(fragments: &[Vec<u8>]) -> Vec<u8> {
    let trex = full(b"trex", 0, 0, &words(&[1, 1, 1000, 50, 0x0001_0000]));
    let track = Track { tables: vec![table(b"stts", 2, &[])], ..Track::video() };
    let header = moov(&[track], &atom(b"mvex", &trex));
    joined(&[&ftyp(b"iso5"), &header, &fragments.concat()])
}

fn fragment(traf: &[Vec<u8>]) -> Vec<u8> {
    let mfhd = full(b"mfhd", 0, 0, &words(&[1]));
    let moof = atom(b"moof", &[mfhd, atom(b"traf", &traf.concat())].concat());
    [moof, atom(b"mdat", &[0; 20])].concat()
}

fn tfhd(flags: u32, more: &[u32]) -> Vec<u8> {
    full(b"tfhd", 0, flags, &words(&[&[1], more].concat()))
}

fn track(fragments: &[Vec<u8>]) -> Read {
    let mut found = read(&movie(fragments)).unwrap();
    assert!(found.is_fragmented);
    assert_eq!(found.faults, []);
    found.tracks.remove(0)
}

#[test]
fn samples_of_fragments_are_counted() {
    // The first is a key frame, as the run says; the others have what is usual.
    let run = full(b"trun", 0, 0x5, &words(&[12, 100, 0x0200_0000]));
    let all = track(&[fragment(&[tfhd(0, &[]), run.clone()]), fragment(&[tfhd(0, &[]), run])]);
    assert_eq!((all.sample_count(), all.sizes.total), (24, 1200));
    assert_eq!((all.keys.count(), all.keys.distance()), (2, Some(12)));
    let rate = all.frame_rate().unwrap();
    assert_eq!((rate.numerator, rate.denominator), (24, 1));
}

#[test]
fn samples_may_have_values_of_their_own() {
    // Durations, sizes, flags and delays.
    let samples = [1001, 7, 0, 2002, 1001, 8, 0x0001_0000, 0];
    let run = full(b"trun", 0, 0xf00, &words(&[&[2][..], &samples].concat()));
    let all = track(&[fragment(&[tfhd(0x08, &[500]), run])]);
    assert_eq!((all.durations.total(), all.sizes.total), (2002, 15));
    assert_eq!((all.keys.count(), all.is_reordered()), (1, true));
}

#[test]
fn a_fragment_may_say_what_is_usual_in_it() {
    let run = || full(b"trun", 0, 0, &words(&[3]));
    let flags = 0x01 | 0x02 | 0x08 | 0x10 | 0x20;
    let all = track(&[fragment(&[tfhd(flags, &[0, 0, 1, 500, 9, 0]), run()])]);
    assert_eq!((all.durations.total(), all.sizes.total), (1500, 27));
    assert!(all.keys.is_all());
}

#[test]
fn the_last_sample_of_a_fragment_lasts_until_the_next_one() {
    let tfdt = |time: u32| full(b"tfdt", 0, 0, &words(&[time]));
    let run = || full(b"trun", 0, 0x100, &words(&[2, 1000, 0]));
    let wide = |time: u64| full(b"tfdt", 1, 0, &time.to_be_bytes());
    let all = track(&[
        fragment(&[tfhd(0, &[]), tfdt(500), run()]),
        fragment(&[tfhd(0, &[]), tfdt(2500), run()]),
        fragment(&[tfhd(0, &[]), wide(4500), run()]),
    ]);
    assert_eq!((all.durations.total(), all.durations.range()), (5000, Some((1000, 1000))));
    // A time that cannot be is passed over.
    let back = [tfdt(9000), tfdt(1)].map(|time| fragment(&[tfhd(0, &[]), time, run()]));
    assert_eq!(track(&back).durations.total(), 2000);
}

#[test]
fn a_count_without_bytes_costs_nothing_and_one_with_bytes_needs_them() {
    let run = full(b"trun", 0, 0, &words(&[u32::MAX]));
    assert_eq!(track(&[fragment(&[tfhd(0, &[]), run])]).sample_count(), u64::from(u32::MAX));
    let run = full(b"trun", 0, 0x100, &words(&[u32::MAX, 1]));
    let found = read(&movie(&[fragment(&[tfhd(0, &[]), run])])).unwrap();
    assert_eq!(found.faults[0].path, "moof/traf/trun");
}

#[test]
fn fragments_of_unknown_tracks_are_passed_over() {
    let run = full(b"trun", 0, 0, &words(&[3]));
    let other = full(b"tfhd", 0, 0, &words(&[77]));
    assert_eq!(track(&[fragment(&[other, run])]).sample_count(), 0);
}
