//! A movie rewritten with its header first, beside the old one and under a hidden name until it is whole.

use std::io::{BufReader, Read, Seek};
use std::ops::Range;
use std::path::Path;

use super::open::{expect_file, of_fault, of_refusal};
use crate::error::{Error, Result};
use crate::format::movie;
use crate::format::movie::faststart::{Piece, Plan, plan};
use crate::fs::{
    BLOCK, Cursor, File, Mark, Scratch, canonical, exists, expect_replaceable, is_link,
};
use crate::job::cloning::{Wish, required};
use crate::progress::Progress;

/// Bytes copied at a time.
const PIECE: usize = 1 << 20;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faststarted {
    /// Whether the header lay before the media data already: nothing was written then.
    pub already: bool,
    /// Bytes of the file.
    pub size: u64,
    /// Bytes that were copied, the header among them.
    pub copied: u64,
    /// Bytes whose blocks are shared with the old file.
    pub cloned: u64,
}

/// How to write.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether blocks are shared with the old file.
    pub clone: Wish,
    /// Whether another file may lose the name.
    pub replace: bool,
}

/// Write the movie at `source` to `target` with its header first; they may be one.
///
/// Where blocks may be shared, room of less than a block and eight bytes is left behind the header, so that
/// what follows stays on the borders of blocks.
///
/// # Errors
///
/// [`Error::Movie`] for what is no movie, or is not sure to play the same afterwards;
/// [`Error::TargetExists`]; [`Error::Changed`] if it changes meanwhile; [`Error::Package`] if blocks cannot be
/// shared and had to be; [`Error::Io`], [`Error::Cancelled`]. When it fails, no target is left behind, and one
/// that was there is as it was.
pub fn faststart(
    source: &Path,
    target: &Path,
    options: Options,
    progress: &Progress,
) -> Result<Faststarted> {
    expect_file(source)?;
    // A link stays one: what it leads to is rewritten.
    let named = target;
    let target = &if is_link(target) { canonical(target)? } else { target.to_owned() };
    let file = File::open(source)?;
    let mark = file.mark()?;
    let align = if options.clone == Wish::Never { 1 } else { BLOCK };
    let mut input = BufReader::new(Cursor::new(&file, 0));
    let plan = plan(&mut input, align).map_err(|refusal| of_refusal(source, &refusal))?;
    let Plan::Rewrite(pieces) = plan else {
        expect_sound(source, &mut input)?;
        return Ok(Faststarted { already: true, size: mark.stamp.size, ..Faststarted::default() });
    };
    if !options.replace && exists(target) {
        return Err(Error::TargetExists { path: named.to_owned() });
    }
    expect_replaceable(target)?;
    progress.expect(1, pieces.iter().map(Piece::size).sum());
    let scratch = Scratch::create(target)?;
    let writing =
        Writing { file: &file, target: scratch.file(), wish: options.clone, progress, cloned: 0 };
    let written = writing.write(&pieces)?;
    expect_same(&file, &mark)?;
    scratch.file().take_rights_of(&file)?;
    scratch.keep(options.replace, true)?;
    progress.add_file();
    Ok(written)
}

/// That nothing has to be done must not be said of a movie that is damaged.
fn expect_sound(source: &Path, input: &mut (impl Read + Seek)) -> Result<()> {
    let movie = movie::read(input).map_err(|fault| of_fault(source, &fault))?;
    movie.faults.first().map_or(Ok(()), |fault| Err(of_fault(source, fault)))
}

fn expect_same(file: &File, before: &Mark) -> Result<()> {
    let after = file.mark()?;
    if after == *before {
        return Ok(());
    }
    let path = file.path().to_owned();
    Err(Error::Changed { path, before: before.stamp, after: after.stamp })
}

struct Writing<'a> {
    file: &'a File,
    target: &'a File,
    wish: Wish,
    progress: &'a Progress,
    cloned: u64,
}

impl Writing<'_> {
    fn write(mut self, pieces: &[Piece]) -> Result<Faststarted> {
        let mut at = 0;
        for piece in pieces {
            match piece {
                Piece::Bytes(bytes) => {
                    self.target.write_at(bytes, at)?;
                    self.progress.add_bytes(bytes.len() as u64);
                }
                Piece::Range(range) => self.bring(range, at)?,
            }
            at += piece.size();
        }
        let (size, cloned) = (at, self.cloned);
        Ok(Faststarted { already: false, size, copied: size - cloned, cloned })
    }

    /// Share the whole blocks of a range, and copy what is before and behind them; or copy all of it.
    fn bring(&mut self, range: &Range<u64>, at: u64) -> Result<()> {
        let blocks = self.blocks(range, at);
        if blocks.is_empty() {
            return self.copy(range.clone(), at);
        }
        let to = |from: u64| at + (from - range.start);
        let len = blocks.end - blocks.start;
        match self.target.clone_from(self.file, blocks.start, len, to(blocks.start)) {
            Err(Error::Clone { .. }) if self.wish == Wish::Auto => {
                self.wish = Wish::Never;
                return self.copy(range.clone(), at);
            }
            done => done.map_err(|error| required(self.target, error))?,
        }
        self.cloned += len;
        self.progress.add_bytes(len);
        self.copy(range.start..blocks.start, at)?;
        self.copy(blocks.end..range.end, to(blocks.end))
    }

    /// The whole blocks of a range that lie on the borders of blocks in both files.
    fn blocks(&self, range: &Range<u64>, at: u64) -> Range<u64> {
        let is_apart = at % BLOCK != range.start % BLOCK;
        if self.wish == Wish::Never || is_apart {
            return 0..0;
        }
        range.start.next_multiple_of(BLOCK)..range.end / BLOCK * BLOCK
    }

    fn copy(&self, range: Range<u64>, at: u64) -> Result<()> {
        let mut buffer = vec![0; PIECE];
        let mut from = range.start;
        while from < range.end {
            self.progress.check()?;
            let left = usize::try_from(range.end - from).unwrap_or(PIECE).min(PIECE);
            let found = self.file.read_at(&mut buffer[..left], from)?;
            self.target.write_at(&buffer[..found], at + (from - range.start))?;
            self.progress.add_bytes(found as u64);
            if found < left {
                return Err(Error::io(self.file.path())(std::io::ErrorKind::UnexpectedEof.into()));
            }
            from += found as u64;
        }
        Ok(())
    }
}
