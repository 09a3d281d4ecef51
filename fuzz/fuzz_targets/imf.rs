//! Any bytes as a document of an IMF package, of whichever kind they say they are: no panic, each problem has
//! its place, and what is written back is read again alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reelpack::format::imf::{Document, read};

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = read(bytes) else { return };
    let again = read(document.tree.render().as_bytes()).unwrap();
    assert_eq!(facts(&again), facts(&document));
});

/// What a document says, and what is said of it.
fn facts(document: &Document) -> (String, String, Vec<(usize, String)>) {
    let told = document.problems.iter().map(|problem| problem.at);
    let places = told.chain(document.unknown.iter().copied()).map(|at| document.place(at));
    let places = places.collect();
    (format!("{:?}", document.content), format!("{:?}", document.problems), places)
}
