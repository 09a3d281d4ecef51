use super::{WELL, breaks, found, with};

#[test]
fn ids_are_used_once() {
    breaks(&[
        (&[("000000000033</Id>", "000000000032</Id>")], &["cpl.id-repeated"]),
        (&[("000000000053</Id>", "000000000052</Id>")], &["cpl.id-repeated"]),
    ]);
}

#[test]
fn resources_and_essence_descriptors_name_each_other() {
    let list = WELL.find("  <EssenceDescriptorList>").unwrap();
    let end = WELL.find("  <CompositionTimecode>").unwrap();
    let none = format!("{}{}", &WELL[..list], &WELL[end..]);
    assert_eq!(found(&none), ["cpl.essence-descriptor-list-missing"]);
    let other = "<SourceEncoding>urn:uuid:00000000-0000-4000-8000-000000000019";
    breaks(&[(
        &[("<SourceEncoding>urn:uuid:00000000-0000-4000-8000-000000000012", other)],
        &["cpl.essence-descriptor-missing", "cpl.essence-descriptor-unused"],
    )]);
}

#[test]
fn time_code_fits_the_edit_rate() {
    breaks(&[
        (&[("<TimecodeRate>24<", "<TimecodeRate>25<")], &["cpl.timecode-rate"]),
        (&[("01:00:00:00", "01:00:00:24")], &["cpl.timecode-start"]),
        (&[("01:00:00:00", "25:00:00:00")], &["cpl.timecode-start"]),
        (&[("DropFrame>false", "DropFrame>true")], &["cpl.timecode-start"]),
        (&[("01:00:00:00", "01;00;00;00")], &[]),
    ]);
}

#[test]
fn the_running_time_is_that_of_the_segments_to_a_second() {
    breaks(&[
        (&[("00:00:10<", "00:00:12<")], &["cpl.total-running-time"]),
        (&[("00:00:10<", "00:00:08<")], &["cpl.total-running-time"]),
        (&[("00:00:10<", "00:00:11<")], &[]),
    ]);
}

#[test]
fn languages_and_regions_have_their_form() {
    for tag in ["en_GB", "e", "englishlanguage", "en-", "en-GB-GB", "en-x", "123", "de-a"] {
        let text = with(&[("<Language>en-GB<", &format!("<Language>{tag}<"))]);
        assert_eq!(found(&text), ["cpl.language-tag"], "{tag}");
    }
    let well = ["de", "zh-cmn-Hans-CN", "es-419", "sl-rozaj-biske-1994", "x-own", "i-klingon"];
    for tag in well.into_iter().chain(["de-a-bcd-x-y", "qaa", "sr-Latn"]) {
        let text = with(&[("<Language>en-GB<", &format!("<Language>{tag}<"))]);
        assert_eq!(found(&text), [""; 0], "{tag}");
    }
    breaks(&[
        (&[("Language>en-GB</d:", "Language>en_GB</d:")], &["cpl.language-tag"]),
        (&[("<Region>GB<", "<Region>GBR<")], &["cpl.region-code"]),
        (&[("<Region>GB<", "<Region>021<")], &[]),
    ]);
}

#[test]
fn kinds_of_content_are_known_unless_they_are_of_another_scope() {
    breaks(&[
        (&[("<ContentKind>feature", "<ContentKind>film")], &["cpl.content-kind"]),
        (&[("<ContentKind>feature", "<ContentKind scope=\"urn:own\">film")], &[]),
        (&[("<ContentKind>feature", "<ContentKind>Feature")], &[]),
    ]);
}

#[test]
fn versions_of_the_content_have_ids_of_their_own() {
    breaks(&[(&[("0000000000a2<", "0000000000a1<")], &["cpl.content-version-repeated"])]);
}
