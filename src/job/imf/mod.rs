//! IMF packages: what is in one, whether it is what its lists say, what changed between two compositions, and
//! the lists of a new one.
//!
//! Findings have a rule each; [`all_rules`] has what is known of them. Nothing is cited from a standard but what
//! a public source tells of it.

mod assets;
mod contents;
pub mod diff;
mod document;
mod finding;
mod make;
mod package;
mod rules;
mod serial;
pub mod show;
mod verify;

#[cfg(test)]
mod tests;

pub use assets::{AssetRow, State};
pub use document::{Compared, compare, problem_severity, read_document};
pub use finding::{Finding, Origin, Rule, Severity};
pub use make::{LeftBehind, Made, MadeAsset, MakeOptions, NotHere, make};
pub use rules::all_rules;
pub use show::{Shown, kind_name, show};
pub use verify::{NotChecked, Options, Verified, verify};
