//! Reading a list.

use super::{Creator, Hash, List, Unchecked, turned};
use crate::digest::{Algorithm, Digest};
use crate::format::manifest::Entry;
use crate::format::manifest::time::{self, Time};
use crate::format::xml::{Fault, Reader, Reason};

/// A list of at most `limit` bytes.
///
/// Names and digests have to be sound. What says who made the list, when and how large its files were may
/// lack: tools have left it out. Elements that are not known are skipped; inside a `hash` they are told as
/// [`Unchecked::Unknown`]. Paths are as they stand there: whether they stay inside a folder is for the
/// caller to see. Memory: the entries; the document is not copied.
///
/// # Errors
///
/// The first place that cannot be understood: with one entry lost, no verdict over the rest is worth much.
pub fn parse(bytes: &[u8], limit: usize) -> Result<List, Fault> {
    let (mut reader, root) = Reader::open(bytes, limit, None, "hashlist")?;
    let [version] = reader.attributes(&root, ["version"])?;
    check_version(&reader, version.as_deref())?;
    let (mut creator, mut hashes) = (None, vec![]);
    while let Some(element) = reader.child()? {
        match element.name() {
            "creatorinfo" => {
                let read = parse_creator(&mut reader)?;
                reader.once(&mut creator, "creatorinfo", read)?;
            }
            "hash" => hashes.push(parse_hash(&mut reader)?),
            _ => reader.skip()?,
        }
    }
    reader.finish()?;
    let backslashes = turn_slashes(&mut hashes);
    Ok(List { creator: creator.unwrap_or_default(), hashes, backslashes })
}

/// A list of version 2 is an ASC MHL, whose elements have other meanings.
fn check_version(reader: &Reader<'_>, version: Option<&str>) -> Result<(), Fault> {
    match version {
        Some(version) if !version.starts_with("1.") => {
            Err(reader.fault(Reason::value("version", version)))
        }
        _ => Ok(()),
    }
}

/// See [`List::backslashes`].
fn turn_slashes(hashes: &mut [Hash]) -> bool {
    let has =
        |hashes: &[Hash], separator| hashes.iter().any(|hash| hash.entry.name.contains(separator));
    if has(hashes, '/') || !has(hashes, '\\') {
        return false;
    }
    for hash in hashes {
        hash.entry.name = hash.entry.name.replace('\\', "/");
    }
    true
}

fn parse_creator(reader: &mut Reader<'_>) -> Result<Creator, Fault> {
    let (mut name, mut user, mut host, mut tool) = (None, None, None, None);
    let (mut started, mut finished) = (None, None);
    while let Some(element) = reader.child()? {
        match element.name() {
            "name" => keep(reader, &mut name, "name")?,
            "username" => keep(reader, &mut user, "username")?,
            "hostname" => keep(reader, &mut host, "hostname")?,
            "tool" => keep(reader, &mut tool, "tool")?,
            "startdate" => keep_time(reader, &mut started, "startdate")?,
            "finishdate" => keep_time(reader, &mut finished, "finishdate")?,
            _ => reader.skip()?,
        }
    }
    Ok(Creator {
        name,
        user: user.unwrap_or_default(),
        host: host.unwrap_or_default(),
        tool: tool.unwrap_or_default(),
        started: started.and_then(Time::utc),
        finished: finished.and_then(Time::utc),
    })
}

/// What of a `hash` has been met.
#[derive(Default)]
struct Met {
    file: Option<String>,
    size: Option<u64>,
    modified: Option<Time>,
    hashed: Option<Time>,
    digests: Vec<Digest>,
    deprecated: bool,
    null: Option<()>,
    unchecked: Option<Unchecked>,
}

fn parse_hash(reader: &mut Reader<'_>) -> Result<Hash, Fault> {
    let mut met = Met::default();
    while let Some(element) = reader.child()? {
        match element.name() {
            "file" => keep(reader, &mut met.file, "file")?,
            "size" => keep_size(reader, &mut met.size)?,
            "lastmodificationdate" => {
                keep_time(reader, &mut met.modified, "lastmodificationdate")?;
            }
            "hashdate" => keep_time(reader, &mut met.hashed, "hashdate")?,
            "creationdate" => reader.skip()?,
            name => {
                let name = name.to_owned();
                met.digest(reader, &name)?;
            }
        }
    }
    let name = reader.required(met.file, "file")?;
    if met.digests.is_empty() && met.null.is_none() && met.unchecked.is_none() {
        return Err(reader.fault(Reason::Missing("md5, sha1, xxhash64be or null")));
    }
    let entry = Entry { name, size: met.size, digests: met.digests };
    Ok(Hash {
        entry,
        modified: met.modified.and_then(Time::utc),
        hashed: met.hashed.and_then(Time::utc),
        deprecated: met.deprecated,
        unchecked: met.unchecked,
    })
}

impl Met {
    /// Take up the element of a digest, whatever it is called.
    fn digest(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Fault> {
        match name {
            "md5" => self.hex(reader, "md5", Algorithm::Md5),
            "sha1" => self.hex(reader, "sha1", Algorithm::Sha1),
            "xxhash64be" => self.hex(reader, "xxhash64be", Algorithm::Xxh64),
            "xxhash64" => {
                self.deprecated = true;
                self.hex(reader, "xxhash64", Algorithm::Xxh64)
            }
            "xxhash" => {
                let text = reader.text()?;
                let number = text.trim().parse();
                let number = number.map_err(|_| reader.fault(Reason::value("xxhash", &text)))?;
                reader.once(&mut self.unchecked, "xxhash", Unchecked::Xxh32(number))
            }
            "null" => {
                reader.skip()?;
                reader.once(&mut self.null, "null", ())
            }
            other => {
                reader.skip()?;
                let unknown = Unchecked::Unknown(other.into());
                self.unchecked.get_or_insert(unknown);
                Ok(())
            }
        }
    }

    fn hex(
        &mut self,
        reader: &mut Reader<'_>,
        name: &'static str,
        algorithm: Algorithm,
    ) -> Result<(), Fault> {
        let text = reader.text()?;
        let digest = Digest::parse(algorithm, text.trim());
        let digest = digest.ok_or_else(|| reader.fault(Reason::value(name, &text)))?;
        if self.digests.iter().any(|known| known.algorithm() == algorithm) {
            return Err(reader.fault(Reason::Twice(name)));
        }
        // Room for one: most lists have no more, and the vector's own first step is four.
        self.digests.reserve_exact(1);
        self.digests.push(if name == "xxhash64" { turned(digest) } else { digest });
        Ok(())
    }
}

fn keep(
    reader: &mut Reader<'_>,
    slot: &mut Option<String>,
    name: &'static str,
) -> Result<(), Fault> {
    let text = reader.text()?.into_owned();
    reader.once(slot, name, text)
}

fn keep_time(
    reader: &mut Reader<'_>,
    slot: &mut Option<Time>,
    name: &'static str,
) -> Result<(), Fault> {
    let text = reader.text()?;
    let time = time::parse(&text).ok_or_else(|| reader.fault(Reason::value(name, &text)))?;
    reader.once(slot, name, time)
}

fn keep_size(reader: &mut Reader<'_>, slot: &mut Option<u64>) -> Result<(), Fault> {
    let text = reader.text()?;
    let size = text.trim().parse();
    let size = size.map_err(|_| reader.fault(Reason::value("size", &text)))?;
    reader.once(slot, "size", size)
}
