//! Files against the lists: what is missing, what belongs to nothing, and what is not what its id says.

use std::collections::HashSet;

use super::super::finding::{Finding, Origin, Rule, Severity};
use super::super::package::{
    Listed, Loaded, Package, Place, Scope, Sort, Unread, Why, id_of, kind_by_name,
};
use super::super::{assets, contents};
use super::{Known, Sink, finding};
use crate::engine::walk::{self, LeftOut, Reason};
use crate::format::imf::NodeId;
use crate::format::imf::model::PackedAsset;
use crate::format::imf::{Content, Kind, Uuid};
use crate::fs;
use crate::job::imf::show::kind_name;

/// The type of track files in packing lists.
const TRACK_FILE: &str = "application/mxf";

/// Every rule of this family; see [`super`].
pub(in crate::job::imf) static RULES: &[Rule] = &[
    Rule::new(
        "cpl.asset-id",
        Severity::Error,
        Origin::Standard,
        "a composition playlist has the id that the asset map gives it",
        "https://github.com/Netflix/photon, IMPAnalyzer",
    )
    .clause("ST 2067-2:2016, 7.3.1")
    .rivals(true, false),
    Rule::new(
        "cpl.track-file-found",
        Severity::Error,
        Origin::Package,
        "with the folders of earlier deliveries at hand, each track file is in one of them or in the package",
        "our own; https://crates.io/crates/imferno-core 3.0.1, UnresolvedUuid says it of the package alone",
    )
    .fix("give the folder that has it with --with")
    .rivals(false, false),
    package("file.missing", "each file of the asset map is there", "https://github.com/Netflix/photon, IMPAnalyzer; https://crates.io/crates/imferno-core 3.0.1, FileNotFound")
        .fix("have it delivered again")
        .rivals(true, true),
    package("file.name", "a file has its name in the case, and with the accents, of the asset map", "our own")
        .fix("rename it: other systems do not find it")
        .rivals(false, false),
    package("file.link", "no file is reached through a link, which may lead anywhere", "our own")
        .fix("put the file itself there")
        .rivals(false, false),
    package("file.not-a-file", "each path leads to a regular file", "our own").rivals(false, false),
    package("file.empty", "no listed file is empty", "XML schema: a size is 1 or more").rivals(true, false),
    package("file.unreadable", "each listed file can be read, and stays as it is meanwhile", "our own")
        .rivals(false, true),
    Rule::new(
        "file.stray",
        Severity::Warning,
        Origin::Package,
        "each file in the folder belongs to the package",
        "our own; https://crates.io/crates/imferno-core 3.0.1, UnlistedEssence",
    )
    .fix("remove it, or make the lists again")
    .rivals(false, true),
    Rule::new(
        "file.hidden",
        Severity::Info,
        Origin::Package,
        "there are no hidden files in the folder",
        "our own",
    )
    .rivals(false, false),
    Rule::new(
        "file.unplayed",
        Severity::Info,
        Origin::Package,
        "each track file is played by a composition of the package",
        "https://crates.io/crates/imferno-core 3.0.1, UnreferencedAsset",
    )
    .rivals(false, true),
    package("mxf.header", "the header of a track file can be read", "https://github.com/Netflix/photon, IMPAnalyzer").rivals(true, true),
];

const fn package(id: &'static str, title: &'static str, source: &'static str) -> Rule {
    Rule::new(id, Severity::Error, Origin::Package, title, source)
}

/// Judge the files that an asset map lists, `n` being its number among the documents.
pub(in crate::job::imf) fn check(n: usize, package: &Package, sink: &mut Sink<'_>) {
    let folder = package.folder();
    let played: HashSet<Uuid> = package.played().into_iter().collect();
    let has_compositions = folder.documents.iter().any(|loaded| loaded.is(Kind::Composition));
    let has_lists = folder.documents.iter().any(|loaded| loaded.is(Kind::PackingList));
    let assets = || contents::packing_lists(package).flat_map(|list| &list.assets);
    let packed: HashSet<Uuid> = assets().filter_map(|asset| asset.id).collect();
    let is_typed = |asset: &&PackedAsset| asset.mime_type == TRACK_FILE;
    let typed: HashSet<Uuid> = assets().filter(is_typed).filter_map(|asset| asset.id).collect();
    for listed in folder.listed.iter().filter(|listed| listed.map == Some(n)) {
        check_place(listed, sink);
        let is_played = listed.id.is_some_and(|id| played.contains(&id));
        check_track_file(listed, package, is_played, sink);
        let Some(id) = listed.id else { continue };
        if is_played || typed.contains(&id) {
            check_is_track_file(listed, listed.path_at, sink);
        }
        if has_lists && !listed.is_packing_list && !packed.contains(&id) {
            let name = if listed.written.is_empty() { "the asset" } else { &listed.written };
            let message = format!("`{name}` is in no packing list: nothing vouches for its bytes");
            sink.say("packing-list.asset-unlisted", listed.at, Some(id), message);
            sink.not_checked(
                Some(listed.at),
                format!("size and digest of `{name}`: none are listed"),
            );
        }
        if listed.is_mxf() && has_compositions && !is_played {
            let message = format!("`{}` is played by no composition", listed.written);
            sink.say("file.unplayed", listed.at, Some(id), message);
        }
    }
}

