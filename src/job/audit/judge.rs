//! The findings of names, frames and lists put together.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::look::Found;
use super::rows::{Audit, Cell, FileRow, Run, SequenceRow};
use super::{Learned, Options};
use crate::digest::Algorithm;
use crate::engine::recall::Answer;
use crate::error::Error;
use crate::format::manifest::kind_of;
use crate::format::sequence::{Notation, Sequence};
use crate::job::preflight::{
    self, Delivery, Facts, Finding, FrameOutcome, Listed, Severity, State, Summary, Sure,
};
use crate::job::survey::Survey;
use crate::job::verify::{self, Report, Shown, Status};

/// All that is known when the pass is over.
pub(super) struct Judgement<'a> {
    pub(super) survey: &'a Survey,
    pub(super) read: Learned,
    pub(super) report: Report,
    /// Whether some list names the file, by number.
    pub(super) covered: Vec<bool>,
    /// Lists that cannot be understood, each with the reason.
    pub(super) faults: Vec<(PathBuf, Error)>,
    pub(super) options: &'a Options<'a>,
}

impl Judgement<'_> {
    pub(super) fn into_audit(self) -> Audit {
        let (survey, told) = (self.survey, self.options.told);
        survey.with_delivery(told, |delivery| self.judge(delivery))
    }

    fn judge(mut self, delivery: &Delivery<'_>) -> Audit {
        let profile = self.options.profile;
        let names = preflight::check(profile, delivery);
        let errors = self.errors();
        let frames = preflight::check_frames(profile, delivery, &self.facts(&errors));
        let mut findings = names.findings;
        let told = frames.findings.iter().filter(|found| !is_said(found, &findings)).cloned();
        let told: Vec<_> = told.collect();
        findings.extend(told);
        findings.extend(self.of_lists());
        findings.sort_by(|a, b| {
            (a.severity, &a.path, a.rule, &a.message)
                .cmp(&(b.severity, &b.path, b.rule, &b.message))
        });
        let mut not_checked: Vec<_> = self.options.told.not_checked().into_iter().collect();
        not_checked.extend(names.not_checked);
        let skipped = self.report.not_checked.iter();
        not_checked.extend(skipped.map(|item| (item.path.text.clone(), item.reason.clone())));
        let sequences = self.sequences(delivery, &frames, &findings);
        Audit {
            files: self.files(&frames.states),
            sequences,
            findings,
            not_checked,
            lists: self.report.lists.clone(),
            tally: self.report.tally.clone(),
        }
    }

    fn errors(&self) -> Vec<Option<String>> {
        let answers = self.read.answers.iter().take(self.read.tree);
        answers.map(|answer| answer.as_ref().err().map(ToString::to_string)).collect()
    }

    fn facts<'b>(&'b self, errors: &'b [Option<String>]) -> Vec<Facts<'b>> {
        let listed = self.listed();
        let fact = |n: usize| Facts {
            header: self.read.headers[n].as_ref().map(|header| match header {
                Ok(header) => Ok(header),
                Err(fault) => Err(fault.as_str()),
            }),
            digest: self.answer(n).and_then(|answer| answer.digests.first().copied()),
            listed: listed[n],
            error: errors[n].as_deref(),
        };
        (0..self.read.tree).map(fact).collect()
    }

    fn answer(&self, n: usize) -> Option<&Answer> {
        self.read.answers[n].as_ref().ok()
    }

    /// What the lists say of each file.
    fn listed(&self) -> Vec<Listed> {
        if self.report.lists.is_empty() {
            return vec![Listed::NoList; self.covered.len()];
        }
        let found = |status: &Status| match status {
            Status::Mismatch | Status::Size => Some(Listed::Changed),
            Status::Extra => Some(Listed::NotListed),
            _ => None,
        };
        let findings = self.report.findings.iter();
        let wrong: HashMap<&str, Listed> = findings
            .filter_map(|finding| Some((&*finding.path.text, found(&finding.status)?)))
            .collect();
        let state = |(name, covered): (&String, &bool)| match wrong.get(name.as_str()) {
            Some(listed) => *listed,
            None if *covered => Listed::Same,
            None => Listed::NoList,
        };
        self.survey.names.iter().zip(&self.covered).map(state).collect()
    }

    /// What is wrong with lists themselves, and what they name that is not there. Files that are not as
    /// their list says, or in none, or could not be read, are found by the rules on frames already.
    fn of_lists(&self) -> Vec<Finding> {
        let told = self.report.findings.iter();
        let absent = told.clone().filter(|found| found.status == Status::Missing);
        let absent: Vec<_> = absent.map(|found| &*found.path.text).collect();
        let mut findings = preflight::check_lists(self.options.profile, &absent);
        findings.extend(self.of_hidden());
        findings.extend(self.unused());
        findings.extend(told.filter_map(of_list));
        findings.extend(self.faults.iter().map(|(path, error)| {
            let name = Shown::from(self.survey.tree.relative(path).as_os_str()).text;
            let reason = error.to_string();
            // The reason mostly begins with the path, as it stands alone elsewhere.
            let reason = reason.strip_prefix(&format!("{}: ", path.display())).unwrap_or(&reason);
            let message = format!("cannot be understood: {reason}");
            fault_of_list("list.unreadable", name, message)
        }));
        findings
    }

    /// The rows take over the headers: of 250,000 files a copy would be 70 MB.
    /// Files that a list names and the walk leaves out, and that are not as it says: no rule on frames
    /// sees them.
    fn of_hidden(&self) -> Vec<Finding> {
        let taken: HashSet<&str> = self.survey.names.iter().map(String::as_str).collect();
        let wrong = |found: &&verify::Finding| {
            matches!(found.status, Status::Mismatch | Status::Size | Status::Unreadable)
                && !taken.contains(&*found.path.text)
        };
        let told = self.report.findings.iter().filter(wrong);
        let message = "a file that is left out elsewhere and that a list names is not as it says";
        told.map(|found| fault_of_list("list.changed", found.path.text.clone(), message.to_owned()))
            .collect()
    }

    /// Files that are called like lists and were not used as such.
    fn unused(&self) -> Vec<Finding> {
        let used: HashSet<&str> = self.report.lists.iter().map(String::as_str).collect();
        let names = self.survey.names.iter().map(String::as_str);
        let others = names.filter(|name| kind_of(name, &[]).is_some() && !used.contains(name));
        let found = |name: &str| Finding {
            severity: Severity::Warning,
            fix: Some("give it the name that lists have, or check it by itself".to_owned()),
            ..fault_of_list(
                "list.unused",
                name.to_owned(),
                "is called like a list, and was not held against anything".to_owned(),
            )
        };
        others.map(found).collect()
    }

    fn files(&mut self, states: &[State]) -> Vec<FileRow> {
        let headers = std::mem::take(&mut self.read.headers).into_iter().take(self.read.tree);
        let row = |(n, header): (usize, Found)| FileRow {
            header: header.and_then(Result::ok),
            ..self.file(n, states[n])
        };
        let mut rows: Vec<_> = headers.enumerate().map(row).collect();
        for (number, sequence) in self.survey.groups.sequences.iter().enumerate() {
            for frame in &sequence.frames {
                let row = &mut rows[frame.index];
                (row.sequence, row.frame) = (Some(number), Some(frame.number));
                row.time_code = self.options.told.time_code(frame.number);
            }
        }
        rows
    }

    fn file(&self, n: usize, state: State) -> FileRow {
        let found = &self.survey.tree.files[n];
        let answer = self.answer(n);
        let asked = self.options.algorithms;
        let digest = |algorithm: &Algorithm| answer.and_then(|answer| answer.of(*algorithm));
        let mut digests = Vec::with_capacity(asked.len());
        digests.extend(asked.iter().filter_map(digest));
        FileRow {
            path: Shown::from(self.survey.tree.relative(&found.path).as_os_str()),
            size: answer.map_or(found.mark.stamp.size, |answer| answer.size),
            modified: found.mark.stamp.modified,
            digests,
            crc: answer.and_then(|answer| answer.crc),
            trusted: answer.is_some_and(|answer| answer.trusted),
            state,
            sequence: None,
            frame: None,
            time_code: None,
            header: None,
        }
    }

    fn sequences(
        &self,
        delivery: &Delivery<'_>,
        frames: &FrameOutcome,
        findings: &[Finding],
    ) -> Vec<SequenceRow> {
        let islands = preflight::islands(self.options.profile, delivery);
        let mut counts = vec![0; self.survey.groups.sequences.len()];
        for finding in findings {
            if let Some(n) = finding.sequence {
                counts[n] += 1;
            }
        }
        let sequences = self.survey.groups.sequences.iter().enumerate();
        sequences
            .map(|(n, sequence)| SequenceRow {
                findings: counts[n],
                summary: frames.sequences.get(n).cloned().unwrap_or_default(),
                ..self.sequence(sequence, islands[n], &frames.states)
            })
            .collect()
    }

    fn sequence(&self, sequence: &Sequence, is_island: bool, states: &[State]) -> SequenceRow {
        let told = self.options.told;
        let (first, last) = (sequence.first(), sequence.last());
        let missing = told.missing(sequence, is_island);
        let spans: Vec<_> = missing.spans().collect();
        let map = map(sequence, &spans, states);
        SequenceRow {
            path: sequence.path(Notation::Percent),
            folder: sequence.folder.clone(),
            pattern: sequence.name(Notation::Percent),
            padding: sequence.padding,
            first,
            last,
            count: sequence.frames.len() as u64,
            size: sequence.frames.iter().map(|frame| self.size(frame.index)).sum(),
            missing: missing.count(),
            missing_ranges: missing.to_string(),
            time_codes: told.time_code(first).zip(told.time_code(last)),
            summary: Summary::default(),
            status: map.iter().map(|run| run.cell).max().unwrap_or(Cell::There(State::Present)),
            findings: 0,
            map,
        }
    }

    fn size(&self, n: usize) -> u64 {
        self.survey.tree.files[n].mark.stamp.size
    }
}

