//! What is asked of picture.

use super::super::check::{Say, count, played};
use crate::format::movie::Pace;
use crate::format::movie::codec::Codec;
use crate::format::movie::model::{Colour, Movie, Track, TrackKind};

pub(super) const DIVISOR: &str = "width and height can be divided by 4";
pub(super) const RATES_TITLE: &str = "the frame rate is 23.976, 24, 25, 29.97, 30, 50, 59.94 or 60";

/// The frame rates of both pages, as frames and seconds.
const RATES: [(u64, u64); 8] =
    [(24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (50, 1), (60000, 1001), (60, 1)];

/// By which share a rate may be off: 23.98 and 23.976, which are written for 24000/1001, are taken; 24, a
/// thousandth away, is another rate.
const SLACK: f64 = 0.0002;

/// Numbers of ISO/IEC 23091-2 for primaries, transfer characteristics and matrix coefficients.
pub(super) struct Colours {
    primaries: &'static [u16],
    transfer: &'static [u16],
    matrix: &'static [u16],
}

/// What says nothing.
const UNSPECIFIED: u16 = 2;

pub(super) static REC_709: Colours = Colours { primaries: &[1], transfer: &[1], matrix: &[1] };

/// 5 and 6 are the two of Rec. 601, of which 6 stands for its transfer too; 11 is the transfer of xvYCC.
pub(super) static REC_601_709_XVYCC: Colours =
    Colours { primaries: &[1, 5, 6], transfer: &[1, 6, 11], matrix: &[1, 5, 6] };

fn videos(movie: &Movie) -> impl Iterator<Item = (String, &Track)> {
    played(movie, TrackKind::Video)
}

pub(super) fn is_there(movie: &Movie, say: &mut Say) {
    if movie.is_compressed {
        say.unknown("", "the header is compressed");
    } else if videos(movie).next().is_none() {
        say.found("", "no video track that is to be played");
    }
    for (path, _) in videos(movie).filter(|(_, track)| track.sample_count() == 0) {
        say.found(path, "the video track has no frame");
    }
}

/// Whether a decoder could begin: H.264 in the form of MP4 needs what `avcC` tells, and a picture has a size.
pub(super) fn is_decodable(movie: &Movie, say: &mut Say) {
    for (path, track) in videos(movie) {
        let (Some(entry), Some(picture)) = (track.entries.first(), track.picture()) else {
            continue;
        };
        let tag = entry.original.unwrap_or(entry.tag);
        if picture.avc.is_none() && (tag == b"avc1" || tag == b"avc2") {
            say.found(path.clone(), "there is no `avcC` box, without which it cannot be decoded");
        }
        if picture.width == 0 || picture.height == 0 {
            say.found(path, format!("it has {}x{}", picture.width, picture.height));
        }
    }
}

pub(super) fn is_one(movie: &Movie, say: &mut Say) {
    let (count, words) = count(movie, TrackKind::Video, "video");
    if count > 1 {
        say.found("", words);
    }
}

/// A codec that is known has to be one of these.
pub(super) fn codec(movie: &Movie, say: &mut Say, is_right: fn(Codec) -> bool) {
    for (path, track) in videos(movie) {
        let Some(codec) = track.codec().filter(|codec| !is_right(*codec)) else { continue };
        say.found(path, format!("it is {}", codec.name()));
    }
}

/// The same; one that is not known here is none of these.
pub(super) fn known_codec(movie: &Movie, say: &mut Say, is_right: fn(Codec) -> bool) {
    codec(movie, say, is_right);
    for (path, track) in videos(movie).filter(|(_, track)| track.codec().is_none()) {
        match track.entries.first() {
            Some(entry) => say.found(path, format!("the codec `{}` is not known here", entry.tag)),
            None => say.unknown(path, "there is no sample description"),
        }
    }
}

pub(super) fn tag(movie: &Movie, say: &mut Say) {
    for (path, track) in videos(movie).filter(|(_, track)| track.codec() == Some(Codec::H264)) {
        let Some(entry) = track.entries.first().filter(|entry| entry.tag != b"H264") else {
            continue;
        };
        let compressor = track.picture().and_then(|picture| picture.compressor.as_deref());
        let compressor = compressor.map_or(String::new(), |name| format!(", written by `{name}`"));
        let message = format!("the tag is `{}`{compressor}; that is H.264 all the same", entry.tag);
        say.found(path, message);
    }
}

pub(super) fn is_upright(movie: &Movie, say: &mut Say) {
    for (path, track) in videos(movie) {
        match track.rotation {
            Some(0) => {}
            Some(degrees) => say.found(path, format!("it is turned by {degrees} degrees")),
            None if track.display.is_some() => say.found(path, "it is mirrored or skewed"),
            None => say.unknown(path, "how it is shown is not told"),
        }
    }
}

/// Width and height; those that are not told are named.
fn sizes(movie: &Movie, say: &mut Say) -> Vec<(String, u16, u16)> {
    let mut sizes = Vec::new();
    for (path, track) in videos(movie) {
        match track.picture() {
            Some(picture) => sizes.push((path, picture.width, picture.height)),
            None => say.unknown(path, "the size of the picture is not told"),
        }
    }
    sizes
}

pub(super) fn size(movie: &Movie, say: &mut Say, least: (u16, u16), most: (u16, u16)) {
    for (path, width, height) in sizes(movie, say) {
        let fits = |value: u16, least: u16, most: u16| (least..=most).contains(&value);
        if !fits(width, least.0, most.0) || !fits(height, least.1, most.1) {
            say.found(path, format!("it has {width}x{height}"));
        }
    }
}

pub(super) fn divides(movie: &Movie, say: &mut Say) {
    for (path, width, height) in sizes(movie, say) {
        if width % 4 != 0 || height % 4 != 0 {
            say.found(path, format!("it has {width}x{height}"));
        }
    }
}

pub(super) fn rate(movie: &Movie, say: &mut Say) {
    for (path, track) in videos(movie) {
        match track.frame_rate() {
            None => say.unknown(path, "the frame rate is not told"),
            // Another rule says so.
            Some(rate) if rate.pace == Pace::Variable => {}
            Some(rate) if is_usual(rate.value(), track) => {}
            Some(rate) => say.found(
                path,
                format!(
                    "{:.3} frames a second ({}/{})",
                    rate.value(),
                    rate.numerator,
                    rate.denominator
                ),
            ),
        }
    }
}

/// A mean of short movies is off by what rounding to ticks makes at both ends.
#[expect(clippy::cast_precision_loss, reason = "what is lost is far below the slack")]
fn is_usual(rate: f64, track: &Track) -> bool {
    let rounding = 2.0 / track.durations.total().max(1) as f64;
    let is_rounded = track.frame_rate().is_some_and(|rate| rate.pace == Pace::Rounded);
    let slack = if is_rounded { SLACK.max(rounding) } else { SLACK };
    let usual = RATES.iter().map(|(frames, seconds)| *frames as f64 / *seconds as f64);
    usual.into_iter().any(|usual| (rate / usual - 1.0).abs() <= slack)
}

pub(super) fn is_even(movie: &Movie, say: &mut Say) {
    for (path, track) in videos(movie) {
        let (rate, range) = (track.frame_rate(), track.durations.range());
        let (Some(rate), Some((shortest, longest))) = (rate, range) else {
            say.unknown(path, "the frame rate is not told");
            continue;
        };
        if rate.pace == Pace::Variable {
            let scale = track.time_scale.unwrap_or(0);
            let message = format!("frames last {shortest} to {longest} of {scale} ticks a second");
            say.found(path, message);
        }
    }
}

pub(super) fn is_not_rounded(movie: &Movie, say: &mut Say) {
    for (path, track) in videos(movie) {
        let rate = track.frame_rate().filter(|rate| rate.pace == Pace::Rounded);
        if let (Some(rate), Some(scale)) = (rate, track.time_scale) {
            let value = rate.value();
            let message =
                format!("at {scale} ticks a second, {value:.3} frames a second do not last alike");
            say.found(path, message);
        }
    }
}

pub(super) fn is_in_order(movie: &Movie, say: &mut Say) {
    for (path, _) in videos(movie).filter(|(_, track)| track.is_reordered()) {
        say.found(path, "frames are reordered (B-frames)");
    }
}

pub(super) fn is_closed(movie: &Movie, say: &mut Say) {
    for (path, track) in videos(movie) {
        match (track.keys.partial, track.codec()) {
            (partial, _) if partial > 0 => {
                say.found(path, format!("{partial} groups of pictures are open"));
            }
            // Each frame alone has no groups.
            (_, Some(Codec::ProRes(_) | Codec::Dnx | Codec::Jpeg)) => {}
            _ if track.sample_count() > 0 && track.keys.is_all() => {}
            _ => say.unknown(path, "boxes do not tell whether groups of pictures are closed"),
        }
    }
}

pub(super) fn colour(movie: &Movie, say: &mut Say, right: &Colours) {
    for (path, track) in videos(movie) {
        let colour = track.picture().and_then(|picture| picture.colour);
        let Some(Colour::Code { primaries, transfer, matrix, .. }) = colour else {
            let profile = "colours are told by an ICC profile, which is not read";
            let reason = if colour.is_some() { profile } else { "no box tells the colours" };
            say.unknown(path, reason);
            continue;
        };
        let fits = |value: u16, right: &[u16]| value == UNSPECIFIED || right.contains(&value);
        if !(fits(primaries, right.primaries)
            && fits(transfer, right.transfer)
            && fits(matrix, right.matrix))
        {
            let message = format!(
                "primaries {primaries}, transfer {transfer}, matrix {matrix} of ISO/IEC 23091-2"
            );
            say.found(path, message);
        } else if [primaries, transfer, matrix].contains(&UNSPECIFIED) {
            say.unknown(path, "the colours are not all told");
        }
    }
}
