//! The next generation of a history, from what is known of the files on disk.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::renamed::renamed_folders;
use super::{
    ALGORITHMS, Action, Creator, FileRecord, FolderDigests, FolderHashes, FolderRecord, Generation,
    Hash, History, Process, Record, Reference, folder_digests,
};
use crate::digest::{Algorithm, Digest};
use crate::format::manifest::time;

/// What is known of a file on disk.
#[derive(Clone, Copy, Debug)]
pub struct FileFact<'a> {
    /// Relative path.
    pub path: &'a str,
    /// Bytes.
    pub size: u64,
    /// Modification time.
    pub modified: i64,
    /// Its digests, at least of [`History::algorithms_for`] it; others are left alone.
    pub digests: &'a [Digest],
    /// The path that it had in the history, if the caller knows that it was renamed.
    pub previous: Option<&'a str>,
}

/// What is known of a folder on disk.
#[derive(Clone, Copy, Debug)]
pub struct FolderFact<'a> {
    /// Relative path.
    pub path: &'a str,
    /// Modification time.
    pub modified: i64,
}

/// What a generation is made of.
#[derive(Clone, Debug)]
pub struct Next<'a> {
    /// Every file below the folder of the history, but what is ignored.
    pub files: &'a [FileFact<'a>],
    /// Every folder below it, but what is ignored, in particular `ascmhl`.
    pub folders: &'a [FolderFact<'a>],
    /// What is wanted of each file and folder; those that the format does not have are left out.
    pub algorithms: &'a [Algorithm],
    /// Who makes the generation.
    pub creator: Creator,
    /// What is being done.
    pub process: Process,
    /// When the digests were computed.
    pub hashed: i64,
    /// The patterns by which files were left out: [`ignore_patterns`](super::ignore_patterns) and more.
    pub ignore: Vec<String>,
    /// Folders below that have a history of their own, not those inside one another. What is in them is
    /// for their own generations, which come first; here they count for the digests of folders alone.
    pub nested: &'a [&'a str],
    /// Those generations.
    pub references: Vec<Reference>,
}

/// A digest that a generation needs and that was not among the facts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: has no {algorithm} digest, which the next generation needs")]
pub struct NoDigest {
    /// The file.
    pub path: String,
    /// The algorithm.
    pub algorithm: Algorithm,
}

/// Make the next generation as the reference tool's `ascmhl create` does.
///
/// A file that the history does not know gets each wanted digest as [`Action::Original`]. Of one that it
/// knows, each wanted digest of an algorithm that it has been recorded with is [`Action::Verified`] or
/// [`Action::Failed`]. A new algorithm joins as `Verified`, beside the file's first recorded algorithm in
/// the same generation, and not at all where that has failed. The digests of a renamed file that are sound
/// are `Original` once more: the tool writes them so, and would else not find them again under the new
/// name. A folder counts as renamed when its files are. Records come folder by folder, folders first, each
/// folder after all that is in it.
///
/// That something failed is in the generation, and nowhere else. Times of files are cut to whole seconds,
/// as the tool writes them. Files that are gone are not mentioned: see [`History::expected`].
///
/// # Errors
///
/// A digest that is needed is not there.
pub fn next_generation(history: &History<'_>, next: &Next<'_>) -> Result<Generation, NoDigest> {
    let folders = folder_hashes(next)?;
    let own = |path: &str| !next.nested.iter().any(|nested| is_below(path, nested));
    let mut records = vec![];
    for file in next.files.iter().filter(|file| own(file.path)) {
        records.push(Record::File(record_file(history, next, file)?));
    }
    let renamed = renamed_folders(history, next);
    for folder in next.folders.iter().filter(|folder| own(folder.path)) {
        let previous = renamed.get(folder.path).copied();
        records.push(Record::Folder(record_folder(&folders, folder, previous)));
    }
    records.sort_by(|left, right| post_order(place(left), place(right)));
    Ok(Generation {
        creator: next.creator.clone(),
        process: next.process,
        root: folders.get("").cloned(),
        ignore: next.ignore.clone(),
        records,
        references: next.references.clone(),
    })
}

