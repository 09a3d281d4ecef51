//! Names of picture archival assets.

use super::{Made, builtin};

/// What is said of the folder `name` with frames named as it.
fn said(name: &str) -> Vec<String> {
    let made = Made::frames(&format!("{name}."), 1..=2).root(name);
    let found = made.findings(&builtin("picture-archival"));
    let found = found.iter().filter(|it| it.rule.starts_with("archival.") && it.path.is_empty());
    found.map(|it| format!("{} {}", it.rule, it.message)).collect()
}

#[test]
fn names_as_the_page_has_them_are_taken() {
    for name in [
        "show_s01e101_nam_16b_aces103_ap0_20240131",
        "the_long_show_s01e101_dcdm_12b_hdr_p3d65_pq_20240229_239_3840x2160",
        "show_s02e201_nam-txtls_16b",
        "show_s01e101_nam",
        "show_s1e1_vdm_sdr_rec709_g24",
    ] {
        assert_eq!(said(name), [""; 0], "{name}");
    }
}

#[test]
fn names_that_are_otherwise_are_told() {
    for (name, message) in [
        ("nam_16b", "archival.folder-name the name has no project title"),
        (
            "show_s01e101_x_nam",
            "archival.folder-name `x` stands between season and episode and the asset type",
        ),
        ("show_s01e101_nam_20240230", "archival.folder-name `20240230` is no date as YYYYMMDD"),
        (
            "show_s01e101_nam_20240131_16b",
            "archival.folder-name `16b` (bit depth) stands behind the date",
        ),
    ] {
        assert_eq!(said(name), [message], "{name}");
    }
    for (name, begin) in [
        ("show_s01e101_xyz", "archival.vocabulary `xyz` is no known asset type; known for asset"),
        ("show", "archival.vocabulary no part of the name is a known asset type; known for"),
        ("show_s01e101_nam_aces999", "archival.vocabulary `aces999` is no known ACES version"),
    ] {
        let said = said(name);
        assert!(said.len() == 1 && said[0].starts_with(begin), "{name}: {said:?}");
        assert!(said[0].ends_with("the vocabulary is known in part only"), "{name}: {said:?}");
    }
}

#[test]
fn a_feature_has_its_segment_in_the_name_of_the_file() {
    let said = |names: [&str; 2]| {
        Made::of(names).root("show_nam_16b").says("picture-archival", "archival.file-name")
    };
    assert_eq!(said(["show_lp_nam_16b.0001.dpx", "show_lp_nam_16b.0002.dpx"]), [""; 0]);
    assert_eq!(
        said(["show_nam_16b.0001.dpx", "show_nam_16b.0002.dpx"]),
        ["show_nam_16b.####.dpx: the name has no segment between title and asset type"]
    );
}

#[test]
fn several_segments_have_a_sub_folder_each() {
    let reels = |r1: &str, r2: &str| {
        let head = |folder: &str, reel: &str| format!("{folder}show_{reel}_nam_16b.");
        let names =
            |folder: &str, reel: &str| [1, 2].map(|n| format!("{}{n:04}.dpx", head(folder, reel)));
        let made = Made::of([names(r1, "r01"), names(r2, "r02")].concat()).root("show_nam_16b");
        made.says("picture-archival", "archival.file-name")
    };
    assert_eq!(reels("r01/", "r02/"), [""; 0]);
    assert_eq!(
        reels("", "r02/"),
        ["show_r01_nam_16b.####.dpx: segment `r01` has no sub-folder of its own"]
    );
}

#[test]
fn sub_folders_between_asset_and_frames_are_allowed() {
    let made = Made::frames("show_s01e101_nam_16b/3840x2160/dpx/show_s01e101_nam_16b.", 1..=2);
    let found = made.findings(&builtin("picture-archival"));
    assert!(found.iter().all(|it| !it.rule.starts_with("archival.")), "{found:?}");
}
