//! Audits of deliveries, and what the rules say before a byte is read.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray, TimestampNanosecondArray,
    UInt32Array, UInt64Array,
};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::checksum::parse_algorithms;
use super::interruptible::interruptible;
use super::sequences::{FindingRow, finding_row, row};
use super::table::Table;
use super::{Counts, Given};
use crate::digest::Algorithm;
use crate::error::Result;
use crate::format::picture::Header;
use crate::job::audit::{self as job, Audit, FileRow, Options, SequenceRow};
use crate::job::preflight::{Finding, Profile, Summary};
use crate::job::survey::Told;
use crate::job::{profiles as job_profiles, sequences as job_sequences};

type Preflight<'py> =
    (Vec<FindingRow>, Vec<(String, String)>, Vec<Bound<'py, PyTuple>>, usize, u64, String);

/// What the rules say of names and sizes. Documented at `reelpack.preflight`.
#[pyfunction]
#[pyo3(signature = (path, *, profile, first, frames, fps, islands, progress))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
pub(super) fn preflight<'py>(
    py: Python<'py>,
    path: PathBuf,
    profile: &str,
    first: Option<&str>,
    frames: Option<i64>,
    fps: Option<&str>,
    islands: bool,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Preflight<'py>> {
    let told = Told::new(first, frames, fps, islands)?;
    let profile = find_profile(profile)?;
    let found = interruptible(py, progress, |_| job_sequences::preflight(&path, &profile, &told))?;
    let findings = found.findings.into_iter().map(finding_row).collect();
    let rows = found.rows.into_iter().map(|each| row(py, each)).collect::<PyResult<_>>()?;
    Ok((findings, found.not_checked, rows, found.files, found.size, profile.name))
}

type Map = Vec<(String, i64, i64)>;
type Answer = (Table, Table, Table, Vec<Map>, Vec<(String, String)>, Vec<String>, String, Counts);

/// Judge a delivery. Documented at `reelpack.audit`.
#[pyfunction]
#[pyo3(signature = (path, *, profile, algorithms, first, frames, fps, islands, state, required, cached,
    jobs, readers, progress))]
#[expect(clippy::too_many_arguments, reason = "keyword-only options, one each")]
pub(super) fn audit(
    py: Python<'_>,
    path: PathBuf,
    profile: &str,
    algorithms: Vec<String>,
    first: Option<&str>,
    frames: Option<i64>,
    fps: Option<&str>,
    islands: bool,
    state: Option<PathBuf>,
    required: bool,
    cached: bool,
    jobs: Option<i64>,
    readers: Option<i64>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Answer> {
    let told = &Told::new(first, frames, fps, islands)?;
    let profile = &find_profile(profile)?;
    let algorithms = &parse_algorithms(&algorithms)?;
    let given = Given::new(&path, jobs, readers, state, required, cached)?;
    let options = Options { profile, told, algorithms };
    let found =
        interruptible(py, progress, |progress| job::audit(&path, &options, &given.work(progress)))?;
    let maps = found.sequences.iter().map(map).collect();
    Ok((
        files(&found, algorithms)?,
        sequences(&found.sequences)?,
        findings(&found.findings)?,
        maps,
        found.not_checked,
        found.lists,
        profile.name.clone(),
        super::counts(found.tally),
    ))
}

/// A profile that is built in, by its name, or one in a file.
fn find_profile(name: &str) -> Result<Profile> {
    let mut profile = job_profiles::load(name)?;
    if profile.name.is_empty() {
        name.clone_into(&mut profile.name);
    }
    Ok(profile)
}

/// `(name, title, TOML)` of each profile that is built in.
#[pyfunction]
pub(super) fn profiles() -> Vec<(String, String, String)> {
    let built_in = Profile::all().iter();
    built_in.map(|one| (one.name.into(), one.title.into(), one.text.into())).collect()
}

/// A profile as TOML, with all that it takes over.
#[pyfunction]
pub(super) fn profile_text(profile: &str) -> PyResult<String> {
    Ok(find_profile(profile)?.render())
}

fn map(row: &SequenceRow) -> Map {
    row.map.iter().map(|run| (run.cell.to_string(), run.first, run.last)).collect()
}

/// A column of one value from each row.
fn column<T, A: FromIterator<V> + arrow_array::Array + 'static, V>(
    rows: &[T],
    value: impl Fn(&T) -> V,
) -> ArrayRef {
    Arc::new(rows.iter().map(value).collect::<A>())
}

fn text<T>(rows: &[T], value: impl Fn(&T) -> Option<String>) -> ArrayRef {
    column::<_, StringArray, _>(rows, value)
}

fn number<T>(rows: &[T], value: impl Fn(&T) -> Option<i64>) -> ArrayRef {
    column::<_, Int64Array, _>(rows, value)
}

fn count<T>(rows: &[T], value: impl Fn(&T) -> Option<u64>) -> ArrayRef {
    column::<_, UInt64Array, _>(rows, value)
}

