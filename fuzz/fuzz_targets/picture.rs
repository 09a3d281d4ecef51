//! Any bytes as a frame: no panic, and a header is the same without the bytes that it does not promise.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use reelpack::format::picture::parse;

fuzz_target!(|bytes: &[u8]| {
    let size = bytes.len() as u64;
    let Ok(Some(header)) = parse(&mut Cursor::new(bytes), size) else { return };
    let Some(promised) = header.promised.filter(|promised| *promised <= size) else { return };
    let enough = &bytes[..usize::try_from(promised).unwrap()];
    assert_eq!(parse(&mut Cursor::new(enough), promised), Ok(Some(header)));
});
