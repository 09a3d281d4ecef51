//! What is shown of a package.

use super::imp::{CPL, Imp, PICTURE, id, options};
use crate::job::imf::{MakeOptions, show};

#[test]
fn a_package_is_shown_as_a_tree() {
    let imp = Imp::new();
    let shown = show(imp.path(), &[]).unwrap();
    let kinds: Vec<_> = shown.documents.iter().map(|document| document.kind).collect();
    assert_eq!(kinds, ["asset map", "volume index", "packing list", "composition playlist"]);
    assert!(!shown.supplemental && shown.unreadable.is_empty());
    let assets: Vec<_> = shown.assets.iter().map(|asset| asset.kind).collect();
    assert_eq!(assets, ["packing list", "composition playlist", "track file"]);
    let [composition] = shown.compositions.as_slice() else { panic!("one composition") };
    assert_eq!((composition.title.as_str(), composition.duration), ("A film", Some(36)));
    assert_eq!(composition.timecode.as_deref(), Some("00:00:01:12"));
    let [track] = composition.tracks.as_slice() else { panic!("one track") };
    assert_eq!(
        (track.kind.as_str(), track.codec.as_deref()),
        ("MainImageSequence", Some("RGBA, RGB"))
    );
    let resource = &track.resources[0];
    assert_eq!((resource.segment, resource.start, resource.duration), (0, Some(0), Some(36)));
    assert_eq!((resource.folder, resource.file.as_deref()), (Some(0), Some(PICTURE)));
}

#[test]
fn tracks_run_through_the_segments() {
    let imp = Imp::bare();
    let text = imp.text(CPL);
    let (from, to) = (text.find("<Segment>").unwrap(), text.find("</Segment>").unwrap() + 10);
    let second = text[from..to].replace(&id(11).urn(), &id(15).urn());
    imp.write(CPL, format!("{}{second}{}", &text[..to], &text[to..]).as_bytes());
    imp.edit(
        CPL,
        "<EditRate>24 1</EditRate>",
        "<CompositionTimecode><TimecodeDropFrame>false</TimecodeDropFrame><TimecodeRate>24</TimecodeRate><TimecodeStartAddress>01:00:00:00</TimecodeStartAddress></CompositionTimecode><EditRate>24 1</EditRate>",
    );
    imp.make(&options()).unwrap();
    let shown = show(imp.path(), &[]).unwrap();
    let composition = &shown.compositions[0];
    assert_eq!(composition.duration, Some(72));
    assert_eq!(composition.segments[1].start, Some(36));
    assert_eq!(composition.timecode.as_deref(), Some("00:00:03:00"));
    let own = composition.composition_timecode.as_ref().unwrap();
    assert_eq!((own.start.as_deref(), own.drop_frame), (Some("01:00:00:00"), Some(false)));
    assert_eq!(composition.tracks.len(), 1);
    assert_eq!(composition.tracks[0].resources[1].start, Some(36));
}

#[test]
fn a_resource_with_another_rate_is_counted_in_edit_units_of_the_composition() {
    let imp = Imp::bare();
    imp.edit(
        CPL,
        "<IntrinsicDuration>48</IntrinsicDuration>\n              <EntryPoint>12</EntryPoint>",
        "<EditRate>48000 1</EditRate><IntrinsicDuration>96000</IntrinsicDuration><EntryPoint>24000</EntryPoint><RepeatCount>2</RepeatCount>",
    );
    imp.make(&options()).unwrap();
    let shown = show(imp.path(), &[]).unwrap();
    assert_eq!(shown.compositions[0].duration, Some(72));
}

#[test]
fn markers_are_counted_from_the_start_of_the_composition() {
    let imp = Imp::bare();
    let markers = format!(
        r#"<SequenceList><MarkerSequence><Id>{}</Id><TrackId>{}</TrackId><ResourceList><Resource xsi:type="MarkerResourceType"><Id>{}</Id><IntrinsicDuration>48</IntrinsicDuration><EntryPoint>12</EntryPoint><Marker><Label>FFOC</Label><Offset>20</Offset></Marker></Resource></ResourceList></MarkerSequence>"#,
        id(40).urn(),
        id(41).urn(),
        id(42).urn()
    );
    imp.edit(CPL, "<SequenceList>", &markers);
    imp.make(&options()).unwrap();
    let shown = show(imp.path(), &[]).unwrap();
    let marker = &shown.compositions[0].tracks[0].markers[0];
    assert_eq!((marker.label.as_str(), marker.offset), ("FFOC", Some(8)));
    assert_eq!(marker.timecode.as_deref(), Some("00:00:00:08"));
}

#[test]
fn what_a_supplement_refers_to_is_shown() {
    let (first, second) = (Imp::new(), Imp::bare());
    second.remove(PICTURE);
    second.make(&MakeOptions { supplement: true, ..options() }).unwrap();
    let shown = show(second.path(), &[]).unwrap();
    assert!(shown.supplemental);
    assert_eq!((shown.not_here[0].id, shown.not_here[0].composition_id), (id(4), Some(id(3))));
    let shown = show(second.path(), &[first.path().to_owned()]).unwrap();
    assert_eq!((shown.elsewhere[0].folder, shown.elsewhere[0].file.as_str()), (1, PICTURE));
    assert_eq!(shown.compositions[0].tracks[0].resources[0].folder, Some(1));
}

#[test]
fn one_document_is_shown_by_itself() {
    let imp = Imp::new();
    let shown = show(&imp.path().join(CPL), &[]).unwrap();
    assert_eq!((shown.documents.len(), shown.compositions.len()), (1, 1));
    assert!(serde_json::to_string(&shown).unwrap().contains("\"A film\""));
}