fn check_place(listed: &Listed, sink: &mut Sink<'_>) {
    let (written, at) = (&listed.written, listed.path_at);
    let mut say = |rule, message| sink.say(rule, at, listed.id, message);
    match &listed.place {
        Place::Missing => say("file.missing", format!("`{written}` is not there")),
        Place::NotAFile => say("file.not-a-file", format!("`{written}` is no regular file")),
        Place::Link(link) => {
            say("file.link", format!("`{link}` is a link; `{written}` is not opened"));
        }
        Place::Refused(reason) => say("file.unreadable", format!("`{written}`: {reason}")),
        Place::OtherName(file) => {
            let message =
                format!("`{written}` is not there, but `{}` is, which is read", file.name);
            say("file.name", message);
        }
        Place::NoPath => say("file.missing", "the asset has no path to a file".to_owned()),
        // Said by the rules of the asset map.
        Place::File(_) | Place::Absolute | Place::Outside => {}
    }
    if listed.place.file().is_some_and(|file| file.size == 0) {
        sink.say("file.empty", at, listed.id, format!("`{written}` has no bytes"));
    }
}

/// What is played, or listed as a track file, has to be one.
fn check_is_track_file(listed: &Listed, at: NodeId, sink: &mut Sink<'_>) {
    if matches!(listed.sort, Some(Ok(Sort::Xml | Sort::Other))) {
        let message = format!("`{}` is no MXF file", listed.written);
        sink.say("mxf.header", at, listed.id, message);
    }
}

/// The header of a track file. Whether its id is right is judged where it is played, else here.
fn check_track_file(listed: &Listed, package: &Package, is_played: bool, sink: &mut Sink<'_>) {
    let Some(id) = listed.id else { return };
    if let Some(reason) = package.headers.fault(id) {
        let message = format!("`{}`: {reason}", listed.written);
        sink.say("mxf.header", listed.path_at, Some(id), message);
    }
    let own = package.headers.get(id).and_then(id_of);
    if let Some(own) = own.filter(|own| *own != id && !is_played) {
        let other = package.folder().listed(own).map(|other| other.written.as_str());
        let whose = other.map_or(String::new(), |name| format!(", which is listed for `{name}`"));
        let message = format!(
            "`{}` is listed as {id}; its header says that its id is {own}{whose}",
            listed.written
        );
        sink.say("mxf.file-id", listed.path_at, Some(id), message);
    }
}

/// Whether a document has the id that its asset map gives it.
pub(in crate::job::imf) fn check_document(
    loaded: &Loaded,
    id: Option<Uuid>,
    at: NodeId,
    sink: &mut Sink<'_>,
) {
    super::check_id("cpl.asset-id", loaded, id, at, sink);
}

/// Say which track files of a composition are in none of the folders, where there is more than the package.
pub(in crate::job::imf) fn check_played(
    ids: impl Iterator<Item = Uuid>,
    at: NodeId,
    package: &Package,
    sink: &mut Sink<'_>,
) {
    use super::Assets as _;
    let mut seen = HashSet::new();
    for id in ids.filter(|id| seen.insert(*id)) {
        match package.knows(id) {
            Known::NotHere if package.folders.len() > 1 => {
                let message = format!("track file {id} is in none of the folders");
                sink.say("cpl.track-file-found", at, Some(id), message);
            }
            Known::Elsewhere => check_elsewhere(id, at, package, sink),
            // The asset map of a package is judged by itself.
            Known::Here if package.scope == Scope::Document => check_here(id, at, package, sink),
            // What is not here is told with each resource.
            Known::NotHere | Known::Here => {}
        }
    }
}

/// A track file of a composition that was asked for alone.
fn check_here(id: Uuid, at: NodeId, package: &Package, sink: &mut Sink<'_>) {
    let Some(listed) = package.folder().listed(id) else { return };
    if listed.place.file().is_none() {
        let message = format!("`{}` is not there, or not to be opened", listed.written);
        sink.say("file.missing", at, Some(id), message);
    }
    check_is_track_file(listed, at, sink);
    if let Some(reason) = package.headers.fault(id) {
        sink.say("mxf.header", at, Some(id), format!("`{}`: {reason}", listed.written));
    }
    let reason = format!("digest of `{}`: hint: verify the package", listed.written);
    sink.not_checked(None, reason);
}

