use super::{Files, WELL, breaks, found, judged, with};

/// The composition with another segment behind its own, of other ids, and with what is changed in it.
fn two_segments(changes: &[(&str, &str)]) -> String {
    let (start, end) = ("    <Segment>", "    </Segment>\n");
    let (start, end) = (WELL.find(start).unwrap(), WELL.find(end).unwrap() + end.len());
    let mut second = WELL[start..end].to_owned();
    for id in ["21", "31", "32", "33", "51", "52", "53"] {
        let (from, to) = (format!("0000000000{id}</Id>"), format!("00000000f0{id}</Id>"));
        second = second.replacen(&from, &to, 1);
    }
    for (from, to) in changes {
        assert!(second.contains(from), "{from}");
        second = second.replacen(from, to, 1);
    }
    let text = format!("{}{second}{}", &WELL[..end], &WELL[end..]);
    text.replacen("00:00:10", "00:00:20", 1)
}

/// What lies from one text to the end of another.
fn part<'a>(from: &str, to: &str) -> &'a str {
    let start = WELL.find(from).unwrap();
    let end = start + WELL[start..].find(to).unwrap() + to.len();
    &WELL[start..end]
}

#[test]
fn two_segments_with_the_same_tracks_break_no_rule() {
    assert_eq!(found(&two_segments(&[])), [""; 0]);
}

#[test]
fn there_is_one_picture() {
    let image = part("        <c:MainImageSequence>", "</c:MainImageSequence>\n");
    let second =
        image.replace("000000000032", "0000000000f2").replace("000000000042", "0000000000f3");
    let second = second.replace("000000000052", "0000000000f4");
    let end = "</c:MainImageSequence>\n";
    breaks(&[(&[(end, &format!("{end}{second}"))], &["cpl.main-image"])]);
}

#[test]
fn there_is_sound_before_the_core_constraints_of_2020() {
    let sound = part("        <c:MainAudioSequence>", "</c:MainAudioSequence>\n");
    let rules: &[&str] = &["cpl.essence-descriptor-unused", "cpl.main-audio"];
    breaks(&[(&[(sound, "")], rules)]);
    let new = with(&[(sound, "")]).replace("schemas/2067-2/2016", "ns/2067-2/2020");
    let new = new.replace("schemas/2067-21/2016", "ns/2067-21/2021");
    assert_eq!(found(&new), ["cpl.essence-descriptor-unused"]);
}

#[test]
fn tracks_go_through_all_segments_and_stay_what_they_are() {
    let sound = part("        <c:MainAudioSequence>", "</c:MainAudioSequence>\n");
    let sound =
        sound.replace("000000000033<", "00000000f033<").replace("000000000053<", "00000000f053<");
    assert_eq!(found(&two_segments(&[(&sound, "")])), ["cpl.track-missing"]);
    let other = [("000000000043<", "000000000049<")];
    assert_eq!(found(&two_segments(&other)), ["cpl.track-missing"]);
    let twice = [("000000000043<", "000000000042<")];
    let rules = ["cpl.edit-rate-track", "cpl.track-kind", "cpl.track-repeated"];
    let found = found(&with(&twice));
    assert!(rules.iter().all(|rule| found.contains(rule)), "{found:?}");
}

#[test]
fn all_of_a_segment_is_equally_long_and_whole() {
    breaks(&[
        (&[("480000<", "478000<")], &["cpl.segment-length"]),
        (&[("480000<", "480001<")], &["cpl.segment-length", "cpl.sequence-length"]),
        (&[("<IntrinsicDuration>240<", "<IntrinsicDuration>241<")], &["cpl.segment-length"]),
        (
            &[("<RepeatCount>2<", "<RepeatCount>1<")],
            &["cpl.segment-length", "cpl.total-running-time"],
        ),
    ]);
}

#[test]
fn resources_play_what_there_is() {
    breaks(&[
        (&[("<EntryPoint>60<", "<EntryPoint>181<")], &["cpl.resource-range"]),
        (&[("<EntryPoint>60<", "<EntryPoint>180<")], &[]),
        (&[("<EntryPoint>60<", "<EntryPoint>300<")], &["cpl.resource-range"]),
        (
            &[("<SourceDuration>120<", "<SourceDuration>0<")],
            &["cpl.resource-empty", "cpl.segment-length", "cpl.total-running-time"],
        ),
        (&[("<RepeatCount>2<", "<RepeatCount>999999999999999999<")], &["cpl.repeat-count"]),
    ]);
}

