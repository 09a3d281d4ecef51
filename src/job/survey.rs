//! A delivery as its names tell it: what is there, and which names make a sequence. No file is opened.

use std::ops::RangeInclusive;
use std::path::Path;

use super::preflight::{Delivery, Item};
use crate::engine::walk::{self, Reason, Rules, Tree};
use crate::error::{Error, Result};
use crate::format::sequence::{Groups, Ranges, Rate, Sequence, group};
use crate::fs;

/// What was told about the sequences that ought to be there.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The frame numbers of each sequence.
    pub expected: Option<RangeInclusive<i64>>,
    /// Frames a second: numbers are shown with their time code then.
    pub rate: Option<Rate>,
    /// Whether gaps are meant.
    pub islands: bool,
}

impl Told {
    /// From what people write: `first` as a frame number or as time code, `frames` as a count, both or
    /// neither; `rate` as frames a second.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for what is none of these, and for time code without a rate.
    pub fn new(
        first: Option<&str>,
        frames: Option<i64>,
        rate: Option<&str>,
        islands: bool,
    ) -> Result<Self> {
        let rate = rate.map(str::parse::<Rate>).transpose().map_err(|fault| argument(&fault))?;
        let expected = match (first, frames) {
            (None, None) => None,
            (Some(first), Some(frames)) => Some(expected(first, frames, rate)?),
            _ => return Err(argument(&"the first frame and the count of frames belong together")),
        };
        Ok(Self { expected, rate, islands })
    }

    /// What nobody can know who was not told it, as path and reason.
    pub fn not_checked(&self) -> Option<(String, String)> {
        let reason = "frames before the first and after the last of each sequence: how many there \
                      are to be was not told (`--first`, `--frames`)";
        self.expected.is_none().then(|| (String::new(), reason.to_owned()))
    }

    /// The time code of a frame number, if the rate is known and the number fits into 100 hours.
    pub fn time_code(&self, frame: i64) -> Option<String> {
        Some(self.rate?.timecode(frame)?.to_string())
    }

    /// The frames of a sequence that are not there and ought to be; none where gaps are meant.
    pub fn missing(&self, sequence: &Sequence, is_island: bool) -> Ranges {
        match &self.expected {
            _ if is_island => Ranges::default(),
            Some(expected) => sequence.missing_of(expected.clone()),
            None => sequence.missing(),
        }
    }
}

fn expected(first: &str, frames: i64, rate: Option<Rate>) -> Result<RangeInclusive<i64>> {
    let first = match (first.parse::<i64>(), rate) {
        (Ok(number), _) => number,
        (Err(_), Some(rate)) => rate.frame(first).map_err(|fault| argument(&fault))?,
        (Err(_), None) => {
            return Err(argument(&format!(
                "`{first}` is no frame number; as time code it needs a rate"
            )));
        }
    };
    let last =
        frames.checked_sub(1).filter(|more| *more >= 0).and_then(|more| first.checked_add(more));
    let last = last.ok_or_else(|| argument(&format!("{frames} is no count of frames")))?;
    Ok(first..=last)
}

fn argument(fault: &dyn std::fmt::Display) -> Error {
    Error::Argument { reason: fault.to_string() }
}

/// What a walk found, by name.
pub struct Survey {
    /// The walk itself.
    pub tree: Tree,
    /// Relative path of each file, with `/`; what is no UTF-8 is replaced.
    pub names: Vec<String>,
    /// The names in sequences.
    pub groups: Groups,
    root_name: String,
    folders: Vec<String>,
    left_out: Vec<(String, Reason)>,
}

impl Survey {
    /// Walk `root`, and sort its names.
    ///
    /// # Errors
    ///
    /// [`Error::Io`](crate::Error::Io) if it is no folder or a folder cannot be listed.
    pub fn new(root: &Path) -> Result<Self> {
        super::expect_folder(root)?;
        let tree = walk::walk(root, Rules::Content)?;
        let name = |path: &Path| shown(tree.relative(path));
        let names: Vec<_> = tree.files.iter().map(|file| name(&file.path)).collect();
        let folders = tree.folders.iter().map(|folder| name(folder)).collect();
        let left_out = tree.left_out.iter().map(|left| (name(&left.path), left.reason)).collect();
        let root_name = fs::canonical(root)?;
        let root_name = root_name.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let groups = group(names.iter().map(String::as_str));
        Ok(Self { tree, names, groups, root_name, folders, left_out })
    }

    /// The same of something that is to be delivered, which has a file unless frames are expected anyway.
    ///
    /// # Errors
    ///
    /// Those of [`Survey::new`], and [`Error::NothingToList`].
    pub fn of_delivery(root: &Path, told: &Told) -> Result<Self> {
        let survey = Self::new(root)?;
        if survey.tree.files.is_empty() && told.expected.is_none() {
            return Err(Error::NothingToList { path: root.to_owned() });
        }
        Ok(survey)
    }

    /// What the walk left out, with the reason in words.
    pub fn left_out(&self) -> Vec<(String, String)> {
        let words = |(path, reason): &(String, Reason)| (path.clone(), reason.to_string());
        self.left_out.iter().map(words).collect()
    }

    /// What the rules look at.
    pub fn with_delivery<T>(&self, told: &Told, look: impl FnOnce(&Delivery<'_>) -> T) -> T {
        let files: Vec<_> = self
            .names
            .iter()
            .zip(&self.tree.files)
            .map(|(path, found)| Item {
                path,
                is_text: found.path.to_str().is_some(),
                size: found.mark.stamp.size,
                modified: found.mark.stamp.modified.map(|time| time.div_euclid(1_000_000_000)),
            })
            .collect();
        let folders: Vec<_> = self.folders.iter().map(String::as_str).collect();
        let left_out: Vec<_> =
            self.left_out.iter().map(|(path, reason)| (path.as_str(), *reason)).collect();
        look(&Delivery {
            root_name: &self.root_name,
            files: &files,
            folders: &folders,
            left_out: &left_out,
            groups: &self.groups,
            expected: told.expected.clone(),
            rate: told.rate,
            islands: told.islands,
        })
    }
}

/// A relative path with `/`, as far as it is text.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
