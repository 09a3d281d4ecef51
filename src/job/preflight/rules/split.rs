//! Splitting a delivery into uploads on the borders of folders.

use std::collections::BTreeMap;

use crate::job::preflight::view::{parent, upwards};
use crate::job::preflight::wording::{counted, number, quoted};

/// Say in words how folders, each with the number of files directly in it, go into uploads of at most
/// `most` files.
///
/// A folder stays whole with all below it where it fits; where it does not, its sub-folders are looked at
/// one by one, and the files directly in it are a part of their own. Only a folder that holds too many
/// files itself is cut, and that is said. Parts go into uploads in the order of their paths, so that an
/// upload is a row of neighbours: a few more uploads than the fewest, and each is easy to select.
pub(super) fn split(folders: &BTreeMap<&str, usize>, most: usize) -> String {
    let parts = parts(folders, most.max(1));
    let uploads = pack(&parts, most.max(1));
    let shown: Vec<_> = uploads.iter().take(MOST_UPLOADS).map(Upload::in_words).collect();
    let more = uploads.len().saturating_sub(MOST_UPLOADS);
    let rest =
        if more == 0 { String::new() } else { format!("; and {} more", number(more as u64)) };
    let count = counted(uploads.len(), "upload", "uploads");
    format!("{count}, for example {}{rest}", shown.join("; "))
}

/// Uploads that are described one by one.
const MOST_UPLOADS: usize = 16;

/// What goes into one upload as a whole.
struct Part<'a> {
    folder: &'a str,
    files: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// The folder and all below it.
    Whole,
    /// The files directly in it.
    Direct,
    /// Some of the files directly in it: this is unavoidable.
    Cut,
}

fn parts<'a>(folders: &BTreeMap<&'a str, usize>, most: usize) -> Vec<Part<'a>> {
    let mut total: BTreeMap<&str, usize> = BTreeMap::new();
    let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (&folder, &files) in folders {
        for above in upwards(folder) {
            *total.entry(above).or_default() += files;
        }
        if !folder.is_empty() {
            below.entry(parent(folder)).or_default().push(folder);
        }
    }
    let mut parts = Vec::new();
    let mut open = vec![""];
    while let Some(folder) = open.pop() {
        let files = total.get(folder).copied().unwrap_or(0);
        if files == 0 {
            continue;
        }
        if files <= most {
            parts.push(Part { folder, files, kind: Kind::Whole });
            continue;
        }
        direct(&mut parts, folder, folders.get(folder).copied().unwrap_or(0), most);
        open.extend(below.get(folder).into_iter().flatten().rev());
    }
    parts
}

fn direct<'a>(parts: &mut Vec<Part<'a>>, folder: &'a str, mut files: usize, most: usize) {
    let kind = if files > most { Kind::Cut } else { Kind::Direct };
    while files > 0 {
        let taken = files.min(most);
        parts.push(Part { folder, files: taken, kind });
        files -= taken;
    }
}

/// Parts of one upload, neighbours in the order of their paths.
struct Upload<'p> {
    parts: &'p [Part<'p>],
}

fn pack<'p>(parts: &'p [Part<'p>], most: usize) -> Vec<Upload<'p>> {
    let mut uploads = Vec::new();
    let (mut begin, mut files) = (0, 0);
    for (index, part) in parts.iter().enumerate() {
        if files + part.files > most && index > begin {
            uploads.push(Upload { parts: &parts[begin..index] });
            (begin, files) = (index, 0);
        }
        files += part.files;
    }
    uploads.push(Upload { parts: &parts[begin..] });
    uploads
}

impl Upload<'_> {
    fn in_words(&self) -> String {
        let files = self.parts.iter().map(|part| part.files).sum();
        let what = match self.parts {
            [] => String::new(),
            [one] => one.in_words(),
            [one, two] => format!("{} and {}", one.in_words(), two.in_words()),
            [first, between @ .., last] => format!(
                "{} to {} ({} in all)",
                first.in_words(),
                last.in_words(),
                number(between.len() as u64 + 2)
            ),
        };
        format!("{what}: {}", counted(files, "file", "files"))
    }
}

impl Part<'_> {
    fn in_words(&self) -> String {
        let name = if self.folder.is_empty() { ".".to_owned() } else { self.folder.to_owned() };
        match self.kind {
            Kind::Whole => quoted(&name),
            Kind::Direct => format!("the files directly in {}", quoted(&name)),
            Kind::Cut => {
                let files = number(self.files as u64);
                format!("{files} of the files in {}, which is too large for one", quoted(&name))
            }
        }
    }
}
