//! What the headers of one sequence say, and which frames differ from the others.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::case::Case;
use super::frame::{headers, most};
use super::{Pass, State};
use crate::format::picture::{Format, Header};
use crate::job::preflight::wording::{counted, number, quoted, verb};

/// What a sequence is, as most of its frames say. A header that is silent does not count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Told by the first bytes.
    pub format: Option<Format>,
    /// Pixels from left to right.
    pub width: Option<u32>,
    /// Pixels from top to bottom.
    pub height: Option<u32>,
    /// As [`Header::bit_depth`].
    pub bit_depth: Option<String>,
    /// As [`Header::channels`].
    pub channels: Option<String>,
    /// As [`Header::compression`].
    pub compression: Option<String>,
    /// As [`Header::encoding`].
    pub encoding: Option<String>,
    /// Frames a second.
    pub frame_rate: Option<f64>,
}

impl Summary {
    /// What most of `headers` say.
    pub(in crate::job::preflight) fn of(headers: &[(usize, &Header)]) -> Self {
        let text = |of: fn(&Header) -> &str| {
            let texts =
                headers.iter().map(|(_, header)| of(header)).filter(|text| !text.is_empty());
            most(texts).map(str::to_owned)
        };
        let size = most(headers.iter().map(|(_, header)| (header.width, header.height)));
        let rate = headers.iter().filter_map(|(_, header)| header.frame_rate.map(f64::to_bits));
        Self {
            format: most(headers.iter().map(|(_, header)| header.format)),
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            bit_depth: text(|header| &header.bit_depth),
            channels: text(|header| &header.channels),
            compression: text(|header| &header.compression),
            encoding: text(|header| &header.encoding),
            frame_rate: most(rate).map(f64::from_bits),
        }
    }
}

/// What may not differ inside a sequence, by the word that a profile uses.
pub(super) const PROPERTIES: [&str; 8] =
    ["format", "size", "bit depth", "channels", "encoding", "frame rate", "compression", "layout"];

/// What a header says of a property.
fn value<'h>(property: &str, header: &'h Header) -> Cow<'h, str> {
    match property {
        "format" => Cow::Owned(header.format.to_string()),
        "size" => Cow::Owned(format!("{}x{}", header.width, header.height)),
        "bit depth" => Cow::Borrowed(&header.bit_depth),
        "channels" => Cow::Borrowed(&header.channels),
        "encoding" => Cow::Borrowed(&header.encoding),
        "compression" => Cow::Borrowed(&header.compression),
        "layout" => Cow::Borrowed(&header.layout),
        _ => header.frame_rate.map_or(Cow::Borrowed(""), |rate| Cow::Owned(rate.to_string())),
    }
}

/// Frames that differ from most of their sequence in one of the properties.
pub(super) fn differs(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    for (index, sequence) in case.view.frame_sequences() {
        let headers = headers(sequence, pass);
        for property in case.rule.texts("of") {
            for file in case.odd(index, property, &headers) {
                pass.say(file, State::Odd);
            }
        }
    }
}

impl Case<'_> {
    fn odd(&mut self, sequence: usize, property: &str, headers: &[(usize, &Header)]) -> Vec<usize> {
        let values: Vec<_> = headers.iter().map(|(_, header)| value(property, header)).collect();
        // Nearly always all are alike, and nothing has to be counted.
        if values.windows(2).all(|pair| pair[0] == pair[1]) {
            return Vec::new();
        }
        let usual = most(values.iter().map(|value| &**value)).unwrap_or_default();
        let mut others: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (value, (file, _)) in values.iter().zip(headers) {
            if value != usual {
                others.entry(value).or_default().push(*file);
            }
        }
        let odd: Vec<_> = others.values().flatten().copied().collect();
        let message = format!(
            "{} of {} {} from the others in {property}, which is {}: {}",
            number(odd.len() as u64),
            counted(headers.len(), "frame", "frames"),
            verb(odd.len(), "differs", "differ"),
            told(usual),
            self.others(sequence, &others),
        );
        self.sequence(sequence, message);
        odd
    }

    /// `1004-1006 have 1920x1080, 1009 has 4096x2160`.
    fn others(&self, sequence: usize, others: &BTreeMap<&str, Vec<usize>>) -> String {
        let shown = others.iter().take(MOST_VALUES).map(|(value, files)| {
            let several = self.several(sequence, files.clone());
            let frames = several.behind.trim_start_matches(": ").to_owned();
            format!("{frames} {} {}", several.verb("has", "have"), told(value))
        });
        let mut parts: Vec<_> = shown.collect();
        if others.len() > MOST_VALUES {
            parts.push(counted(others.len() - MOST_VALUES, "other value", "other values"));
        }
        parts.join("; ")
    }
}

/// Other values that a message names before it says how many more there are.
const MOST_VALUES: usize = 4;

fn told(value: &str) -> String {
    if value.is_empty() { "not told".to_owned() } else { quoted(value) }
}
