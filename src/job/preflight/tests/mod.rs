//! Deliveries that are told and not read: names, sizes, and what a pass would bring.

mod archival;
mod footage;
mod frame;
mod profile;
mod property;
mod rule;
mod source;
mod upload;

use std::ops::RangeInclusive;

use super::{
    Delivery, Facts, Finding, FrameOutcome, Item, Listed, Profile, check, check_frames, check_lists,
};
use crate::digest::Digest;
use crate::engine::walk::Reason;
use crate::format::picture::{Format, Header, looks_like};
use crate::format::sequence::group;

/// What a pass brings about one file.
#[derive(Clone, Debug)]
struct Seen {
    header: Option<Result<Header, String>>,
    digest: Option<Digest>,
    listed: Listed,
    error: Option<String>,
}

/// A delivery, with the facts of each file.
#[derive(Clone, Debug)]
struct Made {
    root: String,
    names: Vec<String>,
    sizes: Vec<u64>,
    seen: Vec<Seen>,
    not_text: bool,
    folders: Vec<String>,
    left_out: Vec<(String, Reason)>,
    absent: Vec<String>,
    expected: Option<RangeInclusive<i64>>,
    rate: Option<&'static str>,
    islands: bool,
}

/// A DPX, as most headers in these tests.
fn header() -> Header {
    Header {
        format: Format::Dpx,
        layout: "v2 big-endian".to_owned(),
        width: 3840,
        height: 2160,
        bit_depth: "10".to_owned(),
        channels: "RGB".to_owned(),
        compression: "none".to_owned(),
        encoding: "logarithmic".to_owned(),
        frame_rate: Some(24.0),
        time_code: None,
        promised: Some(100),
        uniform: true,
    }
}

fn digest(number: usize) -> Digest {
    Digest::Xxh64((number as u64).to_be_bytes())
}

fn builtin(name: &str) -> Profile {
    Profile::builtin(name).unwrap()
}

impl Made {
    /// Files of 100 bytes, of which those named as frames are DPX, and no two have the same bytes.
    fn of<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        let seen = names.iter().enumerate().map(|(number, name)| Seen {
            header: looks_like(name).is_some().then(|| Ok(header())),
            digest: Some(digest(number)),
            listed: Listed::NoList,
            error: None,
        });
        Self {
            root: "delivery".to_owned(),
            sizes: vec![100; names.len()],
            seen: seen.collect(),
            names,
            not_text: false,
            folders: vec![],
            left_out: vec![],
            absent: vec![],
            expected: None,
            rate: None,
            islands: false,
        }
    }

    /// `<head><number of four digits>.dpx`.
    fn frames(head: &str, numbers: impl IntoIterator<Item = i64>) -> Self {
        Self::of(numbers.into_iter().map(|number| format!("{head}{number:04}.dpx")))
    }

    fn root(self, name: &str) -> Self {
        Self { root: name.to_owned(), ..self }
    }

    fn folder(mut self, path: &str) -> Self {
        self.folders.push(path.to_owned());
        self
    }

    fn size(mut self, file: usize, size: u64) -> Self {
        self.sizes[file] = size;
        self
    }

    fn without(mut self, path: &str, reason: Reason) -> Self {
        self.left_out.push((path.to_owned(), reason));
        self
    }

    fn list(self, path: &str) -> Self {
        self.without(path, Reason::EarlierList)
    }

    fn absent(mut self, path: &str) -> Self {
        self.absent.push(path.to_owned());
        self
    }

    fn expected(self, numbers: RangeInclusive<i64>) -> Self {
        Self { expected: Some(numbers), ..self }
    }

    fn see(mut self, file: usize, change: impl FnOnce(&mut Seen)) -> Self {
        change(&mut self.seen[file]);
        self
    }

    /// A change of a header that is there.
    fn head(self, file: usize, change: impl FnOnce(&mut Header)) -> Self {
        self.see(file, |seen| {
            if let Some(Ok(header)) = &mut seen.header {
                change(header);
            }
        })
    }

    fn with<T>(&self, look: impl FnOnce(&Delivery<'_>) -> T) -> T {
        let files = self.names.iter().zip(&self.sizes);
        let files: Vec<_> = files
            .map(|(path, &size)| Item { path, is_text: !self.not_text, size, modified: None })
            .collect();
        let folders: Vec<_> = self.folders.iter().map(String::as_str).collect();
        let left_out: Vec<_> =
            self.left_out.iter().map(|(path, reason)| (path.as_str(), *reason)).collect();
        let groups = group(self.names.iter().map(String::as_str));
        look(&Delivery {
            root_name: &self.root,
            files: &files,
            folders: &folders,
            left_out: &left_out,
            groups: &groups,
            expected: self.expected.clone(),
            rate: self.rate.map(|rate| rate.parse().unwrap()),
            islands: self.islands,
        })
    }

    fn passed(&self, profile: &Profile) -> FrameOutcome {
        let facts = self.seen.iter().map(|seen| Facts {
            header: seen.header.as_ref().map(|it| it.as_ref().map_err(String::as_str)),
            digest: seen.digest,
            listed: seen.listed,
            error: seen.error.as_deref(),
        });
        let facts: Vec<_> = facts.collect();
        self.with(|delivery| check_frames(profile, delivery, &facts))
    }

    /// All that is found, before the pass and behind it.
    fn findings(&self, profile: &Profile) -> Vec<Finding> {
        let mut findings = self.with(|delivery| check(profile, delivery)).findings;
        findings.extend(self.passed(profile).findings);
        let absent: Vec<_> = self.absent.iter().map(String::as_str).collect();
        findings.extend(check_lists(profile, &absent));
        findings
    }

    /// `path: message` of each finding of one rule.
    fn says(&self, profile: &str, rule: &str) -> Vec<String> {
        let found = self.findings(&builtin(profile));
        let found = found.iter().filter(|finding| finding.rule == rule);
        found.map(|finding| format!("{}: {}", finding.path, finding.message)).collect()
    }
}

/// One line, lower case, no full stop.
fn is_well_worded(message: &str) -> bool {
    let begins = message.chars().next().is_some_and(|first| !first.is_uppercase());
    begins && !message.ends_with('.') && !message.contains(char::is_control)
}
