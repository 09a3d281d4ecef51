//! Lists of a new package.

use super::imp::{
    CPL, Imp, LIST, MAP, PICTURE, composition, id, options, output_profile, with_work,
};
use super::mxf::{RGBA, track_file};
use crate::Error;
use crate::digest::{Algorithm, digest_of};
use crate::engine::Work;
use crate::format::imf::{Content, Edition, read};
use crate::job::imf::{MakeOptions, NotHere, Severity, State, make};

#[test]
fn what_is_made_is_a_good_package() {
    for edition in [Edition::Smpte2007, Edition::Smpte2016] {
        let imp = Imp::bare();
        imp.write("sub/more.mxf", &track_file(id(20), 0, RGBA));
        imp.write("OPL.xml", output_profile(6, 3).as_bytes());
        let made = imp.make(&MakeOptions { edition, replace: false, ..options() }).unwrap();
        let names: Vec<_> = made.assets.iter().map(|asset| asset.file.as_str()).collect();
        assert_eq!(names, [CPL, "OPL.xml", PICTURE, "sub/more.mxf"]);
        let verified = imp.verify();
        assert_eq!(verified.count(Severity::Error), 0, "{:#?}", verified.findings);
        let wrong = verified.assets.iter().filter(|row| row.kind != "packing list");
        assert!(wrong.clone().all(|row| row.state == State::Right), "{:#?}", verified.assets);
    }
}

#[test]
fn the_lists_say_what_the_files_are() {
    let imp = Imp::new();
    let document = read(imp.text(LIST).as_bytes()).unwrap();
    assert_eq!(document.problems, []);
    let Content::PackingList(list) = &document.content else { panic!("a packing list") };
    assert_eq!((list.id, list.annotation.as_deref()), (Some(id(2)), Some("A & B")));
    let picture = list.assets.iter().find(|asset| asset.id == Some(id(4))).unwrap();
    let bytes = crate::fs::read(&imp.path().join(PICTURE)).unwrap();
    assert_eq!(picture.digest, Some(digest_of(Algorithm::Sha1, &bytes)));
    assert_eq!(
        (picture.size, picture.mime_type.as_str()),
        (Some(bytes.len() as u64), "application/mxf")
    );
    let document = read(imp.text(MAP).as_bytes()).unwrap();
    assert_eq!(document.problems, []);
    let Content::AssetMap(map) = &document.content else { panic!("an asset map") };
    assert_eq!((map.id, map.assets.len()), (Some(id(1)), 3));
}

#[test]
fn the_same_options_and_files_make_the_same_lists() {
    let imp = Imp::new();
    let (map, list) = (imp.text(MAP), imp.text(LIST));
    imp.make(&options()).unwrap();
    assert_eq!((imp.text(MAP), imp.text(LIST)), (map, list));
}

#[test]
fn lists_that_are_there_are_replaced_only_when_that_is_asked_for() {
    let imp = Imp::new();
    let before = imp.text(MAP);
    let error = imp.make(&MakeOptions { replace: false, ..options() }).unwrap_err();
    assert!(matches!(error, Error::Imf { .. }), "{error}");
    assert_eq!(imp.text(MAP), before);
    let made = imp.make(&MakeOptions { packing_list_id: id(5), ..options() }).unwrap();
    assert_eq!(made.replaced, [MAP, LIST, "VOLINDEX.xml"]);
    assert_eq!(imp.names(), [MAP, CPL, &made.packing_list, "VOLINDEX.xml", PICTURE]);
}

#[test]
fn two_files_with_one_id_are_refused() {
    let imp = Imp::bare();
    imp.write("copy.mxf", &track_file(id(4), 0, RGBA));
    refused(&imp, &options(), "has the id");
    let imp = Imp::bare();
    imp.write("copy.mxf", &track_file(id(2), 0, RGBA));
    refused(&imp, &options(), "has the id");
}

/// Refused for this reason, and nothing is written.
#[track_caller]
fn refused(imp: &Imp, options: &MakeOptions<'_>, why: &str) {
    let before = imp.names();
    let error = imp.make(options).unwrap_err();
    assert!(matches!(error, Error::Imf { .. }) && error.to_string().contains(why), "{error}");
    assert_eq!(imp.names(), before);
}

#[test]
fn what_looks_like_a_part_of_the_package_and_cannot_be_one_is_refused() {
    let misnamed = composition(30, 4).replace("CompositionPlaylist", "Composition");
    let cases: [(&str, &[u8], &str); 6] = [
        ("a.xml", misnamed.as_bytes(), "as no document of its namespace does"),
        ("a.mxf", b"no header at all", "is no MXF file"),
        ("a.xml", b"\x00\x01", "is no XML"),
        ("a.xml", b"<CompositionPlaylist><Id>", "line 1"),
        ("b.xml", b"<CompositionPlaylist/>", "has no id"),
        ("pic ture.mxf", &track_file(id(20), 0, RGBA), "hint: rename it"),
    ];
    for (name, bytes, why) in cases {
        let imp = Imp::bare();
        imp.write(name, bytes);
        refused(&imp, &options(), why);
    }
    let imp = Imp::bare();
    std::os::unix::fs::symlink(imp.path().join(PICTURE), imp.path().join("link.mxf")).unwrap();
    refused(&imp, &options(), "is a link");
    let imp = Imp::bare();
    imp.remove(CPL);
    refused(&imp, &options(), "no composition playlist");
}

#[test]
fn what_is_in_the_way_of_a_list_is_not_overwritten() {
    let imp = Imp::bare();
    imp.write("VOLINDEX.xml", b"<tt xmlns='http://www.w3.org/ns/ttml'/>");
    refused(&imp, &options(), "is in the way");
    let imp = Imp::bare();
    imp.rename(CPL, MAP);
    refused(&imp, &options(), "is in the way");
}

#[test]
fn what_is_no_part_of_a_package_is_left_out_and_said() {
    let imp = Imp::bare();
    imp.write("notes.txt", b"notes");
    imp.write(".hidden", b"x");
    imp.write("text.xml", b"<tt xmlns='http://www.w3.org/ns/ttml'/>");
    let made = imp.make(&options()).unwrap();
    let left: Vec<_> = made.left_out.iter().map(|left| left.path.as_str()).collect();
    assert_eq!(left, [".hidden", "notes.txt", "text.xml"]);
}

#[test]
fn a_composition_may_name_what_is_not_there_only_in_a_supplement() {
    let imp = Imp::bare();
    imp.write(CPL, composition(3, 40).as_bytes());
    refused(
        &imp,
        &MakeOptions { replace: false, ..options() },
        "hint: put it there, or `--supplement` makes a supplemental package",
    );
    let made = imp.make(&MakeOptions { supplement: true, ..options() }).unwrap();
    assert_eq!(made.not_here, [NotHere { id: id(40), composition_id: id(3) }]);
}

#[test]
fn a_text_that_xml_cannot_hold_is_refused() {
    refused(&Imp::bare(), &MakeOptions { issuer: "a\u{1}", ..options() }, "U+0001");
}

#[test]
fn a_run_that_is_stopped_writes_nothing() {
    let imp = Imp::bare();
    let before = imp.names();
    let error = with_work(|work| {
        let progress = crate::progress::Progress::default();
        progress.cancel();
        make(imp.path(), &options(), &Work { progress: &progress, ..*work })
    });
    assert!(matches!(error, Err(Error::Cancelled)));
    assert_eq!(imp.names(), before);
}