/// A track file of another package: whether it is there, of the size that is listed, and the right one.
fn check_elsewhere(id: Uuid, at: NodeId, package: &Package, sink: &mut Sink<'_>) {
    let Some((place, listed)) = package.find(id) else { return };
    let root = package.folders[place].tree.root.display();
    let Some(file) = listed.place.file() else {
        let message = format!("`{}` is not in {root}, which lists it", listed.written);
        return sink.say("file.missing", at, Some(id), message);
    };
    let name = &file.name;
    let size = assets::elsewhere(package, place, id).and_then(|asset| asset.size);
    if let Some(size) = size.filter(|size| *size != file.size) {
        let message = format!("`{name}` in {root} has {} bytes, {size} are listed", file.size);
        sink.say("packing-list.size", at, Some(id), message);
    }
    check_is_track_file(listed, at, sink);
    if let Some(reason) = package.headers.fault(id) {
        sink.say("mxf.header", at, Some(id), format!("`{name}` in {root}: {reason}"));
    }
    let reason = format!("digest of `{name}`: it is in {root}; hint: verify that folder by itself");
    sink.not_checked(None, reason);
}

/// Documents that could not be read, as findings or as what was not checked.
pub(in crate::job::imf) fn unread(unread: &Unread) -> Result<Finding, (String, String)> {
    let rule = match &unread.why {
        Why::Malformed(_) => "document.well-formed",
        Why::Refused(_) => "document.refused",
        Why::WrongRoot(_) => "document.root",
        Why::OtherRoot(_) if kind_by_name(&unread.name).is_some() => "document.root",
        Why::OtherRoot(_) => return Err((unread.name.clone(), unread.why.to_string())),
    };
    let found = finding(rule, &unread.name, unread.asset, unread.why.to_string());
    Ok(Finding { line: unread.line, ..found })
}

/// Documents in the place of others.
pub(in crate::job::imf) fn misplaced(package: &Package) -> Vec<Finding> {
    let documents = package.folder().documents.iter().filter(|loaded| loaded.is_judged);
    let found = documents.filter_map(|loaded| {
        let (expected, kind) = (kind_by_name(&loaded.name)?, loaded.document.kind());
        let message = format!(
            "its name is of the kind {}, what it says of the kind {}",
            kind_name(expected),
            kind_name(kind)
        );
        (kind != expected).then(|| finding("document.root", &loaded.name, loaded.asset, message))
    });
    found.collect()
}

/// Files in the folder that no asset map lists.
pub(in crate::job::imf) fn strays(package: &Package) -> Vec<Finding> {
    let folder = package.folder();
    if !folder.has_map() {
        return vec![];
    }
    let tree = &folder.tree;
    let assets = folder.listed.iter().filter_map(|listed| listed.place.file());
    let mut known: HashSet<&str> = assets.map(|file| file.name.as_str()).collect();
    let maps = |loaded: &&Loaded| {
        matches!(loaded.document.content, Content::AssetMap(_) | Content::VolumeIndex(_))
    };
    known.extend(folder.documents.iter().filter(maps).map(|loaded| loaded.name.as_str()));
    known.extend(folder.unread.iter().map(|unread| unread.name.as_str()));
    let linked: HashSet<&str> =
        folder.listed.iter().map(|listed| listed.written.as_str()).collect();
    let is_new = |name: &str| !known.contains(name) && !linked.contains(name);
    let mut found = vec![];
    for file in &tree.files {
        let name = tree.relative(&file.path).to_string_lossy().replace('\\', "/");
        if walk::slashed(tree.relative(&file.path)).is_none_or(|name| is_new(&name)) {
            let link = if fs::is_link(&file.path) { "a link; " } else { "" };
            let size = file.mark.stamp.size;
            let message = format!("{link}{size} bytes, in no asset map");
            found.push(finding("file.stray", &name, None, message));
        }
    }
    let left = tree.left_out.iter().map(|left| (tree.relative(&left.path), left));
    let left = left.filter_map(|(path, left)| Some((walk::slashed(path)?, left)));
    found.extend(left.filter(|(name, _)| is_new(name)).map(|(name, left)| left_out(&name, left)));
    found
}

fn left_out(name: &str, left: &LeftOut) -> Finding {
    let rule = match left.reason {
        Reason::HiddenFile | Reason::HiddenFolder => "file.hidden",
        Reason::EarlierList
        | Reason::BrokenLink
        | Reason::LinkToFolder
        | Reason::NotAFile
        | Reason::ListLookalike => "file.stray",
    };
    finding(rule, name, None, format!("{}, in no asset map", left.reason))
}
