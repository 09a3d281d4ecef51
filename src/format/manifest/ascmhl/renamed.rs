//! Folders that were renamed, told from the files in them.

use std::collections::{HashMap, HashSet};

use super::{History, Next};

/// The old path of each folder that the history does not know and whose files it knows in a folder that is
/// gone. Without that a history would miss the old folder for ever.
///
/// The first file of a folder decides: that files of two folders meet in a new one is no renaming that the
/// format could tell.
pub(super) fn renamed_folders<'a>(
    history: &History<'_>,
    next: &Next<'a>,
) -> HashMap<&'a str, &'a str> {
    let there: HashSet<&str> = next.folders.iter().map(|folder| folder.path).collect();
    let mut renamed = HashMap::new();
    let files = next.files.iter().filter_map(|file| Some((file.path, file.previous?)));
    for (mut path, mut previous) in files {
        while let Some((folder, old)) = folders_of(path, previous) {
            if history.has_folder(old) && !history.has_folder(folder) && !there.contains(old) {
                renamed.entry(folder).or_insert(old);
            }
            (path, previous) = (folder, old);
        }
    }
    renamed
}

/// The two folders that something of one name is in, if they differ.
fn folders_of<'a>(path: &'a str, previous: &'a str) -> Option<(&'a str, &'a str)> {
    let ((folder, name), (old, old_name)) = (path.rsplit_once('/')?, previous.rsplit_once('/')?);
    (name == old_name && folder != old).then_some((folder, old))
}
