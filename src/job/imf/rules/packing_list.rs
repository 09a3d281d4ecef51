//! Packing lists: what is delivered, with sizes and digests.

use std::collections::HashMap;

use super::super::assets::{self, State};
use super::super::contents::Contents;
use super::super::finding::{Origin, Rule, Severity};
use super::super::package::{Folder, Listed, Loaded, Package, Sort};
use super::Sink;
use crate::format::imf::model::{PackedAsset, PackingList};
use crate::format::path::base_name;

const PHOTON: &str = "https://github.com/Netflix/photon, PackingList and IMPValidator";
const OURS: &str = "our own: Photon reads neither size nor digest (Netflix/photon issue 377)";

/// Every rule of this family; see [`super`].
pub(in crate::job::imf) static RULES: &[Rule] = &[
    Rule::new(
        "packing-list.asset-id",
        Severity::Error,
        Origin::Standard,
        "a packing list has the id that the asset map gives it",
        PHOTON,
    )
    .clause("ST 2067-2:2016, 7.3.1")
    .rivals(true, true),
    Rule::new(
        "packing-list.id-repeated",
        Severity::Error,
        Origin::Standard,
        "each asset stands in a packing list once",
        PHOTON,
    )
    .rivals(true, false),
    Rule::new(
        "packing-list.asset-mapped",
        Severity::Error,
        Origin::Standard,
        "each asset of a packing list stands in the asset map",
        PHOTON,
    )
    .fix("make both lists from the same files")
    .rivals(true, true),
    Rule::new(
        "packing-list.asset-unlisted",
        Severity::Error,
        Origin::Package,
        "each asset of the asset map stands in a packing list, so that its bytes can be checked",
        "our own",
    )
    .fix("make the packing list again from all files")
    .rivals(false, false),
    Rule::new("packing-list.size", Severity::Error, Origin::Package, "each file has the size that is listed", OURS)
        .fix("have the file delivered again, or make the packing list again")
        .rivals(false, true),
    Rule::new("packing-list.digest", Severity::Error, Origin::Package, "each file has the digest that is listed", OURS)
        .fix("have the file delivered again, or make the packing list again")
        .rivals(false, true),
    Rule::new(
        "packing-list.hash",
        Severity::Error,
        Origin::Standard,
        "each hash is a digest of its algorithm in base 64",
        "XML schema: base64Binary; the length is that of SHA-1 or SHA-256",
    )
    .rivals(false, false),
    Rule::new(
        "packing-list.algorithm",
        Severity::Warning,
        Origin::Package,
        "digests are of an algorithm that is computed here: SHA-1 or SHA-256",
        "our own",
    )
    .fix("ask for a packing list with SHA-1")
    .rivals(false, false),
    Rule::new(
        "packing-list.type",
        Severity::Warning,
        Origin::Standard,
        "documents are of type text/xml, track files of type application/mxf",
        "https://github.com/Netflix/photon, PackingList (its constants; it warns where no asset is text/xml)",
    )
    .rivals(true, true),
    Rule::new(
        "packing-list.file-name",
        Severity::Info,
        Origin::Package,
        "the original name of a file is the one it has",
        "our own",
    )
    .rivals(false, false),
    Rule::new(
        "packing-list.icon",
        Severity::Warning,
        Origin::Package,
        "the icon of a packing list is one of its assets",
        "our own",
    )
    .rivals(false, false),
];

/// Judge a packing list, and its files by it.
pub(in crate::job::imf) fn check(
    loaded: &Loaded,
    list: &PackingList,
    package: &Package,
    contents: &Contents,
    sink: &mut Sink<'_>,
) {
    super::check_id("packing-list.asset-id", loaded, list.id, list.at, sink);
    check_ids(list, sink);
    if let Some(icon) =
        list.icon_id.filter(|icon| !list.assets.iter().any(|one| one.id == Some(*icon)))
    {
        let message = format!("IconId {icon} is none of its assets");
        sink.say("packing-list.icon", list.at, Some(icon), message);
    }
    for asset in &list.assets {
        let listed = asset.id.and_then(|id| package.folder().listed(id));
        check_asset(asset, listed, package.folder(), contents, sink);
    }
}

fn check_ids(list: &PackingList, sink: &mut Sink<'_>) {
    let mut seen: HashMap<_, usize> = HashMap::new();
    for asset in &list.assets {
        let Some(id) = asset.id else { continue };
        let count = seen.entry(id).or_default();
        *count += 1;
        if *count > 1 {
            let message = format!("the id {id} stands in the list {count} times so far");
            sink.say("packing-list.id-repeated", asset.at, Some(id), message);
        }
    }
}

