//! Reading a generation.

use std::borrow::Cow;

use super::chain::parse_c4;
use super::{
    ALGORITHMS, Action, Author, Creator, FileRecord, FolderHashes, FolderRecord, Generation, Hash,
    NAMESPACE, Process, Record, Reference,
};
use crate::digest::Digest;
use crate::format::manifest::time::{self, Time};
use crate::format::xml::{Element, Fault, Reader, Reason};

/// A generation of at most `limit` bytes.
///
/// `metadata`, and every element that is not known, is skipped. Memory: the records; the document is not
/// copied.
///
/// # Errors
///
/// The first place that cannot be understood, or an element twice that can be there once: with one record
/// lost, no verdict over the rest is worth much.
pub fn parse_generation(bytes: &[u8], limit: usize) -> Result<Generation, Fault> {
    let (mut reader, root) = Reader::open(bytes, limit, Some(NAMESPACE), "hashlist")?;
    let [version] = reader.attributes(&root, ["version"])?;
    if let Some(version) = version.filter(|version| version != "2.0") {
        return Err(reader.fault(Reason::value("version", &version)));
    }
    let (mut creator, mut process, mut records, mut references) = (None, None, None, None);
    while let Some(element) = reader.child()? {
        match element.name() {
            "creatorinfo" => once(&mut reader, &mut creator, "creatorinfo", parse_creator)?,
            "processinfo" => once(&mut reader, &mut process, "processinfo", parse_process)?,
            "hashes" => once(&mut reader, &mut records, "hashes", parse_records)?,
            "references" => once(&mut reader, &mut references, "references", parse_references)?,
            _ => reader.skip()?,
        }
    }
    let creator = reader.required(creator, "creatorinfo")?;
    let (process, root, ignore) = reader.required(process, "processinfo")?;
    reader.finish()?;
    let (records, references) = (records.unwrap_or_default(), references.unwrap_or_default());
    Ok(Generation { creator, process, root, ignore, records, references })
}

fn parse_creator(reader: &mut Reader<'_>) -> Result<Creator, Fault> {
    let (mut created, mut host, mut tool) = (None, None, None);
    let (mut authors, mut location, mut comment) = (vec![], None, None);
    while let Some(element) = reader.child()? {
        match element.name() {
            "creationdate" => {
                let text = reader.text()?.into_owned();
                let time = parse_time(reader, "creationdate", &text)?;
                reader.once(&mut created, "creationdate", time)?;
            }
            "hostname" => once(reader, &mut host, "hostname", text)?,
            "tool" => {
                let [version] = reader.attributes(&element, ["version"])?;
                let name = text(reader)?;
                reader.once(&mut tool, "tool", (name, version.map(Cow::into_owned)))?;
            }
            "author" => authors.push(parse_author(reader, &element)?),
            "location" => once(reader, &mut location, "location", text)?,
            "comment" => once(reader, &mut comment, "comment", text)?,
            _ => reader.skip()?,
        }
    }
    let (created, host) = (created.and_then(Time::utc), host.unwrap_or_default());
    let (tool, tool_version) = tool.unwrap_or_default();
    Ok(Creator { created, host, tool, tool_version, authors, location, comment })
}

fn parse_author(reader: &mut Reader<'_>, element: &Element<'_>) -> Result<Author, Fault> {
    let attributes = reader.attributes(element, ["email", "phone", "role"])?;
    let [email, phone, role] = attributes.map(|value| value.map(Cow::into_owned));
    Ok(Author { name: text(reader)?, email, phone, role })
}

type ProcessInfo = (Process, Option<FolderHashes>, Vec<String>);

