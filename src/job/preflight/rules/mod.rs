//! What each rule does, by its id. How much it matters and where it comes from is in the profile.

mod archival;
mod case;
mod debris;
mod footage;
mod frame;
mod header;
mod list;
mod name;
mod path;
mod registry;
mod repeat;
mod sequence;
mod split;
mod upload;
mod zip;

pub use header::Summary;

pub(super) use archival::not_known;
pub(super) use case::Case;
pub(super) use list::absent;
pub(super) use registry::RULES;

use super::delivery::Facts;
use super::state::State;
use crate::format::sequence::Sequence;

/// A rule: what it is called, what a profile may set, and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name, as `sequence.gap`: the family and the rule.
    pub id: &'static str,
    /// What it finds, in one line.
    pub about: &'static str,
    /// What a profile has to say beside the severity.
    pub parameters: &'static [Parameter],
    /// Looks at names and sizes.
    pub(super) names: Option<fn(&mut Case<'_>)>,
    /// Looks at what the pass over the bytes brought.
    pub(super) frames: Option<fn(&mut Case<'_>, &mut Pass<'_>)>,
}

/// Two kinds are one if they have one id: there is one of each.
impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Kind {}

/// Something that a profile sets for a rule.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The key.
    pub name: &'static str,
    /// What its value is to be.
    pub kind: Type,
}

/// What a parameter is to be.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// A whole number from 0 on.
    Count,
    /// True or false.
    Switch,
    /// Any text.
    Text,
    /// A list of texts.
    Texts,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of any of these words.
    Words(&'static [&'static str]),
}

/// What the pass over the bytes brought, and what the rules make of each file.
pub(super) struct Pass<'a> {
    pub(super) facts: &'a [Facts<'a>],
    pub(super) states: Vec<State>,
}

impl<'a> Pass<'a> {
    pub(super) fn of(&self, file: usize) -> Option<&'a Facts<'a>> {
        self.facts.get(file)
    }

    /// The worst that is said of a file stays.
    pub(super) fn say(&mut self, file: usize, state: State) {
        if let Some(so_far) = self.states.get_mut(file) {
            *so_far = state.max(*so_far);
        }
    }
}

/// What most frames of a sequence are.
pub(super) fn summary(sequence: &Sequence, pass: &Pass<'_>) -> Summary {
    Summary::of(&frame::headers(sequence, pass))
}

/// The rule with this id.
pub(super) fn find(id: &str) -> Option<&'static Kind> {
    RULES.iter().find(|kind| kind.id == id)
}

/// The ids of the family that `id` names, or all of them, with commas.
pub(super) fn known_near(id: &str) -> String {
    let family = |id: &str| id.split('.').next().unwrap_or_default().to_owned();
    let wanted = family(id);
    let in_family: Vec<_> =
        RULES.iter().map(|kind| kind.id).filter(|id| family(id) == wanted).collect();
    if in_family.is_empty() {
        return RULES.iter().map(|kind| kind.id).collect::<Vec<_>>().join(", ");
    }
    in_family.join(", ")
}
