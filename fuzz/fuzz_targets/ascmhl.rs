//! Any bytes as a chain or a generation of an ASC MHL: no panic, what is accepted and can be written is
//! read again alike, and a history can be made of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reelpack::format::manifest::ascmhl::{
    History, Ignore, ignore_patterns, parse_chain, parse_generation, render_chain,
    render_generation,
};

const LIMIT: usize = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(chain) = parse_chain(bytes, LIMIT) {
        let text = render_chain(&chain).unwrap();
        assert_eq!(parse_chain(text.as_bytes(), 2 * text.len()).unwrap(), chain);
    }
    let Ok(generation) = parse_generation(bytes, LIMIT) else { return };
    let generations = [generation.clone(), generation];
    let ignore = Ignore::new(&ignore_patterns(&generations));
    let _any_answer = History::of(&generations).expected(&ignore);
    let Ok(text) = render_generation(&generations[0]) else { return };
    let again = parse_generation(text.as_bytes(), 2 * text.len()).unwrap();
    assert_eq!(render_generation(&again).unwrap(), text);
});
