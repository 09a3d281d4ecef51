//! Names of frames against the name of their asset's folder.

use std::collections::{BTreeMap, BTreeSet};

use super::super::case::{About, Case};
use super::field::Asset;
use super::{AssetFolder, assets};
use crate::format::path::base_name;
use crate::format::picture::looks_like;
use crate::format::sequence::Sequence;
use crate::job::preflight::wording::quoted;

/// Frames whose name is not that of their folder: the same for an episode, with a segment before the
/// asset type for anything else.
///
/// Nothing is said below a folder without an asset type: what the name ought to be is not known then.
pub(in crate::job::preflight::rules) fn file_name(case: &mut Case<'_>) {
    let assets = assets(case);
    let segments = segments(case, &assets);
    for (index, AssetFolder { path, asset }) in assets {
        if asset.kind.is_none() || asset.title.is_empty() {
            continue;
        }
        let sequence = &case.view.sequences()[index];
        let several = segments.get(path).is_some_and(|segments| segments.len() > 1);
        let below = sequence.folder.get(path.len()..).unwrap_or_default();
        match Stem::of(sequence, &asset) {
            Stem::Right => {}
            Stem::Segment(segment) => {
                if several && !below.split('/').any(|folder| folder == segment) {
                    let message =
                        format!("segment {} has no sub-folder of its own", quoted(segment));
                    case.add(
                        About::Sequence(index),
                        message,
                        Some(format!("{}/", quoted(segment))),
                    );
                }
            }
            Stem::NoSegment => {
                let message = "the name has no segment between title and asset type".to_owned();
                case.add(About::Sequence(index), message, Some(expected(sequence, &asset)));
            }
            Stem::Other(stem) => {
                let message = format!(
                    "frames are called {}, their folder {}",
                    quoted(stem),
                    quoted(asset.name)
                );
                case.add(About::Sequence(index), message, Some(expected(sequence, &asset)));
            }
        }
    }
}

/// The segments of each asset's frames, by the path of its folder.
fn segments<'a>(
    case: &Case<'a>,
    assets: &[(usize, AssetFolder<'a>)],
) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut segments: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (index, folder) in assets {
        if let Stem::Segment(segment) = Stem::of(&case.view.sequences()[*index], &folder.asset) {
            segments.entry(folder.path).or_default().insert(segment);
        }
    }
    segments
}

/// The name of frames before their number, against that of the folder.
enum Stem<'a> {
    /// An episode's, the same as the folder's.
    Right,
    /// That of the folder with this segment in it.
    Segment(&'a str),
    /// The same as the folder's, where a segment is wanted.
    NoSegment,
    /// Another one.
    Other(&'a str),
}

impl<'a> Stem<'a> {
    fn of(sequence: &'a Sequence, asset: &Asset<'_>) -> Self {
        let stem = sequence.head.trim_end_matches(['.', '_', '-']);
        if stem == asset.name {
            return if asset.episode.is_some() { Self::Right } else { Self::NoSegment };
        }
        let between = stem.strip_prefix(asset.title).and_then(|rest| rest.strip_suffix(asset.rest));
        let segment = between.and_then(|it| it.strip_prefix('_')?.strip_suffix('_'));
        match segment {
            Some(segment) if !segment.is_empty() && asset.episode.is_none() => {
                Self::Segment(segment)
            }
            _ => Self::Other(stem),
        }
    }
}

fn expected(sequence: &Sequence, asset: &Asset<'_>) -> String {
    let extension = sequence.tail.rsplit('.').next().unwrap_or_default();
    match asset.episode {
        Some(_) => quoted(&format!("{}.<frame>.{extension}", asset.name)),
        None => quoted(&format!("{}_<segment>_{}.<frame>.{extension}", asset.title, asset.rest)),
    }
}

/// Frames not named as `<name>.<frame>.<extension>`.
pub(in crate::job::preflight::rules) fn frame_name(case: &mut Case<'_>) {
    let message = "the frame number does not stand alone between the last two dots";
    for (index, sequence) in case.view.frame_sequences() {
        let dotted = sequence.head.len() > 1 && sequence.head.ends_with('.');
        if !dotted || sequence.tail.rfind('.') != Some(0) {
            case.sequence(index, message.to_owned());
        }
    }
    for (index, item) in case.view.singles() {
        if looks_like(item.path).is_some() && !has_number(base_name(item.path)) {
            case.file(index, message.to_owned());
        }
    }
}

fn has_number(name: &str) -> bool {
    let number = name.rsplit('.').nth(1).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
