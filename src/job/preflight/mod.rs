//! Delivery rules: what is looked at, which profile asks for it, and what was found.
//!
//! A [`Profile`] says which rules run, how much each matters and where it comes from; what a rule does is
//! here, by its id. Nothing here reads a file: names and sizes come in as a [`Delivery`], and what the pass
//! over the bytes brought as [`Facts`]. The table of all rules is in `rules/registry.rs`; [`all_rules`] lists them.

mod delivery;
mod finding;
mod profile;
mod rules;
mod state;
#[cfg(test)]
mod tests;
mod view;
mod wording;

pub use delivery::{Delivery, Facts, Item, Listed};
pub use finding::{Finding, Severity, Sure};
pub use profile::{BuiltIn, Profile, ProfileFault, Reason, Rule, VOCABULARIES, Vocabulary};
pub use rules::{Kind, Parameter, Summary, Type};
pub use state::State;

use rules::{Case, Pass};
use view::View;

/// What names and sizes tell.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The worst first.
    pub findings: Vec<Finding>,
    /// What these rules cannot tell, as path and reason; an empty path stands for the whole.
    pub not_checked: Vec<(String, String)>,
}

/// What the bytes tell beyond that.
#[derive(Clone, Debug, Default)]
pub struct FrameOutcome {
    /// The worst first.
    pub findings: Vec<Finding>,
    /// Of each file, by its index.
    pub states: Vec<State>,
    /// What most frames of each sequence are, by its index.
    pub sequences: Vec<Summary>,
}

/// Every rule of the profile, by id.
pub fn all_rules() -> impl Iterator<Item = &'static Kind> {
    rules::RULES.iter()
}

/// Hold names and sizes against the rules of a profile.
pub fn check(profile: &Profile, delivery: &Delivery<'_>) -> Outcome {
    let findings = check_only(profile, delivery, |_| true);
    let unknown = profile.not_checked.iter().cloned().chain(rules::not_known(profile));
    Outcome { findings, not_checked: unknown.map(|reason| (String::new(), reason)).collect() }
}

/// What the rules find whose ids are wanted, the worst first.
pub fn check_only(
    profile: &Profile,
    delivery: &Delivery<'_>,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<Finding> {
    let view = View::new(profile, delivery);
    let mut findings = vec![];
    for (_, rule) in profile.rules().filter(|(id, _)| is_wanted(id)) {
        if let Some(look) = rule.kind.names {
            let mut case = Case::new(profile, rule, &view);
            look(&mut case);
            findings.extend(case.into_findings());
        }
    }
    finding::sort(&mut findings);
    findings
}

/// Hold what the pass brought against the rules of a profile; `facts` are those of each file, by index.
pub fn check_frames(
    profile: &Profile,
    delivery: &Delivery<'_>,
    facts: &[Facts<'_>],
) -> FrameOutcome {
    let view = View::new(profile, delivery);
    let mut pass = Pass { facts, states: vec![State::Present; facts.len()] };
    let mut findings = vec![];
    for (_, rule) in profile.rules() {
        if let Some(look) = rule.kind.frames {
            let mut case = Case::new(profile, rule, &view);
            look(&mut case, &mut pass);
            findings.extend(case.into_findings());
        }
    }
    finding::sort(&mut findings);
    let sequences = view.sequences().iter();
    let sequences = sequences.map(|sequence| rules::summary(sequence, &pass)).collect();
    FrameOutcome { findings, states: pass.states, sequences }
}

/// For each sequence whether gaps in it are meant: told for all, or known by its name.
pub fn islands(profile: &Profile, delivery: &Delivery<'_>) -> Vec<bool> {
    let view = View::new(profile, delivery);
    (0..view.sequences().len()).map(|sequence| view.are_islands(sequence)).collect()
}

/// What lists name and the delivery has not, given the paths of these names.
pub fn check_lists(profile: &Profile, absent: &[&str]) -> Vec<Finding> {
    rules::absent(profile, absent)
}
