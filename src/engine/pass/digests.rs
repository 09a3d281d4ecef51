//! Several digests of one item: one that the pass computes itself, and others beside it.

use super::observer::{Observer, Whole};
use crate::digest::{Algorithm, Digest, Hasher};
use crate::error::Result;
use crate::fs::File;

/// Other digests than the pass's own, beside another observer.
pub struct Digests<O> {
    /// What else is to be known.
    pub inner: O,
    hashers: Vec<Hasher>,
    done: Vec<Digest>,
}

impl<O> Digests<O> {
    /// For these algorithms, less the one that the pass computes.
    pub fn beside(own: Algorithm, algorithms: &[Algorithm], inner: O) -> Self {
        let others = algorithms.iter().filter(|algorithm| **algorithm != own);
        Self { inner, hashers: others.copied().map(Hasher::new).collect(), done: vec![] }
    }
}

/// The one of these that a pass computes best: one that has lanes, if any has.
pub fn best_in_lanes(algorithms: &[Algorithm]) -> Algorithm {
    let asked = |algorithm: &Algorithm| algorithms.contains(algorithm);
    let laned = [Algorithm::Md5, Algorithm::Sha1].into_iter().find(asked);
    laned.or(algorithms.first().copied()).unwrap_or(Algorithm::Md5)
}

/// What was seen of one item in the order of `algorithms`: the pass's own digest, and those beside it.
pub fn in_order(algorithms: &[Algorithm], own: Digest, others: &[Digest]) -> Vec<Digest> {
    let seen = || std::iter::once(&own).chain(others);
    let digest = |algorithm: &Algorithm| seen().find(|digest| digest.algorithm() == *algorithm);
    // No more room than needed: a digest has 72 bytes, and a vector that grows has room for four.
    let mut digests = Vec::with_capacity(algorithms.len());
    digests.extend(algorithms.iter().filter_map(digest));
    digests
}

impl<O: Observer> Observer for Digests<O> {
    const CHUNK_LEN: usize = O::CHUNK_LEN;

    fn see(&mut self, bytes: &[u8]) -> Result<()> {
        self.hashers.iter_mut().for_each(|hasher| hasher.update(bytes));
        self.inner.see(bytes)
    }

    fn crc(&self) -> Option<u32> {
        self.inner.crc()
    }

    fn digests(&self) -> &[Digest] {
        &self.done
    }

    fn take(&mut self, file: &File) -> Result<()> {
        self.inner.take(file)
    }

    fn end(&mut self, whole: &Whole) -> Result<()> {
        self.done = std::mem::take(&mut self.hashers).into_iter().map(Hasher::finish).collect();
        self.inner.end(whole)
    }
}
