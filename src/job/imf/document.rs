//! One document by itself, and what changed from one composition to another.

use std::path::Path;

use serde::Serialize;

use super::diff::{self, Change};
use super::package::{LARGEST, Package};
use super::rules::all_rules;
use crate::error::{Error, Result};
use crate::format::imf::model::Composition;
use crate::format::imf::{self, Content, Document, Rational, Uuid};
use crate::fs;
use crate::progress::Progress;

/// Read one document. What its schema does not allow stands in its problems.
///
/// # Errors
///
/// [`Error::Io`]; [`Error::Imf`] for what is not well-formed, too large, or none of the five documents.
pub fn read_document(path: &Path) -> Result<Document> {
    let refuse = |line, reason| Error::Imf { path: path.to_owned(), line, reason };
    let (kind, mark) = fs::stat(path)?;
    if kind == fs::Kind::Other {
        return Err(refuse(None, "is no regular file; hint: write it to one first".to_owned()));
    }
    let size = mark.stamp.size;
    if size > LARGEST {
        return Err(refuse(None, format!("{size} bytes, more than any document has")));
    }
    imf::read(&fs::read(path)?).map_err(|fault| refuse(Some(fault.line), fault.reason.to_string()))
}

/// How bad a problem of a schema is; the same as of the finding that [`super::verify`] makes of it.
pub fn problem_severity(rule: &str) -> &'static str {
    let found = all_rules().find(|known| known.id == rule);
    found.map_or("error", |known| known.severity.name())
}

/// Two compositions and what changed. The first is the older one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The first, as the caller named it.
    pub a: String,
    /// The second.
    pub b: String,
    /// Id of the first.
    pub a_id: Option<Uuid>,
    /// Id of the second.
    pub b_id: Option<Uuid>,
    /// Title of the first.
    pub a_title: String,
    /// Title of the second.
    pub b_title: String,
    /// Whether nothing changed.
    pub same: bool,
    /// Edit rate of the second.
    pub edit_rate: Option<Rational>,
    /// Properties, then all else by kind and in the order of time.
    pub changes: Vec<Change>,
}

/// Say what changed from `a` to `b`, each a composition or a folder with exactly one.
///
/// # Errors
///
/// [`Error::Io`]; [`Error::Imf`] for what cannot be read, has no composition, or several.
pub fn compare(a: &Path, b: &Path) -> Result<Compared> {
    let (first, second) = (open(a)?, open(b)?);
    let (of_a, of_b) = (the_one(a, &first)?, the_one(b, &second)?);
    let changes = diff::diff(of_a, of_b);
    Ok(Compared {
        a: a.to_string_lossy().into_owned(),
        b: b.to_string_lossy().into_owned(),
        a_id: of_a.1.id,
        b_id: of_b.1.id,
        a_title: of_a.1.title.clone(),
        b_title: of_b.1.title.clone(),
        same: changes.is_empty(),
        edit_rate: of_b.1.edit_rate,
        changes,
    })
}

/// What was named: a document, or a package.
enum Opened {
    Document(Box<Document>),
    Package(Box<Package>),
}

fn open(path: &Path) -> Result<Opened> {
    match fs::stat(path)?.0 {
        fs::Kind::Folder => {
            Ok(Opened::Package(Box::new(Package::open(path, &[], &Progress::default())?)))
        }
        fs::Kind::File | fs::Kind::Other => Ok(Opened::Document(Box::new(read_document(path)?))),
    }
}

fn the_one<'o>(path: &Path, opened: &'o Opened) -> Result<diff::Version<'o>> {
    let refuse = |reason| Error::Imf { path: path.to_owned(), line: None, reason };
    let package = match opened {
        Opened::Document(document) => {
            let reason = || refuse("is no composition playlist".to_owned());
            return version(document).ok_or_else(reason);
        }
        Opened::Package(package) => package,
    };
    let all =
        package.judged().filter_map(|loaded| Some((&loaded.name, version(&loaded.document)?)));
    match all.collect::<Vec<_>>().as_slice() {
        [(_, one)] => Ok(*one),
        [] => Err(refuse("has no composition playlist that can be read".to_owned())),
        many => {
            let names: Vec<_> = many.iter().map(|(name, _)| name.as_str()).collect();
            let names = names.join(", ");
            Err(refuse(format!("has several compositions: {names}; hint: name one of them")))
        }
    }
}

fn version(document: &Document) -> Option<(&Document, &Composition)> {
    match &document.content {
        Content::Composition(composition) => Some((document, composition)),
        Content::AssetMap(_)
        | Content::VolumeIndex(_)
        | Content::PackingList(_)
        | Content::OutputProfile(_) => None,
    }
}
