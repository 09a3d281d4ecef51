//! Any bytes as a list: no panic, and what is accepted is written back and read again alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reelpack::format::manifest::Entry;
use reelpack::format::manifest::checksum_txt::{self, check_name, parse};

fn render(entries: &[Entry]) -> String {
    let lines = entries.iter().map(|entry| {
        (entry.name.as_str(), entry.size.unwrap(), entry.digests[0])
    });
    checksum_txt::render(lines)
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(entries) = parse(bytes) else { return };
    if entries.iter().any(|entry| check_name(&entry.name).is_err()) {
        return;
    }
    let text = render(&entries);
    // A name may begin with the mark that the reader takes off the first line.
    if text.starts_with('\u{feff}') {
        return;
    }
    assert_eq!(render(&parse(text.as_bytes()).unwrap()), text);
});
