//! Any bytes as an index or a label of a tape: no panic, the same in small pieces as in one, and no path that leads
//! elsewhere.
#![no_main]

use std::io::BufReader;

use libfuzzer_sys::fuzz_target;
use reelpack::format::ltfs::read;

fuzz_target!(|bytes: &[u8]| {
    let whole = read(bytes);
    assert_eq!(read(BufReader::with_capacity(3, bytes)), whole);
    match whole {
        Ok(volume) => {
            for file in &volume.files {
                let path = volume.path(file);
                assert!(!path.contains(&0));
                assert!(path.split(|byte| *byte == b'/').all(|part| !matches!(part, b"" | b"." | b"..")));
            }
        }
        Err(fault) => assert!(fault.line <= 1 + bytes.iter().filter(|byte| **byte == b'\n').count()),
    }
});
