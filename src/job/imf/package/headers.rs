//! The headers of MXF files.

use std::collections::HashMap;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::load::bare;
use crate::error::Result;
use crate::format::imf::Uuid;
use crate::format::mxf;
use crate::format::mxf::model::Header;
use crate::fs::{Cursor, File};
use crate::progress::Progress;

/// Headers by the id of their asset, or why there is none.
#[derive(Default)]
pub(in crate::job::imf) struct Headers(HashMap<Uuid, Result<Header, String>>);

impl Headers {
    /// Read those of these files.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Cancelled`].
    pub(super) fn read(files: &[(Uuid, PathBuf)], progress: &Progress) -> Result<Self> {
        let read = |(id, path): &(Uuid, PathBuf)| {
            progress.check()?;
            Ok((*id, header_of(path)))
        };
        Ok(Self(files.par_iter().map(read).collect::<Result<_>>()?))
    }

    /// A header that could be read.
    pub(in crate::job::imf) fn get(&self, id: Uuid) -> Option<&Header> {
        self.0.get(&id)?.as_ref().ok()
    }

    /// Why a header could not be read; `None` if it could, or nobody tried.
    pub(in crate::job::imf) fn fault(&self, id: Uuid) -> Option<&str> {
        self.0.get(&id)?.as_ref().err().map(String::as_str)
    }
}

/// The header of an MXF file; a few bounded reads beside the pass.
///
/// # Errors
///
/// What is wrong with it, without its path.
pub(in crate::job::imf) fn header_of(path: &Path) -> Result<Header, String> {
    let file = File::open(path).map_err(bare)?;
    let mut input = BufReader::new(Cursor::new(&file, 0));
    mxf::read(&mut input).map_err(|fault| fault.to_string())
}

/// The id that a track file says to have.
pub(in crate::job::imf) fn id_of(header: &Header) -> Option<Uuid> {
    header.track_file_id().map(Uuid)
}
