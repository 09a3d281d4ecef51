//! Whatever the bytes are: an answer, in little time and memory.

use std::io::Cursor;

use proptest::prelude::*;

use super::{dpx, exr, tiff};

const MAGIC: [&[u8]; 8] = [
    b"SDPX",
    b"XPDS",
    b"\x76\x2f\x31\x01\x02\0\0\0",
    b"\x76\x2f\x31\x01\x02\x1a\0\0",
    b"II*\0\x08\0\0\0",
    b"MM\0*\0\0\0\x08",
    b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0",
    b"MM\0+\0\x08\0\0\0\0\0\0\0\0\0\x10",
];

/// A sound header of each format.
fn sound() -> impl Strategy<Value = Vec<u8>> {
    (0..3).prop_map(|kind| match kind {
        0 => dpx::Dpx::default().bytes(),
        1 => exr::Exr::default().bytes(),
        _ => tiff::plain(),
    })
}

/// Numbers at which things go wrong.
fn edge() -> impl Strategy<Value = u8> {
    prop_oneof![Just(0), Just(1), Just(0x7f), Just(0x80), Just(0xff), any::<u8>()]
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(
        magic in proptest::sample::select(&MAGIC[..]),
        rest in proptest::collection::vec(edge(), 0..400),
        size: Option<u64>,
    ) {
        let bytes = [magic, &rest].concat();
        let _ = super::super::parse(&mut Cursor::new(&bytes), size.unwrap_or(bytes.len() as u64));
    }

    #[test]
    fn no_change_of_a_sound_header_makes_it_panic(
        mut bytes in sound(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), edge()), 1..40),
        size: Option<u64>,
    ) {
        for (index, byte) in changes {
            *index.get_mut(&mut bytes) = byte;
        }
        let _ = super::super::parse(&mut Cursor::new(&bytes), size.unwrap_or(bytes.len() as u64));
    }
}
