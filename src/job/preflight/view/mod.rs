//! What several rules need to know of a delivery, found out once.

mod list;
mod roll;

use std::collections::BTreeMap;

pub(super) use list::{Lists, Manifests};
pub(super) use roll::{Roll, Rolls};

use super::delivery::{Delivery, Item};
use super::profile::Profile;
use crate::format::path::base_name;
use crate::format::sequence::{Notation, Sequence};

/// How a sequence is written in findings, as the studio's pages do.
const NOTATION: Notation = Notation::Hash;

/// A delivery, looked at as a profile wants it.
pub(super) struct View<'a> {
    pub(super) delivery: &'a Delivery<'a>,
    /// Every folder with how many files lie directly in it, sorted by path.
    pub(super) folders: BTreeMap<&'a str, usize>,
    pub(super) lists: Lists<'a>,
    pub(super) rolls: Rolls<'a>,
    /// For each sequence whether its files are frames of pictures.
    frames: Vec<bool>,
    /// For each sequence whether gaps are meant.
    islands: Vec<bool>,
    /// For each file the sequence that it is in.
    sequence_of: Vec<Option<usize>>,
}

impl<'a> View<'a> {
    pub(super) fn new(profile: &Profile, delivery: &'a Delivery<'a>) -> Self {
        let folders = folders(delivery);
        let lists = Lists::find(delivery);
        let rolls =
            if profile.rolls { Rolls::find(profile, &folders, &lists) } else { Rolls::default() };
        let sequences = &delivery.groups.sequences;
        Self {
            delivery,
            folders,
            lists,
            rolls,
            frames: sequences.iter().map(|sequence| are_frames(profile, sequence)).collect(),
            islands: sequences.iter().map(|it| are_islands(profile, delivery, it)).collect(),
            sequence_of: sequence_of(delivery),
        }
    }

    pub(super) fn sequences(&self) -> &'a [Sequence] {
        &self.delivery.groups.sequences
    }

    /// The sequences of frames, with their index; those of other files may have any numbers.
    pub(super) fn frame_sequences(
        &self,
    ) -> impl Iterator<Item = (usize, &'a Sequence)> + use<'a, '_> {
        self.sequences().iter().enumerate().filter(|(index, _)| self.frames[*index])
    }

    /// Files in no sequence, with their index.
    pub(super) fn singles(&self) -> impl Iterator<Item = (usize, &'a Item<'a>)> + use<'a> {
        let delivery = self.delivery;
        let singles = delivery.groups.singles.iter();
        singles.filter_map(|&index| Some((index, delivery.files.get(index)?)))
    }

    pub(super) fn are_frames(&self, sequence: usize) -> bool {
        self.frames.get(sequence).copied().unwrap_or(false)
    }

    /// Whether gaps in a sequence are meant: told for all, or known by its name.
    pub(super) fn are_islands(&self, sequence: usize) -> bool {
        self.islands.get(sequence).copied().unwrap_or(false)
    }

    pub(super) fn sequence_of(&self, file: usize) -> Option<usize> {
        self.sequence_of.get(file).copied().flatten()
    }

    /// Bytes of a file.
    pub(super) fn size(&self, file: usize) -> u64 {
        self.delivery.files.get(file).map_or(0, |item| item.size)
    }

    pub(super) fn path_of(&self, sequence: usize) -> String {
        self.sequences().get(sequence).map(|it| it.path(NOTATION)).unwrap_or_default()
    }

    /// The name of a folder, which is the delivery's own for `""`.
    pub(super) fn folder_name(&self, folder: &'a str) -> &'a str {
        if folder.is_empty() { self.delivery.root_name } else { base_name(folder) }
    }
}

/// The folder that `path` lies in.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `folder` and all above it, up to the delivery itself.
pub(super) fn upwards(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |path| (!path.is_empty()).then(|| parent(path)))
}

fn folders<'a>(delivery: &'a Delivery<'a>) -> BTreeMap<&'a str, usize> {
    let mut folders: BTreeMap<&str, usize> =
        delivery.folders.iter().map(|folder| (*folder, 0)).collect();
    folders.entry("").or_default();
    // Files come folder by folder as a rule, so that a folder is looked up once for all of them.
    for run in delivery.files.chunk_by(|a, b| parent(a.path) == parent(b.path)) {
        let folder = run.first().map_or("", |item| parent(item.path));
        for above in upwards(folder) {
            if above == folder {
                *folders.entry(above).or_default() += run.len();
            } else if folders.contains_key(above) {
                break;
            } else {
                folders.insert(above, 0);
            }
        }
    }
    folders
}

fn sequence_of(delivery: &Delivery<'_>) -> Vec<Option<usize>> {
    let mut of = vec![None; delivery.files.len()];
    for (index, sequence) in delivery.groups.sequences.iter().enumerate() {
        for frame in &sequence.frames {
            if let Some(slot) = of.get_mut(frame.index) {
                *slot = Some(index);
            }
        }
    }
    of
}

/// Whether the files of a sequence are frames of pictures, by their extension.
pub(super) fn are_frames(profile: &Profile, sequence: &Sequence) -> bool {
    let extension = sequence.tail.rsplit_once('.').map_or("", |(_, extension)| extension);
    profile.knows("frame-extension", &extension.to_ascii_lowercase())
}

/// Whether a part of the names, of the frames or of a folder above them, has an ending that the profile
/// knows as that of islands.
fn are_islands(profile: &Profile, delivery: &Delivery<'_>, sequence: &Sequence) -> bool {
    let is_one = |name: &str| {
        name.split(['_', '.'])
            .any(|part| profile.islands.iter().any(|ending| ends_with(part, ending)))
    };
    delivery.islands
        || is_one(&sequence.head)
        || is_one(delivery.root_name)
        || sequence.folder.split('/').any(is_one)
}

/// Without regard to the case of ASCII letters.
fn ends_with(part: &str, ending: &str) -> bool {
    let end = part.len().checked_sub(ending.len()).and_then(|start| part.get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(ending))
}
