use super::{breaks, found, with};

const TWO_E: &str = "http://www.smpte-ra.org/schemas/2067-21/2016<";
const CORE: &str = "schemas/2067-2/2016";

/// The composition by another application, with what is changed in its picture.
fn by(application: &str, changes: &[(&str, &str)]) -> Vec<&'static str> {
    let named = format!("{application}<");
    let mut all: Vec<(&str, &str)> = vec![(TWO_E, &named)];
    all.extend(changes);
    let mut rules = found(&with(&all));
    rules.retain(|rule| *rule != "application.core-constraints");
    rules
}

const TWO: &str = "http://www.smpte-ra.org/schemas/2067-20/2013";
const IN_2014: &str = "http://www.smpte-ra.org/schemas/2067-21/2014";
const IN_2016: &str = "http://www.smpte-ra.org/schemas/2067-21/2016";
const IN_2020: &str = "http://www.smpte-ra.org/ns/2067-21/2020";
const IN_2021: &str = "http://www.smpte-ra.org/ns/2067-21/2021";
const FIFTH: &str = "http://www.smpte-ra.org/ns/2067-21/5ED";
const ACES: &str = "http://www.smpte-ra.org/ns/2067-50/2017";

#[test]
fn hd_is_well_in_all_editions_of_2_and_2e() {
    for edition in [TWO, IN_2014, IN_2016, IN_2020, IN_2021, FIFTH] {
        assert_eq!(by(edition, &[]), [""; 0], "{edition}");
    }
}

#[test]
fn the_application_is_said_and_known_and_has_its_core_constraints() {
    let said = "<c:ApplicationIdentification xmlns:c=\"http://www.smpte-ra.org/schemas/2067-2/2016\">http://www.smpte-ra.org/schemas/2067-21/2016</c:ApplicationIdentification>";
    breaks(&[
        (&[(said, "<x xmlns=\"urn:x\"/>")], &["application.identification-missing"]),
        (&[(TWO_E, "urn:own<")], &["application.identification-unknown"]),
        (
            &[(
                "<SequenceList xmlns:c=\"http://www.smpte-ra.org/schemas/2067-2/2016",
                "<SequenceList xmlns:c=\"http://www.smpte-ra.org/schemas/2067-2/2013",
            )],
            &["application.core-constraints"],
        ),
    ]);
    assert!(super::WELL.contains(CORE));
}

#[test]
fn the_picture_is_described_and_has_its_size() {
    let other: &[(&str, &str)] = &[
        ("<d:CDCIDescriptor ", "<d:OtherDescriptor "),
        ("</d:CDCIDescriptor>", "</d:OtherDescriptor>"),
    ];
    assert_eq!(by(IN_2016, other), ["application.image-descriptor"]);
    let rules = ["application.sampled-size", "application.stored-size"];
    assert_eq!(by(IN_2016, &[("StoredWidth>1920", "StoredWidth>0")]), rules);
    assert_eq!(by(IN_2016, &[("SampledHeight>1080", "SampledHeight>1070")]), rules[..1]);
    let field = [("<d:SampledWidth>", "<d:StoredF2Offset>0</d:StoredF2Offset><d:SampledWidth>")];
    assert_eq!(by(IN_2016, &field), ["application.stored-f2-offset"]);
}

#[test]
fn sizes_go_as_far_as_the_edition() {
    let uhd: &[(&str, &str)] = &[
        ("StoredWidth>1920", "StoredWidth>3840"),
        ("StoredHeight>1080", "StoredHeight>2160"),
        ("SampledWidth>1920", "SampledWidth>3840"),
        ("SampledHeight>1080", "SampledHeight>2160"),
    ];
    assert_eq!(by(TWO, uhd), ["application.stored-size"]);
    assert_eq!(by(IN_2014, uhd), [""; 0]);
    let larger: Vec<(&str, &str)> = uhd.iter().map(|(from, _)| (*from, "")).collect();
    assert_eq!(larger.len(), 4);
    let wide: &[(&str, &str)] =
        &[("StoredWidth>1920", "StoredWidth>4096"), ("SampledWidth>1920", "SampledWidth>4096")];
    assert_eq!(by(IN_2021, wide), ["application.j2k-size", "application.stored-size"]);
}

#[test]
fn labels_of_colour_are_known_and_go_together() {
    let last = |from: &str, to: &str| by(IN_2016, &[(from, to)]);
    assert_eq!(last("04010101.03030000", "04010101.03030001"), ["application.color-primaries"]);
    assert_eq!(
        last("04010101.01020000", "04010101.010f0000"),
        ["application.transfer-characteristic"]
    );
    assert_eq!(last("04010101.02020000", "04010101.02020001"), ["application.coding-equations"]);
    assert_eq!(last("04010101.02020000", "04010101.02010000"), ["application.color-system"]);
    assert_eq!(
        last("060e2b34.04010106.04010101.03030000", "060e2b34.0401010d.04010101.03030000"),
        [""; 0]
    );
    let pq = [
        ("04010101.03030000", "04010101.03040000"),
        ("04010101.01020000", "04010101.010a0000"),
        ("04010101.02020000", "04010101.02060000"),
    ];
    assert_eq!(by(IN_2016, &pq), [""; 0]);
    assert_eq!(by(IN_2014, &pq), ["application.color-system"]);
}

