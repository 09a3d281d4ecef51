//! Headers made set by set.

mod about;
mod any;
mod header;
mod refused;
mod tables;
mod values;
mod writer;

use std::io::Cursor;

use super::model::Header;
use super::{Fault, Reason};

fn read(bytes: &[u8]) -> Result<Header, Fault> {
    super::read(&mut Cursor::new(bytes))
}

fn reason(bytes: &[u8]) -> Reason {
    read(bytes).unwrap_err().reason
}
