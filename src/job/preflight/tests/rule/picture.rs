//! Rules about sequences and frames.

use super::super::{Made, digest};
use super::{Trial, good};
use crate::format::picture::Format;

pub(super) fn sequences() -> Vec<Trial> {
    let gap = Made::frames("x.", [1, 2, 5, 9]);
    let paddings = Made::of(["x.0001.dpx", "x.0002.dpx", "x.00003.dpx", "x.00004.dpx"]);
    let twice = Made::of(["x.0001.dpx", "x.0002.dpx", "x.00002.dpx", "x.00003.dpx"]);
    let same = |made: Made, file| made.see(file, |seen| seen.digest = Some(digest(99)));
    vec![
        (
            "sequence.gap",
            "general",
            gap.clone(),
            "x.####.dpx: missing 5 frames: 3-4,6-8",
            Made { islands: true, ..gap.clone() },
        ),
        (
            "sequence.islands",
            "general",
            Made { islands: true, ..gap.clone() },
            "x.####.dpx: 3 islands; the gaps between them, 5 frames, are taken as meant",
            gap,
        ),
        (
            "sequence.extent",
            "general",
            good().expected(0..=9),
            "x.####.dpx: missing 6 frames: 0,5-9",
            good().expected(1..=4),
        ),
        (
            "sequence.padding",
            "general",
            paddings,
            "x.#####.dpx: frame numbers are written in two ways: 2 frames, and 2 frames as `x.####.dpx`",
            good(),
        ),
        (
            "sequence.duplicate-frame",
            "general",
            twice,
            "x.#####.dpx: 1 frame is also in `x.####.dpx`: 2",
            good(),
        ),
        (
            "sequence.negative",
            "general",
            Made::of(["x.-002.dpx", "x.-001.dpx", "x.0000.dpx"]),
            "x.####.dpx: 2 frames below zero: -2--1",
            good(),
        ),
        (
            "sequence.identical",
            "general",
            same(same(good(), 1), 2),
            "x.####.dpx: 1 run of identical frames: 2-3; leader, bars, black and held frames are so",
            same(same(good(), 0), 2),
        ),
    ]
}

pub(super) fn frames() -> Vec<Trial> {
    vec![
        (
            "frame.empty",
            "general",
            good().size(1, 0),
            "x.0002.dpx: 1 frame without a byte: 2",
            good(),
        ),
        (
            "frame.size-by-name",
            "general",
            good().size(3, 99),
            "x.####.dpx: 1 of 4 frames has 99 bytes instead of 100: 4",
            good().size(3, 0),
        ),
        (
            "frame.size",
            "general",
            good().size(3, 120),
            "x.####.dpx: 1 of 4 frames has 120 bytes instead of 100: 4",
            good().size(3, 120).head(3, |header| header.promised = Some(120)),
        ),
        (
            "frame.unreadable",
            "general",
            good().see(0, |seen| seen.error = Some("input/output error".to_owned())),
            "x.0001.dpx: 1 frame cannot be read: input/output error: 1",
            good(),
        ),
        (
            "frame.header",
            "general",
            good().see(0, |seen| seen.header = None),
            "x.0001.dpx: 1 frame without a readable header: it does not begin like a dpx: 1",
            Made::of(["x.mov"]),
        ),
        (
            "frame.format",
            "general",
            good().head(0, |header| header.format = Format::Exr),
            "x.0001.dpx: 1 frame is exr by the bytes: 1",
            good(),
        ),
        (
            "frame.truncated",
            "general",
            good().size(0, 60).size(1, 50),
            "x.####.dpx: 2 frames are shorter than the header says (the shortest has 50 of 100 bytes): 1-2",
            good().size(0, 101),
        ),
        (
            "frame.differs",
            "general",
            good().head(3, |header| header.width = 1920),
            "x.####.dpx: 1 of 4 frames differs from the others in size, which is `3840x2160`: 4 has `1920x2160`",
            good().head(3, |header| header.frame_rate = None),
        ),
        (
            "file.empty",
            "general",
            Made::of(["notes.txt"]).size(0, 0),
            "notes.txt: file without a byte",
            good().size(0, 0),
        ),
    ]
}
