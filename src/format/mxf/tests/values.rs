use super::super::label::property::Kind;
use super::super::label::word;
use super::super::model::{Ul, Value};
use super::super::value::decode;
use super::writer::{batch, rate, ul, utf16};

#[test]
fn each_type_is_read_and_written_as_in_a_composition() {
    let label = ul(0x0401_010d, 0x0d01_0301_020c_0600);
    let urn = "urn:smpte:ul:060e2b34.0401010d.0d010301.020c0600";
    let id = "urn:uuid:01010101-0101-0101-0101-010101010101";
    let cases: &[(Kind, &[u8], &[&str])] = &[
        (Kind::U8, &[200], &["200"]),
        (Kind::U16, &[1, 0], &["256"]),
        (Kind::U32, &[255; 4], &["4294967295"]),
        (Kind::U64, &[0, 0, 0, 1, 0, 0, 0, 0], &["4294967296"]),
        (Kind::I8, &[0xec], &["-20"]),
        (Kind::I16, &[0xff, 0xfe], &["-2"]),
        (Kind::I32, &[255; 4], &["-1"]),
        (Kind::I64, &[255; 8], &["-1"]),
        (Kind::Flag, &[0], &["False"]),
        (Kind::Flag, &[1], &["True"]),
        (Kind::Rational, &rate(24000, 1001), &["24000/1001"]),
        (Kind::Label, &label, &[urn]),
        (Kind::Label, &[1; 16], &[id]),
        (Kind::Labels, &batch(16, &label), &[urn]),
        (Kind::Labels, &batch(16, &[]), &[]),
        (Kind::Id, &[1; 16], &[id]),
        (Kind::Ids, &batch(16, &[1; 32]), &[id, id]),
        (Kind::Bytes, &[0, 0xab], &["00ab"]),
        (Kind::Text7, b"en-US\0", &["en-US"]),
        (Kind::Text8, "é".as_bytes(), &["é"]),
        (Kind::Text16, &utf16("L\u{1f600}"), &["L\u{1f600}"]),
        (Kind::Word(word::LAYOUT), &[1], &["SeparateFields"]),
        (Kind::Word(word::LAYOUT), &[9], &["9"]),
        (Kind::Numbers16, &batch(2, &[0, 1, 0, 2]), &["1", "2"]),
        (Kind::Numbers16, &[0, 1, 0, 2], &["1", "2"]),
        (Kind::Numbers32, &batch(4, &[255; 4]), &["-1"]),
        (Kind::Points, &[0x7d, 0, 0x40, 0x74], &["32000", "16500"]),
        (
            Kind::Components,
            &[0x52, 10, 0xee, 8, 0, 0],
            &["CompRed", "10", "0xee", "8", "CompNull", "0"],
        ),
        (Kind::Sizing, &batch(3, &[11, 1, 1]), &["11", "1", "1"]),
        (Kind::Capabilities, &[0, 2, 0, 0, 0, 7], &["131072", "7"]),
    ];
    for (kind, bytes, leaves) in cases {
        assert_eq!(decode(*kind, bytes).leaves(), *leaves, "{bytes:?}");
    }
}

#[test]
fn what_is_not_of_its_type_stays_bytes() {
    let cases: &[(Kind, &[u8])] = &[
        (Kind::U8, &[]),
        (Kind::U32, &[1]),
        (Kind::U64, &[255; 8]),
        (Kind::Flag, &[0, 1]),
        (Kind::Rational, &[0; 7]),
        (Kind::Label, &[0; 15]),
        (Kind::Labels, &[0; 7]),
        (Kind::Ids, &[0, 0, 0, 1, 0, 0, 0, 15, 9, 9]),
        (Kind::Ids, &[255; 30]),
        (Kind::Text7, &[0xe9]),
        (Kind::Text8, &[0xff]),
        (Kind::Text16, &[0xd8, 0]),
        (Kind::Text16, &[0, 65, 0]),
        (Kind::Word(word::LAYOUT), &[0, 0]),
        (Kind::Numbers16, &[1]),
        (Kind::Points, &[1, 2, 3]),
        (Kind::Components, &[1]),
        (Kind::Sizing, &[0; 3]),
        (Kind::Capabilities, &[0, 0]),
    ];
    for (kind, bytes) in cases {
        assert_eq!(decode(*kind, bytes), Value::Bytes(bytes.to_vec()), "{bytes:?}");
    }
}

#[test]
fn a_label_is_compared_without_the_version_of_its_register() {
    assert_eq!(Ul(ul(0x0253_0101, 7)).item(), Ul(ul(0x0253_0105, 7)).item());
    assert_eq!(Ul([0; 16]).item(), None);
}
