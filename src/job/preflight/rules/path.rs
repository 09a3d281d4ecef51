//! Lengths of paths.

use std::collections::BTreeMap;

use super::case::{About, Case};
use crate::job::preflight::wording::{counted, number};

/// Paths of more than `limit` characters, from the delivery's folder on. Whether that folder's own name
/// counts is for the profile to say (`count-root`): the studio's page does not.
pub(super) fn length(case: &mut Case<'_>) {
    let limit = usize::try_from(case.rule.count("limit")).unwrap_or(usize::MAX);
    let root = case.view.delivery.root_name.chars().count() + 1;
    let above = if case.rule.switch("count-root") { root } else { 0 };
    let mut in_sequences: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (index, item) in case.view.delivery.files.iter().enumerate() {
        let length = above + item.path.chars().count();
        if length <= limit {
            continue;
        }
        match case.view.sequence_of(index) {
            None => case.long(About::File(index), 1, length),
            Some(sequence) => {
                let (longest, count) = in_sequences.entry(sequence).or_default();
                (*longest, *count) = (length.max(*longest), *count + 1);
            }
        }
    }
    for (sequence, (longest, count)) in in_sequences {
        case.long(About::Sequence(sequence), count, longest);
    }
}

impl Case<'_> {
    fn long(&mut self, about: About<'_>, count: usize, longest: usize) {
        let limit = number(self.rule.count("limit"));
        let root = if self.rule.switch("count-root") { "with" } else { "without" };
        let paths = match count {
            1 => format!("the path is {longest}"),
            _ => format!("{} are up to {longest}", counted(count, "path", "paths")),
        };
        let message = format!(
            "{paths} characters long, {root} the delivery's own folder; {limit} are the most"
        );
        self.add(about, message, None);
    }
}
