//! What of a folder belongs to the package, and what it is.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::{LeftBehind, MakeOptions, NotHere, write};
use crate::digest::{Algorithm, Digest, digest_of};
use crate::engine::walk::{self, Found, Rules, Tree};
use crate::error::{Error, Result};
use crate::format::imf::{self, Content, Document, Kind, Uuid};
use crate::format::mxf::model::Footer;
use crate::fs::{self, Stamp};
use crate::job::imf::package::{
    LARGEST, Sort, has_ending, header_of, id_of, link_on, played_by, root_of, sort_of,
};
use crate::job::imf::rules::asset_map::path_fault;
use crate::job::imf::show::kind_name;
use crate::progress::Progress;

/// A file of the package.
pub(super) struct Member {
    pub(super) id: Uuid,
    /// Relative to the folder, with `/`.
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) size: u64,
    /// As it was when it was found.
    pub(super) stamp: Stamp,
    /// `track file`, `composition playlist` or `output profile list`.
    pub(super) kind: &'static str,
    /// SHA-1 of a document, which is read as a whole anyway.
    pub(super) digest: Option<Digest>,
}

impl Member {
    pub(super) fn mime_type(&self) -> &'static str {
        if self.kind == TRACK_FILE { "application/mxf" } else { "text/xml" }
    }
}

const TRACK_FILE: &str = "track file";

/// All that is known before track files are read.
#[derive(Default)]
pub(super) struct Gathered {
    /// Sorted by name.
    pub(super) members: Vec<Member>,
    pub(super) left_out: Vec<LeftBehind>,
    pub(super) not_here: Vec<NotHere>,
    /// Lists that are there already, as they were found.
    pub(super) old: Vec<(String, Stamp)>,
    /// Ids that documents name, with the id of each document and its name.
    named: Vec<(Uuid, Uuid, String)>,
    has_composition: bool,
}

/// Look through the folder.
pub(super) fn gather(
    folder: &Path,
    options: &MakeOptions<'_>,
    progress: &Progress,
) -> Result<Gathered> {
    let tree = walk::walk(folder, Rules::Own)?;
    let mut gathered = Gathered::default();
    for found in &tree.files {
        progress.check()?;
        gathered.take(&tree, found, options)?;
    }
    for left in &tree.left_out {
        let file = tree.relative(&left.path).to_string_lossy().into_owned();
        gathered.left_out.push(LeftBehind { path: file, reason: left.reason.to_string() });
    }
    gathered.left_out.sort_by(|a, b| a.path.cmp(&b.path));
    gathered.expect_whole(folder, options)?;
    Ok(gathered)
}

fn refuse<T>(path: &Path, reason: impl Into<String>) -> Result<T> {
    Err(Error::Imf { path: path.to_owned(), line: None, reason: reason.into() })
}

impl Gathered {
    fn take(&mut self, tree: &Tree, found: &Found, options: &MakeOptions<'_>) -> Result<()> {
        let path = &found.path;
        let Some(name) = walk::slashed(tree.relative(path)) else {
            return refuse(
                path,
                "its name is not UTF-8; hint: rename it, or take it out of the folder",
            );
        };
        if link_on(&tree.root, &name).is_some() {
            return refuse(
                path,
                "is a link, or is reached through one; hint: put the file itself there",
            );
        }
        match sort_of(path)? {
            Sort::Mxf => self.take_track_file(name, found),
            Sort::Xml => self.take_document(name, found, options),
            Sort::Other if has_ending(&name, "mxf") => {
                refuse(path, "is no MXF file, whatever its name; hint: take it out of the folder")
            }
            Sort::Other if has_ending(&name, "xml") => {
                refuse(path, "is no XML, whatever its name; hint: take it out of the folder")
            }
            Sort::Other => {
                self.leave(name, "neither MXF nor XML");
                Ok(())
            }
        }
    }

    fn leave(&mut self, path: String, reason: impl Into<String>) {
        self.left_out.push(LeftBehind { path, reason: reason.into() });
    }

    fn take_track_file(&mut self, name: String, found: &Found) -> Result<()> {
        let path = &found.path;
        let header = match header_of(path) {
            Ok(header) => header,
            Err(reason) => return refuse(path, format!("its header cannot be read: {reason}")),
        };
        let Some(id) = id_of(&header) else {
            return refuse(path, "its header does not say what its id is");
        };
        if header.footer == Footer::Missing {
            return refuse(
                path,
                "was cut off: no footer is where its header says; hint: copy it again",
            );
        }
        self.add(id, name, found, TRACK_FILE, None)
    }

