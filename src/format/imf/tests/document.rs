use super::super::model::{Locale, Source};
use super::super::{Content, Kind, Rational, Reason, read};
use super::{ALL, document, id};
use crate::digest::{Algorithm, Digest};

#[test]
fn sound_documents_have_no_problems_and_come_back_as_they_were() {
    for text in ALL {
        let document = document(text);

        assert_eq!(document.problems, []);
        assert_eq!(document.tree.render(), text);
    }
    let kinds = ALL.map(|text| document(text).kind());
    let lists = [Kind::AssetMap, Kind::VolumeIndex, Kind::PackingList, Kind::PackingList];
    assert_eq!(kinds[..4], lists);
    assert_eq!(kinds[4..], [Kind::Composition, Kind::Composition, Kind::OutputProfile]);
}

#[test]
fn an_asset_map_tells_where_files_are() {
    let document = document(super::ASSET_MAP);
    let Content::AssetMap(map) = &document.content else { panic!("an asset map") };
    let [list, picture] = &map.assets[..] else { panic!("two assets") };

    assert_eq!((map.id, map.volume_count), (id(1, 1), Some(1)));
    assert_eq!(map.annotation.as_deref(), Some("Fish & Ships"));
    assert!(list.is_packing_list && !picture.is_packing_list);
    let chunk = &picture.chunks[0];
    assert_eq!(
        (&*chunk.path, chunk.offset, chunk.length),
        ("media/picture.mxf", Some(0), Some(4096))
    );
    let place = document.place(chunk.at);
    assert_eq!(place, (20, "AssetMap/AssetList/Asset[2]/ChunkList/Chunk".to_owned()));
}

#[test]
fn a_volume_index_is_a_number() {
    let Content::VolumeIndex(volume) = document(super::VOLUME_INDEX).content else {
        panic!("a volume index")
    };

    assert_eq!(volume.index, Some(1));
}

#[test]
fn a_packing_list_tells_digests_by_their_algorithm() {
    let Content::PackingList(old) = document(super::PACKING_LIST_2007).content else {
        panic!("a packing list")
    };
    let Content::PackingList(new) = document(super::PACKING_LIST_2016).content else {
        panic!("a packing list")
    };
    let abc = |algorithm, hex| Digest::parse(algorithm, hex);
    let sha1 = abc(Algorithm::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d");
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    let digests: Vec<_> = new.assets.iter().map(|asset| asset.digest).collect();

    assert_eq!(digests, [sha1, abc(Algorithm::Sha256, sha256), None]);
    assert_eq!(new.assets[2].algorithm, None);
    assert_eq!(new.assets[2].hash_algorithm.as_deref(), Some("urn:none"));
    assert_eq!((new.icon_id, new.group_id), (id(1, 10), id(1, 11)));
    assert!(old.assets.iter().all(|asset| asset.digest == sha1 && asset.size == Some(3)));
    assert_eq!(old.assets[0].original_file_name.as_deref(), Some("picture.mxf"));
}

#[test]
fn a_composition_tells_what_is_played() {
    let document = document(super::COMPOSITION_2016);
    let Content::Composition(film) = &document.content else { panic!("a composition") };
    let [segment] = &film.segments[..] else { panic!("one segment") };
    let [markers, picture, captions, _smell] = &segment.sequences[..] else {
        panic!("four sequences")
    };

    let edit_rate = Rational { numerator: 24_000, denominator: 1001 };
    assert_eq!((&*film.title, film.edit_rate), ("Fish & Ships", Some(edit_rate)));
    assert_eq!(film.applications.len(), 2);
    assert!(film.is_signed);
    let Source::Markers(marks) = &markers.resources[0].source else { panic!("markers") };
    assert_eq!((&*marks[1].label, marks[1].offset), ("Blink", Some(95)));
    assert_eq!(marks[1].scope.as_deref(), Some("urn:x#labels"));
    let shot = &picture.resources[0];
    let Source::TrackFile { file, encoding, hash, digest, key } = &shot.source else {
        panic!("a track file")
    };
    assert_eq!((*file, *encoding, *key), (id(1, 3), id(2, 7), id(2, 0x17)));
    assert_eq!(hash.as_deref(), Some("qZk+NkcGgWq6PiVxeFDCbJzQ2J0="));
    let digest = digest.unwrap().to_string();
    assert_eq!(digest, "a9993e364706816aba3e25717850c26c9cd0d89d");
    assert_eq!((shot.played(), shot.duration()), (Some(48), Some(96)));
    assert_eq!((&*captions.kind, captions.track_id), ("CDPSequence", id(2, 0x19)));
}

#[test]
fn a_composition_tells_what_it_says_of_itself() {
    let document = document(super::COMPOSITION_2016);
    let Content::Composition(film) = &document.content else { panic!("a composition") };

    let version =
        ("urn:eidr:10.5240:7791-8534-2C23-9030-8610-5".to_owned(), Some("first cut".to_owned()));
    assert_eq!(film.content_versions, [version]);
    let timecode = film.timecode.as_ref().unwrap();
    assert_eq!((timecode.drop_frame, timecode.rate), (Some(false), Some(24)));
    assert_eq!(timecode.start.as_deref(), Some("01:00:00:00"));
    let [Locale { languages, regions, .. }] = &film.locales[..] else { panic!("one locale") };
    assert_eq!((languages.join(" "), regions.join(" ")), ("en-US fr".to_owned(), "US".to_owned()));
    let descriptor = film.essence_descriptors[0].descriptor.unwrap();
    assert_eq!(document.tree.node(descriptor).name(), "RGBADescriptor");
}

#[test]
fn an_output_profile_names_its_macros() {
    let Content::OutputProfile(profile) = document(super::OUTPUT_PROFILE).content else {
        panic!("an output profile list")
    };

    assert_eq!(profile.composition_id, id(2, 1));
    assert_eq!(profile.macros, ["preset-1", "smell"]);
}

#[test]
fn what_the_schema_leaves_open_is_kept_and_named() {
    let document = document(super::COMPOSITION_2016);
    let sources: Vec<_> =
        document.unknown.iter().map(|at| document.tree.node(*at).source()).collect();

    assert_eq!(sources.len(), 5);
    assert_eq!(sources[0], "<x:More xmlns:x=\"urn:x\"><x:Deep/></x:More>");
    assert_eq!(sources[3], "<x:Mine xmlns:x=\"urn:x\" kept=\"yes\">kept</x:Mine>");
}

#[test]
fn another_document_is_refused_where_it_begins() {
    let fault = read(b"\xef\xbb\xbf<!-- x -->\n<html/>").unwrap_err();

    assert_eq!((fault.line, fault.offset), (2, 14));
    assert_eq!(fault.reason, Reason::kind("html"));
    assert!(read(b"").is_err());
}
