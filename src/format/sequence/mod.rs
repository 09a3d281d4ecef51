//! Frame sequences: which of many names are the frames of one thing, and which frame numbers are there.
//!
//! Names and numbers only: what the files hold is judged elsewhere. No standard says what a sequence
//! is; the rules are those of [`group()`], and where they are ours alone their items say so.

mod alike;
mod clash;
mod column;
mod compare;
mod family;
mod group;
mod name;
mod notation;
mod number;
mod range_text;
mod ranges;
mod rate;
mod rows;
mod scan;
mod skeleton;
#[cfg(test)]
mod tests;
pub mod timecode;

use std::ops::RangeInclusive;

pub use clash::{Clash, clashes};
pub use compare::{Comparison, compare};
pub use group::group;
pub use notation::{Notation, Pattern, PatternFault};
pub use range_text::{RangesFault, RangesReason};
pub use ranges::Ranges;
pub use rate::{Rate, RateFault};

/// What [`group()`] made of names; an index is the position of a name among those given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Sorted by folder, head, tail and padding; no two agree in all four.
    pub sequences: Vec<Sequence>,
    /// Names that belong to no sequence, ascending.
    pub singles: Vec<usize>,
}

/// Names of one folder that differ in their frame number only, written in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// Path of the folder with `/` between its parts, empty for the root.
    pub folder: String,
    /// The base name before the frame number.
    pub head: String,
    /// The base name behind the frame number, with the extension.
    pub tail: String,
    /// Least width of a frame number in characters, a minus sign included, as `printf` counts it;
    /// 1 where numbers are not padded.
    pub padding: usize,
    /// Sorted by number. Never empty when [`group()`] made it, and a number is there twice only if a name
    /// was given twice.
    pub frames: Vec<Frame>,
}

/// One name of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Frame {
    /// The frame number.
    pub number: i64,
    /// The position of its name among those given to [`group()`].
    pub index: usize,
}

impl Sequence {
    /// The lowest frame number; 0 without frames.
    pub fn first(&self) -> i64 {
        self.frames.first().map_or(0, |frame| frame.number)
    }

    /// The highest frame number; 0 without frames.
    pub fn last(&self) -> i64 {
        self.frames.last().map_or(0, |frame| frame.number)
    }

    /// The base name with a pattern in place of the frame number; see [`Notation::render`].
    pub fn name(&self, notation: Notation) -> String {
        notation.render(&self.head, &self.tail, self.padding)
    }

    /// The folder and [`Sequence::name`]. Only the base name is escaped.
    pub fn path(&self, notation: Notation) -> String {
        self.inside(&self.name(notation))
    }

    /// The base name of a frame, whether it is there or not.
    pub fn file_name(&self, number: i64) -> String {
        let mut name = String::with_capacity(self.head.len() + self.padding + self.tail.len());
        name.push_str(&self.head);
        number::push(&mut name, number, self.padding);
        name.push_str(&self.tail);
        name
    }

    /// The folder and [`Sequence::file_name`]: for a frame that is there, the name as it was given.
    pub fn file_path(&self, number: i64) -> String {
        self.inside(&self.file_name(number))
    }

    fn inside(&self, name: &str) -> String {
        if self.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.folder) }
    }

    /// The frame numbers that are there.
    pub fn ranges(&self) -> Ranges {
        self.frames.iter().map(|frame| frame.number).collect()
    }

    /// The frame numbers that are not there between the first and the last.
    pub fn missing(&self) -> Ranges {
        self.missing_of(self.first()..=self.last())
    }

    /// The frame numbers of `expected` that are not there. Whatever its length, memory goes with the
    /// number of gaps.
    pub fn missing_of(&self, expected: RangeInclusive<i64>) -> Ranges {
        Ranges::from(expected).minus(&self.ranges())
    }
}
