//! Rules of files, and what is done with links, case and folders given besides.

#![expect(clippy::disallowed_methods, reason = "tests make and break files of their own")]

use std::os::unix::fs::symlink;

use super::imp::{
    CPL, Imp, LIST, MAP, PICTURE, breaks, composition, id, of, options, try_verify, verified,
};
use super::mxf::{RGBA, track_file};
use crate::Error;
use crate::job::imf::{MakeOptions, Options, Severity, State};

#[test]
fn a_missing_file_is_found() {
    let said = breaks("file.missing", |imp| imp.remove(PICTURE));
    assert_eq!((said.file.as_str(), said.asset), (MAP, Some(id(4))));
    assert!(said.element.is_some_and(|path| path.ends_with("Path")));
}

#[test]
fn a_file_whose_name_differs_in_case_is_found_and_read() {
    breaks("file.name", |imp| imp.rename(PICTURE, "Picture.MXF"));
    let imp = Imp::new();
    imp.rename(PICTURE, "Picture.MXF");
    let verified = imp.verify();
    assert_eq!(of(&verified, "file.missing"), []);
    assert_eq!(of(&verified, "file.stray"), []);
    let row = verified.assets.iter().find(|row| row.id == Some(id(4))).unwrap();
    assert_eq!((row.state, row.file.as_deref()), (State::Right, Some("Picture.MXF")));
}

#[test]
fn a_link_is_found_and_not_opened() {
    let change = |imp: &Imp| {
        imp.rename(PICTURE, "real");
        symlink(imp.path().join("real"), imp.path().join(PICTURE)).unwrap();
    };
    breaks("file.link", change);
    let imp = Imp::new();
    change(&imp);
    let row = imp.verify().assets.into_iter().find(|row| row.id == Some(id(4))).unwrap();
    assert_eq!((row.state, row.found_digest), (State::Missing, None));
}

#[test]
fn a_folder_that_is_a_link_is_not_entered() {
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join(PICTURE), b"secret").unwrap();
    breaks("file.link", |imp| {
        symlink(elsewhere.path(), imp.path().join("sub")).unwrap();
        imp.edit(MAP, "<Path>picture.mxf", "<Path>sub/picture.mxf");
    });
}

#[test]
fn a_folder_in_place_of_a_file_is_found() {
    breaks("file.not-a-file", |imp| {
        imp.remove(PICTURE);
        std::fs::create_dir(imp.path().join(PICTURE)).unwrap();
    });
}

#[test]
fn an_empty_file_is_found() {
    breaks("file.empty", |imp| imp.write(PICTURE, b""));
}

#[test]
fn a_file_that_cannot_be_looked_for_is_found() {
    // No system has names of 300 bytes.
    breaks("file.unreadable", |imp| {
        imp.edit(MAP, "<Path>picture.mxf", &format!("<Path>{}.mxf", "x".repeat(300)));
    });
}

#[test]
fn a_document_that_is_larger_than_any_is_found() {
    breaks("document.refused", |imp| {
        let file = std::fs::File::options().write(true).open(imp.path().join(CPL)).unwrap();
        file.set_len(300 << 20).unwrap();
    });
}

#[test]
fn files_that_belong_to_nothing_are_found() {
    let said = breaks("file.stray", |imp| imp.write("sub/notes.txt", b"notes"));
    assert_eq!((said.file.as_str(), said.severity), ("sub/notes.txt", Severity::Warning));
    breaks("file.stray", |imp| imp.write("checksum.txt", b""));
    let said = breaks("file.hidden", |imp| imp.write(".DS_Store", b"x"));
    assert_eq!(said.severity, Severity::Info);
}

#[test]
fn a_track_file_that_no_composition_plays_is_said() {
    let said = breaks("file.unplayed", |imp| {
        imp.write("more.mxf", &track_file(id(20), 0, RGBA));
        imp.make(&options()).unwrap();
    });
    assert_eq!((said.asset, said.severity), (Some(id(20)), Severity::Info));
}

#[test]
fn a_track_file_with_another_id_than_in_the_lists_is_found() {
    breaks("mxf.file-id", |imp| {
        imp.write(PICTURE, &track_file(id(21), 0, RGBA));
    });
    let imp = Imp::bare();
    imp.write("more.mxf", &track_file(id(20), 0, RGBA));
    imp.make(&options()).unwrap();
    imp.write("more.mxf", &track_file(id(21), 0, RGBA));
    assert_eq!(imp.said("mxf.file-id").len(), 1, "one that is not played");
}

#[test]
fn a_header_that_cannot_be_read_is_found() {
    breaks("mxf.header", |imp| {
        let bytes = crate::fs::read(&imp.path().join(PICTURE)).unwrap();
        imp.write(PICTURE, &bytes[..100]);
    });
}

#[test]
fn a_document_that_is_not_well_formed_is_found_and_the_rest_is_judged() {
    let said = breaks("document.well-formed", |imp| imp.write(CPL, b"<CompositionPlaylist>\n<Id>"));
    assert_eq!((said.file.as_str(), said.line, said.asset), (CPL, Some(2), Some(id(3))));
    let imp = Imp::new();
    imp.write(CPL, b"<CompositionPlaylist>");
    assert_eq!(imp.said("packing-list.size").len(), 1);
}

