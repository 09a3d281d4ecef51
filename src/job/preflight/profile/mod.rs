//! Which rules run, how much each matters, and where each comes from.
//!
//! A profile is a TOML text that people read and write. What a rule does is in [`super::rules`], by its
//! id; the profile says how much it matters (`severity`, or `"off"`), its parameters, where it comes
//! from (`source`, `sure`) and what to do about a finding (`fix`). Values that parts of names may have
//! are in `[vocabulary]`, which says of itself whether it is complete. A profile may extend another
//! one, built in or not, and says then what is different only:
//!
//! ```toml
//! name = "our-archive"
//! extends = "picture-archival"
//!
//! [rules.sequence.negative]
//! severity = "off"
//!
//! [vocabulary.color-space]
//! add = ["sgamut3"]
//! ```

mod fault;
mod read;
mod reader;
mod render;
mod vocabulary;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use fault::{ProfileFault, Reason};
pub(super) use vocabulary::in_words;
pub use vocabulary::{VOCABULARIES, Vocabulary};

use super::finding::{Severity, Sure};
use super::rules::Kind;

/// A profile that comes with reelpack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// What `--profile` takes.
    pub name: &'static str,
    /// What it is for, in one line.
    pub title: &'static str,
    /// The TOML, written to be read.
    pub text: &'static str,
}

const BUILT_IN: [BuiltIn; 5] = [
    BuiltIn {
        name: "general",
        title: "Frame sequences and names, without any studio's rules",
        text: include_str!("../profiles/general.toml"),
    },
    BuiltIn {
        name: "content-hub",
        title: "Upload to Content Hub",
        text: include_str!("../profiles/content-hub.toml"),
    },
    BuiltIn {
        name: "picture-archival",
        title: "Picture archival assets: folder structure, file naming and frames",
        text: include_str!("../profiles/picture-archival.toml"),
    },
    BuiltIn {
        name: "frame-sequence-zip",
        title: "A frame sequence that is to be packed into one flat zip",
        text: include_str!("../profiles/frame-sequence-zip.toml"),
    },
    BuiltIn {
        name: "footage",
        title: "Camera and sound rolls for footage ingest",
        text: include_str!("../profiles/footage.toml"),
    },
];

/// Which rules run, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What it is called; a profile of a user may have no name.
    pub name: String,
    /// What it is for, in one line.
    pub title: String,
    /// The same at length.
    pub about: String,
    /// Whether folders are looked at as camera and sound rolls, in which nothing may be renamed.
    pub rolls: bool,
    /// Endings of a part of a name, between `_` or `.`, that tell islands: gaps are meant there.
    pub islands: Vec<String>,
    /// What none of its rules can tell, in words.
    pub not_checked: Vec<String>,
    /// The rules that run, by id.
    pub(super) rules: BTreeMap<&'static str, Rule>,
    /// Known values, by the name of what they are of.
    pub(super) vocabularies: BTreeMap<&'static str, Vocabulary>,
}

/// A rule as a profile has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it does.
    pub kind: &'static Kind,
    /// How much it matters.
    pub severity: Severity,
    /// Where it comes from.
    pub source: Arc<str>,
    /// How sure that is.
    pub sure: Sure,
    /// What to do about a finding.
    pub fix: Option<Arc<str>>,
    /// A value for each of its parameters.
    values: BTreeMap<&'static str, Value>,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A number of something, never negative.
    Count(u64),
    /// On or off.
    Switch(bool),
    /// Text, or one of a few words.
    Text(String),
    /// Several of them.
    Texts(Vec<String>),
}

impl Profile {
    /// All profiles that come with reelpack.
    pub fn all() -> &'static [BuiltIn] {
        &BUILT_IN
    }

    /// The names of all of them, with commas.
    pub(super) fn names() -> String {
        BUILT_IN.map(|profile| profile.name).join(", ")
    }

    /// One that comes with reelpack.
    ///
    /// # Panics
    ///
    /// Never: a test parses each of them.
    pub fn builtin(name: &str) -> Option<Self> {
        let found = BUILT_IN.iter().find(|profile| profile.name == name)?;
        Some(Self::parse(found.text, &|_| None).expect("a test parses each of them"))
    }

    /// Understand a profile, with all that it extends.
    ///
    /// `resolve` gives the text of a profile that `extends` names and that is not built in. Rules that
    /// nothing switches on do not run.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with the line; see [`Reason`].
    pub fn parse(
        text: &str,
        resolve: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ProfileFault> {
        read::parse(text, resolve, &mut Vec::new())
    }

    /// The TOML of the profile with all that it extends put into it.
    pub fn render(&self) -> String {
        render::render(self)
    }

    /// The rules that run, by id.
    pub fn rules(&self) -> impl Iterator<Item = (&'static str, &Rule)> {
        self.rules.iter().map(|(id, rule)| (*id, rule))
    }

    /// Known values of what `name` stands for; none if the profile has none.
    pub fn vocabulary(&self, name: &str) -> Option<&Vocabulary> {
        self.vocabularies.get(name)
    }

    /// Whether `value` is a known one of `name`.
    pub(super) fn knows(&self, name: &str, value: &str) -> bool {
        self.vocabulary(name).is_some_and(|vocabulary| vocabulary.has(value))
    }
}

/// Parameters. Each is there and of its type: a profile lacking one is not parsed.
impl Rule {
    pub(super) fn count(&self, name: &'static str) -> u64 {
        let Some(Value::Count(count)) = self.values.get(name) else { unreachable!("{name}") };
        *count
    }

    pub(super) fn switch(&self, name: &'static str) -> bool {
        let Some(Value::Switch(on)) = self.values.get(name) else { unreachable!("{name}") };
        *on
    }

    pub(super) fn text(&self, name: &'static str) -> &str {
        let Some(Value::Text(text)) = self.values.get(name) else { unreachable!("{name}") };
        text
    }

    pub(super) fn texts(&self, name: &'static str) -> &[String] {
        let Some(Value::Texts(texts)) = self.values.get(name) else { unreachable!("{name}") };
        texts
    }
}
