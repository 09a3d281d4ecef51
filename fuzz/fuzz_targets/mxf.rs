//! Any bytes as an MXF file: no panic, nothing below itself, and a fault is inside the file.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use reelpack::format::mxf::read;

fuzz_target!(|bytes: &[u8]| {
    match read(&mut Cursor::new(bytes)) {
        Ok(header) => {
            let below: Vec<_> = header.descriptors.iter().flat_map(|one| &one.below).collect();
            let once: std::collections::HashSet<_> = below.iter().collect();
            assert_eq!(below.len(), once.len());
            let _ = (header.track_file_id(), header.essence_duration(), header.embedded_timecode());
            let values = header.descriptors.iter().flat_map(|one| &one.values);
            values.for_each(|(_, value)| drop(value.leaves()));
        }
        Err(fault) => assert!(fault.offset <= bytes.len() as u64),
    }
});
