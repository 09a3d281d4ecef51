//! What things look like: text and bytes to values and back, without any I/O of its own.

pub mod imf;
pub mod ltfs;
pub mod manifest;
pub mod movie;
pub mod mxf;
pub mod path;
pub mod picture;
pub mod sequence;
pub(crate) mod xml;
pub mod zip;
