//! The primer: which item each short tag stands for.
//!
//! Source: ffmpeg `mxf_read_primer_pack`, Photon `PrimerPack`.

use std::collections::HashMap;

use super::model::Ul;
use super::value::elements;
use super::{Fault, Reason};

/// A tag and its label.
const ENTRY_LEN: usize = 18;

/// What the tags of the sets behind it stand for.
pub(super) struct Primer(HashMap<u16, Ul>);

impl Primer {
    /// From the value of the pack, which begins at `at`.
    pub(super) fn parse(value: &[u8], at: u64) -> Result<Self, Fault> {
        let wrong = Reason::Size { what: "a primer", len: value.len() as u64 };
        let entries = elements(value, ENTRY_LEN).ok_or(wrong.at(at))?;
        let mut tags = HashMap::new();
        for entry in entries {
            let (Some(tag), Some(label)) = (entry.first_chunk(), entry.last_chunk()) else {
                continue;
            };
            let (tag, label) = (u16::from_be_bytes(*tag), Ul(*label));
            if tags.insert(tag, label).is_some_and(|before| before != label) {
                return Err(Reason::TagTwice(tag).at(at));
            }
        }
        Ok(Self(tags))
    }

    /// What a tag stands for; 0 if it is not known.
    pub(super) fn item(&self, tag: u16) -> u64 {
        let label = self.0.get(&tag);
        // All items are elements of the dictionary.
        label.filter(|label| label.0[4..7] == [1; 3]).and_then(Ul::item).unwrap_or(0)
    }
}
