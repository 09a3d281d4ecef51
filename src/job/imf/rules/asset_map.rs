//! The asset map: which files there are, and where. Volume indices too.

use std::collections::HashMap;

use super::super::finding::{Origin, Rule, Severity};
use super::super::package::{Folder, Listed, Loaded, Place, Why};
use super::Sink;
use crate::format::imf::model::{AssetMap, Chunk, MappedAsset, VolumeIndex};
use crate::format::imf::{Kind, Uuid};

const PHOTON: &str = "https://github.com/Netflix/photon, AssetMap";
const ANNEX: &str = "ST 429-9:2014, Annex A";

/// Characters of the longest part of a path; see `asset-map.path-length`.
const LONGEST_PART: usize = 100;
/// Parts of the deepest path; see `asset-map.path-depth`.
const DEEPEST_PATH: usize = 10;

/// Every rule of this family; see [`super`].
pub(in crate::job::imf) static RULES: &[Rule] = &[
    standard(
        "asset-map.name",
        "the asset map is called ASSETMAP.xml",
        "https://github.com/Netflix/photon, BasicMapProfileV2MappedFileSet",
    )
    .clause(ANNEX)
    .fix("rename it")
    .rivals(true, false),
    Rule::new(
        "asset-map.several",
        Severity::Warning,
        Origin::Package,
        "a folder has one asset map",
        "our own",
    )
    .fix("deliver each package in a folder of its own")
    .rivals(false, false),
    standard("asset-map.volume-count", "the package is on one volume", PHOTON)
        .clause("ST 429-9:2014, 5.4")
        .rivals(true, false),
    standard(
        "asset-map.packing-list",
        "at least one asset is a packing list",
        "https://crates.io/crates/imferno-core 3.0.1, AssetMapHasNoPackingList",
    )
    .clause("ST 429-9:2014, 6.3")
    .rivals(true, true),
    Rule::new(
        "asset-map.composition",
        Severity::Warning,
        Origin::Package,
        "at least one asset is a composition playlist",
        "https://crates.io/crates/imferno-core 3.0.1, NoCpls",
    )
    .rivals(false, true),
    standard(
        "asset-map.packing-list-flag",
        "those assets are marked as packing lists that are some",
        "https://crates.io/crates/imferno-core 3.0.1, PklIdNotInAssetMap",
    )
    .clause("ST 429-9:2014, 6.3")
    .rivals(true, true),
    standard(
        "asset-map.id-repeated",
        "each asset has an id of its own",
        "https://crates.io/crates/imferno-core 3.0.1, DuplicateUuid",
    )
    .rivals(false, true),
    standard("asset-map.chunk-count", "each asset is in one piece", PHOTON)
        .clause("ST 429-9:2014, 6.4")
        .rivals(true, false),
    standard("asset-map.chunk-volume", "each piece is on volume 1, or nothing is said", PHOTON)
        .clause("ST 429-9:2014, 6.4")
        .rivals(true, false),
    standard("asset-map.chunk-offset", "each piece begins at 0, or nothing is said", PHOTON)
        .clause("ST 429-9:2014, 6.4")
        .rivals(true, false),
    Rule::new(
        "asset-map.chunk-length",
        Severity::Warning,
        Origin::Package,
        "a length in the asset map is that of the file",
        "our own",
    )
    .fix("have the file delivered again, or make the asset map again")
    .rivals(false, false),
    standard(
        "asset-map.path-length",
        "each part of a path has at most 100 characters",
        "https://github.com/Netflix/photon/issues/192",
    )
    .clause(ANNEX)
    .fix("rename the file")
    .rivals(true, false),
    standard("asset-map.path-depth", "a path has at most 10 parts", PHOTON)
        .clause(ANNEX)
        .rivals(true, false),
    standard(
        "asset-map.path-characters",
        "a path has only the letters a-z and A-Z, digits, `.`, `_` and `-`",
        PHOTON,
    )
    .clause(ANNEX)
    .fix("rename the file")
    .rivals(true, false),
    standard("asset-map.path-absolute", "a path is relative to the asset map", PHOTON)
        .clause(ANNEX)
        .rivals(true, true),
    standard("asset-map.path-outside", "a path stays in the folder of the asset map", PHOTON)
        .clause(ANNEX)
        .rivals(true, true),
    Rule::new(
        "asset-map.path-repeated",
        Severity::Error,
        Origin::Package,
        "each asset has a file of its own",
        "our own",
    )
    .rivals(false, false),
    Rule::new(
        "volume-index.missing",
        Severity::Info,
        Origin::Standard,
        "the folder has a VOLINDEX.xml",
        "https://crates.io/crates/imferno-core 3.0.1, VolindexMissing",
    )
    .clause("ST 429-9:2014, 7")
    .rivals(false, true),
    Rule::new(
        "volume-index.index",
        Severity::Warning,
        Origin::Package,
        "the volume index says 1, as a package on one volume has it",
        "our own",
    )
    .rivals(false, false),
];