fn check_asset(
    asset: &PackedAsset,
    listed: Option<&Listed>,
    folder: &Folder,
    contents: &Contents,
    sink: &mut Sink<'_>,
) {
    check_hash(asset, sink);
    let Some(listed) = listed else {
        if let Some(id) = asset.id {
            say_unmapped(asset, id, folder, sink);
        }
        return;
    };
    check_type(asset, listed, sink);
    let Some(file) = listed.place.file() else { return };
    if let Some(name) =
        asset.original_file_name.as_deref().filter(|name| base_name(name) != base_name(&file.name))
    {
        let message = format!("OriginalFileName is `{name}`, the file is `{}`", file.name);
        sink.say("packing-list.file-name", asset.at, asset.id, message);
    }
    check_content(asset, listed, contents, sink);
}

/// A digest that is none, or of an algorithm that is not computed here, would vouch for nothing unseen.
fn check_hash(asset: &PackedAsset, sink: &mut Sink<'_>) {
    match asset.algorithm {
        Some(algorithm) if asset.digest.is_none() => {
            let message = format!("`{}` is no {} digest in base 64", asset.hash, algorithm.name());
            sink.say("packing-list.hash", asset.at, asset.id, message);
        }
        None => {
            let uri = asset.hash_algorithm.as_deref().unwrap_or_default();
            let message = format!("`{uri}` is not computed here: the digest is not checked");
            sink.say("packing-list.algorithm", asset.at, asset.id, message);
        }
        Some(_) => {}
    }
}

fn say_unmapped(
    asset: &PackedAsset,
    id: crate::format::imf::Uuid,
    folder: &Folder,
    sink: &mut Sink<'_>,
) {
    let name = asset.original_file_name.as_deref().unwrap_or("a file without a name");
    if folder.has_map() {
        let message = format!("`{name}` ({id}) is not in the asset map; it is not looked for");
        sink.say("packing-list.asset-mapped", asset.at, Some(id), message);
    } else {
        sink.not_checked(Some(asset.at), format!("`{name}` ({id}) is not here"));
    }
}

fn check_type(asset: &PackedAsset, listed: &Listed, sink: &mut Sink<'_>) {
    let expected = match listed.sort {
        Some(Ok(Sort::Xml)) => "text/xml",
        Some(Ok(Sort::Mxf)) => "application/mxf",
        Some(Ok(Sort::Other) | Err(_)) | None => return,
    };
    if asset.mime_type != expected && !asset.mime_type.is_empty() {
        let message =
            format!("`{}` is listed as {}, not {expected}", listed.written, asset.mime_type);
        sink.say("packing-list.type", asset.at, asset.id, message);
    }
}

fn check_content(asset: &PackedAsset, listed: &Listed, contents: &Contents, sink: &mut Sink<'_>) {
    let verdict = assets::judge(asset, Some(listed), contents);
    let Some(file) = listed.place.file() else { return };
    let name = &file.name;
    match verdict.state {
        State::WrongSize => {
            let listed = asset.size.unwrap_or_default();
            let message = format!("`{name}` has {} bytes, {listed} are listed", file.size);
            sink.say("packing-list.size", asset.at, asset.id, message);
        }
        State::WrongDigest => {
            let digest = |digest: Option<crate::digest::Digest>| {
                digest.map(|digest| digest.to_string()).unwrap_or_default()
            };
            let (found, listed) = (digest(verdict.found), digest(asset.digest));
            let algorithm = asset.algorithm.map_or("", crate::digest::Algorithm::name);
            let message = format!("`{name}` has {algorithm} {found}, {listed} is listed");
            sink.say("packing-list.digest", asset.at, asset.id, message);
        }
        State::Unreadable => {
            let reason = verdict.reason.unwrap_or_default();
            sink.say("file.unreadable", asset.at, asset.id, format!("`{name}`: {reason}"));
        }
        State::NotRead => sink.not_checked(Some(asset.at), unread(asset, name)),
        State::Right | State::Missing | State::NotHere | State::NotListed => {}
    }
}

fn unread(asset: &PackedAsset, name: &str) -> String {
    match (&asset.hash_algorithm, asset.algorithm) {
        (Some(uri), None) => format!("digest of `{name}`: `{uri}` is not computed here"),
        _ if asset.digest.is_none() => format!("digest of `{name}`: none is listed"),
        _ => format!("digest of `{name}`: it was not asked for"),
    }
}
