use super::super::schema::PROBLEMS;
use super::super::{Content, read};
use super::{
    ASSET_MAP, COMPOSITION_2013, COMPOSITION_2016, OUTPUT_PROFILE, PACKING_LIST_2007,
    PACKING_LIST_2016, VOLUME_INDEX, document,
};

/// Document, what is replaced in it (the first time it is there) and by what, and each problem expected: rule,
/// name of the element, and words of the message.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

const CASES: &[Case] = &[
    (
        ASSET_MAP,
        "429-9/2007/AM",
        "429-9/2017/AM",
        &[(
            "asset-map.namespace",
            "AssetMap",
            "429-9/2017/AM`, expected `http://www.smpte-ra.org/schemas/429-9/2007/AM`",
        )],
    ),
    (
        ASSET_MAP,
        "<am:VolumeCount>1</am:VolumeCount>",
        "",
        &[(
            "asset-map.element-missing",
            "AssetMap",
            "`AssetMap` has no `VolumeCount`, expected one",
        )],
    ),
    (
        ASSET_MAP,
        "<am:Issuer>Reel Works</am:Issuer>",
        "<am:Issuer>a</am:Issuer><am:Issuer>b</am:Issuer>",
        &[("asset-map.element-repeated", "Issuer", "`Issuer` again, expected once")],
    ),
    (
        ASSET_MAP,
        "<am:PackingList>true</am:PackingList>",
        "<am:PackingList>yes</am:PackingList>",
        &[("asset-map.value", "PackingList", "`PackingList` is `yes`, expected `true` or `false`")],
    ),
    (
        ASSET_MAP,
        "<am:Creator>by hand</am:Creator>\n  <am:VolumeCount>1</am:VolumeCount>",
        "<am:VolumeCount>1</am:VolumeCount><am:Creator>by hand</am:Creator>",
        &[(
            "asset-map.element-order",
            "Creator",
            "`Creator` behind `VolumeCount`, expected before it",
        )],
    ),
    (
        ASSET_MAP,
        "<am:ChunkList><am:Chunk><am:Path>PKL.xml</am:Path></am:Chunk></am:ChunkList>",
        "<am:Chunk/>",
        &[
            ("asset-map.element-missing", "Asset", "`Asset` has no `ChunkList`"),
            ("asset-map.element-unknown", "Chunk", "AM`, expected `ChunkList`"),
        ],
    ),
    (
        VOLUME_INDEX,
        " +1 ",
        "0",
        &[("volume-index.value", "Index", "`Index` is `0`, expected a whole number from 1")],
    ),
    (
        VOLUME_INDEX,
        "<Index>",
        "one<Index>",
        &[("volume-index.text-misplaced", "VolumeIndex", "has the text `one`, expected elements")],
    ),
    (
        PACKING_LIST_2007,
        "</Asset>",
        "<HashAlgorithm Algorithm='urn:x'/></Asset>",
        &[("packing-list.element-unknown", "HashAlgorithm", "expected nothing")],
    ),
    (
        PACKING_LIST_2016,
        "<HashAlgorithm Algorithm=\"urn:none\"/>",
        "",
        &[("packing-list.element-missing", "Asset", "`Asset` has no `HashAlgorithm`")],
    ),
    (
        PACKING_LIST_2016,
        "Algorithm=\"urn:none\"",
        "",
        &[(
            "packing-list.attribute-missing",
            "HashAlgorithm",
            "`HashAlgorithm` has no attribute `Algorithm`",
        )],
    ),
    (
        PACKING_LIST_2016,
        "<Size>3</Size>",
        "<Size unit='byte'>3</Size>",
        &[(
            "packing-list.attribute-unknown",
            "Size",
            "attribute `unit` of `Size`, expected none such",
        )],
    ),
    (
        PACKING_LIST_2016,
        "<Hash>",
        "<Hash>x",
        &[("packing-list.value", "Hash", "expected a digest in base 64")],
    ),
    (
        COMPOSITION_2016,
        "language=\"de\"",
        "language=\"de_AT\"",
        &[(
            "cpl.value",
            "Annotation",
            "attribute `language` of `Annotation` is `de_AT`, expected a language tag",
        )],
    ),
    (
        COMPOSITION_2016,
        "<Label>FFOC</Label>",
        "<Label><b>FFOC</b></Label>",
        &[(
            "cpl.element-unknown",
            "b",
            "element `b` of namespace `http://www.smpte-ra.org/schemas/2067-3/2016`",
        )],
    ),
    (
        COMPOSITION_2016,
        "xsi:type=\"MarkerResourceType\"",
        "",
        &[(
            "cpl.attribute-missing",
            "Resource",
            "`Resource` has no `xsi:type`, expected `TrackFileResourceType`",
        )],
    ),
    (
        COMPOSITION_2016,
        "\"MarkerResourceType\"",
        "\"MarksType\"",
        &[("cpl.value", "Resource", "`xsi:type` is `MarksType` of namespace")],
    ),
    (
        COMPOSITION_2016,
        "01:00:00:00",
        "01:00:00:99",
        &[("cpl.value", "TimecodeStartAddress", "is `01:00:00:99`, expected a time code")],
    ),
    (
        COMPOSITION_2016,
        "<cc:ParentTrackID>urn:uuid:20000000-0000-4000-8000-000000000004</cc:ParentTrackID>",
        "",
        &[("cpl.element-missing", "CDPSequence", "`CDPSequence` has no `ParentTrackID`")],
    ),
    (
        COMPOSITION_2016,
        "<LabelText>first cut</LabelText>\n      <x:More xmlns:x=\"urn:x\"><x:Deep/></x:More>",
        "<x:More xmlns:x=\"urn:x\"/><LabelText>first cut</LabelText>",
        &[("cpl.element-order", "LabelText", "`LabelText` behind elements of other namespaces")],
    ),
    (
        COMPOSITION_2013,
        "  <cpl:SegmentList>",
        "<cpl:ExtensionProperties/><cpl:SegmentList>",
        &[(
            "cpl.element-missing",
            "ExtensionProperties",
            "has no element of another namespace, expected one",
        )],
    ),
    (
        COMPOSITION_2013,
        "<cpl:Hash>AAAA</cpl:Hash>",
        "<cpl:Hash>AAAA</cpl:Hash><cpl:HashAlgorithm Algorithm='urn:x'/>",
        &[("cpl.element-unknown", "HashAlgorithm", "element `HashAlgorithm`")],
    ),
    (
        OUTPUT_PROFILE,
        "<Name>preset-1</Name>",
        "<Name>preset 1</Name>",
        &[("opl.value", "Name", "`Name` is `preset 1`, expected a name of letters")],
    ),
];