const fn standard(id: &'static str, title: &'static str, source: &'static str) -> Rule {
    Rule::new(id, Severity::Error, Origin::Standard, title, source)
}

/// Judge an asset map. `n` is its number among the documents of its folder.
pub(in crate::job::imf) fn check(n: usize, map: &AssetMap, folder: &Folder, sink: &mut Sink<'_>) {
    if let Some(count) = map.volume_count.filter(|count| *count != 1) {
        sink.say("asset-map.volume-count", map.at, None, format!("VolumeCount is {count}, not 1"));
    }
    check_whole(n, map, folder, sink);
    for asset in &map.assets {
        if asset.chunks.len() > 1 {
            let message = format!("{} chunks; the asset is not read", asset.chunks.len());
            sink.say("asset-map.chunk-count", asset.at, asset.id, message);
        }
        asset.chunks.iter().for_each(|chunk| check_chunk(chunk, asset.id, sink));
    }
    // One for each asset, in the same order.
    let listed: Vec<&Listed> = folder.listed.iter().filter(|one| one.map == Some(n)).collect();
    check_ids(&listed, sink);
    check_files(&listed, sink);
    for (asset, listed) in map.assets.iter().zip(listed) {
        check_length(asset, listed, sink);
        check_flag(listed, folder, sink);
    }
}

fn check_whole(n: usize, map: &AssetMap, folder: &Folder, sink: &mut Sink<'_>) {
    let of = |kind| move |loaded: &&Loaded| loaded.is(kind);
    let maps: Vec<_> = folder.documents.iter().filter(of(Kind::AssetMap)).collect();
    let name = &folder.documents[n].name;
    if name != "ASSETMAP.xml" {
        sink.say(
            "asset-map.name",
            map.at,
            None,
            format!("it is called `{name}`, not `ASSETMAP.xml`"),
        );
    }
    if maps.len() > 1 && maps.iter().position(|loaded| loaded.name == *name) != Some(0) {
        let message = format!("beside `{}`; both are read", maps[0].name);
        sink.say("asset-map.several", map.at, None, message);
    }
    if !map.assets.iter().any(|asset| asset.is_packing_list) {
        let message = "no asset is marked as a packing list".to_owned();
        sink.say("asset-map.packing-list", map.at, None, message);
    }
    // One that is there and cannot be read is said to be so.
    let is_read = folder.unread.iter().all(|unread| matches!(unread.why, Why::OtherRoot(_)));
    if is_read && !folder.documents.iter().any(|loaded| loaded.is(Kind::Composition)) {
        let message = "none of the assets is a composition playlist".to_owned();
        sink.say("asset-map.composition", map.at, None, message);
    }
}

fn check_chunk(chunk: &Chunk, asset: Option<Uuid>, sink: &mut Sink<'_>) {
    if let Some(volume) = chunk.volume_index.filter(|volume| *volume != 1) {
        sink.say(
            "asset-map.chunk-volume",
            chunk.at,
            asset,
            format!("VolumeIndex is {volume}, not 1"),
        );
    }
    if let Some(offset) = chunk.offset.filter(|offset| *offset != 0) {
        sink.say("asset-map.chunk-offset", chunk.at, asset, format!("Offset is {offset}, not 0"));
    }
    let path = chunk.path.as_str();
    let (length, parts) = (longest_part(path), path.split('/').count());
    if length > LONGEST_PART {
        sink.say(
            "asset-map.path-length",
            chunk.at,
            asset,
            format!("{length} characters: `{path}`"),
        );
    }
    if parts > DEEPEST_PATH {
        sink.say("asset-map.path-depth", chunk.at, asset, format!("{parts} parts: `{path}`"));
    }
    if let Some(odd) = path.chars().find(|c| !is_plain(*c)) {
        sink.say("asset-map.path-characters", chunk.at, asset, format!("{odd:?} in `{path}`"));
    }
}

