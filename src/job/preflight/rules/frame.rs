//! Frames: their sizes, and whether they can be read as what their names say.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::case::Case;
use super::{Pass, State};
use crate::format::path::base_name;
use crate::format::picture::{self, Format, Header};
use crate::format::sequence::Sequence;
use crate::job::preflight::view::View;
use crate::job::preflight::wording::{counted, number};

/// Whether a file is a frame: it is in a sequence of frames, or named like one.
fn is_frame(view: &View<'_>, file: usize) -> bool {
    match view.sequence_of(file) {
        Some(sequence) => view.are_frames(sequence),
        None => promised_by_name(view, file).is_some(),
    }
}

fn promised_by_name(view: &View<'_>, file: usize) -> Option<Format> {
    view.delivery.files.get(file).and_then(|item| picture::looks_like(base_name(item.path)))
}

/// Frames without a byte.
pub(super) fn empty(case: &mut Case<'_>) {
    let view = case.view;
    let files = 0..view.delivery.files.len();
    let empty: Vec<_> =
        files.filter(|&file| view.size(file) == 0 && is_frame(view, file)).collect();
    case.files(empty, |several| format!("{} without a byte{}", several.what, several.behind));
}

/// The state of those: what is empty was cut off, or never written.
pub(super) fn mark_empty(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    let view = case.view;
    let files = 0..view.delivery.files.len();
    for file in files.filter(|&file| view.size(file) == 0 && is_frame(view, file)) {
        pass.say(file, State::Truncated);
    }
}

/// Other files without a byte.
pub(super) fn empty_file(case: &mut Case<'_>) {
    let view = case.view;
    let files = 0..view.delivery.files.len();
    for file in files.filter(|&file| view.size(file) == 0 && !is_frame(view, file)) {
        case.file(file, "file without a byte".to_owned());
    }
}

/// DPX frames of another size than most of their sequence: the format is not compressed as a rule.
pub(super) fn size_by_name(case: &mut Case<'_>) {
    let view = case.view;
    for (index, sequence) in view.frame_sequences() {
        if picture::looks_like(&sequence.tail) != Some(Format::Dpx) {
            continue;
        }
        let files = sequence.frames.iter().map(|frame| frame.index);
        let sized: Vec<_> =
            files.map(|file| (file, view.size(file))).filter(|it| it.1 > 0).collect();
        case.odd_sizes(index, &sized, |_| false);
    }
}

/// Frames of another size than most of their sequence, where the headers say that all have one size.
///
/// One whose size differs by as much as its header does is well: a comment in it is longer.
pub(super) fn size(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    let view = case.view;
    for (index, sequence) in view.frame_sequences() {
        let headers = headers(sequence, pass);
        let whole = headers.iter().filter(|(file, header)| {
            header.uniform && header.promised.is_none_or(|promised| view.size(*file) >= promised)
        });
        let whole: HashMap<usize, &Header> = whole.copied().collect();
        let files = sequence.frames.iter().map(|frame| frame.index);
        let files = files.filter(|file| whole.contains_key(file));
        let sized: Vec<_> = files.map(|file| (file, view.size(file))).collect();
        let is_exact = |file: usize| {
            whole.get(&file).is_some_and(|header| header.promised == Some(view.size(file)))
        };
        for file in case.odd_sizes(index, &sized, is_exact) {
            pass.say(file, State::Odd);
        }
    }
}

/// The headers of a sequence that could be read, in the order of its frames.
pub(super) fn headers<'a>(sequence: &Sequence, pass: &Pass<'a>) -> Vec<(usize, &'a Header)> {
    let files = sequence.frames.iter().map(|frame| frame.index);
    files.filter_map(|file| Some((file, pass.of(file)?.header?.ok()?))).collect()
}

/// The value that most have; among equals the one that comes first.
pub(super) fn most<T: Copy + Eq + Hash>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut counts: HashMap<T, (usize, usize)> = HashMap::new();
    for (index, value) in values.into_iter().enumerate() {
        counts.entry(value).or_insert((0, index)).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, (count, first))| (*count, usize::MAX - first)).map(|it| it.0)
}

