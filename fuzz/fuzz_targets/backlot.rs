//! What users override in the contract is written by hand, and what is logged comes from anywhere: neither
//! may do more than be refused, and no known secret may come through.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use reelpack::backlot::{Contract, Secret, strike};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _either_way = Contract::with(Some((Path::new("own.toml"), text)));
    }
    // The first line is the secret, all of it the text.
    let first = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let secret = String::from_utf8_lossy(first).into_owned();
    let struck = strike(bytes, &[Secret::from(secret.clone())]);
    assert!(secret.chars().all(|c| c == '*') || !struck.contains(&secret));
});
