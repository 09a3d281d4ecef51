//! The lists, written so that a package is there as a whole or as it was.

use std::path::{Path, PathBuf};

use super::MakeOptions;
use super::gather::{Gathered, Member};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::format::imf::ForbiddenCharacter;
use crate::format::imf::{
    NewAsset, NewDocument, Uuid, render_asset_map, render_packing_list, render_volume_index,
};
use crate::format::path::base_name;
use crate::fs::{self, Scratch};

/// Names of the lists.
///
/// Source: the packages of Photon's tests; Photon finds an asset map by this name alone.
pub(super) const ASSET_MAP: &str = "ASSETMAP.xml";
pub(super) const VOLUME_INDEX: &str = "VOLINDEX.xml";

/// The name of a packing list.
pub(super) fn packing_list_name(id: Uuid) -> String {
    format!("PKL_{id}.xml")
}

/// Write the lists, and remove the packing lists that they replace; all that were there before come back.
pub(super) fn write(
    folder: &Path,
    gathered: &Gathered,
    digests: &[Digest],
    options: &MakeOptions<'_>,
) -> Result<Vec<String>> {
    let assets: Vec<_> = gathered.members.iter().zip(digests).map(asset).collect();
    let list_name = packing_list_name(options.packing_list_id);
    let refused = |fault: ForbiddenCharacter| Error::Imf {
        path: folder.to_owned(),
        line: None,
        reason: format!("a text that was given has {fault}"),
    };
    let about = |id| NewDocument {
        id,
        annotation: options.annotation,
        creator: options.creator,
        issuer: options.issuer,
        issue_date: options.issue_date,
    };
    let list = render_packing_list(&about(options.packing_list_id), options.edition, &assets)
        .map_err(refused)?;
    let named = (&options.packing_list_id, list_name.as_str(), list.len() as u64);
    let map = render_asset_map(&about(options.asset_map_id), named, &assets).map_err(refused)?;
    // The asset map last: what it names is there then.
    let texts = [
        (folder.join(&list_name), list),
        (folder.join(VOLUME_INDEX), render_volume_index()),
        (folder.join(ASSET_MAP), map),
    ];
    expect_same(folder, gathered)?;
    keep(&texts, options.replace)?;
    let old: Vec<_> = gathered.old.iter().map(|(name, _)| name.clone()).collect();
    for name in &old {
        if ![ASSET_MAP, VOLUME_INDEX, &list_name].contains(&name.as_str()) {
            remove(&folder.join(name))?;
        }
    }
    Ok(old)
}

/// While the files were read, another run may have written lists of its own.
fn expect_same(folder: &Path, gathered: &Gathered) -> Result<()> {
    for (name, stamp) in &gathered.old {
        let path = folder.join(name);
        if fs::stat(&path).map_or(true, |(_, mark)| mark.stamp != *stamp) {
            let reason =
                "was written anew meanwhile: another run is, or was, at work; hint: run it again";
            return Err(Error::Imf { path, line: None, reason: reason.to_owned() });
        }
    }
    Ok(())
}

/// Remove a list; another run may have done so.
fn remove(path: &Path) -> Result<()> {
    match fs::remove(path) {
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn asset<'m>((member, digest): (&'m Member, &Digest)) -> NewAsset<'m> {
    NewAsset {
        id: member.id,
        path: &member.name,
        size: member.size,
        sha1: *digest,
        mime_type: member.mime_type(),
        original_file_name: Some(base_name(&member.name)),
        annotation: None,
    }
}

/// Give all texts their names once all of them are on the disk. If one cannot have its name, those before it
/// that are new lose theirs.
fn keep(texts: &[(PathBuf, String)], replace: bool) -> Result<()> {
    let mut scratches = vec![];
    for (path, text) in texts {
        let scratch = Scratch::create(path)?;
        scratch.file().write_at(text.as_bytes(), 0)?;
        scratches.push((path, fs::exists(path), scratch));
    }
    let mut kept: Vec<&Path> = vec![];
    for (path, was_there, scratch) in scratches {
        if let Err(error) = scratch.keep(replace, true) {
            for path in kept {
                // The first error is the one to tell.
                let _ = fs::remove(path);
            }
            return Err(error);
        }
        if !was_there {
            kept.push(path);
        }
    }
    Ok(())
}