#[test]
fn each_change_of_a_sound_document_is_told_for_what_it_is() {
    for (text, from, to, expected) in CASES {
        assert!(text.contains(from), "{from}");
        // A namespace stands in many places, which change together.
        let changed = text.replacen(from, to, if from.contains("/AM") { 99 } else { 1 });
        let document = document(&changed);

        let found = &document.problems;
        assert_eq!(found.len(), expected.len(), "{to}: {found:?}");
        for (problem, (rule, element, words)) in found.iter().zip(*expected) {
            assert_eq!((problem.rule, document.tree.node(problem.at).name()), (*rule, *element));
            assert!(problem.message.contains(words), "{}", problem.message);
        }
    }
}

#[test]
fn every_rule_named_is_in_the_table() {
    for rule in CASES.iter().flat_map(|case| case.3).map(|problem| problem.0) {
        assert!(PROBLEMS.iter().any(|problem| problem.0 == rule), "{rule}");
    }
}

#[test]
fn a_value_that_is_none_of_its_type_is_not_known() {
    let text = ASSET_MAP.replacen("<am:VolumeCount>1<", "<am:VolumeCount>one<", 1);
    let text = text.replacen("urn:uuid:10000000-0000-4000-8000-000000000001", "urn:uuid:1", 1);
    let Content::AssetMap(map) = document(&text).content else { panic!("an asset map") };

    assert_eq!((map.id, map.volume_count), (None, None));
    assert_eq!(map.issuer.as_deref(), Some("Reel Works"));
}

#[test]
fn a_thousand_problems_are_told_and_no_more() {
    let document =
        document(&VOLUME_INDEX.replacen("<Index>", &("<x/>".repeat(2_000) + "<Index>"), 1));

    assert_eq!(document.problems.len(), 1_000);
    assert_eq!(document.unknown.len(), 2_000);
}

#[test]
fn an_empty_document_is_told_all_that_is_missing() {
    let document = read(b"<AssetMap/>").unwrap();
    let rules: Vec<_> = document.problems.iter().map(|problem| problem.rule).collect();

    assert_eq!(rules[0], "asset-map.namespace");
    assert_eq!(rules[1..], ["asset-map.element-missing"; 6]);
}