/// Whether the names alone told the same: DPX frames of another size than the others.
fn is_said(found: &Finding, of_names: &[Finding]) -> bool {
    found.rule == "frame.size"
        && of_names
            .iter()
            .any(|other| other.rule == "frame.size-by-name" && other.sequence == found.sequence)
}

/// A fault of a list that no profile can take for less than one.
fn of_list(found: &verify::Finding) -> Option<Finding> {
    let (rule, message) = match found.status {
        Status::Renamed => ("list.renamed", format!("is {} by its list", word(&found.expected))),
        Status::Duplicate => ("list.duplicate", "is in a list twice, or stands for several".into()),
        Status::Unsafe => ("list.unsafe", "is in a list, and leads out of its folder".to_owned()),
        Status::Corrupt => ("list.corrupt", "is not what the chain of its history says".to_owned()),
        Status::Contradiction => {
            ("list.contradiction", "has two digests in its history that disagree".to_owned())
        }
        Status::Missing | Status::Extra | Status::Mismatch | Status::Size | Status::Unreadable => {
            return None;
        }
    };
    Some(fault_of_list(rule, found.path.text.clone(), message))
}

fn fault_of_list(rule: &'static str, path: String, message: String) -> Finding {
    let fix = "ask whoever made the list, or make it anew where the files are known good";
    Finding {
        rule,
        severity: Severity::Error,
        path,
        sequence: None,
        file: None,
        message,
        fix: Some(fix.to_owned()),
        source: "our own: files can only be held against what a list says clearly".into(),
        sure: Sure::Own,
    }
}