#[test]
fn sampling_depth_and_levels_are_those_of_a_row() {
    assert_eq!(
        by(IN_2016, &[("VerticalSubsampling>1", "VerticalSubsampling>2")]),
        ["application.sampling"]
    );
    assert_eq!(
        by(IN_2016, &[("HorizontalSubsampling>2", "HorizontalSubsampling>1")]),
        ["application.sampling"]
    );
    assert_eq!(by(TWO, &[("HorizontalSubsampling>2", "HorizontalSubsampling>1")]), [""; 0]);
    assert_eq!(
        by(IN_2016, &[("BlackRefLevel>64", "BlackRefLevel>62")]),
        ["application.quantization"]
    );
    let full =
        [("BlackRefLevel>64", "BlackRefLevel>0"), ("WhiteRefLevel>940", "WhiteRefLevel>1023")];
    assert_eq!(by(IN_2016, &full), ["application.quantization"]);
    assert_eq!(
        by(IN_2016, &[("ComponentDepth>10", "ComponentDepth>8")]),
        ["application.component-depth"]
    );
    assert_eq!(
        by(IN_2016, &[("<d:ComponentDepth>10</d:ComponentDepth>", "")]),
        ["application.component-depth"]
    );
    let eight = [
        ("ComponentDepth>10", "ComponentDepth>12"),
        ("BlackRefLevel>64", "BlackRefLevel>256"),
        ("WhiteRefLevel>940", "WhiteRefLevel>3760"),
        ("Size>10", "Size>12"),
        ("Size>10", "Size>12"),
        ("Size>10", "Size>12"),
    ];
    assert_eq!(by(IN_2016, &eight), ["application.bit-depth"]);
    assert_eq!(by(IN_2020, &eight), [""; 0]);
}

#[test]
fn colour_differences_at_each_pixel_are_for_hd_alone() {
    let wide: &[(&str, &str)] = &[
        ("StoredWidth>1920", "StoredWidth>4096"),
        ("SampledWidth>1920", "SampledWidth>4096"),
        ("HorizontalSubsampling>2", "HorizontalSubsampling>1"),
    ];
    assert_eq!(by(IN_2016, wide), ["application.color-model", "application.j2k-size"]);
}

#[test]
fn frames_and_fields_are_those_of_a_row() {
    assert_eq!(by(IN_2016, &[("FullFrame", "SegmentedFrame")]), ["application.frame-layout"]);
    let fields: &[(&str, &str)] = &[
        ("FullFrame", "SeparateFields"),
        ("<d:SampleRate>24/1", "<d:SampleRate>50/1"),
        ("020c0600", "020c0300"),
    ];
    assert_eq!(by(IN_2016, fields), ["cpl.edit-rate-essence"]);
    let rate = by(IN_2016, &[("<d:SampleRate>24/1", "<d:SampleRate>26/1")]);
    assert_eq!(rate, ["application.frame-rate", "cpl.edit-rate-essence"]);
    assert_eq!(by(IN_2016, &[("020c0600", "020c0300")]), ["application.wrapping"]);
    assert_eq!(by(IN_2016, &[("020c0600", "020c0100")]), ["application.wrapping-undefined"]);
}

#[test]
fn the_coding_is_jpeg_2000_in_a_profile_of_the_edition() {
    let coded = |edition: &str, tail: &str| {
        by(edition, &[("04010202.03010112", &format!("04010202.{tail}"))])
    };
    assert_eq!(coded(IN_2016, "03020000"), ["application.codec"]);
    let bare = [("<d:PictureCompression>urn:smpte:ul:", "<d:PictureCompression>")];
    assert_eq!(by(IN_2016, &bare), ["application.codec"]);
    for tail in ["03010100", "03010101", "03010202", "0301020b", "03010314", "03010801"] {
        assert_eq!(coded(IN_2016, tail), ["application.j2k-profile"], "{tail}");
    }
    for tail in ["03010111", "03010117", "03010203", "03010213", "03010502", "0301050f"] {
        assert_eq!(coded(IN_2016, tail), [""; 0], "{tail}");
    }
    for tail in ["03010303", "03010320", "0301061a"] {
        assert_eq!(coded(IN_2016, tail), ["application.j2k-size"], "{tail}");
    }
    assert_eq!(coded(IN_2014, "03010203"), ["application.j2k-profile"]);
    assert_eq!(coded(IN_2021, "03010801"), [""; 0]);
    assert_eq!(coded(FIFTH, "03010403"), ["application.j2k-size"]);
    assert_eq!(coded(IN_2021, "03010403"), ["application.j2k-profile"]);
}

