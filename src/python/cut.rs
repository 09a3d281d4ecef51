//! Movies and cuts. What goes over is JSON, whose keys are the fields of the classes in `reelpack.cuts`.

use std::path::{Path, PathBuf};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::{Value, json};

use super::interruptible::interruptible;
use super::package::parse_clone;
use crate::error::{Error, Result};
use crate::format::movie::codec::Codec;
use crate::format::movie::model::{Colour, Effect, Movie, Track, TrackKind};
use crate::format::movie::{FrameRate, Pace};
use crate::job::cut::{self as job, Finding, NotChecked, Options, PROFILES, Profile, Sure};

/// Movies held against a profile. Documented at `reelpack.cuts.check`.
#[pyfunction]
#[pyo3(signature = (paths, *, profile))]
pub(super) fn cut_check(py: Python<'_>, paths: Vec<PathBuf>, profile: &str) -> PyResult<String> {
    let known = job::profile(profile)
        .ok_or_else(|| PyValueError::new_err(format!("profile `{profile}` is not known")))?;
    interruptible(py, None, |progress| {
        let mut files = vec![];
        for path in &paths {
            progress.check()?;
            files.push(checked(path, known)?);
        }
        Ok(json!({ "profile": known.name, "files": files }).to_string())
    })
}

type RuleRow = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static str,
    Vec<&'static str>,
);

/// Every rule, with the profiles that ask it. Documented at `reelpack.cuts.rules`.
#[pyfunction]
pub(super) fn cut_rules() -> Vec<RuleRow> {
    let mut rows: Vec<RuleRow> = vec![];
    for profile in PROFILES {
        for rule in profile.rules() {
            let severity = rule.severity.name();
            match rows
                .iter_mut()
                .find(|row| (row.0, row.1, row.4) == (rule.id, severity, rule.source))
            {
                Some(row) => row.6.push(profile.name),
                None => rows.push((
                    rule.id,
                    severity,
                    rule.title,
                    rule.fix,
                    rule.source,
                    sure(rule.sure, rule.source),
                    vec![profile.name],
                )),
            }
        }
    }
    rows
}

/// A movie with its header first. Documented at `reelpack.cuts.faststart`.
#[pyfunction]
#[pyo3(signature = (source, target, *, replace, clone, progress))]
pub(super) fn cut_faststart(
    py: Python<'_>,
    source: PathBuf,
    target: PathBuf,
    replace: bool,
    clone: &str,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<String> {
    let options = Options { clone: parse_clone(clone)?, replace };
    let made = interruptible(py, progress, |progress| {
        job::faststart(&source, &target, options, progress)
    })?;
    Ok(json!({
        "already": made.already, "size": made.size, "bytes_copied": made.copied,
        "bytes_cloned": made.cloned,
    })
    .to_string())
}

/// One file. That it is no movie is an answer too, so that the others are looked at.
fn checked(path: &Path, profile: &Profile) -> Result<Value> {
    match job::open(path) {
        Ok(movie) => {
            let (findings, not_checked) = job::check(&movie, profile);
            Ok(json!({
                "path": path.to_string_lossy(), "error": null, "movie": shown(&movie),
                "findings": findings.iter().map(finding).collect::<Vec<_>>(),
                "not_checked": not_checked.iter().map(unknown).collect::<Vec<_>>(),
            }))
        }
        Err(Error::Movie { place, reason, .. }) => {
            let place = if place.is_empty() { place } else { format!("{place}: ") };
            Ok(json!({
                "path": path.to_string_lossy(), "error": format!("{place}{reason}"), "movie": null,
                "findings": [], "not_checked": [],
            }))
        }
        Err(error) => Err(error),
    }
}

/// In the words of all rules.
fn sure(sure: Sure, source: &str) -> &'static str {
    match sure {
        Sure::Verified => "verified",
        Sure::Assumed if source.starts_with("our own") => "own",
        Sure::Assumed => "inferred",
    }
}

fn finding(finding: &Finding) -> Value {
    let rule = finding.rule;
    json!({
        "rule": rule.id, "severity": rule.severity.name(), "message": finding.message,
        "place": finding.path, "fix": rule.fix, "source": rule.source,
        "sure": sure(rule.sure, rule.source),
    })
}

fn unknown(one: &NotChecked) -> Value {
    json!({ "rule": one.rule, "place": one.path, "reason": one.reason })
}

fn shown(movie: &Movie) -> Value {
    let brands = movie.major_brand.iter().chain(&movie.compatible_brands);
    json!({
        "brands": brands.map(ToString::to_string).collect::<Vec<_>>(),
        "size": movie.size,
        "fast_start": movie.is_fast_start(),
        "fragmented": movie.is_fragmented,
        "compressed_header": movie.is_compressed,
        "duration": movie.duration.zip(movie.time_scale),
        "tracks": movie.tracks.iter().map(track).collect::<Vec<_>>(),
    })
}

fn track(track: &Track) -> Value {
    let (rate, sound, picture) = (track.frame_rate(), track.sound(), track.picture());
    let is_video = track.kind == TrackKind::Video;
    let rate = rate.filter(|_| is_video);
    let edits = track.edits.as_ref().is_some_and(|edits| edits.effect != Effect::None);
    let total = track.durations.total();
    let ticks = if total > 0 { Some(total) } else { track.duration };
    let display = track.displayed();
    json!({
        "id": track.id, "kind": kind(track.kind), "enabled": track.is_enabled,
        "codec_tag": track.entries.first().map(|entry| entry.tag.to_string()),
        "codec": track.codec().map(Codec::name),
        "language": track.language, "duration": ticks.zip(track.time_scale),
        "samples": track.sample_count(),
        "frame_rate": rate.map(|rate| (rate.numerator, rate.denominator)),
        "pace": rate.map(pace),
        "reordered": is_video.then(|| track.is_reordered()),
        "key_frame_distance": track.keys.distance().filter(|_| is_video),
        "width": picture.map(|picture| picture.width), "height": picture.map(|picture| picture.height),
        "display_width": display.map(|(width, _)| width),
        "display_height": display.map(|(_, height)| height),
        "edit_list": edits,
        "colour": picture.and_then(|picture| picture.colour).and_then(colour),
        "channels": sound.map(crate::format::movie::model::Sound::channel_count),
        "sample_rate": sound.map(|sound| (sound.sample_rate(), 1)),
        "bits": sound.map(|sound| sound.sample_size), "timecode": track.timecode_text(),
    })
}

fn kind(kind: TrackKind) -> &'static str {
    match kind {
        TrackKind::Video => "video",
        TrackKind::Audio => "audio",
        TrackKind::Timecode => "timecode",
        TrackKind::Text => "text",
        TrackKind::Other(_) | TrackKind::Unknown => "other",
    }
}

fn pace(rate: FrameRate) -> &'static str {
    match rate.pace {
        Pace::Constant => "constant",
        Pace::Rounded => "rounded",
        Pace::Variable => "variable",
    }
}

fn colour(colour: Colour) -> Option<Value> {
    match colour {
        Colour::Code { primaries, transfer, matrix, full_range } => Some(json!({
            "primaries": primaries, "transfer": transfer, "matrix": matrix, "full_range": full_range,
        })),
        Colour::Profile(_) => None,
    }
}
