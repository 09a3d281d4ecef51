//! Writing a generation.

use super::{
    ALGORITHMS, Author, Creator, FileRecord, FolderHashes, FolderRecord, Generation, Hash,
    NAMESPACE, Record, Reference,
};
use crate::digest::Algorithm;
use crate::format::manifest::time;
use crate::format::xml::{ForbiddenCharacter, Writer};

/// What one file takes up with one digest and a path of usual length, in bytes: no second allocation.
const RECORD_LEN: usize = 320;

/// Why something cannot stand in a generation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unlistable {
    /// A digest of an algorithm that the format does not have.
    #[error("{path}: ASC MHL 2.0 knows no {algorithm}")]
    Algorithm {
        /// Whose digest it is.
        path: String,
        /// Its algorithm.
        algorithm: Algorithm,
    },
    /// The time at which the generation was made is not told.
    #[error("no creation time, which ASC MHL 2.0 asks for")]
    NoTime,
    /// An address that the schema does not take for one.
    #[error("`{0}` is no address that ASC MHL 2.0 takes (a@b.c)")]
    Email(String),
    /// A path or another text that XML cannot hold.
    #[error("{text:?}: has {character}")]
    Character {
        /// The text.
        text: String,
        /// The first one that cannot be written.
        character: ForbiddenCharacter,
    },
}

impl Unlistable {
    /// Adapter for `map_err` that adds the text.
    pub(super) fn text(text: &str) -> impl FnOnce(ForbiddenCharacter) -> Self {
        move |character| Self::Character { text: text.to_owned(), character }
    }
}

/// The text of a generation, its records in their order, times in UTC.
///
/// # Errors
///
/// The first record that cannot be written.
pub fn render_generation(generation: &Generation) -> Result<String, Unlistable> {
    let mut out = Writer::with_capacity((generation.records.len() + 4) * RECORD_LEN);
    out.open("hashlist", &format!(" version=\"2.0\" xmlns=\"{NAMESPACE}\""));
    render_creator(&mut out, &generation.creator)?;
    render_process(&mut out, generation)?;
    if !generation.records.is_empty() {
        out.open("hashes", "");
        for record in &generation.records {
            match record {
                Record::File(file) => render_file(&mut out, file)?,
                Record::Folder(folder) => render_folder(&mut out, folder)?,
            }
        }
        out.close("hashes");
    }
    render_references(&mut out, &generation.references)?;
    out.close("hashlist");
    Ok(out.finish())
}

fn render_creator(out: &mut Writer, creator: &Creator) -> Result<(), Unlistable> {
    out.open("creatorinfo", "");
    out.plain("creationdate", time::render(creator.created.ok_or(Unlistable::NoTime)?));
    leaf(out, "hostname", &creator.host)?;
    out.start("tool");
    attribute(out, "version", creator.tool_version.as_deref())?;
    text(out, "tool", &creator.tool)?;
    creator.authors.iter().try_for_each(|author| render_author(out, author))?;
    if let Some(location) = &creator.location {
        leaf(out, "location", location)?;
    }
    if let Some(comment) = &creator.comment {
        leaf(out, "comment", comment)?;
    }
    out.close("creatorinfo");
    Ok(())
}

fn render_author(out: &mut Writer, author: &Author) -> Result<(), Unlistable> {
    if let Some(email) = author.email.as_ref().filter(|email| !is_email(email)) {
        return Err(Unlistable::Email(email.clone()));
    }
    out.start("author");
    attribute(out, "email", author.email.as_deref())?;
    attribute(out, "phone", author.phone.as_deref())?;
    attribute(out, "role", author.role.as_deref())?;
    text(out, "author", &author.name)
}

/// The schema's pattern: `[^@]+@[^\.]+\..+`.
fn is_email(text: &str) -> bool {
    let parts = text.split_once('@').and_then(|(user, host)| Some((user, host.split_once('.')?)));
    parts.is_some_and(|(user, (host, rest))| {
        !user.is_empty() && !host.is_empty() && !rest.is_empty() && !rest.contains(['\r', '\n'])
    })
}

