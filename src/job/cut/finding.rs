//! What is wrong with a movie, and the rule that says so.

use super::check::Judge;

/// How bad it is, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file is expected to be refused, or does not play.
    Error,
    /// To be looked at by a person.
    Warning,
    /// Good to know; nothing is wrong.
    Info,
}

impl Severity {
    /// In lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// How sure it is that a rule is one of the studio; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// Read in the text of the page that the rule names, which is about such files.
    Verified,
    /// Concluded from a page about other files, or from what files are.
    Assumed,
}

impl Sure {
    /// In lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Assumed => "assumed",
        }
    }
}

/// Something that must be so.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name: `cut.`, and what it is about.
    pub id: &'static str,
    /// How bad it is where it is broken.
    pub severity: Severity,
    /// What must be so, in one line.
    pub title: &'static str,
    /// What to do where it is not; `None` if that is plain.
    pub fix: Option<&'static str>,
    /// The page where it was read, or `our own`.
    pub source: &'static str,
    /// How sure it is.
    pub sure: Sure,
    pub(super) judge: Judge,
}

/// Rules that are asked together.
#[derive(Debug)]
pub struct Profile {
    /// Its name.
    pub name: &'static str,
    /// What it is for, in one line.
    pub title: &'static str,
    pub(super) tables: &'static [&'static [Rule]],
}

impl Profile {
    /// Its rules, in their order.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.tables.iter().copied().flatten()
    }
}

/// A place where a rule is broken.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// The box that it is about, such as `moov/trak[2]`, tracks counted from 1; empty for the file.
    pub path: String,
    /// What was found, in one line.
    pub message: String,
}

/// Something that a rule asks and boxes do not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotChecked {
    /// Id of the rule.
    pub rule: &'static str,
    /// As in [`Finding::path`].
    pub path: String,
    /// Why not, in one line.
    pub reason: String,
}
