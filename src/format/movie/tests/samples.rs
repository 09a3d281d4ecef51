use super::super::{FrameRate, Pace, Reason};
use super::writer::{Track, atom, ftyp, full, joined, moov, movie, table, words};
use super::{only, read};

fn rate(scale: u32, durations: &[u32]) -> FrameRate {
    let track = Track { scale, ..Track::video() }.with(table(b"stts", 2, durations));
    read(&movie(&[track])).unwrap().tracks[0].frame_rate().unwrap()
}

fn is(numerator: u64, denominator: u64, pace: Pace) -> FrameRate {
    FrameRate { numerator, denominator, pace }
}

#[test]
fn a_rate_is_constant_whatever_the_last_frame_lasts() {
    assert_eq!(rate(24000, &[24, 1001]), is(24000, 1001, Pace::Constant));
    assert_eq!(rate(24000, &[23, 1001, 1, 1]), is(24000, 1001, Pace::Constant));
    assert_eq!(rate(25, &[1, 1]), is(25, 1, Pace::Constant));
    assert_eq!(rate(600, &[10, 20, 13, 20, 1, 20]), is(30, 1, Pace::Constant));
}

#[test]
fn a_tick_more_or_less_is_rounding_where_ticks_are_short() {
    assert_eq!(rate(1000, &[1, 41, 2, 42, 1, 41, 3, 42]).pace, Pace::Rounded);
    assert_eq!(rate(600, &[3, 10, 1, 11, 1, 10]), is(2400, 41, Pace::Rounded));
    assert_eq!(rate(24, &[3, 1, 1, 2, 4, 1]).pace, Pace::Variable);
    assert_eq!(rate(1000, &[3, 40, 1, 80, 4, 40]).pace, Pace::Variable);
}

#[test]
fn no_frame_has_no_rate() {
    assert_eq!(
        read(&movie(&[Track::video().with(table(b"stts", 2, &[]))])).unwrap().tracks[0]
            .frame_rate(),
        None
    );
    let zero = Track::video().with(table(b"stts", 2, &[24, 0]));
    assert_eq!(only(&movie(&[zero])).frame_rate(), None);
}

#[test]
fn counts_without_bytes_cost_nothing() {
    let track = Track::video().with(table(b"stts", 2, &[u32::MAX, u32::MAX, u32::MAX, 1]));
    let track = track.with(full(b"stsz", 0, 0, &words(&[u32::MAX, u32::MAX])));
    let found = read(&movie(&[track])).unwrap();
    assert_eq!(found.tracks[0].durations.count(), 2 * u64::from(u32::MAX));
    assert_eq!(found.tracks[0].sizes.total, u64::from(u32::MAX).pow(2));
}

#[test]
fn frames_are_reordered_where_they_are_delayed_differently() {
    let reordered = |offsets: &[u32]| {
        only(&movie(&[Track::video().with(table(b"ctts", 2, offsets))])).is_reordered()
    };
    assert!(!reordered(&[24, 2000]));
    assert!(!reordered(&[12, 2000, 12, 2000]));
    assert!(reordered(&[1, 2000, 23, 3000]));
    // Of no sample.
    assert!(!reordered(&[0, 5000, 24, 2000]));
    let negative = Track::video().with(full(
        b"ctts",
        1,
        0,
        &words(&[2, 1, 0, 23, (-1000_i32).cast_unsigned()]),
    ));
    let offsets = only(&movie(&[negative])).offsets.unwrap();
    assert_eq!((offsets.first, offsets.lowest, offsets.highest), (0, -1000, 0));
}

#[test]
fn each_sample_is_shown_when_that_is_told_of_it() {
    for (offsets, told) in [(&[23, 2000][..], 23), (&[24, 2000, 1, 0], 25), (&[], 0)] {
        let found = read(&movie(&[Track::video().with(table(b"ctts", 2, offsets))])).unwrap();
        assert_eq!(found.faults[0].reason, Reason::Offsets { offsets: told, samples: 24 });
    }
}

#[test]
fn key_frames_are_as_far_apart_as_the_longest_group() {
    let keys =
        |numbers: &[u32]| only(&movie(&[Track::video().with(table(b"stss", 1, numbers))])).keys;
    for (numbers, distance) in [(&[1][..], 24), (&[1, 13], 12), (&[1, 5, 20], 15), (&[1, 24], 23)] {
        assert_eq!(keys(numbers).distance(), Some(distance), "{numbers:?}");
        assert_eq!(keys(numbers).count(), numbers.len() as u64);
    }
    assert_eq!(keys(&[]).distance(), None);
    assert_eq!(keys(&[3, 10]).first(), Some(3));
}

#[test]
fn without_a_table_each_frame_is_a_key_frame() {
    let track = only(&movie(&[Track::video().without(b"stss")]));
    assert!(track.keys.is_all());
    assert_eq!((track.keys.count(), track.keys.distance()), (24, Some(1)));
}

#[test]
fn key_frames_that_do_not_rise_are_a_fault() {
    for numbers in [&[5, 5][..], &[7, 3], &[0], &[1, 25]] {
        let found = read(&movie(&[Track::video().with(table(b"stss", 1, numbers))])).unwrap();
        assert_eq!(found.faults[0].reason, Reason::KeyOrder, "{numbers:?}");
    }
}