/// A row's number, which no table makes too large for Arrow's 64 bits.
fn index(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn files(audit: &Audit, algorithms: &[Algorithm]) -> PyResult<Table> {
    let rows = &audit.files;
    let modified: TimestampNanosecondArray = rows.iter().map(|row| row.modified).collect();
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("path", text(rows, |row| Some(row.path.text.clone()))),
        ("size", count(rows, |row| Some(row.size))),
        ("modified", Arc::new(modified.with_timezone("UTC"))),
    ];
    for (n, algorithm) in algorithms.iter().enumerate() {
        let digest = |row: &FileRow| row.digests.get(n).map(ToString::to_string);
        columns.push((algorithm.name(), text(rows, digest)));
    }
    let trusted = column::<_, BooleanArray, _>(rows, |row| Some(row.trusted));
    columns.extend([
        ("crc32", text(rows, |row| row.crc.map(|crc| format!("{crc:08x}")))),
        ("trusted", trusted),
        ("status", text(rows, |row| Some(row.state.to_string()))),
        ("sequence", number(rows, |row| row.sequence.map(index))),
        ("frame", number(rows, |row| row.frame)),
        ("time_code_name", text(rows, |row| row.time_code.clone())),
    ]);
    columns.extend(header_columns(rows));
    Table::new(columns)
}

fn header_columns(rows: &[FileRow]) -> Vec<(&'static str, ArrayRef)> {
    let word = |value: fn(&Header) -> String| {
        text(rows, move |row| row.header.as_ref().map(value).filter(|word| !word.is_empty()))
    };
    let pixels = |value: fn(&Header) -> u32| {
        column::<_, UInt32Array, _>(rows, move |row| row.header.as_ref().map(value))
    };
    let rate = |row: &FileRow| row.header.as_ref()?.frame_rate.filter(|rate| rate.is_finite());
    let code = |row: &FileRow| row.header.as_ref().and_then(|header| header.time_code.clone());
    vec![
        ("format", word(|header| header.format.to_string())),
        ("layout", word(|header| header.layout.clone())),
        ("width", pixels(|header| header.width)),
        ("height", pixels(|header| header.height)),
        ("bit_depth", word(|header| header.bit_depth.clone())),
        ("channels", word(|header| header.channels.clone())),
        ("compression", word(|header| header.compression.clone())),
        ("encoding", word(|header| header.encoding.clone())),
        ("frame_rate", column::<_, Float64Array, _>(rows, rate)),
        ("time_code", text(rows, code)),
        ("promised", count(rows, |row| row.header.as_ref().and_then(|header| header.promised))),
    ]
}

fn sequences(rows: &[SequenceRow]) -> PyResult<Table> {
    let numbers: Int64Array = (0..rows.len()).map(|n| Some(index(n))).collect();
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("sequence", Arc::new(numbers)),
        ("folder", text(rows, |row| Some(row.folder.clone()))),
        ("pattern", text(rows, |row| Some(row.pattern.clone()))),
        ("padding", count(rows, |row| Some(row.padding as u64))),
        ("first", number(rows, |row| Some(row.first))),
        ("last", number(rows, |row| Some(row.last))),
        ("count", count(rows, |row| Some(row.count))),
        ("size", count(rows, |row| Some(row.size))),
        ("missing", count(rows, |row| Some(row.missing))),
        ("missing_ranges", text(rows, |row| Some(row.missing_ranges.clone()))),
        ("first_time_code", text(rows, |row| row.time_codes.as_ref().map(|codes| codes.0.clone()))),
        ("last_time_code", text(rows, |row| row.time_codes.as_ref().map(|codes| codes.1.clone()))),
    ];
    columns.extend(summary_columns(rows));
    columns.extend([
        ("status", text(rows, |row| Some(row.status.to_string()))),
        ("findings", count(rows, |row| Some(row.findings))),
    ]);
    Table::new(columns)
}

fn findings(rows: &[Finding]) -> PyResult<Table> {
    Table::new(vec![
        ("rule", text(rows, |row| Some(row.rule.to_owned()))),
        ("severity", text(rows, |row| Some(row.severity.word().to_owned()))),
        ("path", text(rows, |row| Some(row.path.clone()))),
        ("sequence", number(rows, |row| row.sequence.map(index))),
        ("message", text(rows, |row| Some(row.message.clone()))),
        ("fix", text(rows, |row| row.fix.clone())),
        ("source", text(rows, |row| Some(row.source.to_string()))),
        ("sure", text(rows, |row| Some(row.sure.to_string()))),
    ])
}

/// What most frames of each sequence are.
fn summary_columns(rows: &[SequenceRow]) -> Vec<(&'static str, ArrayRef)> {
    let word = |value: fn(&Summary) -> Option<String>| {
        text(rows, move |row| value(&row.summary).filter(|word| !word.is_empty()))
    };
    let pixels = |value: fn(&Summary) -> Option<u32>| {
        column::<_, UInt32Array, _>(rows, move |row| value(&row.summary))
    };
    let rate = |row: &SequenceRow| row.summary.frame_rate;
    vec![
        ("format", word(|summary| summary.format.map(|format| format.to_string()))),
        ("width", pixels(|summary| summary.width)),
        ("height", pixels(|summary| summary.height)),
        ("bit_depth", word(|summary| summary.bit_depth.clone())),
        ("channels", word(|summary| summary.channels.clone())),
        ("compression", word(|summary| summary.compression.clone())),
        ("encoding", word(|summary| summary.encoding.clone())),
        ("frame_rate", column::<_, Float64Array, _>(rows, rate)),
    ]
}
