//! A list of any format as its entries.

use std::path::Path;

use super::LONGEST_LIST;
use crate::error::{Error, Result};
use crate::format::manifest::{Entry, Kind, ascmhl, checksum_txt, md5sum, mhl};

/// The entries of a list that is no history; a generation of one is taken for itself, a chain has none.
///
/// # Errors
///
/// [`Error::Manifest`] and [`Error::List`] for what cannot be understood.
pub fn entries(path: &Path, bytes: &[u8], kind: Kind) -> Result<Vec<Entry>> {
    let limit = usize::try_from(LONGEST_LIST).unwrap_or(usize::MAX);
    match kind {
        Kind::ChecksumTxt => checksum_txt::parse(bytes).map_err(|fault| Error::Manifest {
            path: path.to_owned(),
            line: fault.line,
            fault: fault.fault,
        }),
        Kind::Sums(hint) => {
            let entries = md5sum::parse(bytes, Some(hint)).map_err(|fault| list(path, &fault))?;
            Ok(entries.into_iter().map(plain).collect())
        }
        Kind::Mhl => {
            let list = mhl::parse(bytes, limit).map_err(|fault| list(path, &fault))?;
            Ok(list.hashes.into_iter().map(either_way).collect())
        }
        Kind::AscMhlGeneration => {
            let read =
                ascmhl::parse_generation(bytes, limit).map_err(|fault| list(path, &fault))?;
            Ok(ascmhl::History::of(&[read]).expected(&ascmhl::Ignore::default()).files)
        }
        Kind::AscMhlChain => {
            ascmhl::parse_chain(bytes, limit).map_err(|fault| list(path, &fault))?;
            Ok(vec![])
        }
    }
}

/// `find . -exec md5sum` writes `./` before each name.
fn plain(mut entry: Entry) -> Entry {
    if let Some(name) = entry.name.strip_prefix("./") {
        entry.name = name.to_owned();
    }
    entry
}

/// The deprecated `xxhash64` has its bytes the other way round by the schema, and not in every tool: either
/// is taken for right.
fn either_way(hash: mhl::Hash) -> Entry {
    let mut entry = hash.entry;
    if hash.deprecated {
        let turned: Vec<_> = entry.digests.iter().map(|digest| mhl::turned(*digest)).collect();
        entry.digests.extend(turned);
    }
    entry
}

fn list(path: &Path, fault: &dyn std::fmt::Display) -> Error {
    Error::List { path: path.to_owned(), reason: fault.to_string() }
}
