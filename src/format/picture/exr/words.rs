//! What an `OpenEXR` header says, in words.

use super::extent::Levels;
use super::part::{Kind, Part};

/// Characters of the channel list that are told; behind them, how many there are.
const LONGEST_LIST: usize = 500;

/// How near chromaticities must be to those of a standard, as in the `OpenEXR` library.
const TOLERANCE: f32 = 0.001;

/// Red, green, blue and white (x, y) of the spaces that frames are delivered in: ITU-R BT.709 and
/// BT.2020, SMPTE RP 431-2 with the white of the display (P3-D65) or of the cinema, SMPTE ST 2065-1
/// (ACES AP0), ACES S-2014-004 (AP1).
const SPACES: [(&str, [f32; 8]); 6] = [
    ("ITU-R 709", [0.64, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329]),
    ("ITU-R 2020", [0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.329]),
    ("P3-D65", [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.3127, 0.329]),
    ("P3-DCI", [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.314, 0.351]),
    ("ACES AP0", [0.7347, 0.2653, 0.0, 1.0, 0.0001, -0.077, 0.32168, 0.33767]),
    ("ACES AP1", [0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767]),
];

/// "scanline", "multi-part scanline", "multi-part scanline+deep tiled".
pub(super) fn layout(parts: &[Part], multi_part: bool) -> String {
    let kinds = distinct(parts.iter().map(kind));
    if multi_part { format!("multi-part {kinds}") } else { kinds }
}

fn kind(part: &Part) -> String {
    let kind = match part.kind {
        Kind::Scanline => "scanline",
        Kind::Tiled => "tiled",
        Kind::DeepScanline => "deep scanline",
        Kind::DeepTiled => "deep tiled",
    };
    let levels = match part.tiles.map(|tiles| tiles.levels) {
        None | Some(Levels::One) => "",
        Some(Levels::MipMap) => " mipmap",
        Some(Levels::RipMap) => " ripmap",
    };
    format!("{kind}{levels}")
}

pub(super) fn compression(parts: &[Part]) -> String {
    distinct(parts.iter().map(|part| part.compression.name()))
}

/// Each word once, in the order of the parts.
fn distinct(words: impl Iterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for word in words {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen.join("+")
}

/// Of all channels of all parts.
pub(super) fn bit_depth(parts: &[Part]) -> String {
    let mut samples = parts.iter().flat_map(|part| &part.channels).map(|channel| channel.sample);
    let first = samples.next();
    if samples.any(|sample| Some(sample) != first) {
        return "mixed".to_owned();
    }
    match first {
        Some(0) => "32".to_owned(),
        Some(1) => "16f".to_owned(),
        Some(2) => "32f".to_owned(),
        Some(other) => format!("type {other}"),
        None => String::new(),
    }
}

/// The parts' channels, parts with a space and a plus between them.
pub(super) fn channels(parts: &[Part]) -> String {
    let lists: Vec<String> = parts.iter().map(part_channels).collect();
    let list = lists.join(" + ");
    match list.char_indices().nth(LONGEST_LIST) {
        None => list,
        Some((end, _)) => {
            let count: usize = parts.iter().map(|part| part.channels.len()).sum();
            format!("{}... ({count} channels)", &list[..end])
        }
    }
}

/// The file has them in alphabetical order; here red, green, blue and alpha go first.
fn part_channels(part: &Part) -> String {
    let mut names: Vec<&str> = part.channels.iter().map(|channel| channel.name.as_str()).collect();
    names.sort_by_key(|name| {
        ["R", "G", "B", "A"].iter().position(|first| first == name).unwrap_or(4)
    });
    match names[..] {
        ["R", "G", "B"] => "RGB".to_owned(),
        ["R", "G", "B", "A"] => "RGBA".to_owned(),
        _ => names.join(","),
    }
}

/// The name of a space with these chromaticities, or the numbers.
pub(super) fn encoding(values: &[f32; 8]) -> String {
    let near = |space: &[f32; 8]| {
        space.iter().zip(values).all(|(known, value)| (known - value).abs() <= TOLERANCE)
    };
    if let Some((name, _)) = SPACES.iter().find(|(_, space)| near(space)) {
        return (*name).to_owned();
    }
    let pairs = values.as_chunks::<2>().0.iter().zip(["R", "G", "B", "W"]);
    let pairs: Vec<String> = pairs.map(|([x, y], name)| format!("{name} {x} {y}")).collect();
    pairs.join(", ")
}

/// Digits of SMPTE 12M with its flags between them; bit 6 tells that frames are dropped.
pub(super) fn time_code(bits: u32) -> Option<String> {
    let digits = |shift: u32, tens: u32| (bits >> (shift + 4) & tens) * 10 + (bits >> shift & 0xf);
    let (hours, minutes) = (digits(24, 3), digits(16, 7));
    let (seconds, frames) = (digits(8, 7), digits(0, 3));
    let separator = if bits & 1 << 6 == 0 { ':' } else { ';' };
    let sound = hours < 24 && minutes < 60 && seconds < 60;
    sound.then(|| format!("{hours:02}:{minutes:02}:{seconds:02}{separator}{frames:02}"))
}
