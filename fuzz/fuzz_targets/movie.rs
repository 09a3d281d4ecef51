//! Any bytes as a movie: no panic, a fault is inside the file, and a plan has all of the file but its old header.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use reelpack::format::movie::faststart::{Plan, plan};
use reelpack::format::movie::read;
use reelpack::job::cut::{PROFILES, check};

fuzz_target!(|bytes: &[u8]| {
    let size = bytes.len() as u64;
    match read(&mut Cursor::new(bytes)) {
        Ok(movie) => {
            assert!(movie.faults.iter().all(|fault| fault.offset <= size));
            for profile in PROFILES {
                let _ = check(&movie, profile);
            }
        }
        Err(fault) => assert!(fault.offset <= size),
    }
    if let Ok(Plan::Rewrite(pieces)) = plan(&mut Cursor::new(bytes), 1) {
        let total: u64 = pieces.iter().map(|piece| piece.size()).sum();
        assert!(total >= size && total <= 2 * size + 16);
    }
});
