//! Rules of asset maps, packing lists, volume indices and output profile lists.

use super::imp::{CPL, Imp, LIST, MAP, PICTURE, breaks, id, of, options, output_profile, verified};
use crate::format::imf::Edition;
use crate::job::imf::{MakeOptions, Severity, State};

#[test]
fn an_asset_map_of_two_volumes_is_found() {
    let said = breaks("asset-map.volume-count", |imp| {
        imp.edit(MAP, "<VolumeCount>1<", "<VolumeCount>2<");
    });
    assert_eq!((said.file.as_str(), said.severity), (MAP, Severity::Error));
    assert!(said.line.is_some() && said.element.is_some());
}

#[test]
fn an_asset_map_under_another_name_is_found() {
    breaks("asset-map.name", |imp| imp.rename(MAP, "assetmap.xml"));
}

#[test]
fn two_asset_maps_are_found() {
    breaks("asset-map.several", |imp| imp.write("ASSETMAP", imp.text(MAP).as_bytes()));
}

#[test]
fn an_asset_map_without_a_packing_list_is_found() {
    breaks("asset-map.packing-list", |imp| {
        imp.edit(MAP, "<PackingList>true</PackingList>", "<PackingList>false</PackingList>");
    });
}

#[test]
fn a_packing_list_that_is_not_marked_is_found() {
    let said = breaks("asset-map.packing-list-flag", |imp| {
        imp.edit(MAP, "<PackingList>true</PackingList>", "<PackingList>false</PackingList>");
    });
    assert_eq!(said.asset, Some(id(2)));
}

#[test]
fn an_asset_map_without_a_composition_is_found() {
    breaks("asset-map.composition", |imp| {
        let text = imp.text(MAP);
        let at = text.find(&id(3).urn()).unwrap();
        let (from, to) =
            (text[..at].rfind("<Asset>").unwrap(), at + text[at..].find("</Asset>").unwrap());
        imp.write(MAP, format!("{}{}", &text[..from], &text[to + 8..]).as_bytes());
    });
}

#[test]
fn an_id_that_stands_twice_in_the_asset_map_is_found() {
    breaks("asset-map.id-repeated", |imp| imp.edit(MAP, &id(4).urn(), &id(3).urn()));
}

#[test]
fn an_asset_in_two_pieces_is_found() {
    breaks("asset-map.chunk-count", |imp| {
        imp.edit(MAP, "</Chunk>", "</Chunk><Chunk><Path>other.mxf</Path></Chunk>");
    });
}

/// The text of an asset map with this behind the path of the picture.
fn behind_path(imp: &Imp, more: &str) {
    let text = imp.text(MAP);
    let at = text.find("picture.mxf</Path>").unwrap() + "picture.mxf</Path>".len();
    let end = at + text[at..].find("</Chunk>").unwrap();
    imp.write(MAP, format!("{}{more}{}", &text[..at], &text[end..]).as_bytes());
}

#[test]
fn a_piece_on_another_volume_or_with_an_offset_is_found() {
    breaks("asset-map.chunk-volume", |imp| behind_path(imp, "<VolumeIndex>2</VolumeIndex>"));
    breaks("asset-map.chunk-offset", |imp| behind_path(imp, "<Offset>1</Offset>"));
}

#[test]
fn a_length_that_is_not_that_of_the_file_is_found() {
    let said = breaks("asset-map.chunk-length", |imp| behind_path(imp, "<Length>17</Length>"));
    assert!(said.message.contains("Length is 17"), "{}", said.message);
}

#[test]
fn a_path_that_an_asset_map_cannot_have_is_found() {
    let path =
        |to: String| move |imp: &Imp| imp.edit(MAP, "<Path>picture.mxf", &format!("<Path>{to}"));
    breaks("asset-map.path-length", path(format!("a/{}.mxf", "x".repeat(97))));
    breaks("asset-map.path-depth", path("a/b/c/d/e/f/g/h/i/j/picture.mxf".to_owned()));
    breaks("asset-map.path-characters", path("pic ture.mxf".to_owned()));
    for absolute in ["/etc/passwd", "file:///etc/passwd", "C:/picture.mxf", "\\\\host\\picture.mxf"]
    {
        breaks("asset-map.path-absolute", path(absolute.to_owned()));
    }
    for outside in ["../picture.mxf", "a/../../picture.mxf", "a//picture.mxf", "./picture.mxf"] {
        breaks("asset-map.path-outside", path(outside.to_owned()));
    }
}

#[test]
fn a_path_that_leads_out_is_not_opened() {
    let outside = tempfile::tempdir().unwrap();
    let imp = Imp::new();
    std::os::unix::fs::symlink(outside.path(), imp.path().join("link")).unwrap();
    imp.edit(MAP, "<Path>picture.mxf", "<Path>link/../../etc/hostname");
    let row = imp.verify().assets.into_iter().find(|row| row.id == Some(id(4))).unwrap();
    assert_eq!((row.state, row.file, row.found_size), (State::Missing, None, None));
}

#[test]
fn two_assets_with_one_file_are_found() {
    breaks("asset-map.path-repeated", |imp| {
        imp.edit(MAP, "<Path>picture.mxf", "<Path>CPL.xml");
    });
}

#[test]
fn a_volume_index_that_is_missing_or_not_1_is_found() {
    let said = breaks("volume-index.missing", |imp| imp.remove("VOLINDEX.xml"));
    assert_eq!(said.severity, Severity::Info);
    breaks("volume-index.index", |imp| imp.edit("VOLINDEX.xml", "<Index>1<", "<Index>2<"));
}

#[test]
fn a_packing_list_with_another_id_than_in_the_asset_map_is_found() {
    breaks("packing-list.asset-id", |imp| imp.edit(LIST, &id(2).urn(), &id(99).urn()));
}

