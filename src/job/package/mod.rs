//! A STORED zip of a frame sequence, its list inside, from one pass over the files.
//!
//! Every offset is known before a byte is written, so the threads of the pass bring members to their places
//! while they hash them, by copying or by cloning; a local header follows when its CRC is known. The whole
//! is written beside the target and renamed.
//!
//! Source: "Content Hub: Upload Instructions", Frame Sequence ZIP Spec (backlothelp article 231960408): a
//! flat zip with a `checksum.txt` of the MD5 of its contents. STORED, and the list as the last member, are
//! what `npack` 0.7.0 writes (observed).

mod fill;
mod member;
mod plan;
mod unwritten;

use std::path::Path;

pub use unwritten::{Options as PlanOptions, Unwritten};

use jiff::tz::TimeZone;

use super::checksum;
use super::cloning::{Means, Wish};
use crate::engine::state::{Run, State};
use crate::engine::walk::LeftOut;
use crate::engine::{Tally, Work};
use crate::error::{Error, Result};
use crate::fs::{self, Kind, Scratch};

/// The folders of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// None: base names only.
    Flat,
    /// Those of the source; the names in the list are paths.
    Tree,
    /// Those of the source, with base names in the list, by the rules of the old `npack`.
    Npack,
}

/// How a package is to be made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its folders.
    pub layout: Layout,
    /// Whether to clone.
    pub clone: Wish,
    /// Whether a package that is there may be replaced.
    pub replace: bool,
    /// Whether to wait until it is on the disk.
    pub sync: bool,
    /// The zone of its time stamps, which are local time.
    pub zone: TimeZone,
}

/// A package that was made.
#[derive(Clone, Debug)]
pub struct Package {
    /// Bytes.
    pub size: u64,
    /// Members, the list included.
    pub members: u64,
    /// The text of the list inside.
    pub text: String,
    /// What was read of the source, and what was known of it.
    pub tally: Tally,
    /// The way of each member but the list.
    pub means: Vec<Means>,
    /// Sorted by path, relative to the source.
    pub left_out: Vec<LeftOut>,
    /// Members whose time stamp did not fit and was clamped.
    pub clamped: Vec<String>,
}

/// Write the files of the folder `source` to the zip `target`.
///
/// On any error, and when cancelled, there is nothing new under the target's name. What is written by then
/// stays, hidden beside it, if a memory is there to know of it and the target's disk is not the trouble:
/// the next run like this one goes on from there, and [`state::clear`](crate::engine::state::clear)
/// removes it.
///
/// # Errors
///
/// [`Error::TargetExists`]; [`Error::Package`] for a target inside the source, and where cloning is
/// required and impossible; whatever keeps a file from being listed, see [`checksum::lists`];
/// [`Error::Io`] while writing.
pub fn pack(source: &Path, target: &Path, options: &Options, work: &Work<'_>) -> Result<Package> {
    super::expect_folder(source)?;
    expect_target(source, target, options.replace)?;
    let tree = plan::take(source, options.layout)?;
    let state = State::begin(work.memory, &Run { job: "zip", source, target: Some(target) })?;
    let (scratch, resumed) = open_part(&state, target)?;
    let filled = match fill::fill(&tree, options, scratch.file(), resumed, &state, work) {
        Ok(filled) => filled,
        Err(error) => {
            close_part(scratch, resumed, &state, &error)?;
            return Err(error);
        }
    };
    scratch.keep(options.replace, options.sync)?;
    state.parts().try_for_each(|part| fs::discard(part).map(drop))?;
    state.finish();
    let tally = Tally { fault: state.fault(), ..filled.tally };
    Ok(Package {
        size: filled.size,
        members: tree.files.len() as u64 + 1,
        text: filled.text,
        tally,
        means: filled.means,
        left_out: checksum::left_out(&tree),
        clamped: filled.clamped,
    })
}

fn expect_target(source: &Path, target: &Path, replace: bool) -> Result<()> {
    let refuse =
        |reason: &str| Err(Error::Package { path: target.to_owned(), reason: reason.to_owned() });
    if fs::canonical(fs::folder_of(target))?.starts_with(fs::canonical(source)?) {
        return refuse("lies inside the source; hint: name another folder");
    }
    if target.file_name().is_none() || fs::stat(target).is_ok_and(|(kind, _)| kind == Kind::Folder)
    {
        return refuse("is a folder; hint: name a file in it");
    }
    if !replace && fs::exists(target) {
        return Err(Error::TargetExists { path: target.to_owned() });
    }
    Ok(())
}

/// The file to write to, and whether it is one that an unfinished run left.
fn open_part(state: &State, target: &Path) -> Result<(Scratch, bool)> {
    for part in state.parts() {
        if let Some(scratch) = Scratch::resume(part, target)? {
            state.set_part(scratch.name());
            return Ok((scratch, true));
        }
    }
    let scratch = Scratch::create(target)?;
    state.set_part(scratch.name());
    Ok((scratch, false))
}

/// Leave what can be continued, unless its own disk is the trouble and may need the space.
fn close_part(scratch: Scratch, resumed: bool, state: &State, error: &Error) -> Result<()> {
    let of_target = matches!(error, Error::Io { path, .. } if path == scratch.file().path());
    if of_target || !(resumed || state.has_recorded()) {
        return Ok(());
    }
    state.hold();
    scratch.leave()
}
