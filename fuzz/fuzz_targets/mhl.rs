//! Any bytes as an MHL 1.1: no panic, and what is accepted and can be written is read again alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reelpack::format::manifest::mhl::{parse, render};

const LIMIT: usize = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    let Ok(list) = parse(bytes, LIMIT) else { return };
    let Ok(text) = render(&list) else { return };
    assert_eq!(render(&parse(text.as_bytes(), 2 * text.len()).unwrap()).unwrap(), text);
});