fn longest_part(path: &str) -> usize {
    path.split('/').map(|part| part.chars().count()).max().unwrap_or(0)
}

/// Whether a path may have this character, which may be the slash between two parts.
pub(in crate::job::imf) fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/')
}

/// Why an asset map cannot have this path; `None` if it can.
pub(in crate::job::imf) fn path_fault(path: &str) -> Option<String> {
    let (length, parts) = (longest_part(path), path.split('/').count());
    if length > LONGEST_PART {
        return Some(format!(
            "a part of its path has {length} characters, and may have {LONGEST_PART}"
        ));
    }
    if parts > DEEPEST_PATH {
        return Some(format!("its path has {parts} parts, and may have {DEEPEST_PATH}"));
    }
    let odd = path.chars().find(|c| !is_plain(*c))?;
    Some(format!("its path has {odd:?}, and may have only a-z, A-Z, 0-9, `.`, `_` and `-`"))
}

fn check_ids(listed: &[&Listed], sink: &mut Sink<'_>) {
    let mut seen = HashMap::new();
    for (id, one) in listed.iter().filter_map(|one| Some((one.id?, one))) {
        if let Some(first) = seen.insert(id, one.written.as_str()) {
            let message = format!("the id {id} is that of `{first}` too");
            sink.say("asset-map.id-repeated", one.at, Some(id), message);
        }
    }
}

fn check_files(listed: &[&Listed], sink: &mut Sink<'_>) {
    let mut seen: HashMap<&str, Option<Uuid>> = HashMap::new();
    for one in listed {
        match &one.place {
            Place::Absolute => {
                let message = format!("`{}` is not relative; it is not opened", one.written);
                sink.say("asset-map.path-absolute", one.path_at, one.id, message);
            }
            Place::Outside => {
                let message = format!(
                    "`{}` leads out of the folder, or has a part that is empty, `.` or `..`; it is not opened",
                    one.written
                );
                sink.say("asset-map.path-outside", one.path_at, one.id, message);
            }
            Place::File(file) | Place::OtherName(file) => {
                if seen.insert(&file.name, one.id).is_some_and(|other| other != one.id) {
                    let message = format!("`{}` is the file of another asset too", file.name);
                    sink.say("asset-map.path-repeated", one.path_at, one.id, message);
                }
            }
            // Said by the rules of files.
            Place::Missing
            | Place::NotAFile
            | Place::Link(_)
            | Place::Refused(_)
            | Place::NoPath => {}
        }
    }
}

/// Whether an asset is marked as a packing list as it is one.
fn check_flag(listed: &Listed, folder: &Folder, sink: &mut Sink<'_>) {
    let Some(file) = listed.place.file() else { return };
    let loaded = folder.documents.iter().find(|loaded| loaded.name == file.name);
    let is_one = loaded.is_some_and(|loaded| loaded.is(Kind::PackingList));
    let message = match (listed.is_packing_list, is_one) {
        (true, false) => {
            format!("`{}` is marked as a packing list, and is none that can be read", file.name)
        }
        (false, true) => format!("`{}` is a packing list, and is not marked as one", file.name),
        (true, true) | (false, false) => return,
    };
    sink.say("asset-map.packing-list-flag", listed.at, listed.id, message);
}

/// Whether the length in the asset map is that of the file.
fn check_length(asset: &MappedAsset, listed: &Listed, sink: &mut Sink<'_>) {
    let [chunk] = asset.chunks.as_slice() else { return };
    let (Some(file), Some(length)) = (listed.place.file(), chunk.length) else { return };
    if file.size != length {
        let message = format!("Length is {length}; `{}` has {} bytes", file.name, file.size);
        sink.say("asset-map.chunk-length", chunk.at, asset.id, message);
    }
}

/// Judge a volume index.
pub(in crate::job::imf) fn check_index(index: &VolumeIndex, sink: &mut Sink<'_>) {
    if let Some(number) = index.index.filter(|number| *number != 1) {
        sink.say("volume-index.index", index.at, None, format!("Index is {number}, not 1"));
    }
}
