//! What [`group()`] makes of names, from the shapes of deliveries to arbitrary text.

use proptest::prelude::*;

use super::{Groups, Notation, Sequence, clashes, group};

/// Each sequence as its pattern and ranges, then the singles.
fn shown(names: &[&str]) -> (Vec<String>, Vec<String>) {
    let Groups { sequences, singles } = group(names.iter().copied());
    let show = |it: &Sequence| format!("{} {}", it.path(Notation::Percent), it.ranges());
    let singles = singles.into_iter().map(|index| names[index].to_owned());
    (sequences.iter().map(show).collect(), singles.collect())
}

/// Sequences of names of which none is a single.
fn sequences(names: &[&str]) -> Vec<String> {
    let (sequences, singles) = shown(names);
    assert!(singles.is_empty(), "{singles:?}");
    sequences
}

#[test]
fn a_sequence_knows_its_gaps() {
    let names = ["r01/x.0086400.dpx", "r01/x.0086403.dpx", "r01/x.0086401.dpx"];
    let Groups { sequences, singles } = group(names);
    let [sequence] = &sequences[..] else { panic!("{sequences:?}") };

    assert_eq!((sequence.folder.as_str(), sequence.head.as_str()), ("r01", "x."));
    assert_eq!((sequence.tail.as_str(), sequence.padding), (".dpx", 7));
    assert_eq!((sequence.first(), sequence.last()), (86_400, 86_403));
    assert_eq!(sequence.frames.iter().map(|frame| frame.index).collect::<Vec<_>>(), [0, 2, 1]);
    assert_eq!(sequence.missing().to_string(), "86402");
    assert_eq!(sequence.missing_of(86_398..=86_405).to_string(), "86398-86399,86402,86404-86405");
    assert_eq!(sequence.missing_of(0..=i64::MAX).count(), (1 << 63) - 3);
    assert_eq!(sequence.path(Notation::Hash), "r01/x.#######.dpx");
    assert_eq!(sequence.file_path(-1), "r01/x.-000001.dpx");
    assert!(singles.is_empty());
}

#[test]
fn the_number_is_found_anywhere_in_the_name() {
    for (names, pattern) in [
        (["x.0001.v2.exr", "x.0002.v2.exr"], "x.%04d.v2.exr 1-2"),
        (["x_v1.0007.exr", "x_v1.0008.exr"], "x_v1.%04d.exr 7-8"),
        (["0001_x.exr", "0002_x.exr"], "%04d_x.exr 1-2"),
        (["x.0001", "x.0002"], "x.%04d 1-2"),
        (["a/0001.dpx", "a/0003.dpx"], "a/%04d.dpx 1,3"),
        (
            ["s01e101_x_v001.0001.1920x1080.exr", "s01e101_x_v001.0002.1920x1080.exr"],
            "s01e101_x_v001.%04d.1920x1080.exr 1-2",
        ),
        (["50%_1.x", "50%_2.x"], "50%%_%d.x 1-2"),
    ] {
        assert_eq!(sequences(&names), [pattern]);
    }
}

#[test]
fn of_several_numbers_the_one_with_most_values_is_the_frame() {
    let names = ["v1_1.x", "v1_2.x", "v1_3.x", "v2_1.x", "v2_2.x", "v2_3.x"];
    assert_eq!(sequences(&names), ["v1_%d.x 1-3", "v2_%d.x 1-3"]);
    let names = ["x.0001.v1.exr", "x.0002.v1.exr", "x.0001.v2.exr", "x.0002.v2.exr"];
    assert_eq!(sequences(&names), ["x.%04d.v1.exr 1-2", "x.%04d.v2.exr 1-2"]);
    let names = ["x_v1_v1", "x_v1_v2", "x_v2_v1", "x_v2_v2"];
    assert_eq!(sequences(&names), ["x_v1_v%d 1-2", "x_v2_v%d 1-2"]);
}