#[test]
fn markers_lie_within_and_are_by_themselves() {
    breaks(&[
        (&[("<Offset>239<", "<Offset>240<")], &["cpl.marker-offset"]),
        (
            &[
                (
                    "<Resource xsi:type=\"MarkerResourceType\">",
                    "<Resource xsi:type=\"TrackFileResourceType\">",
                ),
                (
                    part("              <Marker>", "</Marker>\n"),
                    "              <SourceEncoding>urn:uuid:00000000-0000-4000-8000-000000000011</SourceEncoding><TrackFileId>urn:uuid:00000000-0000-4000-8000-000000000061</TrackFileId>\n",
                ),
            ],
            &["cpl.resource-kind"],
        ),
    ]);
}

#[test]
fn rates_are_those_of_the_composition_the_track_and_the_essence() {
    breaks(&[
        (&[("<d:SampleRate>48000/1", "<d:SampleRate>96000/1")], &["cpl.edit-rate-essence"]),
        (&[("        <d:SampleRate>48000/1</d:SampleRate>\n", "")], &[]),
    ]);
    let image = [(
        "<EditRate>24 1</EditRate>\n              <Intrinsic",
        "<EditRate>25 1</EditRate>\n              <Intrinsic",
    )];
    let found_one = found(&with(&image));
    assert!(found_one.contains(&"cpl.edit-rate-image"), "{found_one:?}");
    let two = found(&two_segments(&image));
    assert!(two.contains(&"cpl.edit-rate-track"), "{two:?}");
}

/// Another essence descriptor of sound or picture, for the second segment.
fn other_descriptor(id: &str, changes: &[(&str, &str)]) -> String {
    let from =
        WELL.find(&format!("<Id>urn:uuid:00000000-0000-4000-8000-0000000000{id}</Id>")).unwrap();
    let start = WELL[..from].rfind("    <EssenceDescriptor>").unwrap();
    let end = from + WELL[from..].find("</EssenceDescriptor>\n").unwrap();
    let mut other = format!("{}</EssenceDescriptor>\n", &WELL[start..end]);
    other = other.replacen(&format!("0000000000{id}<"), "000000000019<", 1);
    for (from, to) in changes {
        assert!(other.contains(from), "{from}");
        other = other.replacen(from, to, 1);
    }
    let use_it = [(
        format!("<SourceEncoding>urn:uuid:00000000-0000-4000-8000-0000000000{id}<"),
        "<SourceEncoding>urn:uuid:00000000-0000-4000-8000-000000000019<".to_owned(),
    )];
    let text = two_segments(&[(&use_it[0].0, &use_it[0].1)]);
    text.replacen("  </EssenceDescriptorList>", &format!("{other}  </EssenceDescriptorList>"), 1)
}

#[test]
fn picture_and_sound_of_a_track_stay_of_one_kind() {
    assert_eq!(found(&other_descriptor("11", &[("24/1", "24 1")])), [""; 0]);
    let wide = other_descriptor("11", &[("1920", "1280"), ("1920", "1280")]);
    assert_eq!(found(&wide), ["cpl.homogeneity"]);
    let label = other_descriptor(
        "11",
        &[(
            "urn:smpte:ul:060e2b34.0401010d.04010202.03010112",
            "urn:smpte:ul:060e2b34.0401010d.04010202.03010113",
        )],
    );
    assert_eq!(found(&label), ["cpl.homogeneity"]);
    let bits = other_descriptor("12", &[("Bits>24", "Bits>16")]);
    assert_eq!(found(&bits), ["cpl.audio-quantization", "cpl.homogeneity"]);
}

#[test]
fn sound_is_labelled_and_of_the_usual_rate() {
    breaks(&[
        (
            &[("<d:AudioSampleRate>48000/1", "<d:AudioSampleRate>44100/1")],
            &["cpl.audio-sample-rate"],
        ),
        (&[("Bits>24", "Bits>16")], &["cpl.audio-quantization"]),
        (&[("<d:ChannelCount>2", "<d:ChannelCount>6")], &["cpl.audio-channel-labels"]),
        (&[("          <d:AudioChannelLabelSubDescriptor/>\n", "")], &["cpl.audio-channel-labels"]),
        (
            &[(
                part(
                    "          <d:SoundfieldGroupLabelSubDescriptor>",
                    "</d:SoundfieldGroupLabelSubDescriptor>\n",
                ),
                "",
            )],
            &["cpl.audio-soundfield"],
        ),
    ]);
}

#[test]
fn a_sequence_without_a_resource_is_one_too_few() {
    let from =
        WELL.find("<ResourceList>\n            <Resource xsi:type=\"MarkerResourceType\"").unwrap();
    let end = from + WELL[from..].find("</ResourceList>").unwrap();
    let text = format!("{}<ResourceList>{}", &WELL[..from], &WELL[end..]);
    assert!(judged(&text, &Files::default()).1.contains(&"cpl.resource-missing"));
}
