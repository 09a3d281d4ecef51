//! The rules: what each profile asks, and where that was read.
//!
//! What is only assumed to hold for cuts is a warning at most, unless the file cannot be played at all.

mod container;
mod content_hub;
mod own;
mod picture;
mod pix;
mod sound;

pub use content_hub::CONTENT_HUB_PROXY;
pub use pix::PIX;

use super::check::Judge;
use super::finding::{Profile, Rule, Severity, Sure};

/// All profiles; the first is meant where none is named.
pub static PROFILES: [&Profile; 2] = [&CONTENT_HUB_PROXY, &PIX];

/// The profile of that name.
pub fn profile(name: &str) -> Option<&'static Profile> {
    PROFILES.into_iter().find(|profile| profile.name == name)
}

/// What the studio's own page says.
const fn verified(
    id: &'static str,
    severity: Severity,
    title: &'static str,
    source: &'static str,
    judge: Judge,
) -> Rule {
    Rule { id, severity, title, fix: None, source, sure: Sure::Verified, judge }
}

/// What is concluded.
const fn assumed(
    id: &'static str,
    severity: Severity,
    title: &'static str,
    source: &'static str,
    judge: Judge,
) -> Rule {
    Rule { id, severity, title, fix: None, source, sure: Sure::Assumed, judge }
}

impl Rule {
    /// What to do where it is broken.
    const fn fix(mut self, fix: &'static str) -> Self {
        self.fix = Some(fix);
        self
    }
}
