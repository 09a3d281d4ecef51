use super::super::{EmbeddedTimecode, WhyEmbedded, label};
use super::read;
use super::writer::{File, Set, TIMECODE, batch, of, picture, timecode, track};

fn embedded(sets: Vec<Set>) -> Vec<EmbeddedTimecode> {
    read(&File::new(sets).write()).unwrap().embedded_timecode()
}

fn ids(ids: &[u8]) -> Vec<u8> {
    batch(16, &ids.iter().flat_map(|id| [*id; 16]).collect::<Vec<_>>())
}

#[test]
fn time_code_from_zero_is_what_every_writer_puts_there() {
    assert_eq!(embedded(picture(0)), []);
}

#[test]
fn time_code_that_begins_elsewhere_is_embedded() {
    let why = WhyEmbedded::Start;
    let expected = [0, 1].map(|package| EmbeddedTimecode { package, track: 0, why });
    assert_eq!(embedded(picture(86_400)), expected);
}

#[test]
fn a_second_time_code_track_is_embedded() {
    let mut sets = picture(0);
    sets.extend(track(50, TIMECODE, 48, Some(timecode(52, 0))));
    of(&mut sets, 4).change(label::PACKAGE_TRACKS, ids(&[30, 40, 50]));
    let expected = EmbeddedTimecode { package: 1, track: 2, why: WhyEmbedded::Second };
    assert_eq!(embedded(sets), [expected]);
}

#[test]
fn time_code_of_a_tape_is_embedded() {
    let mut sets = picture(0);
    let tape = Set::new(label::SOURCE_PACKAGE, 60).with(label::PACKAGE_ID, [7; 32]);
    sets.push(tape.to(label::PACKAGE_TRACKS, &[50]));
    sets.extend(track(50, TIMECODE, 48, Some(timecode(52, 0))));
    let expected = EmbeddedTimecode { package: 2, track: 0, why: WhyEmbedded::Source };
    assert_eq!(embedded(sets), [expected]);
}

#[test]
fn a_stream_of_time_code_is_embedded() {
    let mut sets = picture(0);
    // TimecodeStream12M.
    of(&mut sets, 32).class = 0x0d01_0101_0101_1600;
    let expected = EmbeddedTimecode { package: 1, track: 0, why: WhyEmbedded::Stream };
    assert_eq!(embedded(sets), [expected]);
}