fn render_process(out: &mut Writer, generation: &Generation) -> Result<(), Unlistable> {
    out.open("processinfo", "");
    out.plain("process", generation.process.name());
    if let Some(root) = &generation.root {
        out.open("roothash", "");
        render_folder_hashes(out, ".", root)?;
        out.close("roothash");
    }
    if !generation.ignore.is_empty() {
        out.open("ignore", "");
        generation.ignore.iter().try_for_each(|pattern| leaf(out, "pattern", pattern))?;
        out.close("ignore");
    }
    out.close("processinfo");
    Ok(())
}

fn render_file(out: &mut Writer, file: &FileRecord) -> Result<(), Unlistable> {
    out.open("hash", "");
    out.start("path");
    if let Some(size) = file.size {
        out.attribute("size", size);
    }
    times(out, file.created, file.modified);
    text(out, "path", &file.path)?;
    render_hashes(out, &file.path, &file.hashes)?;
    previous(out, file.previous.as_deref())?;
    out.close("hash");
    Ok(())
}

fn render_folder(out: &mut Writer, folder: &FolderRecord) -> Result<(), Unlistable> {
    out.open("directoryhash", "");
    out.start("path");
    times(out, folder.created, folder.modified);
    text(out, "path", &folder.path)?;
    render_folder_hashes(out, &folder.path, &folder.hashes)?;
    previous(out, folder.previous.as_deref())?;
    out.close("directoryhash");
    Ok(())
}

fn render_folder_hashes(
    out: &mut Writer,
    path: &str,
    hashes: &FolderHashes,
) -> Result<(), Unlistable> {
    for (name, hashes) in [("content", &hashes.content), ("structure", &hashes.structure)] {
        out.open(name, "");
        render_hashes(out, path, hashes)?;
        out.close(name);
    }
    Ok(())
}

/// In the order that the schema asks for, whatever theirs.
fn render_hashes(out: &mut Writer, path: &str, hashes: &[Hash]) -> Result<(), Unlistable> {
    let foreign = hashes.iter().map(|hash| hash.digest.algorithm());
    if let Some(algorithm) = foreign.into_iter().find(|used| !ALGORITHMS.contains(used)) {
        return Err(Unlistable::Algorithm { path: path.to_owned(), algorithm });
    }
    for algorithm in ALGORITHMS {
        let Some(hash) = hashes.iter().find(|hash| hash.digest.algorithm() == algorithm) else {
            continue;
        };
        out.start(algorithm.name());
        if let Some(action) = hash.action {
            out.attribute("action", action.name());
        }
        if let Some(hashed) = hash.hashed {
            out.attribute("hashdate", time::render(hashed));
        }
        out.value(hash.digest);
        out.end(algorithm.name());
    }
    Ok(())
}

fn render_references(out: &mut Writer, references: &[Reference]) -> Result<(), Unlistable> {
    if references.is_empty() {
        return Ok(());
    }
    out.open("references", "");
    for Reference { path, c4 } in references {
        if c4.algorithm() != Algorithm::C4 {
            return Err(Unlistable::Algorithm { path: path.clone(), algorithm: c4.algorithm() });
        }
        out.open("hashlistreference", "");
        leaf(out, "path", path)?;
        out.plain("c4", c4);
        out.close("hashlistreference");
    }
    out.close("references");
    Ok(())
}

fn times(out: &mut Writer, created: Option<i64>, modified: Option<i64>) {
    if let Some(created) = created {
        out.attribute("creationdate", time::render(created));
    }
    if let Some(modified) = modified {
        out.attribute("lastmodificationdate", time::render(modified));
    }
}

fn previous(out: &mut Writer, path: Option<&str>) -> Result<(), Unlistable> {
    path.map_or(Ok(()), |path| leaf(out, "previousPath", path))
}

fn leaf(out: &mut Writer, name: &str, text: &str) -> Result<(), Unlistable> {
    out.leaf(name, text).map_err(Unlistable::text(text))
}

fn attribute(out: &mut Writer, name: &str, value: Option<&str>) -> Result<(), Unlistable> {
    let Some(value) = value else { return Ok(()) };
    out.attribute_text(name, value).map_err(Unlistable::text(value))
}

/// The text of an element that has been started, and its end.
fn text(out: &mut Writer, name: &str, text: &str) -> Result<(), Unlistable> {
    out.text(text).map_err(Unlistable::text(text))?;
    out.end(name);
    Ok(())
}