#[test]
fn an_asset_map_that_is_not_well_formed_is_found_and_the_documents_beside_it_are_judged() {
    let imp = Imp::new();
    imp.write(MAP, b"<AssetMap><Id>");
    imp.edit(CPL, "<ContentTitle>A film</ContentTitle>", "");
    let verified = imp.verify();
    assert_eq!(of(&verified, "document.well-formed").len(), 1);
    assert_eq!(of(&verified, "cpl.element-missing").len(), 1);
}

#[test]
fn a_document_that_begins_as_none_of_its_namespace_does_is_found() {
    let change = |imp: &Imp| {
        imp.write(CPL, imp.text(CPL).replace("CompositionPlaylist", "Composition").as_bytes());
    };
    let said = breaks("document.root", change);
    assert_eq!((said.file.as_str(), said.line), (CPL, Some(2)));
    let imp = Imp::bare();
    change(&imp);
    assert_eq!(of(&verified(&imp.path().join(CPL), &[]), "document.root").len(), 1);
}

#[test]
fn other_documents_are_not_looked_into_and_that_is_said() {
    let imp = Imp::new();
    imp.write("other.xml", b"<tt xmlns='http://www.w3.org/ns/ttml'><body/></tt>");
    imp.edit(MAP, "<Path>CPL.xml", "<Path>other.xml");
    let verified = imp.verify();
    assert!(
        verified
            .not_checked
            .iter()
            .any(|one| one.path == "other.xml" && one.reason.contains("`tt`")),
        "{:?}",
        verified.not_checked
    );
}

/// A package whose composition plays the picture of another.
fn supplement() -> (Imp, Imp) {
    let (first, second) = (Imp::new(), Imp::bare());
    second.remove(PICTURE);
    second.write(CPL, composition(33, 4).as_bytes());
    second.make(&MakeOptions { supplement: true, ..options() }).unwrap();
    (first, second)
}

#[test]
fn a_supplement_alone_has_no_error_and_says_what_is_not_here() {
    let (_, second) = supplement();
    let verified = second.verify();
    assert_eq!(verified.count(Severity::Error), 0, "{:#?}", verified.findings);
    let row = verified.assets.iter().find(|row| row.id == Some(id(4))).unwrap();
    assert_eq!((row.state, row.folder), (State::NotHere, None));
    assert!(verified.not_checked.iter().any(|one| one.reason.contains(&id(4).to_string())));
    assert!(verified.shown.supplemental);
}

#[test]
fn what_a_supplement_refers_to_is_looked_up_in_the_other_folders() {
    let (first, second) = supplement();
    let verified = verified(second.path(), &[first.path().to_owned()]);
    assert_eq!(verified.count(Severity::Error), 0, "{:#?}", verified.findings);
    let row = verified.assets.iter().find(|row| row.id == Some(id(4))).unwrap();
    assert_eq!((row.state, row.folder), (State::NotRead, Some(1)));
    assert_eq!(row.file.as_deref(), Some(PICTURE));
}

#[test]
fn what_is_in_none_of_the_folders_is_an_error() {
    let (first, second) = supplement();
    first.edit(MAP, &id(4).urn(), &id(44).urn());
    let verified = verified(second.path(), &[first.path().to_owned()]);
    assert_eq!(of(&verified, "cpl.track-file-found").len(), 1);
}

#[test]
fn a_file_of_another_folder_that_is_missing_or_has_another_size_is_found() {
    let (first, second) = supplement();
    let with = [first.path().to_owned()];
    first.write(LIST, first.text(LIST).replace("<Size>", "<Size>9").as_bytes());
    let all = verified(second.path(), &with);
    assert_eq!(of(&all, "packing-list.size").len(), 1, "{:#?}", all.findings);
    first.remove(PICTURE);
    assert_eq!(of(&verified(second.path(), &with), "file.missing").len(), 1);
}

#[test]
fn files_are_not_read_for_digests_where_that_is_not_asked_for() {
    let imp = Imp::new();
    let options = Options { with: &[], studio: false, hashes: false };
    let verified = try_verify(imp.path(), &options).unwrap();
    assert_eq!(verified.tally.files_read, 0);
    assert!(verified.assets.iter().all(|row| row.found_digest.is_none()));
    assert!(verified.not_checked.iter().any(|one| one.reason.contains("was not asked for")));
}

#[test]
fn what_is_no_package_is_refused() {
    let empty = tempfile::tempdir().unwrap();
    let options = Options { with: &[], studio: false, hashes: true };
    let error = try_verify(empty.path(), &options).unwrap_err();
    assert!(matches!(error, Error::Imf { .. }), "{error}");
    std::fs::write(empty.path().join("a.png"), b"\x89PNG").unwrap();
    assert!(matches!(try_verify(&empty.path().join("a.png"), &options), Err(Error::Imf { .. })));
    std::fs::write(empty.path().join("a.xml"), b"<html></html>").unwrap();
    assert!(matches!(try_verify(&empty.path().join("a.xml"), &options), Err(Error::Imf { .. })));
    assert!(matches!(try_verify(&empty.path().join("none"), &options), Err(Error::Io { .. })));
}
