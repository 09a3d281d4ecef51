//! Any bytes as a list of `md5sum` and its kin: no panic, and what is accepted is written back and read
//! again alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reelpack::digest::Algorithm;
use reelpack::format::manifest::md5sum::{parse, render};

fuzz_target!(|bytes: &[u8]| {
    let Ok(entries) = parse(bytes, None) else { return };
    for algorithm in Algorithm::ALL {
        let entries: Vec<_> =
            entries.iter().filter(|entry| entry.of(algorithm).is_some()).cloned().collect();
        let text = render(&entries, algorithm).unwrap();
        assert_eq!(parse(text.as_bytes(), Some(algorithm)).unwrap(), entries);
    }
});