#[test]
fn groups_that_are_open_are_told() {
    let track = Track::video().with(table(b"stps", 1, &[5, 9]));
    assert_eq!(only(&movie(&[track])).keys.partial, 2);
}

#[test]
fn sizes_are_added_up_in_each_form() {
    let small = |bits: u32, sizes: &[u8]| {
        let count = sizes.len() * 8 / usize::try_from(bits).unwrap();
        let head = words(&[bits, u32::try_from(count).unwrap()]);
        let track =
            Track::video().without(b"stsz").with(full(b"stz2", 0, 0, &[&head, sizes].concat()));
        let track = track.with(table(b"stts", 2, &[u32::try_from(count).unwrap(), 1000]));
        let sizes = only(&movie(&[track])).sizes;
        (sizes.count, sizes.total)
    };
    assert_eq!(small(8, &[3, 4, 5]), (3, 12));
    assert_eq!(small(16, &[1, 0, 0, 5]), (2, 261));
    assert_eq!(small(4, &[0x12, 0x34]), (4, 10));
    let each = Track::video().with(full(b"stsz", 0, 0, &words(&[0, 3, 7, 8, 9])));
    let each = each.with(table(b"stts", 2, &[3, 1000]));
    assert_eq!(only(&movie(&[each])).sizes.total, 24);
}

#[test]
fn tables_that_do_not_agree_are_a_fault() {
    let found = read(&movie(&[Track::video().with(table(b"stts", 2, &[23, 1000]))])).unwrap();
    assert_eq!(found.faults[0].reason, Reason::Counts { durations: 23, sizes: 24 });
}

#[test]
fn places_are_told_in_32_and_64_bits() {
    let bytes = movie(&[Track::video().with(table(b"stco", 1, &[600, 550, 620]))]);
    let short = &read(&bytes).unwrap().tracks[0].chunks;
    assert_eq!((short.count, short.first), (3, Some(600)));
    assert_eq!((short.lowest, short.highest), (Some(550), Some(620)));
    let found = read(&movie(&[Track::video().with(table(b"co64", 2, &[1, 5]))])).unwrap();
    assert_eq!(found.tracks[0].chunks.first, Some((1 << 32) + 5));
    assert!(matches!(found.faults[0].reason, Reason::Outside { at, .. } if at == (1 << 32) + 5));
}

/// Media data from byte 32 to 64, all of it in one run of 8 samples.
fn placed(chunks: &[u32], runs: &[u32], sizes: &[u32]) -> Vec<Reason> {
    let counted = u32::try_from(sizes.len()).unwrap();
    let sizes = [&[0, counted][..], sizes].concat();
    let track = Track::video()
        .with(table(b"stts", 2, &[counted, 1000]))
        .with(table(b"stco", 1, chunks))
        .with(table(b"stsc", 3, runs))
        .with(full(b"stsz", 0, 0, &words(&sizes)));
    let bytes = joined(&[&ftyp(b"isom"), &atom(b"mdat", &[1; 32]), &moov(&[track], &[])]);
    read(&bytes).unwrap().faults.into_iter().map(|fault| fault.reason).collect()
}

#[test]
fn samples_have_to_lie_in_media_data_up_to_their_last_byte() {
    assert_eq!(placed(&[32], &[1, 8, 1], &[4; 8]), []);
    assert_eq!(placed(&[32, 48], &[1, 4, 1], &[4; 8]), []);
    assert_eq!(placed(&[33], &[1, 8, 1], &[4; 8]), [Reason::Elsewhere { at: 33, len: 32 }]);
    assert_eq!(placed(&[8], &[1, 8, 1], &[2; 8]), [Reason::Elsewhere { at: 8, len: 16 }]);
    let far = Reason::Outside { at: 1 << 30, len: 32 };
    assert_eq!(placed(&[1 << 30], &[1, 8, 1], &[4; 8]), [far]);
    let long = Reason::Outside { at: 48, len: 4 + u64::from(u32::MAX) };
    assert_eq!(placed(&[32, 48], &[1, 2, 1], &[8, 8, 4, u32::MAX]), [long]);
}

#[test]
fn runs_of_samples_have_to_make_sense() {
    assert_eq!(placed(&[32], &[3, 8, 1], &[4; 8]), [Reason::Runs]);
    assert_eq!(placed(&[32], &[1, 8, 9], &[4; 8]), [Reason::Description { number: 9, count: 1 }]);
    assert_eq!(placed(&[32], &[1, 8, 0], &[4; 8]), [Reason::Description { number: 0, count: 1 }]);
    assert_eq!(placed(&[32], &[1, 0, 1], &[4; 8]), [Reason::Unplaced(8)]);
    let track = Track::video().without(b"stsc").with(table(b"stco", 1, &[32]));
    let bytes = joined(&[&ftyp(b"isom"), &atom(b"mdat", &[1; 32]), &moov(&[track], &[])]);
    assert_eq!(read(&bytes).unwrap().faults[0].reason, Reason::Missing("stsc"));
}