    fn take_document(
        &mut self,
        name: String,
        found: &Found,
        options: &MakeOptions<'_>,
    ) -> Result<()> {
        let path = &found.path;
        if let Some(root) = root_of(path)?.filter(|root| !root.is_known()) {
            if root.is_ours {
                let root = root.name;
                let reason =
                    format!("begins with a `{root}`, as no document of its namespace does");
                return refuse(path, reason);
            }
            self.leave(name, format!("a `{}`, which is not known here", root.name));
            return Ok(());
        }
        if found.mark.stamp.size > LARGEST {
            return refuse(path, "is larger than any document");
        }
        let bytes = fs::read(path)?;
        let document = imf::read(&bytes).map_err(|fault| Error::Imf {
            path: path.clone(),
            line: Some(fault.line),
            reason: fault.reason.to_string(),
        })?;
        let no_id = "has no id, or none that is a UUID";
        let (id, kind, named) = match &document.content {
            Content::AssetMap(_) | Content::VolumeIndex(_) | Content::PackingList(_) => {
                return self.meet_list(name, found, &document, options);
            }
            Content::Composition(composition) => {
                self.has_composition = true;
                (composition.id, "composition playlist", played_by(composition).collect())
            }
            Content::OutputProfile(profile) => {
                let named: Vec<Uuid> = profile.composition_id.into_iter().collect();
                (profile.id, "output profile list", named)
            }
        };
        let Some(id) = id else { return refuse(path, no_id) };
        if bytes.len() as u64 != found.mark.stamp.size {
            return Err(found.changed(fs::stat(path)?.1.stamp));
        }
        self.named.extend(named.into_iter().map(|other| (other, id, name.clone())));
        self.add(id, name, found, kind, Some(digest_of(Algorithm::Sha1, &bytes)))
    }

    /// A list of an earlier package.
    fn meet_list(
        &mut self,
        name: String,
        found: &Found,
        document: &Document,
        options: &MakeOptions<'_>,
    ) -> Result<()> {
        let path = &found.path;
        let kind = kind_name(document.kind());
        if !options.replace {
            let reason = format!(
                "is {} already; hint: `--replace` writes it anew, or take it away",
                a(kind)
            );
            return refuse(path, reason);
        }
        // One in a folder below belongs to another package.
        let is_list = document.kind() == Kind::PackingList && !name.contains('/');
        if !is_list && name != write::ASSET_MAP && name != write::VOLUME_INDEX {
            let reason = format!(
                "is {} under a name that the new one will not have; hint: take it away",
                a(kind)
            );
            return refuse(path, reason);
        }
        self.old.push((name, found.mark.stamp));
        Ok(())
    }

    fn add(
        &mut self,
        id: Uuid,
        name: String,
        found: &Found,
        kind: &'static str,
        digest: Option<Digest>,
    ) -> Result<()> {
        let (path, stamp) = (found.path.clone(), found.mark.stamp);
        if let Some(fault) = path_fault(&name) {
            return refuse(&path, format!("{fault}; hint: rename it"));
        }
        self.members.push(Member { id, name, path, size: stamp.size, stamp, kind, digest });
        Ok(())
    }

    /// # Errors
    ///
    /// [`Error::Imf`] for what only shows once all files are known.
    fn expect_whole(&mut self, folder: &Path, options: &MakeOptions<'_>) -> Result<()> {
        let list = write::packing_list_name(options.packing_list_id);
        for name in [write::ASSET_MAP, write::VOLUME_INDEX, &list] {
            let path = folder.join(name);
            if fs::exists(&path) && !self.old.iter().any(|(old, _)| old == name) {
                return refuse(&path, "is in the way of a new list; hint: take it away");
            }
        }
        let ids = self.expect_distinct(folder, &list, options)?;
        if !self.has_composition {
            return refuse(folder, "no composition playlist in it: no package without one");
        }
        self.expect_named(folder, &ids, options)
    }

    /// The ids of all that the package has.
    fn expect_distinct(
        &self,
        folder: &Path,
        list: &str,
        options: &MakeOptions<'_>,
    ) -> Result<HashSet<Uuid>> {
        let mut seen = HashMap::from([(options.asset_map_id, write::ASSET_MAP)]);
        if seen.insert(options.packing_list_id, list).is_some() {
            return refuse(folder, "asset map and packing list would have one id");
        }
        for member in &self.members {
            if let Some(other) = seen.insert(member.id, &member.name) {
                let reason = format!("has the id {}, which `{other}` has too", member.id);
                return refuse(&member.path, reason);
            }
        }
        Ok(seen.into_keys().collect())
    }

    fn expect_named(
        &mut self,
        folder: &Path,
        ids: &HashSet<Uuid>,
        options: &MakeOptions<'_>,
    ) -> Result<()> {
        let mut said = HashSet::new();
        for (id, composition_id, document) in std::mem::take(&mut self.named) {
            if ids.contains(&id) || !said.insert(id) {
                continue;
            }
            if !options.supplement {
                let reason = format!(
                    "names {id}, which is not in the folder; hint: put it there, or `--supplement` makes a supplemental package"
                );
                return refuse(&folder.join(document), reason);
            }
            self.not_here.push(NotHere { id, composition_id });
        }
        Ok(())
    }
}

/// With the article.
fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'o']) { "an" } else { "a" };
    format!("{article} {kind}")
}
