//! What is asked of the file as a whole.

use super::super::check::{Say, path, played};
use crate::format::movie::codec::Codec;
use crate::format::movie::model::{Edits, Effect, Movie, TopBox, Track, TrackKind};
use crate::format::movie::{Fault, Reason};

pub(super) fn is_fast_start(movie: &Movie, say: &mut Say) {
    let first = |is: fn(&TopBox) -> bool| {
        movie.boxes.iter().find(|one| is(one)).map_or(0, |one| one.offset)
    };
    match movie.is_fast_start() {
        None => say.unknown("", "there is no media data"),
        Some(true) => {}
        Some(false) => {
            let (header, media) = (first(|one| one.kind == b"moov"), first(TopBox::is_media));
            say.found("moov", format!("`moov` is at byte {header}, media data at byte {media}"));
        }
    }
}

pub(super) fn is_whole(movie: &Movie, say: &mut Say) {
    if movie.is_fragmented {
        let message = match movie.boxes.iter().filter(|one| one.kind == b"moof").count() {
            0 => "the header announces fragments, and there is none".to_owned(),
            1 => "the file has 1 fragment".to_owned(),
            count => format!("the file has {count} fragments"),
        };
        say.found("", message);
    }
}

pub(super) fn is_plain(movie: &Movie, say: &mut Say) {
    if movie.is_compressed {
        say.found("moov/cmov", "the header is compressed; what it says of tracks is not read");
    }
}

pub(super) fn one_header(movie: &Movie, say: &mut Say) {
    let count = movie.header_count();
    if count > 1 {
        say.found("moov", format!("{count} `moov` boxes; the first is read"));
    }
}

pub(super) fn is_mov(movie: &Movie, say: &mut Say) {
    if let Some(brand) = movie.major_brand.filter(|_| !movie.is_quicktime()) {
        say.found("ftyp", format!("its brand is `{brand}`, not `qt  `"));
    }
}

pub(super) fn mezzanine_in_mov(movie: &Movie, say: &mut Say) {
    for (path, track) in played(movie, TrackKind::Video).filter(|_| !movie.is_quicktime()) {
        if let Some(codec @ (Codec::ProRes(_) | Codec::Dnx)) = track.codec() {
            say.found(path, format!("{} in a file that is no MOV", codec.name()));
        }
    }
}

/// Whether a fault is that the file ends too early.
fn is_end(reason: &Reason) -> bool {
    matches!(reason, Reason::CutOff { .. } | Reason::Outside { .. })
}

pub(super) fn cut_off(movie: &Movie, say: &mut Say) {
    let ends: Vec<_> = movie.faults.iter().filter(|fault| is_end(&fault.reason)).collect();
    // That samples are not there follows from a box that is not.
    let is_cause = |fault: &Fault| matches!(fault.reason, Reason::CutOff { .. });
    let has_cause = ends.iter().any(|fault| is_cause(fault));
    for fault in ends.into_iter().filter(|fault| !has_cause || is_cause(fault)) {
        say.found(fault.path.clone(), fault.reason.to_string());
    }
}

pub(super) fn damaged(movie: &Movie, say: &mut Say) {
    for fault in movie.faults.iter().filter(|fault| !is_end(&fault.reason)) {
        say.found(fault.path.clone(), format!("byte {}: {}", fault.offset, fault.reason));
    }
    let is_placed = |track: &Track| track.chunks.count > 0 || track.is_external;
    for (place, track) in movie.tracks.iter().enumerate().filter(|_| !movie.is_fragmented) {
        if track.sample_count() > 0 && !is_placed(track) {
            say.found(path(place), "nothing says where its samples lie");
        }
    }
}

pub(super) fn external(movie: &Movie, say: &mut Say) {
    if movie.is_reference {
        say.found("moov/rmra", "the file only names other movies");
    }
    for (place, _) in movie.tracks.iter().enumerate().filter(|(_, track)| track.is_external) {
        say.found(path(place), "its media data lies in another file");
    }
}

pub(super) fn encrypted(movie: &Movie, say: &mut Say) {
    for (place, _) in movie.tracks.iter().enumerate().filter(|(_, track)| track.is_encrypted()) {
        say.found(path(place), "the track is encrypted");
    }
}

pub(super) fn one_description(movie: &Movie, say: &mut Say) {
    for (place, track) in movie.tracks.iter().enumerate() {
        if track.entry_count > 1 {
            say.found(path(place), format!("{} sample descriptions", track.entry_count));
        }
    }
}

fn edits(movie: &Movie) -> impl Iterator<Item = (String, &Edits)> {
    let all = movie.tracks.iter().enumerate();
    all.filter_map(|(place, track)| Some((path(place), track.edits.as_ref()?)))
}

pub(super) fn changing_edits(movie: &Movie, say: &mut Say) {
    for (path, edits) in edits(movie) {
        match (edits.effect, edits.list.first()) {
            (Effect::Changes, Some(edit)) if edits.count == 1 => say.found(
                path,
                format!(
                    "an edit of {} ticks begins at tick {} of the media",
                    edit.duration, edit.start
                ),
            ),
            (Effect::Changes, _) => say.found(path, format!("{} edits", edits.count)),
            (Effect::Unknown, _) => say.unknown(path, "what its edit list changes is not told"),
            (Effect::None | Effect::Reordered, _) => {}
        }
    }
}

pub(super) fn idle_edits(movie: &Movie, say: &mut Say) {
    for (path, edits) in edits(movie) {
        match edits.effect {
            Effect::None => say.found(path, "an edit list that changes nothing"),
            Effect::Reordered => {
                say.found(path, "an edit list that only takes back the delay of reordered frames");
            }
            Effect::Changes | Effect::Unknown => {}
        }
    }
}
