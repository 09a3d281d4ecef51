//! A movie held against a profile.

use super::finding::{Finding, NotChecked, Profile, Rule};
use crate::format::movie::model::{Movie, Track, TrackKind};

/// What a rule does: look at a movie, and say what is wrong.
pub(super) type Judge = fn(&Movie, &mut Say);

/// What a rule says.
#[derive(Default)]
pub(super) struct Say {
    found: Vec<(String, String)>,
    unknown: Vec<(String, String)>,
}

impl Say {
    /// This is wrong with the box at `path`.
    pub(super) fn found(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.found.push((path.into(), message.into()));
    }

    /// This cannot be told of the box at `path`.
    pub(super) fn unknown(&mut self, path: impl Into<String>, reason: impl Into<String>) {
        self.unknown.push((path.into(), reason.into()));
    }
}

/// Hold a movie against the rules of a profile.
///
/// Returns what is wrong, the worst first, then in the order of the rules and of the file; and what cannot be
/// told, in the same order.
pub fn check(movie: &Movie, profile: &Profile) -> (Vec<Finding>, Vec<NotChecked>) {
    let (mut findings, mut not_checked) = (Vec::new(), Vec::new());
    for rule in profile.rules() {
        let mut say = Say::default();
        (rule.judge)(movie, &mut say);
        findings.extend(say.found.into_iter().map(|one| finding(rule, one)));
        let id = rule.id;
        let unknown = |(path, reason)| NotChecked { rule: id, path, reason };
        not_checked.extend(say.unknown.into_iter().map(unknown));
    }
    findings.sort_by_key(|finding| finding.rule.severity);
    (findings, not_checked)
}

fn finding(rule: &'static Rule, (path, message): (String, String)) -> Finding {
    Finding { rule, path, message }
}

/// The path of a track, from its place among all.
pub(super) fn path(place: usize) -> String {
    format!("moov/trak[{}]", place + 1)
}

/// Tracks of a kind that are to be played, with their paths. Where the header is compressed, no rule knows of
/// any.
pub(super) fn played(movie: &Movie, kind: TrackKind) -> impl Iterator<Item = (String, &Track)> {
    let all = movie.of(kind).filter(|(_, track)| track.is_enabled != Some(false));
    all.map(|(place, track)| (path(place), track))
}

/// How many tracks of a kind there are, and that in words. Those that are not to be played count: players
/// differ in what they make of that, and writers switch off all but the first.
pub(super) fn count(movie: &Movie, kind: TrackKind, name: &str) -> (usize, String) {
    let all = movie.of(kind).count();
    match all - played(movie, kind).count() {
        0 => (all, format!("{all} {name} tracks")),
        idle => (all, format!("{all} {name} tracks, {idle} of them not enabled")),
    }
}
