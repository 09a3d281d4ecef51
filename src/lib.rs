//! reelpack hashes, lists, packs and checks frame sequences for delivery to a studio.
//!
//! The floors, each of which may use only those above it in this list:
//!
//! - [`error`], [`progress`], [`fs`], [`digest`]: the ground;
//! - [`format`]: what lists and packages look like, without any I/O of its own;
//! - [`engine`]: which files are taken, and the one pass that reads them;
//! - [`job`]: what people come for;
//! - [`backlot`]: the studio's delivery API, called over the network;
//! - `python`: the extension module `reelpack._native`, only with the feature `python`.

pub mod backlot;
pub mod digest;
pub mod engine;
pub mod error;
pub mod format;
pub mod fs;
pub mod job;
pub mod progress;
#[cfg(feature = "python")]
mod python;

pub use error::{Error, Result};
