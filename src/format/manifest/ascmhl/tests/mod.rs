mod document;
mod fixture;
mod folder;
mod history;
mod ignore;
mod next;

use super::{
    Action, Creator, FileRecord, Generation, Hash, Process, Record, parse_chain, parse_generation,
};
use crate::digest::{Algorithm, Digest, digest_of};

const LIMIT: usize = 1 << 20;

/// 2020-01-16T09:15:00Z.
const MORNING: i64 = 1_579_166_100_000_000_000;

/// A generation of these records, made in the morning.
fn generation(records: Vec<Record>) -> Generation {
    let creator = Creator { created: Some(MORNING), ..Creator::default() };
    let (process, ignore) = (Process::InPlace, vec![]);
    Generation { creator, process, root: None, ignore, records, references: vec![] }
}

/// A file that was recorded with the digests of these bytes.
fn file(path: &str, bytes: &[u8], hashes: &[(Algorithm, Action)]) -> Record {
    let hashes = hashes.iter().map(|(algorithm, action)| Hash {
        digest: digest_of(*algorithm, bytes),
        action: Some(*action),
        hashed: Some(MORNING),
    });
    Record::File(FileRecord {
        path: path.to_owned(),
        size: Some(bytes.len() as u64),
        created: None,
        modified: Some(MORNING),
        hashes: hashes.collect(),
        previous: None,
    })
}

/// The same file under another name.
fn renamed(record: Record, previous: &str) -> Record {
    match record {
        Record::File(file) => {
            Record::File(FileRecord { previous: Some(previous.to_owned()), ..file })
        }
        Record::Folder(folder) => Record::Folder(folder),
    }
}

fn digest(algorithm: Algorithm, text: &str) -> Digest {
    Digest::parse(algorithm, text).unwrap()
}
