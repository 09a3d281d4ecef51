//! Writing a list.

use super::{Creator, Hash, List};
use crate::digest::{Algorithm, Digest};
use crate::format::manifest::time;
use crate::format::xml::{ForbiddenCharacter, Writer};

/// What one entry takes up with one digest and a path of usual length, in bytes: no second allocation.
const ENTRY_LEN: usize = 320;

/// Why something cannot stand in a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unlistable {
    /// A file has digests, but none that the format knows.
    #[error("{name}: has no md5, sha1 or xxh64 digest, and MHL 1.1 knows no other")]
    NoDigest {
        /// The file's path.
        name: String,
    },
    /// Something that every entry, or the list, must have.
    #[error("{name}: has no {what}, which MHL 1.1 asks for")]
    Missing {
        /// The file's path, or `creatorinfo`.
        name: String,
        /// What lacks.
        what: &'static str,
    },
    /// A path or another text that XML cannot hold.
    #[error("{text:?}: has {character}")]
    Character {
        /// The text.
        text: String,
        /// The first one that cannot be written.
        character: ForbiddenCharacter,
    },
}

/// The text of a list, its files in the order of `list`.
///
/// Of the digests of a file those are written that the format has: `md5`, `sha1` and `xxh64` (as
/// `xxhash64be`); a file without digests is listed with its size alone (`null`). Times are written in
/// whole seconds, because readers of this format expect them so. [`Hash::deprecated`],
/// [`Hash::unchecked`] and [`List::backslashes`] are of no account.
///
/// # Errors
///
/// The first entry that cannot be written.
pub fn render(list: &List) -> Result<String, Unlistable> {
    let mut out = Writer::with_capacity((list.hashes.len() + 2) * ENTRY_LEN);
    out.open("hashlist", " version=\"1.1\"");
    render_creator(&mut out, &list.creator)?;
    list.hashes.iter().try_for_each(|hash| render_hash(&mut out, hash))?;
    out.close("hashlist");
    Ok(out.finish())
}

fn render_creator(out: &mut Writer, creator: &Creator) -> Result<(), Unlistable> {
    let missing = |what| move || Unlistable::Missing { name: "creatorinfo".to_owned(), what };
    out.open("creatorinfo", "");
    if let Some(name) = &creator.name {
        leaf(out, "name", name)?;
    }
    leaf(out, "username", &creator.user)?;
    leaf(out, "hostname", &creator.host)?;
    leaf(out, "tool", &creator.tool)?;
    out.plain("startdate", seconds(creator.started.ok_or_else(missing("start time"))?));
    out.plain("finishdate", seconds(creator.finished.ok_or_else(missing("finish time"))?));
    out.close("creatorinfo");
    Ok(())
}

fn render_hash(out: &mut Writer, hash: &Hash) -> Result<(), Unlistable> {
    let name = &hash.entry.name;
    let missing = |what| move || Unlistable::Missing { name: name.clone(), what };
    out.open("hash", "");
    leaf(out, "file", name)?;
    out.plain("size", hash.entry.size.ok_or_else(missing("size"))?);
    out.plain("lastmodificationdate", seconds(hash.modified.ok_or_else(missing("time"))?));
    render_digests(out, name, &hash.entry.digests)?;
    out.plain("hashdate", seconds(hash.hashed.ok_or_else(missing("time of its digests"))?));
    out.close("hash");
    Ok(())
}

fn render_digests(out: &mut Writer, name: &str, digests: &[Digest]) -> Result<(), Unlistable> {
    if digests.is_empty() {
        out.plain("null", "");
        return Ok(());
    }
    let mut any = false;
    for digest in digests {
        let Some(element) = element(digest.algorithm()) else { continue };
        out.plain(element, digest);
        any = true;
    }
    if any { Ok(()) } else { Err(Unlistable::NoDigest { name: name.to_owned() }) }
}

fn element(algorithm: Algorithm) -> Option<&'static str> {
    match algorithm {
        Algorithm::Md5 => Some("md5"),
        Algorithm::Sha1 => Some("sha1"),
        Algorithm::Xxh64 => Some("xxhash64be"),
        Algorithm::Sha256 | Algorithm::Xxh3 | Algorithm::Xxh128 | Algorithm::C4 => None,
    }
}

fn leaf(out: &mut Writer, name: &str, text: &str) -> Result<(), Unlistable> {
    let unlistable = |character| Unlistable::Character { text: text.to_owned(), character };
    out.leaf(name, text).map_err(unlistable)
}

fn seconds(time: i64) -> String {
    time::render(time::whole_seconds(time))
}