fn parse_process(reader: &mut Reader<'_>) -> Result<ProcessInfo, Fault> {
    let (mut process, mut root, mut ignore) = (None, None, None);
    while let Some(element) = reader.child()? {
        match element.name() {
            "process" => {
                let name = text(reader)?;
                let known = Process::ALL.into_iter().find(|known| known.name() == name.trim());
                let known = known.ok_or_else(|| reader.fault(Reason::value("process", &name)))?;
                reader.once(&mut process, "process", known)?;
            }
            "roothash" => once(reader, &mut root, "roothash", |reader| {
                let mut folder = Folder::default();
                while let Some(element) = reader.child()? {
                    folder.take(reader, element.name())?;
                }
                folder.hashes(reader)
            })?,
            "ignore" => once(reader, &mut ignore, "ignore", parse_patterns)?,
            _ => reader.skip()?,
        }
    }
    Ok((reader.required(process, "process")?, root, ignore.unwrap_or_default()))
}

fn parse_patterns(reader: &mut Reader<'_>) -> Result<Vec<String>, Fault> {
    let mut patterns = vec![];
    while let Some(element) = reader.child()? {
        match element.name() {
            "pattern" => patterns.push(text(reader)?),
            _ => reader.skip()?,
        }
    }
    Ok(patterns)
}

fn parse_records(reader: &mut Reader<'_>) -> Result<Vec<Record>, Fault> {
    let mut records = vec![];
    while let Some(element) = reader.child()? {
        match element.name() {
            "hash" => records.push(Record::File(parse_file(reader)?)),
            "directoryhash" => records.push(Record::Folder(parse_folder(reader)?)),
            _ => reader.skip()?,
        }
    }
    Ok(records)
}

fn parse_file(reader: &mut Reader<'_>) -> Result<FileRecord, Fault> {
    let (mut path, mut previous, mut hashes) = (None, None, vec![]);
    while let Some(element) = reader.child()? {
        match element.name() {
            "path" => {
                let read = parse_path(reader, &element)?;
                reader.once(&mut path, "path", read)?;
            }
            "previousPath" => once(reader, &mut previous, "previousPath", text)?,
            _ => parse_hash(reader, &element, &mut hashes)?,
        }
    }
    let Item { path, size, created, modified } = reader.required(path, "path")?;
    Ok(FileRecord { path, size, created, modified, hashes, previous })
}

fn parse_folder(reader: &mut Reader<'_>) -> Result<FolderRecord, Fault> {
    let (mut path, mut previous, mut folder) = (None, None, Folder::default());
    while let Some(element) = reader.child()? {
        match element.name() {
            "path" => {
                let read = parse_path(reader, &element)?;
                reader.once(&mut path, "path", read)?;
            }
            "previousPath" => once(reader, &mut previous, "previousPath", text)?,
            name => folder.take(reader, name)?,
        }
    }
    let Item { path, created, modified, .. } = reader.required(path, "path")?;
    Ok(FolderRecord { path, created, modified, hashes: folder.hashes(reader)?, previous })
}

/// What a `path` element says.
struct Item {
    path: String,
    size: Option<u64>,
    created: Option<i64>,
    modified: Option<i64>,
}

fn parse_path(reader: &mut Reader<'_>, element: &Element<'_>) -> Result<Item, Fault> {
    let [created, modified, size] =
        reader.attributes(element, ["creationdate", "lastmodificationdate", "size"])?;
    let created = time_of(reader, "creationdate", created.as_deref())?;
    let modified = time_of(reader, "lastmodificationdate", modified.as_deref())?;
    let size = match size {
        Some(text) => {
            let size = text.trim().parse();
            Some(size.map_err(|_| reader.fault(Reason::value("size", &text)))?)
        }
        None => None,
    };
    Ok(Item { path: text(reader)?, size, created, modified })
}

/// The two lists of digests of a folder.
#[derive(Default)]
struct Folder {
    content: Option<Vec<Hash>>,
    structure: Option<Vec<Hash>>,
}

impl Folder {
    fn take(&mut self, reader: &mut Reader<'_>, name: &str) -> Result<(), Fault> {
        match name {
            "content" => once(reader, &mut self.content, "content", parse_hashes),
            "structure" => once(reader, &mut self.structure, "structure", parse_hashes),
            _ => reader.skip(),
        }
    }