fn word(value: &verify::Value) -> String {
    match value {
        verify::Value::Nothing => String::new(),
        verify::Value::Digest(text) | verify::Value::Text(text) => text.clone(),
        verify::Value::Size(size) => size.to_string(),
    }
}

/// Frames and gaps in the order of their numbers, alike ones put together; a number that two files have
/// (of names that differ in what is no UTF-8) shows the worse of them.
fn map(sequence: &Sequence, missing: &[(i64, i64)], states: &[State]) -> Vec<Run> {
    let there = sequence.frames.iter().map(|frame| {
        let cell = Cell::There(states[frame.index]);
        Run { cell, first: frame.number, last: frame.number }
    });
    let gaps = missing.iter().map(|&(first, last)| Run { cell: Cell::Missing, first, last });
    let mut all: Vec<Run> = there.chain(gaps).collect();
    // The worst first, as the first of a number stays.
    all.sort_by_key(|run| (run.first, std::cmp::Reverse(run.cell)));
    all.dedup_by_key(|run| run.first);
    let mut runs: Vec<Run> = Vec::new();
    for run in all {
        match runs.last_mut() {
            Some(before)
                if before.cell == run.cell && before.last.checked_add(1) == Some(run.first) =>
            {
                before.last = run.last;
            }
            _ => runs.push(run),
        }
    }
    runs
}
