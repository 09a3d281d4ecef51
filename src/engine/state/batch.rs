//! What a run read in one folder, as one row of the database holds it: many files, one after the other.
//!
//! A row for each file was tried: writing 98,783 of them took as long as a third of reading the frames.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Known;
use crate::digest::{Algorithm, Digest};
use crate::fs::Mark;

/// One file that was read to its end. For a member of a zip, the mark is the zip's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line<'a> {
    #[serde(borrow, with = "serde_bytes")]
    pub(super) name: &'a [u8],
    pub(super) mark: Mark,
    /// With its algorithm.
    pub(super) digest: Digest,
    pub(super) crc: Option<u32>,
    /// When its reading began, in nanoseconds since 1970.
    pub(super) began: i64,
}

impl Line<'_> {
    pub(super) fn known(&self) -> Known {
        Known { digest: self.digest, crc: self.crc }
    }
}

/// Files in a batch: each has one line of MD5, and may have others.
pub(super) fn count(lines: &[Line<'_>]) -> usize {
    lines.iter().filter(|line| line.digest.algorithm() == Algorithm::Md5).count()
}

/// The bytes of a batch.
pub(super) fn encode<'a>(lines: impl IntoIterator<Item = Line<'a>>) -> postcard::Result<Vec<u8>> {
    lines.into_iter().try_fold(vec![], |bytes, line| postcard::to_extend(&line, bytes))
}

/// The lines of a batch, in order.
pub(super) fn decode(mut bytes: &[u8]) -> postcard::Result<Vec<Line<'_>>> {
    let mut lines = vec![];
    while !bytes.is_empty() {
        let (line, rest) = postcard::take_from_bytes(bytes)?;
        lines.push(line);
        bytes = rest;
    }
    Ok(lines)
}

/// The last line of each name and algorithm, in their order; a CRC stays known where the same bytes were
/// read again by a job that takes none.
pub(super) fn merge<'a>(batches: &'a [Vec<u8>]) -> postcard::Result<Vec<Line<'a>>> {
    let mut last: HashMap<(&[u8], Algorithm), Line<'a>> = HashMap::new();
    for batch in batches {
        for mut line in decode(batch)? {
            let key = (line.name, line.digest.algorithm());
            if let Some(before) = last.get(&key) {
                line.crc = line.crc.or(before.crc.filter(|_| before.digest == line.digest));
            }
            last.insert(key, line);
        }
    }
    let mut lines: Vec<_> = last.into_values().collect();
    lines.sort_unstable_by_key(|line| (line.name, line.digest.algorithm()));
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Line, decode, encode, merge};
    use crate::digest::Digest;
    use crate::fs::{Mark, Stamp};

    fn line(name: &[u8], size: u64, crc: Option<u32>) -> Line<'_> {
        let stamp = Stamp { size, modified: Some(-1) };
        let mark = Mark { stamp, changed: None, device: u64::MAX, inode: 0 };
        Line { name, mark, digest: Digest::Md5([7; 16]), crc, began: i64::MIN }
    }

    proptest! {
        #[test]
        fn what_was_written_down_is_read_back(
            names in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..9), 0..9),
        ) {
            let lines: Vec<_> = names.iter().map(|name| line(name, 5, Some(3))).collect();
            let bytes = encode(lines.clone()).unwrap();

            prop_assert_eq!(decode(&bytes).unwrap(), lines);
            for cut in 0..bytes.len() {
                prop_assert!(decode(&bytes[..cut]).map_or(true, |some| some.len() < names.len()));
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _either_way = decode(&bytes);
        }
    }

    #[test]
    fn the_last_line_counts_and_keeps_the_sum_of_the_same_bytes() {
        let batches = [
            encode([line(b"b", 1, Some(9)), line(b"a", 1, None)]).unwrap(),
            encode([line(b"b", 2, None)]).unwrap(),
        ];

        let merged = merge(&batches).unwrap();

        assert_eq!(merged, [line(b"a", 1, None), line(b"b", 2, Some(9))]);
    }
}