fn record_file(
    history: &History<'_>,
    next: &Next<'_>,
    file: &FileFact<'_>,
) -> Result<FileRecord, NoDigest> {
    let old_path = file.previous.unwrap_or(file.path);
    let known = history.known(old_path);
    let sound = is_sound(file, known);
    let needed = history.algorithms_for(old_path, next.algorithms);
    let mut hashes = Vec::with_capacity(needed.len());
    for algorithm in needed {
        let digest = digest_for(file, algorithm)?;
        let action = match known.iter().find(|known| known.algorithm() == algorithm) {
            Some(known) if *known != digest => Action::Failed,
            None if !sound => continue,
            _ if known.is_empty() || (sound && file.previous.is_some()) => Action::Original,
            _ => Action::Verified,
        };
        hashes.push(Hash { digest, action: Some(action), hashed: Some(next.hashed) });
    }
    hashes.sort_by_key(|hash| hash.digest.algorithm().name());
    Ok(FileRecord {
        path: file.path.to_owned(),
        size: Some(file.size),
        created: None,
        modified: Some(time::whole_seconds(file.modified)),
        hashes,
        previous: file.previous.map(str::to_owned),
    })
}

/// Whether the bytes are the recorded ones, by every digest that is at hand.
fn is_sound(file: &FileFact<'_>, known: &[Digest]) -> bool {
    let own =
        |known: &Digest| file.digests.iter().find(|digest| digest.algorithm() == known.algorithm());
    known.iter().all(|known| own(known).is_none_or(|own| own == known))
}

fn digest_for(file: &FileFact<'_>, algorithm: Algorithm) -> Result<Digest, NoDigest> {
    let digest = file.digests.iter().find(|digest| digest.algorithm() == algorithm);
    digest.copied().ok_or_else(|| NoDigest { path: file.path.to_owned(), algorithm })
}

fn record_folder(
    folders: &BTreeMap<&str, FolderHashes>,
    folder: &FolderFact<'_>,
    previous: Option<&str>,
) -> FolderRecord {
    FolderRecord {
        path: folder.path.to_owned(),
        created: None,
        modified: Some(time::whole_seconds(folder.modified)),
        hashes: folders.get(folder.path).cloned().unwrap_or_default(),
        previous: previous.map(str::to_owned),
    }
}

/// The digests of each folder, in each wanted algorithm in the order of the format.
fn folder_hashes<'a>(next: &Next<'a>) -> Result<BTreeMap<&'a str, FolderHashes>, NoDigest> {
    let mut hashes: BTreeMap<&str, FolderHashes> = BTreeMap::new();
    for algorithm in ALGORITHMS.into_iter().filter(|one| next.algorithms.contains(one)) {
        let files: Vec<_> = next
            .files
            .iter()
            .map(|file| Ok((file.path, digest_for(file, algorithm)?)))
            .collect::<Result<_, _>>()?;
        let folders = next.folders.iter().map(|folder| folder.path);
        for (path, digests) in folder_digests(files, folders, algorithm) {
            let FolderDigests { content, structure } = digests;
            let hash = |digest| Hash { digest, action: None, hashed: Some(next.hashed) };
            let folder = hashes.entry(path).or_default();
            folder.content.push(hash(content));
            folder.structure.push(hash(structure));
        }
    }
    Ok(hashes)
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn place(record: &Record) -> (&str, bool) {
    match record {
        Record::File(file) => (&file.path, false),
        Record::Folder(folder) => (&folder.path, true),
    }
}

/// The order in which the reference tool meets files and folders (`true`).
fn post_order((left, left_folder): (&str, bool), (right, right_folder): (&str, bool)) -> Ordering {
    let (mut left, mut right) = (left.split('/').peekable(), right.split('/').peekable());
    loop {
        let (left_name, right_name) = match (left.next(), right.next()) {
            (Some(left), Some(right)) => (left, right),
            // Whichever is over is a folder that the other one is in.
            (None, Some(_)) => return Ordering::Greater,
            (Some(_), None) => return Ordering::Less,
            (None, None) => return Ordering::Equal,
        };
        if left_name != right_name {
            let left_is_folder = left_folder || left.peek().is_some();
            let right_is_folder = right_folder || right.peek().is_some();
            return right_is_folder.cmp(&left_is_folder).then(left_name.cmp(right_name));
        }
    }
}
