//! A frame sequence that is to be packed into one zip.

use super::case::Case;
use crate::job::preflight::wording::{counted, some_of};

/// Sub-folders: the zip is to be flat.
pub(super) fn flat(case: &mut Case<'_>) {
    let folders: Vec<_> =
        case.view.folders.keys().copied().filter(|folder| !folder.is_empty()).collect();
    if !folders.is_empty() {
        let count = counted(folders.len(), "sub-folder", "sub-folders");
        case.place("", format!("{count}, and the zip is to be flat: {}", some_of(&folders, 5)));
    }
}

/// That a zip is no longer what is asked for everywhere.
pub(super) fn accepted(case: &mut Case<'_>) {
    if !case.view.delivery.files.is_empty() {
        let message =
            "picture mastering deliverables are uploaded without a zip; ask whether one is wanted";
        case.place("", message.to_owned());
    }
}
