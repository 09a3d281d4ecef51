//! The frame sequences of a folder, or of names: what is there, what is missing, what is odd. No file is
//! opened.

use std::path::Path;

use super::preflight::{self, Delivery, Finding, Item, Profile};
use super::survey::{Survey, Told};
use crate::error::Result;
use crate::format::sequence::{Groups, Ranges, Sequence, group};

/// One sequence.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its names, and the numbers that are there.
    pub sequence: Sequence,
    /// Bytes of all frames, where the files are known.
    pub size: Option<u64>,
    /// Numbers that are not there and ought to be.
    pub missing: Ranges,
    /// First and last number as time code, where the rate was told.
    pub time_codes: Option<(String, String)>,
}

/// What names tell.
#[derive(Clone, Debug)]
pub struct Sequences {
    /// In the order of folder and name.
    pub rows: Vec<Row>,
    /// Names that belong to no sequence, in the order of names.
    pub singles: Vec<String>,
    /// What is odd about sequences; nothing about single files.
    pub findings: Vec<Finding>,
    /// What the walk left out, with the reason.
    pub left_out: Vec<(String, String)>,
}

/// The sequences of a folder and of all below it.
///
/// # Errors
///
/// [`Error::Io`](crate::Error::Io) if it is no folder or a folder cannot be listed.
pub fn of_folder(root: &Path, told: &Told) -> Result<Sequences> {
    let survey = Survey::new(root)?;
    let sizes = survey.tree.files.iter().map(|file| file.mark.stamp.size);
    let sizes: Vec<_> = sizes.collect();
    let (findings, islands) = survey.with_delivery(told, |delivery| {
        (findings(delivery), preflight::islands(&general(), delivery))
    });
    let left_out = survey.left_out();
    Ok(Sequences {
        rows: rows(&survey.groups, told, &islands, Some(&sizes)),
        singles: singles(&survey.groups, |n| survey.names[n].clone()),
        findings,
        left_out,
    })
}

/// The sequences among relative paths with `/` between their parts.
pub fn of_names(names: &[String], told: &Told) -> Sequences {
    let groups = group(names.iter().map(String::as_str));
    // Sizes are not known: any but nothing at all.
    let item = |path| Item { path, is_text: true, size: 1, modified: None };
    let files: Vec<_> = names.iter().map(|name| item(name.as_str())).collect();
    let delivery = Delivery {
        root_name: "",
        files: &files,
        folders: &[],
        left_out: &[],
        groups: &groups,
        expected: told.expected.clone(),
        rate: told.rate,
        islands: told.islands,
    };
    Sequences {
        findings: findings(&delivery),
        rows: rows(&groups, told, &preflight::islands(&general(), &delivery), None),
        singles: singles(&groups, |n| names[n].clone()),
        left_out: vec![],
    }
}

/// What our own rules say of sequences; those on names would take longer than finding the sequences.
fn findings(delivery: &Delivery<'_>) -> Vec<Finding> {
    let families = ["sequence.", "frame."];
    preflight::check_only(&general(), delivery, |rule| {
        families.iter().any(|family| rule.starts_with(family))
    })
}

fn general() -> Profile {
    Profile::builtin("general").expect("it is built in")
}

/// One row for each sequence, of which each has a word in `islands`; `sizes` are those of the files.
fn rows(groups: &Groups, told: &Told, islands: &[bool], sizes: Option<&[u64]>) -> Vec<Row> {
    let row = |(sequence, is_island): (&Sequence, &bool)| Row {
        size: sizes.map(|sizes| sequence.frames.iter().map(|frame| sizes[frame.index]).sum()),
        missing: told.missing(sequence, *is_island),
        time_codes: told.time_code(sequence.first()).zip(told.time_code(sequence.last())),
        sequence: sequence.clone(),
    };
    groups.sequences.iter().zip(islands).map(row).collect()
}

fn singles(groups: &Groups, name: impl Fn(usize) -> String) -> Vec<String> {
    let mut names: Vec<_> = groups.singles.iter().map(|&n| name(n)).collect();
    names.sort_unstable();
    names
}

/// What the rules of a profile say before a byte is read.
#[derive(Clone, Debug)]
pub struct Preflight {
    /// The worst first.
    pub findings: Vec<Finding>,
    /// What was not looked at, with the reason; an empty path stands for the whole.
    pub not_checked: Vec<(String, String)>,
    /// The sequences, in the order of folder and name.
    pub rows: Vec<Row>,
    /// Files that are taken.
    pub files: usize,
    /// Their bytes.
    pub size: u64,
}

/// Judge a delivery by its names and sizes.
///
/// # Errors
///
/// As for [`of_folder`].
pub fn preflight(root: &Path, profile: &Profile, told: &Told) -> Result<Preflight> {
    let survey = Survey::of_delivery(root, told)?;
    let (outcome, islands) = survey.with_delivery(told, |delivery| {
        (preflight::check(profile, delivery), preflight::islands(profile, delivery))
    });
    let sizes: Vec<_> = survey.tree.files.iter().map(|file| file.mark.stamp.size).collect();
    let bytes = "the bytes of the files: headers, digests, and whether lists are true";
    let mut not_checked = vec![(String::new(), bytes.to_owned())];
    not_checked.extend(told.not_checked());
    not_checked.extend(outcome.not_checked);
    not_checked.extend(survey.left_out());
    Ok(Preflight {
        findings: outcome.findings,
        not_checked,
        rows: rows(&survey.groups, told, &islands, Some(&sizes)),
        files: sizes.len(),
        size: survey.tree.size(),
    })
}
