//! The lists of a new package: asset map, packing list and volume index for a folder of finished track files and
//! compositions.
//!
//! Each track file is read once. Nothing is written before all of it is known, and the asset map comes last: a
//! folder without one is no package, and one that had one keeps it until then.

mod gather;
mod write;

use std::path::{Path, PathBuf};

use serde::Serialize;

use self::gather::{Gathered, Member};
use super::contents::{self, Wanted};
use crate::digest::{Algorithm, Digest};
use crate::engine::Work;
use crate::error::{Error, Result};
use crate::format::imf::{Edition, Uuid};
use crate::fs;

/// How the lists are to be made. With the same options and files they come out the same, byte for byte.
#[derive(Clone, Copy, Debug)]
pub struct MakeOptions<'a> {
    /// Who issues the package.
    pub issuer: &'a str,
    /// The program that makes it.
    pub creator: &'a str,
    /// Free text about it.
    pub annotation: Option<&'a str>,
    /// When it is issued, an ISO date and time with its zone, such as `2026-11-22T10:00:00Z`.
    pub issue_date: &'a str,
    /// Id of the new asset map.
    pub asset_map_id: Uuid,
    /// Id of the new packing list, which is in its name too.
    pub packing_list_id: Uuid,
    /// Which edition of the packing list.
    pub edition: Edition,
    /// Whether compositions may name track files that are not in the folder.
    pub supplement: bool,
    /// Whether lists that are there may be replaced. Packing lists of the folder are removed then, once the new
    /// asset map stands.
    pub replace: bool,
}

/// A package whose lists were made. Names are relative to the folder, with `/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Made {
    /// As the caller named it.
    pub folder: PathBuf,
    /// The asset map.
    pub asset_map: String,
    /// The packing list.
    pub packing_list: String,
    /// The volume index.
    pub volume_index: String,
    /// Id of the asset map.
    pub asset_map_id: Uuid,
    /// Id of the packing list.
    pub packing_list_id: Uuid,
    /// What is listed, sorted by name.
    pub assets: Vec<MadeAsset>,
    /// Files that belong to no package and are not listed, sorted by name.
    pub left_out: Vec<LeftBehind>,
    /// Ids that a document names and that are not in the folder, each once.
    pub not_here: Vec<NotHere>,
    /// Lists that were there: written anew, or, a packing list of another name, removed.
    pub replaced: Vec<String>,
    /// Files that were read.
    pub files_read: u64,
    /// Bytes of those.
    pub bytes_read: u64,
}

/// A file of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MadeAsset {
    /// Its id: of a track file that in its header, of a document its own.
    pub id: Uuid,
    /// Relative to the folder.
    pub file: String,
    /// `track file`, `composition playlist` or `output profile list`.
    pub kind: &'static str,
    /// Its MIME type.
    pub mime_type: &'static str,
    /// Bytes.
    pub size: u64,
    /// SHA-1, in hex.
    pub digest: String,
}

/// A file that is not listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftBehind {
    /// Relative to the folder.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A thing that a document names and that is not in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NotHere {
    /// Its id.
    pub id: Uuid,
    /// The first composition, or output profile list, that names it.
    pub composition_id: Uuid,
}

/// Make the lists of the package in `folder`, which may have folders below.
///
/// Listed are MXF files, composition playlists and output profile lists. Left out, and said in the result, are
/// hidden files, earlier lists and whatever is neither MXF nor XML, and XML of other kinds. Refused is what looks
/// like a part of the package and cannot be one: an MXF file without a readable header or an id, a document that
/// is not well-formed, two files with one id, a path that an asset map cannot hold, a link.
///
/// # Errors
///
/// [`Error::Imf`] for what is refused, for a folder without a composition, for one that has lists already unless
/// they may be replaced, and for a track file that a composition names and that is not there, unless the package
/// is a supplement; [`Error::Changed`] for a file that changes meanwhile; [`Error::Io`], [`Error::Cancelled`].
/// When it fails, the folder is as it was, but for an earlier packing list that could not be removed.
pub fn make(folder: &Path, options: &MakeOptions<'_>, work: &Work<'_>) -> Result<Made> {
    super::super::expect_folder(folder)?;
    let folder: PathBuf = folder.components().collect();
    let gathered = gather::gather(&folder, options, work.progress)?;
    let digests = read(&gathered, work)?;
    work.progress.check()?;
    let replaced = write::write(&folder, &gathered, &digests, options)?;
    let sizes = gathered.members.iter().map(|member| member.size);
    Ok(Made {
        asset_map: write::ASSET_MAP.to_owned(),
        packing_list: write::packing_list_name(options.packing_list_id),
        volume_index: write::VOLUME_INDEX.to_owned(),
        asset_map_id: options.asset_map_id,
        packing_list_id: options.packing_list_id,
        assets: gathered.members.iter().zip(&digests).map(made).collect(),
        left_out: gathered.left_out,
        not_here: gathered.not_here,
        replaced,
        files_read: gathered.members.len() as u64,
        bytes_read: sizes.sum(),
        folder,
    })
}

fn made((member, digest): (&Member, &Digest)) -> MadeAsset {
    MadeAsset {
        id: member.id,
        file: member.name.clone(),
        kind: member.kind,
        mime_type: member.mime_type(),
        size: member.size,
        digest: digest.to_string(),
    }
}

/// The SHA-1 of each member: of documents from the bytes that were understood, of track files from the pass.
fn read(gathered: &Gathered, work: &Work<'_>) -> Result<Vec<Digest>> {
    let unread: Vec<&Member> =
        gathered.members.iter().filter(|member| member.digest.is_none()).collect();
    let wanted: Vec<Wanted> = unread
        .iter()
        .map(|member| Wanted {
            path: member.path.clone(),
            size: member.size,
            algorithms: vec![Algorithm::Sha1],
        })
        .collect();
    let mut read = contents::digests(&wanted, work)?.into_iter();
    let mut all = Vec::with_capacity(gathered.members.len());
    for member in &gathered.members {
        all.push(match member.digest {
            Some(digest) => digest,
            None => first(read.next())?,
        });
    }
    // The header, and with it the id, was read before.
    for member in &gathered.members {
        let after = fs::stat(&member.path)?.1.stamp;
        if after != member.stamp {
            let path = member.path.clone();
            return Err(Error::Changed { path, before: member.stamp, after });
        }
    }
    Ok(all)
}

fn first(digests: Option<Result<Vec<Digest>>>) -> Result<Digest> {
    let digests = digests.expect("each file that was asked for has a result")?;
    Ok(*digests.first().expect("one algorithm was asked for"))
}
