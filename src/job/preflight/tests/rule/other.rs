//! Rules about what is in a delivery and how much, about assets and rolls.

use super::super::{Made, Reason};
use super::{Trial, good};

/// An asset without fault.
const ASSET: &str = "show_s01e101_nam_16b_aces103_ap0_20240131";

fn asset(name: &str) -> Made {
    Made::frames(&format!("{name}."), 1..=2).root(name)
}

fn roll() -> Made {
    Made::of(["day/Camera_Media/ALEXA/A001/clip.mxf"]).list("day/Camera_Media/ALEXA/A001/A001.mhl")
}

pub(super) fn debris() -> Vec<Trial> {
    let left_out = |path, reason| good().without(path, reason);
    vec![
        (
            "debris.system-file",
            "general",
            left_out(".DS_Store", Reason::HiddenFile).without("._x", Reason::HiddenFile),
            ": 2 files that a system makes for itself: `.DS_Store`, `._x`",
            left_out(".notes", Reason::HiddenFile),
        ),
        (
            "debris.hidden-file",
            "general",
            left_out("a/.notes", Reason::HiddenFile),
            "a/.notes: hidden file left out of lists and copies",
            left_out(".DS_Store", Reason::HiddenFile),
        ),
        (
            "debris.hidden-folder",
            "general",
            left_out(".git", Reason::HiddenFolder),
            ".git: hidden folder; nothing in it is looked at",
            left_out(".Trashes", Reason::HiddenFolder),
        ),
        (
            "debris.broken-link",
            "general",
            left_out("old", Reason::BrokenLink),
            "old: link that leads nowhere",
            good(),
        ),
        (
            "debris.link-to-folder",
            "general",
            left_out("old", Reason::LinkToFolder),
            "old: link to a folder; nothing in it is taken",
            good(),
        ),
        (
            "debris.special-file",
            "general",
            left_out("pipe", Reason::NotAFile),
            "pipe: neither a file nor a folder",
            good(),
        ),
    ]
}

pub(super) fn archival() -> Vec<Trial> {
    let good = || asset(ASSET);
    vec![
        (
            "archival.folder-name",
            "picture-archival",
            asset("show_s01e101_nam_aces103_16b"),
            ": `16b` (bit depth) stands behind the ACES version",
            good(),
        ),
        (
            "archival.vocabulary",
            "picture-archival",
            asset("show_s01e101_nam_14b"),
            ": `14b` is no known bit depth; known for bit depth: 10b, 12b, 16b, 8b; the vocabulary is known in part only",
            good(),
        ),
        (
            "archival.file-name",
            "picture-archival",
            Made::frames("other.", 1..=2).root(ASSET),
            "other.####.dpx: frames are called `other`, their folder `show_s01e101_nam_16b_aces103_ap0_20240131`",
            good(),
        ),
        (
            "archival.frame-name",
            "picture-archival",
            Made::frames(&format!("{ASSET}_"), 1..=2).root(ASSET),
            "show_s01e101_nam_16b_aces103_ap0_20240131_####.dpx: the frame number does not stand alone between the last two dots",
            good(),
        ),
        (
            "archival.picture",
            "picture-archival",
            good().head(0, |header| header.bit_depth = "12".to_owned()),
            "show_s01e101_nam_16b_aces103_ap0_20240131.####.dpx: 1 frame is `dpx 12 none`, and none of: exr 16f none, exr 16f zip, exr 16f zips, exr 16f piz, dpx 10, dpx 16: 1",
            good(),
        ),
    ]
}

pub(super) fn uploads() -> Vec<Trial> {
    let many = |count| Made::of((0..count).map(|n| format!("x{n}.mov")));
    vec![
        (
            "upload.transfers",
            "content-hub",
            many(25_001),
            ": 25,001 files are shown as 2 transfers of at most 25,000",
            many(25_000),
        ),
        (
            "zip.flat",
            "frame-sequence-zip",
            Made::frames("a/x.", 1..=2),
            ": 1 sub-folder, and the zip is to be flat: `a`",
            good(),
        ),
        (
            "zip.accepted",
            "frame-sequence-zip",
            good(),
            ": picture mastering deliverables are uploaded without a zip; ask whether one is wanted",
            Made::of::<String>([]),
        ),
    ]
}

pub(super) fn rolls() -> Vec<Trial> {
    let two = |name| Made::of([format!("day/Sound_Media/{name}/a.wav"), roll().names[0].clone()]);
    let big = |size| roll().size(0, size);
    let rolls = |count| Made::of((0..count).map(|n| format!("d/Sound_Media/S{n:03}/a.wav")));
    vec![
        (
            "footage.no-roll",
            "footage",
            good(),
            ": no roll folder recognised: none in a folder for camera or sound rolls, and none with an MHL",
            roll(),
        ),
        (
            "footage.mhl-missing",
            "footage",
            Made::of(["day/Camera_Media/ALEXA/A001/clip.mxf"]),
            "day/Camera_Media/ALEXA/A001: no MHL at the root of the roll",
            roll(),
        ),
        (
            "footage.mhl-second",
            "footage",
            roll().list("day/Camera_Media/ALEXA/A001/ascmhl"),
            "day/Camera_Media/ALEXA/A001: 2 MHLs at the root of the roll instead of one",
            roll(),
        ),
        (
            "footage.roll-name",
            "footage",
            Made::of(["day/Sound_Media/S|1;/a.wav"]),
            "day/Sound_Media/S|1;: the name of the roll has `;`, `|`",
            Made::of(["day/Sound_Media/S 1/a.wav"]),
        ),
        (
            "footage.roll-twice",
            "footage",
            two("A001"),
            "day/Sound_Media/A001: is called like the roll `day/Camera_Media/ALEXA/A001`",
            two("S001"),
        ),
        (
            "footage.drive-root",
            "footage",
            Made::of(["A001/clip.mxf"]).list("A001/A001.mhl").root(""),
            "A001: the roll lies at the root of the drive",
            roll().root(""),
        ),
        ("footage.rolls", "footage", rolls(101), ": 101 rolls; one upload takes 100", rolls(100)),
        (
            "footage.size",
            "footage",
            big(10_000_000_000_001),
            ": 10,000,000,000,001 bytes; one upload takes 10,000,000,000,000",
            big(10_000_000_000_000),
        ),
    ]
}
