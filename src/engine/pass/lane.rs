//! One item on its way through a lane: what is read of it next, and how it ends.

use std::io::{self, Read, Take};

use flate2::read::DeflateDecoder;

use super::chain::Chain;
use super::{Item, Observer, Seen, Source, Whole};
use crate::digest::Algorithm;
use crate::digest::lanes::BLOCK_LEN;
use crate::error::{Error, Result};
use crate::fs::{Cursor, File, Mark, Stamp};

/// An item that is being read.
pub(super) struct Lane<'a, O> {
    pub(super) index: usize,
    input: Input<'a>,
    size: u64,
    done: u64,
    pub(super) chain: Chain,
    /// Whole blocks in the lane's buffer that are still to be hashed.
    pub(super) ready: std::ops::Range<usize>,
    /// The last chunk has been read: when nothing is ready, the lane is done.
    ended: bool,
    observer: O,
}

enum Input<'a> {
    File(File, Mark),
    Range(&'a File, u64),
    Deflated(Box<DeflateDecoder<Take<Cursor<'a>>>>, &'a File),
}

impl<'a, O: Observer> Lane<'a, O> {
    pub(super) fn open(
        index: usize,
        item: &Item<'a>,
        algorithm: Algorithm,
        observer: O,
    ) -> Result<Self> {
        let (input, size) = match item.source {
            Source::File(path) => {
                let file = File::open(path)?;
                let mark = file.mark()?;
                (Input::File(file, mark), mark.stamp.size)
            }
            Source::Range(file, start) => (Input::Range(file, start), item.size),
            Source::Deflated(file, start, len) => {
                let span = Cursor::new(file, start).take(len);
                (Input::Deflated(Box::new(DeflateDecoder::new(span)), file), item.size)
            }
        };
        let (chain, done, ready) = (Chain::new(algorithm), 0, 0..0);
        Ok(Self { index, input, size, done, chain, ready, ended: false, observer })
    }

    /// Whether all bytes have been read and hashed.
    pub(super) fn is_done(&self) -> bool {
        self.ended && self.ready.is_empty()
    }

    /// Read the next chunk into `buffer`, show it to the observer and make it ready; returns its length.
    pub(super) fn fill(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let left = self.size - self.done;
        let len = usize::try_from(left).map_or(O::CHUNK_LEN, |left| left.min(O::CHUNK_LEN));
        let found = self.read(&mut buffer[..len])?;
        self.done += found as u64;
        if found < len {
            return Err(self.cut_short());
        }
        self.observer.see(&buffer[..len])?;
        self.ended = self.done == self.size;
        self.ready = 0..self.chain.take(buffer, len, self.ended.then_some(self.size));
        debug_assert_eq!(self.ready.len() % BLOCK_LEN, 0, "only whole blocks are ready");
        Ok(len)
    }

    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        match &mut self.input {
            Input::File(file, _) => file.read_at(buffer, self.done),
            Input::Range(file, start) => file.read_at(buffer, *start + self.done),
            Input::Deflated(decoder, file) => read_all(decoder, buffer, file),
        }
    }

    fn cut_short(&self) -> Error {
        match &self.input {
            Input::File(file, before) => Error::Changed {
                path: file.path().to_owned(),
                before: before.stamp,
                after: file.stamp().unwrap_or(Stamp { size: self.done, modified: None }),
            },
            Input::Range(file, _) | Input::Deflated(_, file) => {
                Error::io(file.path())(io::ErrorKind::UnexpectedEof.into())
            }
        }
    }

    /// The answer, once everything has been read and hashed.
    pub(super) fn finish(mut self) -> Result<Seen<O>> {
        let mut mark = None;
        match &mut self.input {
            Input::File(file, before) => {
                self.observer.take(file)?;
                mark = expect_same(file, before)?;
            }
            Input::Deflated(decoder, file) => {
                if read_all(decoder, &mut [0], file)? > 0 {
                    return Err(Error::io(file.path())(io::ErrorKind::InvalidData.into()));
                }
            }
            Input::Range(..) => {}
        }
        let whole = Whole { digest: self.chain.digest(), size: self.size, mark };
        self.observer.end(&whole)?;
        Ok(Seen { digest: whole.digest, size: whole.size, observer: self.observer })
    }
}

/// The mark of a file that is as it was before; `None` if only its attributes or links changed, which is
/// no reason to distrust its bytes, but one not to vouch for them later.
fn expect_same(file: &File, before: &Mark) -> Result<Option<Mark>> {
    let after = file.mark()?;
    if after.stamp != before.stamp {
        let path = file.path().to_owned();
        return Err(Error::Changed { path, before: before.stamp, after: after.stamp });
    }
    Ok((after == *before).then_some(after))
}

/// Read until `buffer` is full or the stream ends.
fn read_all(decoder: &mut impl Read, buffer: &mut [u8], file: &File) -> Result<usize> {
    let mut len = 0;
    while len < buffer.len() {
        match decoder.read(&mut buffer[len..]) {
            Ok(0) => break,
            Ok(more) => len += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::io(file.path())(error)),
        }
    }
    Ok(len)
}
