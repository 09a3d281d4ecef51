//! The ASC MHL history of a folder, read from its `ascmhl`.

use std::path::{Path, PathBuf};

use super::LONGEST_LIST;
use crate::digest::{Algorithm, Digest, digest_of};
use crate::error::{Error, Result};
use crate::format::manifest::HISTORY;
use crate::format::manifest::ascmhl::{
    CHAIN_NAME, Chain, Generation, parse_chain, parse_generation,
};
use crate::format::path::{base_name, is_inside};
use crate::fs;

/// Everything that a history's files say.
#[derive(Clone, Debug, Default)]
pub(super) struct Past {
    /// In their order.
    pub(super) generations: Vec<Generation>,
    /// What seals them.
    pub(super) chain: Chain,
    /// Generations whose file is not what the chain says: its path, the digest there and the one found.
    pub(super) broken: Vec<(PathBuf, Digest, Digest)>,
}

/// Read the history of `folder`; one without a generation if there is none.
///
/// # Errors
///
/// [`Error::List`] for a chain or a generation that cannot be understood, or that names a file elsewhere;
/// [`Error::Io`] if one cannot be read.
pub(super) fn read(folder: &Path) -> Result<Past> {
    let mut past = Past::default();
    let home = folder.join(HISTORY);
    let path = home.join(CHAIN_NAME);
    if !fs::exists(&home) {
        return Ok(past);
    }
    past.chain = understood(&path, parse_chain)?.0;
    for link in &past.chain.links {
        // The reference tool writes the name alone, its examples the way from the folder.
        let name = link.file.strip_prefix("ascmhl/").unwrap_or(&link.file);
        if !is_inside(name) || base_name(name) != name {
            let reason = format!("names `{name}`, which is no file beside it");
            return Err(Error::List { path, reason });
        }
        let file = home.join(name);
        let (generation, found) = understood(&file, parse_generation)?;
        if found != link.c4 {
            past.broken.push((file, link.c4, found));
        }
        past.generations.push(generation);
    }
    Ok(past)
}

fn understood<T, F: std::fmt::Display>(
    path: &Path,
    parse: impl FnOnce(&[u8], usize) -> std::result::Result<T, F>,
) -> Result<(T, Digest)> {
    let bytes = super::read_modest(path)?;
    let limit = usize::try_from(LONGEST_LIST).unwrap_or(usize::MAX);
    let parsed = parse(&bytes, limit)
        .map_err(|fault| Error::List { path: path.to_owned(), reason: fault.to_string() })?;
    Ok((parsed, digest_of(Algorithm::C4, &bytes)))
}
