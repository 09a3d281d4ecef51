//! Headers made byte by byte, of files that exist only as far as their header.

mod any;
mod dpx;
mod exr;
mod tiff;

use std::io::{Cursor, Read, Seek, SeekFrom};

use super::{Fault, Format, Header, looks_like};

/// A header of a file of `size` bytes, of which only these are read.
fn parse_of(bytes: &[u8], size: u64) -> Result<Header, Fault> {
    super::parse(&mut Cursor::new(bytes), size).map(|header| header.expect("a magic number"))
}

fn parse(bytes: &[u8]) -> Result<Header, Fault> {
    parse_of(bytes, bytes.len() as u64)
}

fn promised(bytes: &[u8]) -> u64 {
    parse(bytes).unwrap().promised.unwrap()
}

/// Every file shorter than `bytes` is a fault, or shorter than it promises.
fn assert_no_cut_is_missed(bytes: &[u8]) {
    assert_eq!(promised(bytes), bytes.len() as u64);
    for size in 4..bytes.len() {
        match parse(&bytes[..size]) {
            Ok(header) => assert!(header.promised > Some(size as u64), "cut at {size}"),
            Err(fault) => assert_eq!(fault, Fault::Short, "cut at {size}"),
        }
    }
}

/// Counts how often the system would be asked.
struct Counting<R>(R, usize);

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.1 += 1;
        self.0.read(buffer)
    }
}

impl<R: Seek> Seek for Counting<R> {
    fn seek(&mut self, position: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(position)
    }
}

#[test]
fn the_extension_tells_what_a_name_promises() {
    let cases = [
        ("a.0001.dpx", Some(Format::Dpx)),
        ("a.EXR", Some(Format::Exr)),
        ("a.tif", Some(Format::Tiff)),
        ("b/a.Tiff", Some(Format::Tiff)),
        ("dpx", None),
        ("a.dpx.md5", None),
        ("", None),
    ];
    for (name, format) in cases {
        assert_eq!(looks_like(name), format, "{name}");
    }
}

#[test]
fn what_has_no_magic_number_is_no_frame() {
    for bytes in [&b""[..], b"SDP", b"\x89PNG\r\n\x1a\n", b"II*", b"MM*\0----"] {
        let header = super::parse(&mut Cursor::new(bytes), bytes.len() as u64);
        assert_eq!(header, Ok(None));
    }
}

#[test]
fn a_frame_that_is_nothing_but_its_magic_number_was_cut() {
    for magic in [b"SDPX", b"XPDS", b"\x76\x2f\x31\x01", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"] {
        assert_eq!(parse(magic), Err(Fault::Short));
    }
}

#[test]
fn a_file_that_is_shorter_than_it_was_is_cut() {
    assert_eq!(parse_of(&dpx::Dpx::default().bytes()[..1000], 1 << 20), Err(Fault::Short));
}

#[test]
fn a_header_at_the_begin_costs_one_read() {
    for bytes in [dpx::Dpx::default().bytes(), exr::Exr::default().bytes(), tiff::plain()] {
        let mut input = Counting(Cursor::new(&bytes), 0);
        super::parse(&mut input, bytes.len() as u64).unwrap();
        assert_eq!(input.1, 1);
    }
}

#[test]
fn what_the_system_refuses_is_told() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::PermissionDenied.into())
        }
    }
    impl Seek for Broken {
        fn seek(&mut self, _: SeekFrom) -> std::io::Result<u64> {
            Ok(0)
        }
    }
    let fault = super::parse(&mut Broken, 100).unwrap_err();
    assert_eq!(fault, Fault::Unreadable(std::io::ErrorKind::PermissionDenied));
    assert_eq!(fault.to_string(), "cannot be read: permission denied");
}
