//! Files that are larger than memory, mostly of zeros.

use std::io::{self, Read, Seek, SeekFrom};

use super::super::faststart::{Piece, Plan, plan};
use super::super::read;
use super::moved::{offsets, with_offsets};
use super::writer::{Track, ftyp, full, moov, table, words};

/// A file that is zeros but at a few places, and counts what is read of it.
pub(super) struct Sparse {
    places: Vec<(u64, Vec<u8>)>,
    size: u64,
    at: u64,
    pub(super) read: u64,
    pub(super) reads: u64,
}

impl Sparse {
    pub(super) fn new(places: Vec<(u64, Vec<u8>)>, size: u64) -> Self {
        Self { places, size, at: 0, read: 0, reads: 0 }
    }

    fn byte(&self, at: u64) -> u8 {
        let in_place = self.places.iter().find_map(|(start, bytes)| {
            bytes.get(usize::try_from(at.checked_sub(*start)?).unwrap())
        });
        in_place.copied().unwrap_or(0)
    }
}

impl Read for Sparse {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size.saturating_sub(self.at)).unwrap();
        let len = out.len().min(left);
        for (at, byte) in (self.at..).zip(&mut out[..len]) {
            *byte = self.byte(at);
        }
        self.at += len as u64;
        self.read += len as u64;
        self.reads += 1;
        Ok(len)
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(back) => self.size.checked_add_signed(back).unwrap(),
            SeekFrom::Current(step) => self.at.checked_add_signed(step).unwrap(),
        };
        Ok(self.at)
    }
}

const GIB: u64 = 1 << 30;

/// The head of media data with a size of 64 bits.
fn head(size: u64) -> Vec<u8> {
    [&1_u32.to_be_bytes(), &b"mdat"[..], &size.to_be_bytes()].concat()
}

#[test]
fn a_hundred_gigabytes_take_a_few_small_reads() {
    let header = moov(&[Track::video()], &[]);
    let size = 24 + 100 * GIB + header.len() as u64;
    let places = vec![(0, ftyp(b"qt  ")), (24, head(100 * GIB)), (24 + 100 * GIB, header.clone())];
    let mut file = Sparse::new(places, size);
    let movie = read(&mut file).unwrap();
    assert_eq!((movie.is_fast_start(), movie.tracks.len()), (Some(false), 1));
    assert!(file.read < 200 + header.len() as u64, "{}", file.read);
}

/// A movie of these many bytes of media data, whose samples lie at these places in it.
fn large(media: u64, places: &[u64]) -> Sparse {
    let at: Vec<u64> = places.iter().map(|place| 24 + 16 + place).collect();
    let header = moov(&[with_offsets(&at)], &[]);
    let size = 24 + 16 + media + header.len() as u64;
    let places = vec![(0, ftyp(b"isom")), (24, head(16 + media)), (24 + 16 + media, header)];
    Sparse::new(places, size)
}

fn rewritten(file: &mut Sparse) -> Vec<Piece> {
    match plan(file, 1).unwrap() {
        Plan::Rewrite(pieces) => pieces,
        Plan::Already => panic!("it is not"),
    }
}

/// The offset with which the table of a movie, moved by its header, just fits or just does not.
#[test]
fn a_table_becomes_wide_where_its_offsets_no_longer_fit() {
    let header = moov(&[with_offsets(&[40])], &[]).len() as u64;
    for (excess, kind, growth) in [(0, b"stco", 0), (1, b"co64", 4)] {
        let last = u64::from(u32::MAX) - header - 40 + excess;
        let pieces = rewritten(&mut large(5 * GIB, &[last]));
        let Piece::Bytes(new) = &pieces[1] else { panic!("{pieces:?}") };
        assert_eq!(new.len() as u64, header + growth);
        let (found, places) = offsets(new);
        assert_eq!(found, *kind);
        assert_eq!(places, [40 + last + header + growth]);
        assert_eq!(
            new.len(),
            usize::try_from(u32::from_be_bytes(*new.first_chunk().unwrap())).unwrap()
        );
        assert!(
            super::super::read(&mut io::Cursor::new(new)).unwrap().tracks[0].frame_rate().is_some()
        );
    }
}

/// Each table that becomes wide pushes the next one over the edge.
#[test]
fn tables_become_wide_one_after_the_other() {
    let count = 12;
    let empty = vec![with_offsets(&[0]); count];
    let header = moov(&empty, &[]).len() as u64;
    let limit = u64::from(u32::MAX) - header;
    let tracks: Vec<_> = (0..count as u64).map(|n| with_offsets(&[limit + 1 - 4 * n])).collect();
    let (media, header) = (5 * GIB, moov(&tracks, &[]));
    let size = 40 + media + header.len() as u64;
    let places = vec![(0, ftyp(b"isom")), (24, head(16 + media)), (40 + media, header)];
    let pieces = rewritten(&mut Sparse::new(places, size));
    let Piece::Bytes(new) = &pieces[1] else { panic!("{pieces:?}") };
    assert_eq!(new.windows(4).filter(|four| *four == b"co64").count(), count);
    let movie = read(&mut io::Cursor::new(new)).unwrap();
    let moved: Vec<_> = movie.tracks.iter().map(|track| track.chunks.first.unwrap()).collect();
    let by = new.len() as u64;
    let expected: Vec<_> = (0..count as u64).map(|n| limit + 1 - 4 * n + by).collect();
    assert_eq!(moved, expected);
}

#[test]
fn media_data_up_to_the_end_gets_a_size_of_64_bits() {
    let header = moov(&[with_offsets(&[40])], &[]);
    let first = [&12_u32.to_be_bytes(), &b"mdat"[..], &[0; 4]].concat();
    let (begin, at) = (24 + 12 + header.len() as u64, 5 * GIB);
    let header = moov(&[with_offsets(&[begin + 8 + 77])], &[]);
    let last = [&[0; 4], &b"mdat"[..]].concat();
    let places = vec![(0, ftyp(b"isom")), (24, first), (36, header.clone()), (begin, last)];
    let pieces = rewritten(&mut Sparse::new(places, begin + at));
    let Piece::Bytes(new) = &pieces[1] else { panic!("{pieces:?}") };
    assert_eq!(offsets(new).1, [begin + 8 + 77 + 8]);
    assert_eq!(pieces[2], Piece::Range(24..36));
    assert_eq!(pieces[3], Piece::Bytes(head(at + 8)));
    assert_eq!(pieces[4], Piece::Range(begin + 8..begin + at));
}

#[test]
fn a_table_of_gigabytes_is_not_read() {
    let stts = full(b"stts", 0, 0, &words(&[u32::MAX]));
    let mut header = moov(&[Track::video().with(table(b"stts", 2, &[])).with(stts)], &[]);
    let size = 40 * GIB;
    header.splice(0..8, [&1_u32.to_be_bytes(), &b"moov"[..], &size.to_be_bytes()].concat());
    let mut file = Sparse::new(vec![(0, header)], size);
    assert!(read(&mut file).is_err());
    assert!(file.read < 1000);
}