#[test]
fn numbers_that_change_together_make_no_sequence() {
    let names = ["x_0001_86400.dpx", "x_0002_86401.dpx"];
    assert_eq!(shown(&names).1, names);
}

#[test]
fn what_has_no_other_beside_it_is_a_single() {
    let names =
        [".DS_Store", "._x.0001.dpx", "x.0001.dpx", "clip_1.mp4", "a.mp4", "a.mp3", "", "/"];
    assert_eq!(shown(&names), (vec![], names.map(str::to_owned).to_vec()));
}

#[test]
fn names_of_two_folders_are_not_one_sequence() {
    let names = ["r01/x.1.dpx", "r02/x.2.dpx", "x.3.dpx"];
    assert_eq!(shown(&names).1, names);
    let names = ["r01/x.1.dpx", "r01/x.2.dpx", "r02/x.1.dpx", "r02/x.2.dpx"];
    assert_eq!(sequences(&names), ["r01/x.%d.dpx 1-2", "r02/x.%d.dpx 1-2"]);
}

#[test]
fn a_name_that_is_given_twice_is_no_sequence() {
    assert_eq!(group(["x.1", "x.1"]).singles, [0, 1]);
    let twice = group(["x.2", "x.1", "x.1"]);
    let frames = twice.sequences[0].frames.iter().map(|frame| (frame.number, frame.index));
    assert_eq!(frames.collect::<Vec<_>>(), [(1, 1), (1, 2), (2, 0)]);
}

#[test]
fn negative_numbers_belong_to_the_positive_ones() {
    let names = ["neg.-002.exr", "neg.-001.exr", "neg.0000.exr", "neg.0001.exr"];
    assert_eq!(sequences(&names), ["neg.%04d.exr -2-1"]);
    assert_eq!(sequences(&["a-001.exr", "a-002.exr"]), ["a-%03d.exr 1-2"]);
    assert_eq!(sequences(&["x_-1", "x_0", "x_1"]), ["x_%d -1-1"]);
    assert_eq!(
        sequences(&["x_-10", "x_-9", "x_-1", "x_0", "x_9", "x_10"]),
        ["x_%d -10--9,-1-0,9-10"]
    );
    assert_eq!(sequences(&["x.-1000", "x.-999", "x.0001"]), ["x.%04d -1000--999,1"]);
}

#[test]
fn two_widths_are_not_silently_one_sequence() {
    let names = ["sh_1001.x", "sh_1002.x", "sh_1004.x", "sh_10000.x"];
    assert_eq!(sequences(&names), ["sh_%04d.x 1001-1002,1004", "sh_%05d.x 10000"]);
    assert_eq!(clashes(&group(names)).len(), 1);
    assert_eq!(sequences(&["x.0001", "x.00001"]), ["x.%04d 1", "x.%05d 1"]);
    assert_eq!(sequences(&["x.8", "x.10"]), ["x.%d 8", "x.%02d 10"]);
    assert_eq!(sequences(&["x.99", "x.0100"]), ["x.%02d 99", "x.%04d 100"]);
}

#[test]
fn numbers_that_outgrow_their_width_stay_together() {
    for (names, pattern) in [
        (&["x.8", "x.9", "x.10"][..], "x.%d 8-10"),
        (&["x.99999", "x.100000"], "x.%d 99999-100000"),
        (&["x.0001", "x.9999", "x.10000", "x.10007"], "x.%04d 1,9999-10000,10007"),
        (&["x.9", "x.10", "x.99", "x.100"], "x.%d 9-10,99-100"),
        (&["x.5", "x.99", "x.100"], "x.%d 5,99-100"),
        (&["x.08", "x.99", "x.100"], "x.%02d 8,99-100"),
    ] {
        assert_eq!(sequences(names), [pattern]);
        assert_eq!(clashes(&group(names.iter().copied())), []);
    }
}

