//! Movies made box by box.

mod any;
mod fragments;
mod header;
mod kinds;
mod moved;
mod not_moved;
mod refused;
mod samples;
mod sparse;
pub(crate) mod writer;

use std::io::Cursor;

use super::model::{Movie, Track};
use super::{Fault, Reason};

fn read(bytes: &[u8]) -> Result<Movie, Fault> {
    super::read(&mut Cursor::new(bytes))
}

fn reason(bytes: &[u8]) -> Reason {
    read(bytes).unwrap_err().reason
}

/// The only track of a movie, in which nothing is wrong.
fn only(bytes: &[u8]) -> Track {
    let mut movie = read(bytes).unwrap();
    assert_eq!((movie.faults.len(), movie.tracks.len()), (0, 1), "{:?}", movie.faults);
    movie.tracks.remove(0)
}
