//! What is asked of sound.

use super::super::check::{Say, count, played};
use crate::format::movie::codec::Codec;
use crate::format::movie::model::{Layout, Movie, Track, TrackKind};

/// Audio object types: AAC-LC, and the two versions of HE-AAC.
const AAC_LC: u8 = 2;
const HE_AAC: [u8; 2] = [5, 29];

/// Seconds by which sound may end before or after picture. Encoders of AAC add some 50 ms.
const LENGTHS: f64 = 0.5;

fn sounds(movie: &Movie) -> impl Iterator<Item = (String, &Track)> {
    played(movie, TrackKind::Audio)
}

pub(super) fn is_one(movie: &Movie, say: &mut Say) {
    let (count, words) = count(movie, TrackKind::Audio, "audio");
    if movie.is_compressed {
        say.unknown("", "the header is compressed");
    } else if count != 1 {
        say.found("", words);
    }
}

/// What it is, in words.
fn name(track: &Track) -> String {
    let tag = track.entries.first().map(|entry| entry.tag);
    let object_type = track.sound().and_then(|sound| sound.aac).map(|aac| aac.object_type);
    match (track.codec(), object_type, tag) {
        (Some(Codec::Aac), Some(2), _) => "AAC-LC".to_owned(),
        (Some(Codec::Aac), Some(5), _) => "HE-AAC".to_owned(),
        (Some(Codec::Aac), Some(29), _) => "HE-AAC version 2".to_owned(),
        (Some(Codec::Aac), Some(number), _) => format!("AAC of audio object type {number}"),
        (Some(codec), ..) => codec.name().to_owned(),
        (None, _, Some(tag)) => format!("`{tag}`, which is not known here"),
        (None, _, None) => "not told".to_owned(),
    }
}

/// Whether it is AAC of one of these types; `None` if the type is not told.
fn is_aac(track: &Track, types: &[u8]) -> Option<bool> {
    if track.codec() != Some(Codec::Aac) {
        return Some(false);
    }
    track.sound()?.aac.map(|aac| types.contains(&aac.object_type))
}

fn judge(path: String, track: &Track, is_right: Option<bool>, say: &mut Say) {
    match is_right {
        Some(true) => {}
        Some(false) => say.found(path, format!("it is {}", name(track))),
        None => say.unknown(path, "which kind of AAC it is, is not told"),
    }
}

pub(super) fn is_aac_lc(movie: &Movie, say: &mut Say) {
    for (path, track) in sounds(movie) {
        judge(path, track, is_aac(track, &[AAC_LC]), say);
    }
}

/// Sound that belongs to the picture it comes with.
pub(super) fn suits(movie: &Movie, say: &mut Say) {
    let picture = played(movie, TrackKind::Video).find_map(|(_, track)| track.codec());
    for (path, track) in sounds(movie) {
        match picture {
            Some(Codec::H264) => {
                judge(path, track, is_aac(track, &[AAC_LC, HE_AAC[0], HE_AAC[1]]), say);
            }
            Some(Codec::ProRes(_) | Codec::Dnx) => {
                judge(path, track, Some(track.codec() == Some(Codec::Pcm)), say);
            }
            _ => say.unknown(path, "what goes with this picture is not told"),
        }
    }
}

/// 44.1 or 48 kHz of AAC, 48 kHz of PCM. Other codecs are not looked at.
pub(super) fn rate(movie: &Movie, say: &mut Say) {
    for (path, track) in sounds(movie) {
        let (Some(codec), Some(sound)) = (track.codec(), track.sound()) else { continue };
        let rate = sound.sample_rate();
        let is_right = match codec {
            Codec::Aac => matches!(rate, 44_100 | 48_000),
            Codec::Pcm => rate == 48_000,
            _ => true,
        };
        if !is_right {
            say.found(path, format!("{rate} samples a second"));
        }
    }
}

pub(super) fn depth(movie: &Movie, say: &mut Say) {
    for (path, track) in sounds(movie).filter(|(_, track)| track.codec() == Some(Codec::Pcm)) {
        let Some(bits) = track.sound().map(|sound| sound.sample_size) else { continue };
        if bits != 16 {
            say.found(path, format!("{bits} bits"));
        }
    }
}

pub(super) fn is_stereo(movie: &Movie, say: &mut Say) {
    for (path, track) in sounds(movie) {
        let Some(sound) = track.sound() else {
            say.unknown(path, "channels are not told");
            continue;
        };
        let (count, layout) = (sound.channel_count(), sound.layout.as_ref());
        let name = layout.and_then(Layout::name);
        match (count, layout, name) {
            (2, None, _) | (2, Some(_), Some("L R" | "Lt Rt")) => {}
            (2, Some(_), Some(name)) => say.found(path, format!("its channels are {name}")),
            (2, Some(_), None) => say.unknown(path, "which channel is what is not known here"),
            (count, ..) => say.found(path, format!("{count} channels")),
        }
    }
}

pub(super) fn is_as_long(movie: &Movie, say: &mut Say) {
    let end = |track: &Track| track.end(movie.time_scale);
    let picture = played(movie, TrackKind::Video).find_map(|(_, track)| end(track));
    let Some(picture) = picture else { return };
    for (path, track) in sounds(movie) {
        let Some(sound) = end(track) else { continue };
        if (sound - picture).abs() > LENGTHS {
            say.found(path, format!("sound ends at {sound:.3} s, picture at {picture:.3} s"));
        }
    }
}

/// Of fragments the header does not know.
pub(super) fn header_is_as_long(movie: &Movie, say: &mut Say) {
    let (Some(header), false) = (movie.seconds(), movie.is_fragmented) else { return };
    let ends: Option<Vec<_>> =
        movie.tracks.iter().map(|track| track.end(movie.time_scale)).collect();
    let Some(last) = ends.and_then(|ends| ends.into_iter().reduce(f64::max)) else { return };
    if (header - last).abs() > LENGTHS {
        say.found(
            "",
            format!("the header says {header:.3} s, the longest track ends at {last:.3} s"),
        );
    }
}