#[test]
fn sequences_are_sorted_by_name_then_padding() {
    let names = ["b.1", "b.2", "b.01", "a/c.1", "a/c.2", "b.3_x", "b.4_x"];
    assert_eq!(sequences(&names), ["b.%d 1-2", "b.%02d 1", "b.%d_x 3-4", "a/c.%d 1-2"]);
}

#[test]
fn the_ends_of_all_numbers_do_not_overflow() {
    let names =
        [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX].map(|n| format!("x.{n:020}"));
    let Groups { sequences, .. } = group(names.iter().map(String::as_str));
    assert_eq!(sequences.len(), 1);
    assert_eq!(sequences[0].missing().count(), u64::MAX - 6);
}

/// Names that are likely to be alike.
fn names() -> impl Strategy<Value = Vec<String>> {
    let number = prop_oneof!["-?0{0,4}[0-9]", "9{1,4}", "10{1,4}", "-?[0-9]{1,3}", "[0-9]{17,22}"];
    let name =
        ("([ab]?/){0,1}[ab%#.]?[._v-]?", number.clone(), "[._-]v?", number, "(\\.exr|\\.r3d|)");
    let name = name.prop_map(|(a, b, c, d, e)| [a, b, c, d, e].concat());
    let any = prop_oneof![4 => name, 1 => ".{0,12}", 1 => "[0-9/.v-]{0,8}"];
    proptest::collection::btree_set(any, 0..40)
        .prop_map(|names| names.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

/// The sequences with names in place of positions.
fn by_name(names: &[String]) -> (Vec<(String, Vec<&str>)>, Vec<&str>) {
    let Groups { sequences, singles } = group(names.iter().map(String::as_str));
    let mut singles: Vec<&str> = singles.into_iter().map(|index| names[index].as_str()).collect();
    singles.sort_unstable();
    let frames =
        |it: &Sequence| it.frames.iter().map(|frame| names[frame.index].as_str()).collect();
    let sequences = sequences.iter().map(|it| (it.path(Notation::Percent), frames(it)));
    (sequences.collect(), singles)
}

proptest! {
    #[test]
    fn every_name_is_in_one_place_and_made_again_by_its_sequence(names in names()) {
        let Groups { sequences, mut singles } = group(names.iter().map(String::as_str));
        for sequence in &sequences {
            prop_assert!(!sequence.frames.is_empty());
            for frame in &sequence.frames {
                prop_assert_eq!(&sequence.file_path(frame.number), &names[frame.index]);
                singles.push(frame.index);
            }
            prop_assert_eq!(sequence.ranges().count(), sequence.frames.len() as u64);
            prop_assert!(sequence.frames.is_sorted());
        }
        singles.sort_unstable();
        prop_assert_eq!(singles, (0..names.len()).collect::<Vec<_>>());
    }

    #[test]
    fn the_order_of_names_does_not_matter(names in names()) {
        let mut sorted = names.clone();
        sorted.sort_unstable();
        prop_assert_eq!(by_name(&names), by_name(&sorted));
    }

    #[test]
    fn no_two_sequences_have_the_same_pattern_and_clashes_are_few(names in names()) {
        let groups = group(names.iter().map(String::as_str));
        let keys = groups.sequences.iter().map(|it| (&it.folder, &it.head, &it.tail, it.padding));
        let keys: Vec<_> = keys.collect();
        prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(clashes(&groups).len() <= 2 * names.len());
    }

    #[test]
    fn one_written_sequence_is_found_whole(
        first in -2000_i64..110_000, len in 2_usize..50, padding in 1_usize..8, folder in "([a-z]{1,3}/)?"
    ) {
        let text = |number| format!("{folder}x.{number:0padding$}.v2.dpx");
        let names: Vec<String> = (first..).take(len).map(text).collect();
        prop_assert_eq!(group(names.iter().map(String::as_str)).sequences.len(), 1);
    }
}