impl Case<'_> {
    /// Name those of another size than most, but for those that are right all the same; they come back.
    fn odd_sizes(
        &mut self,
        sequence: usize,
        sized: &[(usize, u64)],
        is_right: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let Some(usual) = most(sized.iter().map(|(_, size)| *size)) else { return Vec::new() };
        let odd = sized.iter().filter(|(file, size)| *size != usual && !is_right(*file));
        let (odd, bytes): (Vec<usize>, Vec<u64>) = odd.copied().unzip();
        let (Some(least), Some(largest)) = (bytes.iter().min(), bytes.iter().max()) else {
            return odd;
        };
        let found = if least == largest {
            number(*least)
        } else {
            format!("{} to {}", number(*least), number(*largest))
        };
        let usual = number(usual);
        let of = counted(sized.len(), "frame", "frames");
        let several = self.several(sequence, odd.clone());
        let (count, verb) = (number(odd.len() as u64), several.verb("has", "have"));
        let message =
            format!("{count} of {of} {verb} {found} bytes instead of {usual}{}", several.behind);
        self.sequence(sequence, message);
        odd
    }
}

/// Files that could not be read to their end.
pub(super) fn unreadable(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    let files: Vec<_> = (0..case.view.delivery.files.len())
        .filter_map(|file| Some((file, pass.of(file)?.error?)))
        .collect();
    for (reason, files) in by_reason(files) {
        for file in &files {
            pass.say(*file, State::Unreadable);
        }
        case.files(files, |several| {
            format!("{} cannot be read: {reason}{}", several.what, several.behind)
        });
    }
}

/// Headers that are not understood.
pub(super) fn header(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    let view = case.view;
    let files: Vec<_> = (0..view.delivery.files.len())
        .filter(|file| view.size(*file) > 0)
        .filter_map(|file| Some((file, fault(view, pass, file)?)))
        .collect();
    for (reason, files) in by_reason(files) {
        for file in &files {
            pass.say(*file, State::Unreadable);
        }
        case.files(files, |several| {
            format!("{} without a readable header: {reason}{}", several.what, several.behind)
        });
    }
}

/// What is wrong with a header; a name that promises one that is not there counts.
fn fault<'a>(view: &View<'_>, pass: &Pass<'a>, file: usize) -> Option<&'a str> {
    let facts = pass.of(file)?;
    match (facts.error, facts.header) {
        (Some(_), _) | (None, Some(Ok(_))) => None,
        (None, Some(Err(reason))) => Some(reason),
        (None, None) => promised_by_name(view, file).map(|format| match format {
            Format::Dpx => "it does not begin like a dpx",
            Format::Exr => "it does not begin like an exr",
            Format::Tiff => "it does not begin like a tiff",
        }),
    }
}

/// What is said of one thing after the other, each with its files, in the order of the reasons.
fn by_reason(files: Vec<(usize, &str)>) -> BTreeMap<&str, Vec<usize>> {
    let mut reasons: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (file, reason) in files {
        reasons.entry(reason).or_default().push(file);
    }
    reasons
}

/// Frames of another format than their name says.
pub(super) fn format(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    let view = case.view;
    for found in [Format::Dpx, Format::Exr, Format::Tiff] {
        let files: Vec<_> = (0..view.delivery.files.len())
            .filter(|file| is_of(pass, *file, found))
            .filter(|file| promised_by_name(view, *file).is_some_and(|named| named != found))
            .collect();
        for file in &files {
            pass.say(*file, State::Odd);
        }
        case.files(files, |several| {
            let verb = several.verb("is", "are");
            format!("{} {verb} {found} by the bytes{}", several.what, several.behind)
        });
    }
}

fn is_of(pass: &Pass<'_>, file: usize, format: Format) -> bool {
    let header = pass.of(file).and_then(|facts| facts.header);
    header.is_some_and(|header| header.is_ok_and(|header| header.format == format))
}

/// Frames that are shorter than their header says. One without a byte is found by its size already.
pub(super) fn truncated(case: &mut Case<'_>, pass: &mut Pass<'_>) {
    let view = case.view;
    let files = 0..view.delivery.files.len();
    for empty in files.filter(|&file| view.size(file) == 0 && is_frame(view, file)) {
        pass.say(empty, State::Truncated);
    }
    let files = 0..view.delivery.files.len();
    let short: HashMap<usize, (u64, u64)> = files
        .filter_map(|file| {
            let promised = pass.of(file)?.header?.ok()?.promised?;
            (view.size(file) < promised).then_some((file, (view.size(file), promised)))
        })
        .collect();
    for file in short.keys() {
        pass.say(*file, State::Truncated);
    }
    case.files(short.keys().copied(), |several| {
        let sizes = several.files().iter().filter_map(|file| short.get(file));
        let bytes = sizes.min().map_or_else(String::new, |(size, promised)| {
            let which = if several.files().len() > 1 { "the shortest has " } else { "" };
            format!(" ({which}{} of {} bytes)", number(*size), number(*promised))
        });
        let verb = several.verb("is", "are");
        format!("{} {verb} shorter than the header says{bytes}{}", several.what, several.behind)
    });
}
