//! Formats of archival frames.

use std::collections::BTreeMap;

use super::super::Pass;
use super::super::case::Case;
use super::super::frame::headers;
use super::assets;
use crate::format::picture::Header;
use crate::job::preflight::wording::quoted;

/// Frames of an asset of one of `asset-types` that are none of `pictures`, or smaller than
/// `least-width` by `least-height`.
///
/// A picture is written as format, bit depth and compression, as `exr 16f zip`; the end may be left off.
pub(in crate::job::preflight::rules) fn picture(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    let types = case.rule.texts("asset-types");
    let pictures = case.rule.texts("pictures");
    for (index, folder) in assets(case) {
        if !folder.asset.kind.is_some_and(|kind| types.iter().any(|known| known == kind.value)) {
            continue;
        }
        let headers = headers(&case.view.sequences()[index], pass);
        let mut others: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (file, header) in &headers {
            let found = in_words(header);
            if !pictures.iter().any(|known| is_one(&found, known)) {
                others.entry(found).or_default().push(*file);
            }
        }
        for (found, files) in others {
            let several = case.several(index, files);
            let (verb, found) = (several.verb("is", "are"), quoted(&found));
            let known = pictures.join(", ");
            let message =
                format!("{} {verb} {found}, and none of: {known}{}", several.what, several.behind);
            case.sequence(index, message);
        }
        small(case, index, &headers);
    }
}

fn in_words(header: &Header) -> String {
    format!("{} {} {}", header.format, header.bit_depth, header.compression)
}

fn is_one(found: &str, known: &str) -> bool {
    found.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn small(case: &mut Case<'_>, index: usize, headers: &[(usize, &Header)]) {
    let (width, height) = (case.rule.count("least-width"), case.rule.count("least-height"));
    let is_small =
        |header: &Header| u64::from(header.width) < width || u64::from(header.height) < height;
    let files: Vec<_> =
        headers.iter().filter(|(_, header)| is_small(header)).map(|(file, _)| *file).collect();
    if !files.is_empty() {
        let several = case.several(index, files);
        let verb = several.verb("is", "are");
        let message =
            format!("{} {verb} smaller than {width}x{height}{}", several.what, several.behind);
        case.sequence(index, message);
    }
}
