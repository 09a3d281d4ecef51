//! Where elements are, as people count: made when it is first asked for.

use std::collections::HashMap;

use super::{NodeId, Tree};

/// What is known of a whole document at once, so that asking for each element costs little.
pub(super) struct Places {
    /// Where lines end, in bytes.
    line_ends: Vec<u32>,
    /// For each element its number among its siblings of the same name, from 1; 0 if it is the only one.
    nth: Vec<u32>,
}

impl Tree {
    pub(super) fn places(&self) -> &Places {
        self.places.get_or_init(|| Places { line_ends: line_ends(&self.text), nth: self.count() })
    }

    fn count(&self) -> Vec<u32> {
        let mut nth = vec![0; self.elements.len()];
        // For each name the first that has it, and how many have it.
        let mut seen = HashMap::new();
        for (at, element) in self.elements.iter().enumerate().skip(1) {
            let key = (element.parent, self.slice(element.name));
            let (first, count) = seen.entry(key).or_insert((at, 0));
            *count += 1;
            if *count > 1 {
                nth[at] = *count;
                nth[*first] = 1;
            }
        }
        nth
    }
}

impl Places {
    /// The line of a byte, from 1.
    pub(super) fn line(&self, at: u32) -> usize {
        self.line_ends.partition_point(|&end| end < at) + 1
    }

    /// The number of an element among its siblings of the same name; `None` if there are none.
    pub(super) fn nth(&self, id: NodeId) -> Option<u32> {
        Some(self.nth[id.0 as usize]).filter(|&nth| nth > 0)
    }
}

fn line_ends(text: &str) -> Vec<u32> {
    let ends = text.bytes().zip(0..).filter(|(byte, _)| *byte == b'\n');
    ends.map(|(_, at)| at).collect()
}
