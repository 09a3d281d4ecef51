//! Names of files and folders.
//!
//! Names that differ in case or Unicode form only are one name on some systems: macOS compares names
//! without regard to either on its usual volumes, Windows without regard to case. They are compared by
//! canonical caseless matching (Unicode 16.0, 3.13, definition D145).

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;

use super::case::{About, Case};
use crate::format::path::base_name;
use crate::job::preflight::view::parent;
use crate::job::preflight::wording::{counted, quoted, some_of, verb};

/// Names of other characters than `allowed`.
pub(super) fn characters(case: &mut Case<'_>) {
    let allowed = Characters::parse(case.rule.text("allowed"));
    let view = case.view;
    for &folder in view.folders.keys() {
        if !folder.is_empty() || case.rule.switch("count-root") {
            case.illegal(About::Place(folder), folder, view.folder_name(folder), &allowed);
        }
    }
    for (index, sequence) in view.sequences().iter().enumerate() {
        let name = format!("{}{}", sequence.head, sequence.tail);
        case.illegal(About::Sequence(index), &sequence.folder, &name, &allowed);
    }
    for (index, item) in view.singles().filter(|(_, item)| item.is_text) {
        case.illegal(About::File(index), item.path, base_name(item.path), &allowed);
    }
}

impl Case<'_> {
    /// Inside a roll nothing is said: names there are the camera's.
    fn illegal(&mut self, about: About<'_>, path: &str, name: &str, allowed: &Characters) {
        let mut bad: Vec<char> = name.chars().filter(|it| !allowed.has(*it)).collect();
        if bad.is_empty() || self.view.rolls.holds(path) {
            return;
        }
        bad.sort_unstable();
        bad.dedup();
        let names: Vec<_> = bad.iter().map(|character| shown(*character)).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let message = format!(
            "the name has {} that {} not allowed: {}",
            counted(bad.len(), "character", "characters"),
            verb(bad.len(), "is", "are"),
            some_of(&names, 8),
        );
        self.add(about, message, None);
    }
}

/// A character that may not be seen is told by its number.
fn shown(character: char) -> String {
    match character {
        ' ' => "blank".to_owned(),
        _ if character.is_alphanumeric() || character.is_ascii_graphic() => character.to_string(),
        _ => format!("U+{:04X}", u32::from(character)),
    }
}

/// A set of characters: single ones, and `a-z` for those from `a` to `z`.
struct Characters {
    ranges: Vec<(char, char)>,
}

impl Characters {
    fn parse(text: &str) -> Self {
        let mut rest: Vec<char> = text.chars().rev().collect();
        let mut ranges = Vec::new();
        while let Some(first) = rest.pop() {
            let last = match rest.as_slice() {
                [.., last, '-'] if *last > first => *last,
                _ => first,
            };
            if last != first {
                rest.truncate(rest.len() - 2);
            }
            ranges.push((first, last));
        }
        Self { ranges }
    }

    fn has(&self, character: char) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&character))
    }
}

/// Names that are not UTF-8.
pub(super) fn encoding(case: &mut Case<'_>) {
    let view = case.view;
    let files = view.delivery.files;
    let odd: Vec<usize> = (0..files.len()).filter(|&index| !files[index].is_text).collect();
    for folder in odd.chunk_by(|a, b| parent(files[*a].path) == parent(files[*b].path)) {
        let Some((&first, rest)) = folder.split_first() else { continue };
        let others = match rest.len() {
            0 => String::new(),
            more => format!("; nor {} beside it", counted(more, "other", "others")),
        };
        case.file(first, format!("no list can hold a name that is not UTF-8{others}"));
    }
}

/// Names that differ in case only, or in case and form.
pub(super) fn case(case: &mut Case<'_>) {
    report(case, |a, b| form(a) != form(b), "only in case from");
}

/// Names that differ in their Unicode form only.
pub(super) fn unicode_form(case: &mut Case<'_>) {
    report(case, |a, b| form(a) == form(b), "only in Unicode form from");
}

fn form(name: &str) -> String {
    name.nfc().collect()
}

/// Each pair of names in one folder that are one name to some system: sequences in one finding.
fn report(case: &mut Case<'_>, wanted: impl Fn(&str, &str) -> bool, words: &str) {
    let mut of_sequences: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    for (first, second) in clashing(case) {
        if !wanted(base_name(first.path), base_name(second.path)) {
            continue;
        }
        match (first.sequence(case), second.sequence(case), second.file) {
            (Some(a), Some(b), Some(file)) if a != b => {
                of_sequences.entry((a, b)).or_default().push(file);
            }
            _ => {
                let message = format!("differs {words} {}", quoted(base_name(first.path)));
                case.add(second.about(), message, None);
            }
        }
    }
    for ((a, b), files) in of_sequences {
        let several = case.several(b, files);
        let verb = several.verb("differs", "differ");
        let other = quoted(base_name(&case.view.path_of(a)));
        case.sequence(b, format!("{} {verb} {words} {other}{}", several.what, several.behind));
    }
}

/// A name in the delivery: of a file that is taken, or of anything else.
#[derive(Clone, Copy)]
struct Named<'a> {
    path: &'a str,
    file: Option<usize>,
}

impl<'a> Named<'a> {
    fn about(self) -> About<'a> {
        self.file.map_or(About::Place(self.path), About::File)
    }

    fn sequence(self, case: &Case<'_>) -> Option<usize> {
        self.file.and_then(|file| case.view.sequence_of(file))
    }
}

/// Names that are one name to some system, each with the first of those like it.
fn clashing<'a>(case: &Case<'a>) -> Vec<(Named<'a>, Named<'a>)> {
    let delivery = case.view.delivery;
    let files = delivery.files.iter().enumerate().filter(|(_, item)| item.is_text);
    let files = files.map(|(index, item)| Named { path: item.path, file: Some(index) });
    let folders = case.view.folders.keys().filter(|folder| !folder.is_empty());
    let others = folders.chain(delivery.left_out.iter().map(|(path, _)| path));
    let others = others.map(|path| Named { path, file: None });

    // Nearly all names are like no other: their digests tell, without keeping what was folded.
    let all: Vec<_> = files.chain(others).map(|named| (hash(named), named)).collect();
    let mut hashes: Vec<u64> = all.iter().map(|(hash, _)| *hash).collect();
    hashes.sort_unstable();
    let pairs = hashes.windows(2).filter(|pair| pair[0] == pair[1]);
    let repeated: HashSet<u64> = pairs.map(|pair| pair[0]).collect();

    let mut first_of = HashMap::new();
    let mut pairs = Vec::new();
    for (_, named) in all.into_iter().filter(|(hash, _)| repeated.contains(hash)) {
        let key = (parent(named.path), folded(base_name(named.path)));
        let first: &mut Named<'a> = first_of.entry(key).or_insert(named);
        if first.path != named.path {
            pairs.push((*first, named));
        }
    }
    pairs
}

/// The same for all names in one folder that are one name to some system.
fn hash(named: Named<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (parent(named.path), folded(base_name(named.path))).hash(&mut hasher);
    hasher.finish()
}

/// What stands for all names that are one name to some system.
fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfd().default_case_fold().nfd().collect()
}
