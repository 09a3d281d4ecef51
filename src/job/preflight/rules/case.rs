//! One rule at work on one delivery.

use std::collections::BTreeMap;

use crate::format::sequence::Sequence;
use crate::job::preflight::finding::Finding;
use crate::job::preflight::profile::{Profile, Rule};
use crate::job::preflight::view::{View, parent};
use crate::job::preflight::wording::{self, Run};

/// One rule at work: what it looks at, and what it has found so far.
pub(in crate::job::preflight) struct Case<'a> {
    pub(in crate::job::preflight) profile: &'a Profile,
    pub(in crate::job::preflight) rule: &'a Rule,
    pub(in crate::job::preflight) view: &'a View<'a>,
    findings: Vec<Finding>,
}

/// What a finding is about.
#[derive(Clone, Copy)]
pub(super) enum About<'a> {
    /// A file, by its index.
    File(usize),
    /// A sequence, by its index.
    Sequence(usize),
    /// Anything else that has a path, which is empty for the delivery itself.
    Place(&'a str),
}

impl<'a> Case<'a> {
    pub(in crate::job::preflight) fn new(
        profile: &'a Profile,
        rule: &'a Rule,
        view: &'a View<'a>,
    ) -> Self {
        Self { profile, rule, view, findings: Vec::new() }
    }

    pub(in crate::job::preflight) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    pub(super) fn file(&mut self, index: usize, message: String) {
        self.add(About::File(index), message, None);
    }

    pub(super) fn sequence(&mut self, index: usize, message: String) {
        self.add(About::Sequence(index), message, None);
    }

    pub(super) fn place(&mut self, path: &str, message: String) {
        self.add(About::Place(path), message, None);
    }

    /// `detail` says of this one case what to do, behind what the profile says for all.
    pub(super) fn add(&mut self, about: About<'_>, message: String, detail: Option<String>) {
        let (path, sequence, file) = self.place_of(about);
        if self.is_about_a_name() && self.view.rolls.holds(parent(&path)) {
            return;
        }
        self.findings.push(Finding {
            rule: self.rule.kind.id,
            severity: self.rule.severity,
            fix: self.fix(&path, detail),
            path,
            sequence,
            file,
            message: wording::one_line(message),
            source: self.rule.source.clone(),
            sure: self.rule.sure,
        });
    }

    /// Inside a roll nothing is said of names: they are the camera's, and stay.
    fn is_about_a_name(&self) -> bool {
        self.rule.kind.id.starts_with("name.")
    }

    fn place_of(&self, about: About<'_>) -> (String, Option<usize>, Option<usize>) {
        match about {
            About::File(index) => {
                let path = self.view.delivery.files.get(index).map_or("", |item| item.path);
                (path.to_owned(), self.view.sequence_of(index), Some(index))
            }
            About::Sequence(index) => (self.view.path_of(index), Some(index), None),
            About::Place(path) => (path.to_owned(), None, None),
        }
    }

    /// A roll stays as the camera wrote it, so that about one, and what is in one, nothing is proposed.
    /// The rules about rolls themselves know what they say.
    fn fix(&self, path: &str, detail: Option<String>) -> Option<String> {
        if self.view.rolls.holds(path) && !self.rule.kind.id.starts_with("footage.") {
            return None;
        }
        let fix = match (self.rule.fix.as_deref(), detail) {
            (Some(fix), Some(detail)) => format!("{fix}: {detail}"),
            (Some(fix), None) => fix.to_owned(),
            (None, detail) => detail?,
        };
        Some(wording::one_line(fix))
    }

    /// Frame numbers as this delivery's messages write them.
    pub(super) fn frames(&self, runs: &[Run]) -> String {
        wording::frames(runs, self.view.delivery.rate)
    }

    /// Say one thing of several files: once for each sequence, with the frame numbers, and once for
    /// each file in none. `message` gets what it is about in words, as `12 frames` or `1 file`, how many
    /// that are, and behind a colon which frames.
    pub(super) fn files(
        &mut self,
        files: impl IntoIterator<Item = usize>,
        message: impl Fn(&Several) -> String,
    ) {
        let mut in_sequences: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for file in files {
            match self.view.sequence_of(file) {
                Some(sequence) => in_sequences.entry(sequence).or_default().push(file),
                None => self.file(file, message(&Several::one_file(file))),
            }
        }
        for (sequence, files) in in_sequences {
            let several = self.several(sequence, files);
            match several.files.as_slice() {
                [file] => self.file(*file, message(&several)),
                _ => self.sequence(sequence, message(&several)),
            }
        }
    }

    /// Files of one sequence, in any order.
    pub(super) fn several(&self, sequence: usize, mut files: Vec<usize>) -> Several {
        files.sort_unstable();
        let of = self.view.sequences().get(sequence).map_or(&[][..], |it: &Sequence| &it.frames);
        let chosen = of.iter().filter(|frame| files.binary_search(&frame.index).is_ok());
        let numbers = wording::runs(chosen.map(|frame| frame.number));
        let (one, many) =
            if self.view.are_frames(sequence) { ("frame", "frames") } else { ("file", "files") };
        let what = wording::counted(files.len(), one, many);
        Several { what, behind: format!(": {}", self.frames(&numbers)), files }
    }
}

/// Several files that one thing is said of.
pub(super) struct Several {
    /// `12 frames`, or `file`.
    pub(super) what: String,
    /// `: 1004-1015`, or nothing for a file in no sequence.
    pub(super) behind: String,
    files: Vec<usize>,
}

impl Several {
    fn one_file(file: usize) -> Self {
        Self { what: "file".to_owned(), behind: String::new(), files: vec![file] }
    }

    /// Their indices, ascending.
    pub(super) fn files(&self) -> &[usize] {
        &self.files
    }

    /// A verb for as many.
    pub(super) fn verb<'v>(&self, one: &'v str, many: &'v str) -> &'v str {
        wording::verb(self.files.len().max(1), one, many)
    }
}