    fn hashes(self, reader: &Reader<'_>) -> Result<FolderHashes, Fault> {
        let content = reader.required(self.content, "content")?;
        let structure = reader.required(self.structure, "structure")?;
        Ok(FolderHashes { content, structure })
    }
}

fn parse_hashes(reader: &mut Reader<'_>) -> Result<Vec<Hash>, Fault> {
    let mut hashes = vec![];
    while let Some(element) = reader.child()? {
        parse_hash(reader, &element, &mut hashes)?;
    }
    Ok(hashes)
}

/// A digest, if the element is one; any other is skipped.
fn parse_hash(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    known: &mut Vec<Hash>,
) -> Result<(), Fault> {
    let Some(algorithm) = ALGORITHMS.into_iter().find(|known| known.name() == element.name())
    else {
        return reader.skip();
    };
    let [action, hashed] = reader.attributes(element, ["action", "hashdate"])?;
    let action = parse_action(reader, action.as_deref())?;
    let hashed = time_of(reader, "hashdate", hashed.as_deref())?;
    let text = reader.text()?;
    let digest = Digest::parse(algorithm, text.trim());
    let digest = digest.ok_or_else(|| reader.fault(Reason::value(algorithm.name(), &text)))?;
    if known.iter().any(|known| known.digest.algorithm() == algorithm) {
        return Err(reader.fault(Reason::Twice(algorithm.name())));
    }
    // Room for one: most files have no more, and the vector's own first step is four.
    known.reserve_exact(1);
    known.push(Hash { digest, action, hashed });
    Ok(())
}

/// An action that is not known is no reason to trust the digest.
fn parse_action(reader: &Reader<'_>, name: Option<&str>) -> Result<Option<Action>, Fault> {
    let Some(name) = name else { return Ok(None) };
    let known = Action::ALL.into_iter().find(|known| known.name() == name);
    known.map(Some).ok_or_else(|| reader.fault(Reason::value("action", name)))
}

fn parse_references(reader: &mut Reader<'_>) -> Result<Vec<Reference>, Fault> {
    let mut references = vec![];
    while let Some(element) = reader.child()? {
        match element.name() {
            "hashlistreference" => references.push(parse_reference(reader)?),
            _ => reader.skip()?,
        }
    }
    Ok(references)
}

fn parse_reference(reader: &mut Reader<'_>) -> Result<Reference, Fault> {
    let (mut path, mut c4) = (None, None);
    while let Some(element) = reader.child()? {
        match element.name() {
            "path" => once(reader, &mut path, "path", text)?,
            "c4" => once(reader, &mut c4, "c4", parse_c4)?,
            _ => reader.skip()?,
        }
    }
    Ok(Reference { path: reader.required(path, "path")?, c4: reader.required(c4, "c4")? })
}

fn text(reader: &mut Reader<'_>) -> Result<String, Fault> {
    Ok(reader.text()?.into_owned())
}

/// The time that an attribute has.
fn time_of(
    reader: &Reader<'_>,
    name: &'static str,
    text: Option<&str>,
) -> Result<Option<i64>, Fault> {
    let Some(text) = text else { return Ok(None) };
    parse_time(reader, name, text).map(Time::utc)
}

fn parse_time(reader: &Reader<'_>, name: &'static str, text: &str) -> Result<Time, Fault> {
    time::parse(text).ok_or_else(|| reader.fault(Reason::value(name, text)))
}

/// Read an element that may be there once.
fn once<'a, T>(
    reader: &mut Reader<'a>,
    slot: &mut Option<T>,
    name: &'static str,
    read: impl FnOnce(&mut Reader<'a>) -> Result<T, Fault>,
) -> Result<(), Fault> {
    let value = read(reader)?;
    reader.once(slot, name, value)
}
