//! What is asked of a header.

use super::model::{Descriptor, Header, Package, Track, TrackKind, Ul, Value};

/// A time code track that a file need not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmbeddedTimecode {
    /// Its package, as an index.
    pub package: usize,
    /// Its place among the tracks of that package.
    pub track: usize,
    /// Why it counts as embedded.
    pub why: WhyEmbedded,
}

/// Why time code counts as embedded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyEmbedded {
    /// It begins elsewhere than at zero: it was taken from somewhere.
    Start,
    /// It is not the only time code of its package.
    Second,
    /// Its package is of a source before this file, such as a tape.
    Source,
    /// It is a stream of time code, or one whose start is not said.
    Stream,
}

impl Header {
    /// The top-level source package, which describes the essence in this file.
    pub fn file_package(&self) -> Option<&Package> {
        self.packages.get(self.file_package?)
    }

    /// The id of the track file, as asset maps and compositions have it: the last 16 bytes of the UMID
    /// of the top-level source package, in their order.
    ///
    /// Source: seen in all packages of Photon's tests.
    pub fn track_file_id(&self) -> Option<[u8; 16]> {
        self.file_package()?.umid.last_chunk().copied()
    }

    /// The descriptor of the essence.
    pub fn descriptor(&self) -> Option<&Descriptor> {
        self.descriptors.get(self.file_package()?.descriptor?)
    }

    /// The track of the top-level source package that the descriptor names; else its first of picture,
    /// sound or data.
    pub fn essence_track(&self) -> Option<&Track> {
        let tracks = &self.file_package()?.tracks;
        let linked =
            match self.descriptor().and_then(|descriptor| descriptor.value("LinkedTrackID")) {
                Some(Value::Number(id)) => {
                    tracks.iter().find(|track| track.id.map(i64::from) == Some(*id))
                }
                _ => None,
            };
        linked.or_else(|| tracks.iter().find(|track| is_essence(track.kind)))
    }

    /// Length of the essence: edit units, and edit units in a second as numerator and denominator.
    ///
    /// That of the track; else what the descriptor says, counted in its sample rate.
    pub fn essence_duration(&self) -> Option<(u64, (i32, i32))> {
        let track = self.essence_track().and_then(|track| track.duration.zip(track.edit_rate));
        track.or_else(|| {
            let descriptor = self.descriptor()?;
            match (descriptor.value("EssenceLength")?, descriptor.value("SampleRate")?) {
                (Value::Number(length), Value::Rational(n, d)) => {
                    Some((u64::try_from(*length).ok()?, (*n, *d)))
                }
                _ => None,
            }
        })
    }

    /// Time code in the file beyond what every writer puts there, which is one track that counts from
    /// zero in the material package and one in the top-level source package.
    ///
    /// Time code inside of the essence, such as in a picture's own headers, is not seen here.
    pub fn embedded_timecode(&self) -> Vec<EmbeddedTimecode> {
        let packages = self.packages.iter().enumerate();
        packages.flat_map(|(at, package)| self.embedded_in(at, package)).collect()
    }

    fn embedded_in(&self, at: usize, package: &Package) -> Vec<EmbeddedTimecode> {
        let is_source = !package.is_material && self.file_package != Some(at);
        let tracks = package.tracks.iter().enumerate().filter(|(_, track)| is_timecode(track));
        let why = |(nth, (track, about)): (usize, (usize, &Track))| {
            let why = why_embedded(is_source, nth, about)?;
            Some(EmbeddedTimecode { package: at, track, why })
        };
        tracks.enumerate().filter_map(why).collect()
    }
}

fn why_embedded(is_source: bool, nth: usize, track: &Track) -> Option<WhyEmbedded> {
    match track.timecode {
        _ if is_source => Some(WhyEmbedded::Source),
        _ if nth > 0 => Some(WhyEmbedded::Second),
        None => Some(WhyEmbedded::Stream),
        Some(timecode) => (timecode.start != 0).then_some(WhyEmbedded::Start),
    }
}

fn is_timecode(track: &Track) -> bool {
    track.kind == TrackKind::Timecode || track.timecode.is_some()
}

fn is_essence(kind: TrackKind) -> bool {
    match kind {
        TrackKind::Picture | TrackKind::Sound | TrackKind::Data => true,
        TrackKind::Timecode | TrackKind::DescriptiveMetadata | TrackKind::Other(_) => false,
    }
}

impl Value {
    /// The texts of the innermost elements that `RegXML` has for it, in their order: `24000/1001`,
    /// `True`, labels and ids as URNs, bytes in hex, and of what has several parts one text for each.
    pub fn leaves(&self) -> Vec<String> {
        match self {
            Self::Number(number) => vec![number.to_string()],
            Self::Rational(numerator, denominator) => vec![format!("{numerator}/{denominator}")],
            Self::Label(label) => vec![label.to_string()],
            Self::Id(id) => vec![urn(id)],
            Self::Text(text) => vec![text.clone()],
            Self::Word(word, _) => vec![(*word).to_owned()],
            Self::Flag(flag) => vec![if *flag { "True" } else { "False" }.to_owned()],
            Self::Numbers(numbers) => numbers.iter().map(i64::to_string).collect(),
            Self::Labels(labels) => labels.iter().map(Ul::to_string).collect(),
            Self::Ids(ids) => ids.iter().map(urn).collect(),
            Self::Components(all) => {
                all.iter().flat_map(|(code, size)| [code.clone(), size.to_string()]).collect()
            }
            Self::Bytes(bytes) => vec![hex(bytes)],
        }
    }
}

fn urn(id: &[u8; 16]) -> String {
    let digits = format!("{:032x}", u128::from_be_bytes(*id));
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &digits[part]);
    format!("urn:uuid:{}", parts.join("-"))
}

fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        digits.extend(
            [byte >> 4, byte & 0xf]
                .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])),
        );
    }
    digits
}
