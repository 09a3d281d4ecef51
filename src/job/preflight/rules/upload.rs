//! How many files go into one upload.

use super::case::{About, Case};
use super::split::split;
use crate::engine::walk::Reason;
use crate::format::manifest::FILE_NAME;
use crate::format::path::base_name;
use crate::job::preflight::wording::{counted, number};

/// More files than `limit`, with a way to split them on the borders of folders.
pub(super) fn files(case: &mut Case<'_>) {
    let (limit, count) = (case.rule.count("limit"), count(case));
    if count as u64 <= limit {
        return;
    }
    let message =
        format!("{}; one upload takes {}", counted(count, "file", "files"), number(limit));
    let mut folders = case.view.folders.clone();
    for (folder, files) in &mut folders {
        *files += usize::from(case.view.lists.checksum.contains(folder));
    }
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let parts = split(&folders, most);
    case.add(About::Place(""), message, Some(parts));
}

/// How many transfers the upload is cut into.
pub(super) fn transfers(case: &mut Case<'_>) {
    let (chunk, count) = (case.rule.count("chunk"), count(case) as u64);
    if chunk == 0 || count <= chunk {
        return;
    }
    let message = format!(
        "{} files are shown as {} transfers of at most {}",
        number(count),
        number(count.div_ceil(chunk)),
        number(chunk),
    );
    case.place("", message);
}

/// Files that are uploaded: all that are taken, and the lists beside them.
fn count(case: &Case<'_>) -> usize {
    case.view.delivery.files.len() + lists(case)
}

fn lists(case: &Case<'_>) -> usize {
    let is_list = |path: &str| base_name(path) == FILE_NAME;
    let left_out = case.view.delivery.left_out.iter();
    left_out.filter(|(path, reason)| *reason == Reason::EarlierList && is_list(path)).count()
}
