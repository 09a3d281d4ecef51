//! What a studio does not want.

use super::imp::{CPL, Imp, PICTURE, id, of, options, try_verify};
use super::mxf::{RGBA, TIMED_TEXT, track_file};
use crate::job::imf::{Options, Origin};

/// A rule that a good package keeps and a changed one breaks, and that is asked only where that is wanted.
#[track_caller]
fn unwanted(rule: &str, change: impl FnOnce(&Imp)) {
    let imp = Imp::new();
    assert_eq!(imp.said(rule), []);
    change(&imp);
    let said = imp.said(rule);
    assert_eq!(said.first().map(|finding| finding.rule.origin), Some(Origin::Studio), "{rule}");
    let options = Options { with: &[], studio: false, hashes: false };
    assert_eq!(of(&try_verify(imp.path(), &options).unwrap(), rule), []);
}

/// A sequence of this kind beside the picture, with an audio descriptor of this language.
fn sequence(kind: &str, language: &str, nth: u8) -> (String, String) {
    let (descriptor, own, track, resource) =
        (id(60 + nth), id(70 + nth), id(80 + nth), id(90 + nth));
    let entry = format!(
        r#"<EssenceDescriptor><Id>{}</Id><r:WAVEPCMDescriptor xmlns:r="urn:r"><r:SubDescriptors><r:SoundfieldGroupLabelSubDescriptor><r:RFC5646SpokenLanguage>{language}</r:RFC5646SpokenLanguage></r:SoundfieldGroupLabelSubDescriptor></r:SubDescriptors></r:WAVEPCMDescriptor></EssenceDescriptor></EssenceDescriptorList>"#,
        descriptor.urn()
    );
    let sequence = format!(
        r#"<cc:{kind}><Id>{}</Id><TrackId>{}</TrackId><ResourceList><Resource xsi:type="TrackFileResourceType"><Id>{}</Id><IntrinsicDuration>48</IntrinsicDuration><EntryPoint>12</EntryPoint><SourceEncoding>{}</SourceEncoding><TrackFileId>{}</TrackFileId></Resource></ResourceList></cc:{kind}></SequenceList>"#,
        own.urn(),
        track.urn(),
        resource.urn(),
        descriptor.urn(),
        id(100 + nth).urn()
    );
    (entry, sequence)
}

fn add(imp: &Imp, kind: &str, language: &str, nth: u8) {
    let (entry, sequence) = sequence(kind, language, nth);
    imp.edit(CPL, "</EssenceDescriptorList>", &entry);
    imp.edit(CPL, "</SequenceList>", &sequence);
}

#[test]
fn timed_text_is_unwanted() {
    for kind in ["SubtitlesSequence", "HearingImpairedCaptionsSequence"] {
        unwanted("studio.timed-text", |imp| add(imp, kind, "en", 0));
    }
    unwanted("studio.timed-text", |imp| {
        imp.write("text.mxf", &track_file(id(20), 0, TIMED_TEXT));
        imp.make(&options()).unwrap();
    });
}

#[test]
fn immersive_audio_is_unwanted() {
    unwanted("studio.atmos", |imp| add(imp, "IABSequence", "en", 0));
}

#[test]
fn sound_in_a_second_language_may_be_a_dub() {
    let imp = Imp::new();
    add(&imp, "MainAudioSequence", "en", 0);
    add(&imp, "MainAudioSequence", "EN", 1);
    assert_eq!(imp.said("studio.dubs"), [], "the same language twice");
    unwanted("studio.dubs", |imp| {
        add(imp, "MainAudioSequence", "en", 0);
        add(imp, "MainAudioSequence", "de-DE", 1);
    });
}

#[test]
fn sound_in_a_language_that_the_composition_is_not_meant_for_may_be_a_dub() {
    let locale = |language: &str| {
        format!(
            "<EditRate>24 1</EditRate><LocaleList><Locale><LanguageList><Language>{language}</Language></LanguageList></Locale></LocaleList>"
        )
    };
    let imp = Imp::new();
    add(&imp, "MainAudioSequence", "en-US", 0);
    imp.edit(CPL, "<EditRate>24 1</EditRate>", &locale("en"));
    assert_eq!(imp.said("studio.dubs"), []);
    unwanted("studio.dubs", |imp| {
        add(imp, "MainAudioSequence", "de", 0);
        imp.edit(CPL, "<EditRate>24 1</EditRate>", &locale("en"));
    });
}

#[test]
fn embedded_time_code_is_unwanted() {
    let timecode = "<CompositionTimecode><TimecodeDropFrame>0</TimecodeDropFrame><TimecodeRate>24</TimecodeRate><TimecodeStartAddress>01:00:00:00</TimecodeStartAddress></CompositionTimecode><EditRate>24 1</EditRate>";
    unwanted("studio.timecode", |imp| imp.edit(CPL, "<EditRate>24 1</EditRate>", timecode));
    let imp = Imp::new();
    imp.edit(CPL, "<EditRate>24 1</EditRate>", &timecode.replace("01:00", "00:00"));
    assert_eq!(imp.said("studio.timecode"), [], "from zero it says nothing");
    unwanted("studio.timecode", |imp| imp.write(PICTURE, &track_file(id(4), 86_400, RGBA)));
}
