//! Cuts and proxies: whether a movie is what the studio's systems play.
//!
//! Only what the boxes of the file tell is judged; see [`crate::format::movie`]. What they do not tell is
//! named as not checked, never taken to be well.

mod check;
mod faststart;
mod finding;
mod open;
mod rules;

#[cfg(test)]
mod tests;

pub use check::check;
pub use faststart::{Faststarted, Options, faststart};
pub use finding::{Finding, NotChecked, Profile, Rule, Severity, Sure};
pub use open::open;
pub use rules::{CONTENT_HUB_PROXY, PIX, PROFILES, profile};
