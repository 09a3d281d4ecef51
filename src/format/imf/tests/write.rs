use super::super::{
    Content, Edition, NewAsset, NewDocument, Uuid, render_asset_map, render_packing_list,
    render_volume_index,
};
use super::document;
use crate::digest::{Algorithm, Digest};

const ABOUT: NewDocument<'_> = NewDocument {
    id: Uuid([1; 16]),
    annotation: Some("<all> & more"),
    creator: "reelpack",
    issuer: "Reel Works",
    issue_date: "2026-01-31T12:00:00+00:00",
};

fn asset(path: &str) -> NewAsset<'_> {
    NewAsset {
        id: Uuid([3; 16]),
        path,
        size: 3,
        sha1: Digest::parse(Algorithm::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d").unwrap(),
        mime_type: "application/mxf",
        original_file_name: Some("a & b.mxf"),
        annotation: None,
    }
}

#[test]
fn an_asset_map_that_is_written_is_sound_and_reads_back() {
    let list = Uuid([2; 16]);
    let text = render_asset_map(&ABOUT, (&list, "PKL.xml", 700), &[asset("a.mxf")]).unwrap();
    let document = document(&text);
    let Content::AssetMap(map) = &document.content else { panic!("an asset map") };

    assert_eq!(document.problems, []);
    assert_eq!(map.annotation.as_deref(), ABOUT.annotation);
    assert_eq!(map.issue_date.as_deref(), Some(ABOUT.issue_date));
    let found: Vec<_> = map
        .assets
        .iter()
        .map(|asset| {
            (asset.id, asset.is_packing_list, &*asset.chunks[0].path, asset.chunks[0].length)
        })
        .collect();
    let expected =
        [(Some(list), true, "PKL.xml", Some(700)), (Some(Uuid([3; 16])), false, "a.mxf", Some(3))];
    assert_eq!(found, expected);
}

#[test]
fn a_packing_list_that_is_written_is_sound_in_both_editions() {
    for (edition, algorithm) in [
        (Edition::Smpte2007, None),
        (Edition::Smpte2016, Some("http://www.w3.org/2000/09/xmldsig#sha1")),
    ] {
        let text = render_packing_list(&ABOUT, edition, &[asset("a.mxf")]).unwrap();
        let document = document(&text);
        let Content::PackingList(list) = &document.content else { panic!("a packing list") };

        assert_eq!(document.problems, []);
        let found = &list.assets[0];
        assert_eq!((found.digest, found.size), (Some(asset("").sha1), Some(3)));
        assert_eq!(found.hash_algorithm.as_deref(), algorithm);
        assert_eq!(found.original_file_name.as_deref(), Some("a & b.mxf"));
    }
}

#[test]
fn a_volume_index_that_is_written_is_the_first() {
    let document = document(&render_volume_index());

    assert_eq!(document.problems, []);
    assert!(matches!(&document.content, Content::VolumeIndex(volume) if volume.index == Some(1)));
}

#[test]
fn a_text_that_xml_cannot_hold_is_refused() {
    let about = NewDocument { issuer: "a\u{1}b", ..ABOUT };

    assert!(render_packing_list(&about, Edition::Smpte2016, &[]).is_err());
    assert!(render_asset_map(&ABOUT, (&Uuid([2; 16]), "PKL\0.xml", 1), &[]).is_err());
}