#[test]
fn the_layout_of_components_is_whole() {
    let sub =
        [("<d:JPEG2000SubDescriptor>", "<d:Other>"), ("</d:JPEG2000SubDescriptor>", "</d:Other>")];
    assert_eq!(by(IN_2016, &sub), ["application.j2k-sub-descriptor"]);
    let layout = [("<d:J2CLayout>", "<d:Other>"), ("</d:J2CLayout>", "</d:Other>")];
    assert_eq!(by(IN_2016, &layout), ["application.j2c-layout"]);
    let null = "<d:RGBAComponent><d:Code>CompNull</d:Code><d:ComponentSize>0</d:ComponentSize></d:RGBAComponent>";
    for (from, to) in [
        ("CompLuma", "CompRed"),
        ("CompColorDifferenceU", "CompColorDifferenceV"),
        (null, ""),
        ("<d:Code>CompNull</d:Code>", ""),
        ("CompNull</d:Code><d:ComponentSize>0", "CompNull</d:Code><d:ComponentSize>2"),
        (
            "ColorDifferenceV</d:Code><d:ComponentSize>10",
            "ColorDifferenceV</d:Code><d:ComponentSize>8",
        ),
        (
            "ColorDifferenceV</d:Code><d:ComponentSize>10</d:ComponentSize>",
            "ColorDifferenceV</d:Code>",
        ),
    ] {
        assert_eq!(by(IN_2016, &[(from, to)]), ["application.rgba-component"], "{from} {to}");
    }
}

#[test]
fn segments_fit_samples_that_do_not_fit_frames() {
    let rate: &[(&str, &str)] = &[
        ("<EditRate>24 1</EditRate>\n  <Total", "<EditRate>30000 1001</EditRate>\n  <Total"),
        (
            "<EditRate>24 1</EditRate>\n              ",
            "<EditRate>30000 1001</EditRate>\n              ",
        ),
        ("<d:SampleRate>24/1", "<d:SampleRate>30000/1001"),
        ("<TimecodeRate>24", "<TimecodeRate>30"),
        ("<TotalRunningTime>00:00:10</TotalRunningTime>", ""),
        ("<IntrinsicDuration>480000", "<IntrinsicDuration>384384"),
    ];
    assert_eq!(by(IN_2016, rate), [""; 0]);
    let mut longer = rate.to_vec();
    longer[5].1 = "<IntrinsicDuration>385986";
    longer.push(("<SourceDuration>120", "<SourceDuration>241"));
    longer.push(("<RepeatCount>2<", "<RepeatCount>1<"));
    longer.push(("<EntryPoint>60", "<EntryPoint>0"));
    longer.push(("<IntrinsicDuration>240", "<IntrinsicDuration>241"));
    let rules = by(IN_2016, &longer);
    assert!(rules.contains(&"application.segment-length"), "{rules:?}");
}

#[test]
fn aces_has_rules_of_its_own() {
    assert_eq!(by(ACES, &[]), ["application.image-descriptor"]);
    let well: &[(&str, &str)] = &[
        ("<d:CDCIDescriptor ", "<d:RGBADescriptor "),
        ("</d:CDCIDescriptor>", "</d:RGBADescriptor>"),
        ("020c0600", "02190100"),
        ("04010101.03030000", "04010101.03070000"),
        ("04010101.01020000", "04010101.01060000"),
        (
            "<d:CodingEquations>urn:smpte:ul:060e2b34.04010101.04010101.02020000</d:CodingEquations>",
            "<d:DisplayWidth>1</d:DisplayWidth><d:DisplayHeight>1</d:DisplayHeight><d:DisplayXOffset>0</d:DisplayXOffset><d:DisplayYOffset>0</d:DisplayYOffset><d:ImageAspectRatio>16/9</d:ImageAspectRatio><d:VideoLineMap/>",
        ),
    ];
    assert_eq!(by(ACES, well), [""; 0]);
    let but = |index: usize, to| {
        let mut changes = well.to_vec();
        changes[index].1 = to;
        by(ACES, &changes)
    };
    assert_eq!(but(2, "02190200"), ["application.aces-container"]);
    assert_eq!(but(3, "04010101.03030000"), ["application.aces-color"]);
    assert_eq!(but(5, ""), ["application.aces-item-missing"]);
    let mut also = well.to_vec();
    also.push(("<d:FrameLayout>", "<d:Palette/><d:FrameLayout>"));
    assert_eq!(by(ACES, &also), ["application.aces-item"]);
}
