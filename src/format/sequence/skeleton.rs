//! Names that are alike but for their numbers.

use std::collections::HashMap;

use super::name::Run;
use super::scan::Scan;

/// Stands for a run of digits. No byte of UTF-8 has this value, so that nothing else can look like it.
const RUN: u8 = 0xFF;

/// A name's position, behind the number of its skeleton: the path with a mark in place of each run.
pub(super) type Placed = (usize, usize);

/// The position of each name, those with the same skeleton beside each other.
pub(super) fn by_skeleton(names: &[&str]) -> Vec<Placed> {
    let mut known: HashMap<Box<[u8]>, usize> = HashMap::new();
    let (mut scan, mut key, mut skeleton) = (Scan::default(), vec![], 0);
    let mut placed = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        if !scan.read(name) {
            key.clear();
            push_key(name, scan.runs(), &mut key);
            skeleton = number_of(&mut known, &key);
        }
        placed.push((skeleton, index));
    }
    placed.sort_unstable();
    placed
}

fn push_key(name: &str, runs: &[Run], key: &mut Vec<u8>) {
    let mut at = 0;
    for Run { start, end, .. } in runs {
        key.extend(&name.as_bytes()[at..*start]);
        key.push(RUN);
        at = *end;
    }
    key.extend(&name.as_bytes()[at..]);
}

fn number_of(known: &mut HashMap<Box<[u8]>, usize>, key: &[u8]) -> usize {
    if let Some(skeleton) = known.get(key) {
        return *skeleton;
    }
    let next = known.len();
    known.insert(key.into(), next);
    next
}
