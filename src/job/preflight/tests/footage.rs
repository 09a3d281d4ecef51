//! Rolls stay as the camera wrote them.

use super::{Made, Reason, builtin, check_lists, digest};
use crate::job::preflight::Finding;

const ROLL: &str = "20230510_EP103_Day05_MU/Camera_Media/ALEXA/A001";

/// A roll with everything in it that a rule may look for.
fn messy(roll: &str) -> Made {
    let names = [
        "Clip a/x.0001.dpx",
        "Clip a/x.0002.dpx",
        "Clip a/x.0004.dpx",
        "Clip a/x.00004.dpx",
        "Clip a/x.00005.dpx",
        "Clip a/y.-001.dpx",
        "Clip a/y.0000.dpx",
        "NOTES.txt",
        "notes.txt",
        "caf\u{e9}.txt",
        "cafe\u{301}.txt",
    ];
    let inside = |name: &str| format!("{roll}/{name}");
    let made = Made::of(names.map(inside)).size(0, 0).size(1, 50).size(7, 0);
    let made = made.head(2, |header| header.width = 10);
    let made = made.see(3, |seen| seen.header = Some(Err("cut off".to_owned())));
    let made = made.see(4, |seen| seen.error = Some("gone".to_owned()));
    made.see(5, |seen| seen.digest = Some(digest(99)))
        .see(6, |seen| seen.digest = Some(digest(99)))
        .see(8, |seen| seen.listed = super::Listed::Changed)
        .see(9, |seen| seen.listed = super::Listed::NotListed)
        .without(&inside(".DS_Store"), Reason::HiddenFile)
        .without(&inside("._a"), Reason::HiddenFile)
        .without(&inside(".hidden"), Reason::HiddenFile)
        .without(&inside(".folder"), Reason::HiddenFolder)
        .without(&inside("link"), Reason::LinkToFolder)
        .without(&inside("broken"), Reason::BrokenLink)
        .without(&inside("pipe"), Reason::NotAFile)
        .expected(1..=20)
}

fn findings(made: &Made) -> Vec<Finding> {
    made.findings(&builtin("footage"))
}

#[test]
fn nothing_is_proposed_inside_a_roll() {
    let list = format!("{ROLL}/A001.mhl");
    for made in [messy(ROLL).list(&list), messy("A001").list("A001/A001.mhl").root("day")] {
        let found = findings(&made);
        assert!(found.len() > 10, "{found:?}");
        assert!(found.iter().all(|it| it.fix.is_none()), "{found:?}");
    }
}

#[test]
fn names_inside_a_roll_are_the_cameras() {
    let made = messy(ROLL);
    assert!(findings(&made).iter().all(|it| !it.rule.starts_with("name.")));
    let strict = super::Profile::parse("extends = \"content-hub\"\nrolls = true", &|_| None);
    let vocabulary = "[vocabulary.camera-folder]\nvalues = [\"Camera_Media\"]";
    assert!(strict.is_ok());
    let text = format!("extends = \"content-hub\"\nrolls = true\n{vocabulary}");
    let strict = super::Profile::parse(&text, &|_| None).unwrap();
    assert!(made.findings(&strict).iter().all(|it| !it.rule.starts_with("name.")));
    let odd = Made { not_text: true, ..Made::of([format!("{ROLL}/a")]) };
    assert!(findings(&odd).iter().all(|it| !it.rule.starts_with("name.")));
}

#[test]
fn names_outside_of_rolls_are_looked_at() {
    let made = Made::of([&format!("{ROLL}/a.mxf"), "Reports/A.pdf", "Reports/a.pdf"]);
    let found = findings(&made);
    assert!(found.iter().any(|it| it.rule == "name.case" && it.fix.is_some()));
    let rolls = Made::of(["d/Sound_Media/S1/a.wav", "d/Sound_Media/s1/a.wav"]);
    let found = findings(&rolls);
    assert!(found.iter().any(|it| it.rule == "name.case" && it.fix.is_none()), "{found:?}");
}

#[test]
fn a_second_mhl_is_never_proposed() {
    let none = messy(ROLL);
    let one = messy(ROLL).list(&format!("{ROLL}/A001.mhl"));
    let two = messy(ROLL).list(&format!("{ROLL}/A001.mhl")).list(&format!("{ROLL}/B.mhl"));
    for made in [none, one, two] {
        for fix in findings(&made).into_iter().filter_map(|it| it.fix) {
            assert!(!fix.contains("checksum") && !fix.contains("list"), "{fix}");
            assert!(!fix.contains("add") && !fix.contains("remove"), "{fix}");
        }
    }
    let absent = check_lists(&builtin("footage"), &["A001/a.mxf", "A001/b.mxf"]);
    assert!(!absent.is_empty() && absent.iter().all(|it| it.fix.is_none()), "{absent:?}");
}

#[test]
fn the_mhls_of_a_history_count_as_one() {
    let made = Made::of([format!("{ROLL}/a.mxf")])
        .list(&format!("{ROLL}/ascmhl/0001_A001.mhl"))
        .list(&format!("{ROLL}/ascmhl/0002_A001.mhl"))
        .folder(&format!("{ROLL}/ascmhl"));
    assert_eq!(findings(&made), []);
}

#[test]
fn an_mhl_of_the_day_is_none_of_the_roll() {
    let made = Made::of([format!("{ROLL}/a.mxf")]).list("20230510_EP103_Day05_MU/day.mhl");
    let rules: Vec<_> = findings(&made).iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["footage.mhl-missing"]);
}

/// Copied from the rule in the summary of the pages on footage.
#[test]
fn each_forbidden_character_is_found_and_no_other() {
    let forbidden = "@#$%^&*()`;:<>?,[]{}\\'\"|~";
    for character in (' '..='~').filter(|it| *it != '/' && *it != '.') {
        let made = Made::of([format!("d/Sound_Media/S{character}1/a.wav")])
            .list(&format!("d/Sound_Media/S{character}1/S1.mhl"));
        let found = !made.says("footage", "footage.roll-name").is_empty();
        assert_eq!(found, forbidden.contains(character), "{character}");
    }
}

#[test]
fn rolls_are_found_in_each_layout() {
    for (path, roll) in [
        ("d/Camera_Media/ALEXA/A001/Clip/a.ari", "d/Camera_Media/ALEXA/A001"),
        ("d/Camera_Media/A001/a.mxf", "d/Camera_Media/A001"),
        (
            "Show/20230510/Camera Media/RED/A001.RDM/A001.RDC/a.R3D",
            "Show/20230510/Camera Media/RED/A001.RDM",
        ),
        ("d/CAMERA_MEDIA/RED/A001/a.R3D", "d/CAMERA_MEDIA/RED/A001"),
        ("d/Sound_Media/S001/a.wav", "d/Sound_Media/S001"),
    ] {
        let said = Made::of([path]).says("footage", "footage.mhl-missing");
        assert_eq!(said, [format!("{roll}: no MHL at the root of the roll")], "{path}");
    }
    let loose =
        Made::of(["x/A001/a.mxf", "x/A001/b.mxf"]).list("x/A001/A001.mhl").list("x/day.mhl");
    assert_eq!(findings(&loose), []);
}
