//! Lists of digests: whether they lie where they should, and whether they are true.

use std::collections::BTreeSet;

use super::case::Case;
use super::{Pass, State};
use crate::format::manifest::FILE_NAME;
use crate::format::sequence::{Notation, group};
use crate::job::preflight::delivery::Listed;
use crate::job::preflight::finding::Finding;
use crate::job::preflight::profile::Profile;
use crate::job::preflight::view::{View, are_frames};
use crate::job::preflight::wording::{counted, frames, runs};

/// Folders without a list, of those with files or of those with frames.
pub(super) fn missing(case: &mut Case<'_>) {
    let view = case.view;
    let (wanted, what) = match case.rule.text("beside") {
        "frames" => (frame_folders(view), "frames"),
        _ => (file_folders(view), "files"),
    };
    let have = &view.lists.checksum;
    let without: Vec<_> = wanted.iter().copied().filter(|folder| !have.contains(folder)).collect();
    // None anywhere is one fault and not one of each folder.
    if without.len() > 1 && without.len() == wanted.len() {
        let folders = counted(without.len(), "folder", "folders");
        return case
            .place("", format!("no {FILE_NAME} in any of {folders} with {what}{}", at_root(view)));
    }
    for folder in without {
        case.place(folder, format!("no {FILE_NAME} beside the {what}{}", at_root(view)));
    }
}

fn at_root(view: &View<'_>) -> &'static str {
    if view.lists.checksum.contains("") { "; there is one at the root" } else { "" }
}

fn file_folders<'a>(view: &View<'a>) -> BTreeSet<&'a str> {
    view.folders.iter().filter(|(_, files)| **files > 0).map(|(folder, _)| *folder).collect()
}

fn frame_folders<'a>(view: &View<'a>) -> BTreeSet<&'a str> {
    view.frame_sequences().map(|(_, sequence)| sequence.folder.as_str()).collect()
}

/// That a list made by another tool than the studio's own may not be accepted.
pub(super) fn tool(case: &mut Case<'_>) {
    if !case.view.delivery.files.is_empty() {
        let message =
            "whether a list that another tool than CHCLI made is accepted is not confirmed";
        case.place("", message.to_owned());
    }
}

/// Files that are not as their list says.
pub(super) fn changed(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    let files = listed(case, pass, Listed::Changed);
    for file in &files {
        pass.say(*file, State::Changed);
    }
    case.files(files, |several| {
        let verb = several.verb("is", "are");
        format!("{} {verb} not as the list says{}", several.what, several.behind)
    });
}

/// Files that the list beside them does not name.
pub(super) fn unlisted(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    let files = listed(case, pass, Listed::NotListed);
    case.files(files, |several| {
        let verb = several.verb("is", "are");
        format!("{} {verb} in no list{}", several.what, several.behind)
    });
}

fn listed(case: &Case<'_>, pass: &Pass<'_>, wanted: Listed) -> Vec<usize> {
    let files = 0..case.view.delivery.files.len();
    files.filter(|file| pass.of(*file).is_some_and(|facts| facts.listed == wanted)).collect()
}

/// Names that lists have and the delivery has not: see [`super::super::check_lists`].
pub(in crate::job::preflight) fn absent(profile: &Profile, names: &[&str]) -> Vec<Finding> {
    let Some(rule) = profile.rules.get("list.absent") else { return Vec::new() };
    let found = |path: String, message: String| Finding {
        rule: rule.kind.id,
        severity: rule.severity,
        path,
        sequence: None,
        file: None,
        message,
        // Where the rolls are is not known of what is not there: nothing is proposed about any.
        fix: rule.fix.as_deref().filter(|_| !profile.rolls).map(str::to_owned),
        source: rule.source.clone(),
        sure: rule.sure,
    };
    let groups = group(names.iter().copied());
    let sequences = groups.sequences.iter().map(|sequence| {
        let numbers = runs(sequence.frames.iter().map(|frame| frame.number));
        let (one, many) =
            if are_frames(profile, sequence) { ("frame", "frames") } else { ("file", "files") };
        let count = counted(sequence.frames.len(), one, many);
        let message =
            format!("{count} in the list, not in the delivery: {}", frames(&numbers, None));
        found(sequence.path(Notation::Hash), message)
    });
    let singles = groups.singles.iter().filter_map(|index| names.get(*index));
    let singles = singles
        .map(|name| found((*name).to_owned(), "in the list, not in the delivery".to_owned()));
    let mut findings: Vec<_> = sequences.chain(singles).collect();
    findings.sort_by(|a, b| a.path.cmp(&b.path));
    findings
}
