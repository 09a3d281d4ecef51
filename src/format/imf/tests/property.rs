use proptest::prelude::*;

use super::super::{Document, Problem, read};
use super::{ALL, document};

/// What a document says and what is said of it.
fn facts(document: &Document) -> (String, Vec<Problem>, Vec<(usize, String)>) {
    let places: Vec<_> = document.unknown.iter().map(|at| document.place(*at)).collect();
    (format!("{:?}", document.content), document.problems.clone(), places)
}

/// A document with a piece of it replaced by a piece of another.
fn mixed() -> impl Strategy<Value = Vec<u8>> {
    let piece = || (0..ALL.len(), any::<prop::sample::Index>(), 0..200_usize);
    (piece(), piece()).prop_map(|((into, at, cut), (from, start, len))| {
        let (into, from) = (ALL[into].as_bytes(), ALL[from].as_bytes());
        let (at, start) = (at.index(into.len()), start.index(from.len()));
        let rest = &into[(at + cut).min(into.len())..];
        [&into[..at], &from[start..(start + len).min(from.len())], rest].concat()
    })
}

/// A sound document with an element, from `<` to `>`, put somewhere else.
fn moved() -> impl Strategy<Value = String> {
    let places = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (0..ALL.len(), places).prop_map(|(document, (from, to))| {
        let mut lines: Vec<_> = ALL[document].lines().collect();
        let line = lines.remove(from.index(lines.len()));
        lines.insert(to.index(lines.len()), line);
        lines.join("\n")
    })
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes: Vec<u8>) {
        let _any_answer = read(&bytes);
    }

    #[test]
    fn no_mix_of_documents_makes_a_reader_panic(bytes in mixed()) {
        let _any_answer = read(&bytes);
    }

    #[test]
    fn what_is_read_is_read_alike_when_it_is_written_back(text in moved()) {
        if let Ok(document) = read(text.as_bytes()) {
            let again = read(document.tree.render().as_bytes()).unwrap();
            prop_assert_eq!(facts(&again), facts(&document));
        }
    }

    #[test]
    fn a_line_that_is_taken_out_is_told_or_was_optional(at: prop::sample::Index, nth in 0..ALL.len()) {
        let mut lines: Vec<_> = ALL[nth].lines().collect();
        let line = lines.remove(at.index(lines.len()));
        let optional = ["Annotation", "<!--", "<?", "Issuer", "Creator", "Originator", "Kind", "RunningTime",
            "EditRate", "EntryPoint", "Source", "Repeat", "KeyId", "Hash", "x:", "scope=", "Max", "Region",
            "Language", "Audience", "PackingList>", "VolumeIndex>", "Offset>", "Length>", "IconId", "GroupId",
            "OriginalFileName", "Signer", "Signature", "InstanceID", "StoredWidth", "Macro", "Alias handle"];
        if let Ok(document) = read(lines.join("\n").as_bytes()) {
            let is_optional = optional.iter().any(|name| line.contains(name));
            prop_assert!(is_optional || !document.problems.is_empty(), "{}", line);
        }
    }
}

#[test]
fn facts_tell_documents_apart() {
    assert!(facts(&document(ALL[2])) != facts(&document(ALL[3])));
}
