//! Which folders are camera and sound rolls.
//!
//! Below a folder for camera rolls these are `<format>/<roll>`, below one for sound rolls `<roll>`; elsewhere
//! a roll is the folder directly above an MHL (both third party: `FilmCan`'s summary of the studio's pages on
//! footage, among them "Footage Upload: Folder Template", article 16533004372243). Where folders with an MHL
//! lie in each other the innermost is taken, which is our own choice.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lists, parent, upwards};
use crate::format::path::base_name;
use crate::job::preflight::profile::Profile;

/// A camera or sound roll.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::job::preflight) struct Roll<'a> {
    /// Its path; `""` if the delivery itself is one.
    pub(in crate::job::preflight) folder: &'a str,
}

/// The rolls of a delivery.
#[derive(Default)]
pub(in crate::job::preflight) struct Rolls<'a> {
    folders: BTreeSet<&'a str>,
}

impl<'a> Rolls<'a> {
    pub(super) fn find(
        profile: &Profile,
        folders: &BTreeMap<&'a str, usize>,
        lists: &Lists<'a>,
    ) -> Self {
        let mut rolls = Self::default();
        for (&folder, &files) in folders {
            rolls.place(profile, folder, files, lists);
        }
        rolls.by_list(lists);
        rolls
    }

    /// Take `folder` for a roll if it lies where rolls lie.
    fn place(&mut self, profile: &Profile, folder: &'a str, files: usize, lists: &Lists<'a>) {
        let (above, over) = (parent(folder), parent(parent(folder)));
        let is = |kind, path| is_known(profile, kind, base_name(path));
        if is("camera-folder", folder) || is("sound-folder", folder) || self.holds(folder) {
            return;
        }
        if is("sound-folder", above)
            // A roll without a folder for its format above it: the template says less than people do.
            || is("camera-folder", above) && (lists.mhl.contains_key(folder) || files > 0)
            || is("camera-folder", over)
        {
            self.folders.insert(folder);
        }
    }

    fn by_list(&mut self, lists: &Lists<'a>) {
        let placed = above(self.folders.iter().copied());
        let is_loose = |folder: &&str| !self.holds(folder) && !placed.contains(folder);
        let loose: Vec<_> = lists.mhl.keys().copied().filter(is_loose).collect();
        let outer = above(loose.iter().copied());
        self.folders.extend(loose.into_iter().filter(|folder| !outer.contains(folder)));
    }

    /// All of them, sorted by path.
    pub(in crate::job::preflight) fn iter(&self) -> impl Iterator<Item = Roll<'a>> {
        self.folders.iter().map(|&folder| Roll { folder })
    }

    pub(in crate::job::preflight) fn len(&self) -> usize {
        self.folders.len()
    }

    /// Whether `path` is a roll or lies in one.
    pub(in crate::job::preflight) fn holds(&self, path: &str) -> bool {
        !self.folders.is_empty() && upwards(path).any(|above| self.folders.contains(above))
    }
}

/// Whether a name is a known one, without regard to case: a roll that is not seen is not protected.
fn is_known(profile: &Profile, vocabulary: &str, name: &str) -> bool {
    let known = profile.vocabulary(vocabulary).map(|it| it.values.iter());
    known.is_some_and(|mut values| values.any(|value| value.eq_ignore_ascii_case(name)))
}

/// All folders above any of these.
fn above<'a>(folders: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    folders.flat_map(|folder| upwards(folder).skip(1)).collect()
}
