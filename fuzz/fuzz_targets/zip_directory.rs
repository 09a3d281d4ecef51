//! Any bytes as a zip: no panic, no memory out of proportion, and where another reader opens it too, no
//! disagreement on the size of a member.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use reelpack::format::zip::{data_offset, read};

fuzz_target!(|bytes: &[u8]| {
    let mut cursor = Cursor::new(bytes);
    let Ok(directory) = read(&mut cursor, bytes.len() as u64) else { return };
    let sound =
        directory.members.iter().all(|member| data_offset(&mut cursor, &directory, member).is_ok());
    let Ok(mut other) = zip::ZipArchive::new(Cursor::new(bytes)) else { return };
    let one = directory.members.len() == 1 && other.len() == 1;
    if let (true, true, Ok(member)) = (sound, one, other.by_index_raw(0)) {
        assert_eq!(member.size(), directory.members[0].size);
    }
});
