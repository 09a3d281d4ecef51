//! Folders whose asset map says nothing, and files that bear the ids of others.

use super::imp::{CPL, Imp, LIST, MAP, PICTURE, PICTURE_ID, id, options, verified, with_work};
use super::mxf::{RGBA, track_file};
use crate::job::imf::{MakeOptions, Options, Severity, State, show, verify};

#[test]
fn files_are_found_by_their_ids_where_the_asset_map_cannot_be_read() {
    let imp = Imp::new();
    imp.write(MAP, b"<AssetMap>");
    let all = imp.verify();
    let picture = all.assets.iter().find(|row| row.id == Some(id(PICTURE_ID))).unwrap();
    assert_eq!((picture.file.as_deref(), picture.state), (Some(PICTURE), State::Right));
    let errors = all.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|finding| finding.rule.id).collect();
    assert_eq!(errors, ["document.well-formed"], "{:?}", all.findings);
    assert!(all.not_checked.iter().any(|one| one.reason.starts_with("the asset map:")));
    assert!(!show(imp.path(), &[]).unwrap().supplemental);
    imp.write(PICTURE, &track_file(id(PICTURE_ID), 1, RGBA));
    let wrong =
        imp.verify().findings.iter().any(|finding| finding.rule.id == "packing-list.digest");
    assert!(wrong, "a digest that is not right is found all the same");
}

#[test]
fn a_broken_asset_map_of_a_folder_given_besides_is_named() {
    let (first, second) = (Imp::new(), Imp::bare());
    second.remove(PICTURE);
    second.make(&MakeOptions { supplement: true, ..options() }).unwrap();
    first.write(MAP, b"<AssetMap>");
    let all = verified(second.path(), &[first.path().join("")]);
    let reasons: Vec<_> = all.not_checked.iter().map(|one| one.reason.as_str()).collect();
    let root = first.path().display();
    let expected = format!("`{MAP}` in {root}, which cannot be read: ");
    assert!(reasons.iter().any(|reason| reason.starts_with(&expected)), "{reasons:#?}");
    assert_eq!(all.shown.elsewhere.len(), 1, "its header tells which one it is");
}

#[cfg(unix)]
#[test]
fn an_asset_map_that_is_a_link_is_said_to_be_one() {
    let imp = Imp::new();
    imp.rename(MAP, "map.xml");
    std::os::unix::fs::symlink(imp.path().join("map.xml"), imp.path().join(MAP)).unwrap();
    let options = Options { with: &[], studio: true, hashes: true };
    let error = with_work(|work| verify(imp.path(), &options, work)).unwrap_err();
    assert!(error.to_string().contains("its ASSETMAP.xml is a link"), "{error}");
}

#[test]
fn files_in_each_other_s_place_are_named() {
    let imp = Imp::bare();
    imp.write("more.mxf", &track_file(id(20), 0, RGBA));
    imp.make(&options()).unwrap();
    imp.rename("more.mxf", "other");
    imp.rename(PICTURE, "more.mxf");
    imp.rename("other", PICTURE);
    let said: Vec<_> = imp
        .said("mxf.file-id")
        .into_iter()
        .map(|finding| (finding.file, finding.message))
        .collect();
    let line = |own: &str, from, to, other: &str| {
        let (from, to) = (id(from), id(to));
        format!(
            "`{own}` is listed as {from}; its header says that its id is {to}, which is listed for `{other}`"
        )
    };
    let expected = [
        (MAP.to_owned(), line("more.mxf", 20, PICTURE_ID, PICTURE)),
        (CPL.to_owned(), line(PICTURE, PICTURE_ID, 20, "more.mxf")),
    ];
    assert_eq!(said, expected);
}

#[test]
fn what_stands_in_the_place_of_a_document_is_found() {
    let page = "<html><body>404 Not Found<br></body></html>";
    let error = "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>";
    for name in [MAP, "VOLINDEX.xml", LIST, CPL] {
        for text in [page, "<?xml ver", "<!DOCTYPE html><html/>"] {
            let imp = Imp::new();
            imp.write(name, text.as_bytes());
            assert_eq!(rules(&imp, "document.well-formed"), 1, "{text} in {name}");
        }
    }
    for (name, rule) in [
        (MAP, "document.root"),
        ("VOLINDEX.xml", "document.root"),
        (LIST, "asset-map.packing-list-flag"),
        (CPL, "asset-map.composition"),
    ] {
        let imp = Imp::new();
        imp.write(name, error.as_bytes());
        assert_eq!(rules(&imp, rule), 1, "{name}: {:#?}", imp.verify().findings);
    }
}

fn rules(imp: &Imp, rule: &str) -> usize {
    imp.verify().findings.iter().filter(|finding| finding.rule.id == rule).count()
}

#[test]
fn a_composition_in_the_place_of_the_volume_index_is_found() {
    let imp = Imp::new();
    imp.write("VOLINDEX.xml", imp.text(CPL).as_bytes());
    let said = imp.said("document.root");
    assert_eq!(
        said[0].message,
        "its name is of the kind volume index, what it says of the kind composition playlist"
    );
}

#[test]
fn other_xml_that_is_listed_is_not_looked_into() {
    let imp = Imp::new();
    let deep = "<a>".repeat(40) + &"</a>".repeat(40);
    imp.write("notes.xml", deep.as_bytes());
    imp.edit(
        MAP,
        "</AssetList>",
        &format!(
            "<Asset><Id>{}</Id><ChunkList><Chunk><Path>notes.xml</Path></Chunk></ChunkList></Asset></AssetList>",
            id(30).urn()
        ),
    );
    let all = imp.verify();
    assert_eq!(rules(&imp, "document.well-formed"), 0, "{:#?}", all.findings);
    assert!(all.not_checked.iter().any(|one| one.path == "notes.xml"), "{:?}", all.not_checked);
}

#[test]
fn the_digest_that_a_resource_gives_its_file_is_compared() {
    let with_hash = |hash: &str| {
        let imp = Imp::bare();
        imp.edit(CPL, "</TrackFileId>", &format!("</TrackFileId><Hash>{hash}</Hash>"));
        imp.make(&options()).unwrap();
        imp
    };
    let text = Imp::new().text(LIST);
    let at = text.find("<Type>application/mxf").unwrap();
    let hash = text[..at].rsplit("<Hash>").next().unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(rules(&with_hash(&hash), "cpl.track-file-hash"), 0, "{hash}");
    let wrong = with_hash("AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assert_eq!(rules(&wrong, "cpl.track-file-hash"), 1);
    let alone = verified(&wrong.path().join(CPL), &[]);
    let said = |reason: &str| reason.starts_with("the digest that a resource gives");
    assert!(alone.not_checked.iter().any(|one| said(&one.reason)), "{:?}", alone.not_checked);
    let keyed = Imp::bare();
    keyed.edit(CPL, "</TrackFileId>", &format!("</TrackFileId><KeyId>{}</KeyId>", id(40).urn()));
    keyed.make(&options()).unwrap();
    let reasons = keyed.verify().not_checked;
    assert!(reasons.iter().any(|one| one.reason.starts_with("the key of")), "{reasons:?}");
}
