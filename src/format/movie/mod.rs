//! The boxes of an MP4 or MOV file: which tracks it has, what they hold, and where its header lies.
//!
//! Media data is not looked at, but for the four bytes in which a time code track has its start. What is
//! not known here is passed over. Tables with an entry for each sample are read once, in pieces, and only
//! what they amount to is kept, so that memory does not grow with the length of a movie.
//!
//! The standards, ISO/IEC 14496-12, -14 and -15, were not at hand: what is done here is what Apple's
//! `QuickTime File Format` tells and what ffmpeg (`mov.c`, `movenc.c`, `isom.c`) does.

mod about;
mod atom;
mod chunk;
pub mod codec;
mod edit;
mod entry;
pub mod faststart;
mod fault;

mod four_cc;
mod fragment;
mod header;
mod language;
pub mod model;
mod number;
mod place;
mod reader;
pub mod summary;
mod table;
mod top;
mod track;

#[cfg(test)]
pub(crate) mod tests;

use std::io::{Read, Seek};

pub use about::{FrameRate, Pace};
pub use fault::{Fault, Reason};
pub use four_cc::FourCc;
use model::Movie;
use reader::Reader;

/// Bytes of a `moov` box, and of all `moof` boxes together. Ten hours at 60 frames a second take about 60 MB.
const MAX_HEADER: u64 = 256 << 20;

/// Boxes at the top of a file. A feature with a fragment for each frame has 350,000.
const MAX_TOP: usize = 1_000_000;

/// Boxes that are met below the top.
const MAX_BOXES: usize = 4_000_000;

/// Boxes directly in another one.
const MAX_CHILDREN: usize = 65_536;

/// Tracks. Broadcast files have some 40.
const MAX_TRACKS: usize = 4_096;

/// Sample descriptions of a track that are kept; one is usual.
const MAX_ENTRIES: usize = 64;

/// Entries of an edit list that are kept; the others are counted.
const MAX_EDITS: usize = 64;

/// Bytes of a box that is not a table and is looked into, such as `esds`.
const MAX_BODY: u64 = 65_536;

/// Faults that are kept. Who has so many is told nothing by more.
const MAX_FAULTS: usize = 100;

/// Read what the boxes of an MP4 or MOV file say.
///
/// A box below `moov` that is damaged is passed over: what it would have told is `None`, and why is in
/// [`Movie::faults`]. So is what follows at the top after a box that cannot be one, and media data that is
/// cut off. Where there are several `moov` boxes, the first is read.
///
/// Cost: a read of 64 KiB at a time of `moov` and all `moof` boxes, of which together at most 512 MiB are read,
/// and one small read for each box at the top; memory as large as the list of those and the tracks.
///
/// # Errors
///
/// [`Fault`] where the file cannot be read, is no movie, or has no `moov` box that is whole.
pub fn read(input: &mut (impl Read + Seek)) -> Result<Movie, Fault> {
    let mut reader = Reader::new(input)?;
    let top = top::read(&mut reader)?;
    header::read(&mut reader, top)
}
