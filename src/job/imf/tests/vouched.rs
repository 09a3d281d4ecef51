//! What nothing vouches for is not right: files that are no track files, digests that are none.

use super::imp::{CPL, Imp, LIST, MAP, PICTURE, breaks, id, of, options, verified};
use crate::job::imf::{MakeOptions, Severity, State};

/// Put other bytes in the place of the picture, with true lists.
fn with_picture(bytes: &[u8]) -> Imp {
    let imp = Imp::new();
    let digest = crate::digest::digest_of(crate::digest::Algorithm::Sha1, bytes);
    let size = crate::fs::read(&imp.path().join(PICTURE)).unwrap().len();
    let row = imp.verify().assets.into_iter().find(|row| row.id == Some(id(4))).unwrap();
    let was = base64(&unhex(&row.listed_digest.unwrap()));
    imp.edit(LIST, &was, &base64(digest.bytes()));
    imp.edit(LIST, &format!("<Size>{size}<"), &format!("<Size>{}<", bytes.len()));
    imp.write(PICTURE, bytes);
    imp
}

fn unhex(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |number: usize| char::from(DIGITS[number & 63]);
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let number = group.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
        let number = number << (8 * (3 - group.len()));
        for at in 0..=group.len() {
            text.push(digit(number >> (18 - 6 * at)));
        }
        text += &"==="[..3 - group.len()];
    }
    text
}

#[test]
fn a_file_that_is_played_and_is_no_mxf_is_found_though_its_digest_is_right() {
    let zeros = vec![0; 100_000];
    for bytes in [&b"\0"[..], &zeros, b"hello\n", b"<x/>"] {
        let imp = with_picture(bytes);
        let all = imp.verify();
        let row = all.assets.iter().find(|row| row.id == Some(id(4))).unwrap();
        assert_eq!(row.state, State::Right);
        assert_eq!(of(&all, "mxf.header").len(), 1, "{bytes:?}: {:?}", all.findings);
        let alone = verified(&imp.path().join(CPL), &[]);
        assert_eq!(of(&alone, "mxf.header").len(), 1, "{:?}", alone.findings);
    }
}

#[test]
fn a_document_that_is_played_is_no_track_file() {
    breaks("mxf.header", |imp| {
        imp.edit(
            CPL,
            &format!("<TrackFileId>{}", id(4).urn()),
            &format!("<TrackFileId>{}", id(3).urn()),
        );
    });
}

#[test]
fn a_file_that_another_package_should_have_is_judged_too() {
    let (first, second) = (with_picture(b"hello\n"), Imp::bare());
    second.remove(PICTURE);
    second.make(&MakeOptions { supplement: true, ..options() }).unwrap();
    let all = verified(second.path(), &[first.path().to_owned()]);
    assert_eq!(of(&all, "mxf.header").len(), 1, "{:?}", all.findings);
}

#[test]
fn what_is_in_no_packing_list_is_an_error_and_not_checked() {
    let imp = Imp::new();
    imp.edit(LIST, &id(4).urn(), &id(98).urn());
    let all = imp.verify();
    assert_eq!(of(&all, "packing-list.asset-unlisted")[0].severity, Severity::Error);
    assert!(
        all.not_checked.iter().any(|one| one.reason.contains("size and digest of `picture.mxf`"))
    );
}

#[test]
fn an_asset_without_a_path_is_missing() {
    breaks("file.missing", |imp| imp.edit(MAP, "<Path>picture.mxf</Path>", "<Path></Path>"));
}

#[test]
fn a_hash_that_is_empty_is_none() {
    breaks("packing-list.hash", |imp| {
        let text = imp.text(LIST);
        let (from, to) = (text.find("<Hash>").unwrap(), text.find("</Hash>").unwrap());
        imp.write(LIST, format!("{}<Hash>{}", &text[..from], &text[to..]).as_bytes());
    });
}

#[test]
fn an_algorithm_that_is_not_computed_is_a_warning() {
    for other in ["foo", "", "http://www.w3.org/2001/04/xmldsig-more#md5"] {
        let said = breaks("packing-list.algorithm", |imp| {
            imp.edit(LIST, "http://www.w3.org/2000/09/xmldsig#sha1", other);
        });
        assert_eq!(said.severity, Severity::Warning);
    }
}

#[test]
fn digests_that_nothing_lists_are_said_to_be_unchecked() {
    let imp = Imp::new();
    let alone = verified(&imp.path().join(CPL), &[]);
    assert!(alone.not_checked.iter().any(|one| one.reason.starts_with("digest of `picture.mxf`")));
    imp.remove(LIST);
    let said = imp.verify().not_checked;
    assert!(
        said.iter().any(|one| one.reason.contains("no packing list could be read")),
        "{said:?}"
    );
}

#[test]
fn a_volume_index_that_cannot_be_read_is_not_said_to_be_missing() {
    let imp = Imp::new();
    imp.write("VOLINDEX.xml", b"<VolumeIndex");
    assert_eq!(imp.said("volume-index.missing"), []);
    assert_eq!(imp.said("document.well-formed").len(), 1);
}

#[test]
fn a_packing_list_of_another_package_is_never_removed() {
    let imp = Imp::new();
    imp.write("old/PKL_other.xml", imp.text(LIST).as_bytes());
    let error = imp.make(&options()).unwrap_err().to_string();
    assert!(error.contains("PKL_other.xml"), "{error}");
    assert!(imp.path().join("old/PKL_other.xml").exists());
}
