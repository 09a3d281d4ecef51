//! All directories of a file: how many pages, and which bytes they need.

use std::collections::HashSet;
use std::io::{Read, Seek};

use super::super::Fault;
use super::directory::{Directory, Entry};
use super::{
    COMPRESSION, File, STRIP_BYTE_COUNTS, STRIP_OFFSETS, SUB_IFDS, TILE_BYTE_COUNTS, TILE_OFFSETS,
    UNCOMPRESSED,
};

/// Directories that are followed. What lies beyond in a longer file is promised by nobody.
const MOST_DIRECTORIES: usize = 1024;
/// Strips and tiles that are looked at in all directories together: 500,000 by 500,000 pixels in tiles
/// of 256.
const MOST_PIECES: u64 = 4 << 20;
/// Of them, at a time.
const PIECES: usize = 512;

/// What all directories of a file come to.
pub(super) struct Survey {
    /// Directories of the main chain.
    pub(super) pages: usize,
    /// Bytes that the file must have.
    pub(super) promised: u64,
    /// Whether nothing in it is compressed.
    pub(super) uncompressed: bool,
    /// Strips and tiles that may still be looked at.
    left: u64,
    /// Where directories were found.
    seen: HashSet<u64>,
    /// Directories beside the main chain that are still to be looked at.
    beside: Vec<u64>,
}

impl Survey {
    /// Of `first` and of all behind it.
    pub(super) fn take<R: Read + Seek>(
        file: &mut File<'_, '_, R>,
        first: &Directory,
    ) -> Result<Self, Fault> {
        let mut survey = Self {
            pages: 1,
            promised: 0,
            uncompressed: true,
            left: MOST_PIECES,
            seen: HashSet::from([first.at()]),
            beside: Vec::new(),
        };
        survey.look(file, first)?;
        let mut next = first.next;
        while let Some(at) = next.filter(|_| survey.seen.len() < MOST_DIRECTORIES) {
            if !survey.seen.insert(at) {
                return Err(Fault::Wrong("chain of directories"));
            }
            survey.pages += 1;
            next = survey.open(file, at)?;
        }
        while let Some(at) = survey.beside.pop().filter(|_| survey.seen.len() < MOST_DIRECTORIES) {
            if survey.seen.insert(at) {
                survey.open(file, at)?;
            }
        }
        Ok(survey)
    }

    /// Look at the directory at `at`, and tell the next. One that lies beyond the end is promised like
    /// any other bytes.
    fn open<R: Read + Seek>(
        &mut self,
        file: &mut File<'_, '_, R>,
        at: u64,
    ) -> Result<Option<u64>, Fault> {
        match file.directory(at) {
            Ok(directory) => {
                self.look(file, &directory)?;
                Ok(directory.next)
            }
            Err(Fault::Short) => {
                let shortest = at.saturating_add(file.variant.shortest_directory());
                self.promise(shortest.max(file.source.size().saturating_add(1)));
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }

    fn look<R: Read + Seek>(
        &mut self,
        file: &mut File<'_, '_, R>,
        directory: &Directory,
    ) -> Result<(), Fault> {
        let compression = file.number(directory, COMPRESSION)?.unwrap_or(UNCOMPRESSED);
        self.uncompressed &= compression == UNCOMPRESSED;
        self.promise(directory.end);
        for entry in directory.entries.iter().filter(|entry| !entry.inside) {
            self.promise(entry.at.saturating_add(entry.size().unwrap_or(0)));
        }
        if self.promised > file.source.size() {
            return Ok(());
        }
        if let Some(beside) = directory.find(SUB_IFDS) {
            self.beside.extend(file.values(&beside, 0, MOST_DIRECTORIES as u64)?);
        }
        for (offsets, counts) in
            [(STRIP_OFFSETS, STRIP_BYTE_COUNTS), (TILE_OFFSETS, TILE_BYTE_COUNTS)]
        {
            if let Some((offsets, counts)) = directory.find(offsets).zip(directory.find(counts)) {
                self.pieces(file, &offsets, &counts)?;
            }
        }
        Ok(())
    }

    /// Each strip or tile ends at its offset and its byte count together.
    fn pieces<R: Read + Seek>(
        &mut self,
        file: &mut File<'_, '_, R>,
        offsets: &Entry,
        counts: &Entry,
    ) -> Result<(), Fault> {
        let all = offsets.count.min(counts.count).min(self.left);
        self.left -= all;
        for from in (0..all).step_by(PIECES) {
            let most = (all - from).min(PIECES as u64);
            let offsets = file.values(offsets, from, most)?;
            let counts = file.values(counts, from, most)?;
            for (offset, count) in offsets.into_iter().zip(counts) {
                self.promise(offset.saturating_add(count));
            }
        }
        Ok(())
    }

    fn promise(&mut self, end: u64) {
        self.promised = self.promised.max(end);
    }
}
