//! How bytes are met: which files are taken, and the one pass over them.

pub mod pass;
pub mod walk;