#[test]
fn an_asset_that_stands_twice_in_a_packing_list_is_found() {
    breaks("packing-list.id-repeated", |imp| imp.edit(LIST, &id(4).urn(), &id(3).urn()));
}

#[test]
fn an_asset_of_a_packing_list_that_is_not_in_the_asset_map_is_found() {
    let said =
        breaks("packing-list.asset-mapped", |imp| imp.edit(LIST, &id(4).urn(), &id(98).urn()));
    assert_eq!(said.asset, Some(id(98)));
}

#[test]
fn an_asset_that_is_in_no_packing_list_is_found() {
    breaks("packing-list.asset-unlisted", |imp| imp.edit(LIST, &id(4).urn(), &id(98).urn()));
}

#[test]
fn a_file_that_is_longer_than_listed_is_found() {
    let said = breaks("packing-list.size", |imp| {
        let mut bytes = crate::fs::read(&imp.path().join(PICTURE)).unwrap();
        bytes.push(0);
        imp.write(PICTURE, &bytes);
    });
    assert_eq!((said.file.as_str(), said.asset), (LIST, Some(id(4))));
}

#[test]
fn a_byte_that_changed_is_found() {
    for edition in [Edition::Smpte2007, Edition::Smpte2016] {
        let imp = Imp::bare();
        imp.make(&MakeOptions { edition, ..options() }).unwrap();
        assert_eq!(imp.said("packing-list.digest"), []);
        let mut bytes = crate::fs::read(&imp.path().join(PICTURE)).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        imp.write(PICTURE, &bytes);
        let said = imp.said("packing-list.digest");
        assert_eq!(said.len(), 1, "{said:?}");
        let row = imp.verify().assets.into_iter().find(|row| row.id == Some(id(4))).unwrap();
        assert_eq!(row.state, State::WrongDigest);
        assert_ne!(row.found_digest, row.listed_digest);
    }
}

#[test]
fn a_hash_that_is_none_is_found() {
    breaks("packing-list.hash", |imp| {
        let text = imp.text(LIST);
        let (from, to) = (text.find("<Hash>").unwrap() + 6, text.find("</Hash>").unwrap());
        imp.write(LIST, format!("{}AAAA{}", &text[..from], &text[to..]).as_bytes());
    });
}

#[test]
fn an_algorithm_that_is_not_computed_is_not_checked_and_says_so() {
    let imp = Imp::new();
    imp.edit(LIST, "http://www.w3.org/2000/09/xmldsig#sha1", "http://example.com/sum");
    let verified = imp.verify();
    assert!(
        verified.not_checked.iter().any(|one| one.reason.contains("http://example.com/sum")),
        "{:?}",
        verified.not_checked
    );
    assert!(verified.assets.iter().any(|row| row.state == State::NotRead));
}

#[test]
fn a_document_that_is_listed_as_something_else_is_found() {
    let said = breaks("packing-list.type", |imp| {
        imp.edit(LIST, "<Type>text/xml<", "<Type>application/mxf<");
    });
    assert_eq!(said.severity, Severity::Warning);
    breaks("packing-list.type", |imp| {
        imp.edit(LIST, "<Type>application/mxf<", "<Type>text/xml<");
    });
}

#[test]
fn an_original_name_that_is_not_that_of_the_file_is_said() {
    let said = breaks("packing-list.file-name", |imp| {
        imp.edit(LIST, ">picture.mxf</OriginalFileName>", ">movie.mxf</OriginalFileName>");
    });
    assert_eq!(said.severity, Severity::Info);
}

#[test]
fn an_icon_that_is_no_asset_is_found() {
    breaks("packing-list.icon", |imp| {
        let icon = format!("<IconId>{}</IconId><IssueDate>", id(77).urn());
        imp.edit(LIST, "<IssueDate>", &icon);
    });
}

#[test]
fn a_composition_with_another_id_than_in_the_asset_map_is_found() {
    breaks("cpl.asset-id", |imp| imp.edit(CPL, &id(3).urn(), &id(97).urn()));
}

/// A package with an output profile list for this composition.
fn with_profile(of: u8) -> Imp {
    let imp = Imp::bare();
    imp.write("OPL.xml", output_profile(6, of).as_bytes());
    imp.make(&MakeOptions { supplement: true, ..options() }).unwrap();
    imp
}

#[test]
fn an_output_profile_list_of_a_composition_keeps_its_rules() {
    let imp = with_profile(3);
    assert_eq!(imp.said("opl.composition"), []);
    assert_eq!(imp.said("opl.asset-id"), []);
    imp.edit("OPL.xml", &id(6).urn(), &id(96).urn());
    assert_eq!(imp.said("opl.asset-id").len(), 1);
}

#[test]
fn an_output_profile_list_for_a_track_file_is_found() {
    assert_eq!(with_profile(4).said("opl.composition").len(), 1);
}

#[test]
fn an_output_profile_list_for_a_composition_elsewhere_is_not_checked() {
    let imp = with_profile(50);
    let verified = imp.verify();
    assert_eq!(of(&verified, "opl.composition"), []);
    assert!(verified.not_checked.iter().any(|one| one.reason.contains(&id(50).to_string())));
    let other = Imp::new();
    let verified = super::imp::verified(imp.path(), &[other.path().to_owned()]);
    assert_eq!(of(&verified, "opl.composition").len(), 1, "the other folder has none either");
}

#[test]
fn a_packing_list_alone_is_judged_with_its_files() {
    let imp = Imp::new();
    let verified = verified(&imp.path().join(LIST), &[]);
    assert_eq!((verified.documents, verified.tally.files_read), (1, 2));
    assert!(verified.assets.iter().all(|row| row.state == State::Right), "{:?}", verified.assets);
}
