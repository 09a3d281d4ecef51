//! Rules of our own, which every profile has: a file that is not whole plays nowhere.

use super::super::finding::{Rule, Severity};
use super::{assumed, container, picture, sound};

const OWN: &str = "our own";

pub(super) static RULES: &[Rule] = &[
    assumed(
        "cut.cut-off",
        Severity::Error,
        "the file is there up to its end",
        OWN,
        container::cut_off,
    )
    .fix("copy the file again, or export it again"),
    assumed("cut.damaged", Severity::Error, "all boxes can be read", OWN, container::damaged)
        .fix("export the file again"),
    assumed(
        "cut.external",
        Severity::Error,
        "all media data is in the file itself",
        OWN,
        container::external,
    )
    .fix("export it as a self-contained movie"),
    assumed("cut.encrypted", Severity::Error, "nothing is encrypted", OWN, container::encrypted),
    assumed(
        "cut.one-header",
        Severity::Warning,
        "the file has one `moov` box",
        OWN,
        container::one_header,
    )
    .fix("export the file again"),
    assumed("cut.video", Severity::Error, "there is picture", OWN, picture::is_there),
    assumed(
        "cut.decodable",
        Severity::Error,
        "a decoder is told what it needs to begin",
        OWN,
        picture::is_decodable,
    )
    .fix("export the file again"),
    assumed("cut.one-video", Severity::Warning, "there is one video track", OWN, picture::is_one),
    assumed(
        "cut.one-description",
        Severity::Warning,
        "a track does not change what it is",
        OWN,
        container::one_description,
    )
    .fix("export the file again, with one setting from start to end"),
    assumed(
        "cut.rotation",
        Severity::Warning,
        "the picture is stored as it is shown, not turned",
        OWN,
        picture::is_upright,
    ),
    assumed(
        "cut.rounded-rate",
        Severity::Warning,
        "the time scale can express the frame rate",
        OWN,
        picture::is_not_rounded,
    )
    .fix("export with a time scale that is a multiple of the frame rate, such as 24000 for 23.976"),
    assumed(
        "cut.lengths",
        Severity::Warning,
        "picture and sound end within half a second of each other",
        OWN,
        sound::is_as_long,
    ),
    assumed(
        "cut.header-length",
        Severity::Warning,
        "the header says when the longest track ends, but for half a second",
        OWN,
        sound::header_is_as_long,
    )
    .fix("export the file again"),
];
