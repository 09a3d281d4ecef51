//! The fields of an asset's name.
//!
//! Parts are joined by `_`. A title may hold that too, so that the name is read from its asset type:
//! before it stand the title and perhaps a season and episode, behind it the other fields in their
//! order, each of which may be missing.

use std::fmt;

use crate::job::preflight::profile::{Profile, Vocabulary, in_words};
use crate::job::preflight::wording::quoted;

/// A field from the asset type on, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    AssetType,
    BitDepth,
    DynamicRange,
    AcesVersion,
    ColorSpace,
    TransferFunction,
    Date,
    AspectRatio,
    Resolution,
}

impl Field {
    pub(super) const ORDER: [Self; 9] = [
        Self::AssetType,
        Self::BitDepth,
        Self::DynamicRange,
        Self::AcesVersion,
        Self::ColorSpace,
        Self::TransferFunction,
        Self::Date,
        Self::AspectRatio,
        Self::Resolution,
    ];

    /// The vocabulary of its values; that of a date is nobody's.
    pub(super) fn vocabulary(self) -> &'static str {
        match self {
            Self::AssetType => "asset-type",
            Self::BitDepth => "bit-depth",
            Self::DynamicRange => "dynamic-range",
            Self::AcesVersion => "aces-version",
            Self::ColorSpace => "color-space",
            Self::TransferFunction => "transfer-function",
            Self::Date => "date",
            Self::AspectRatio => "aspect-ratio",
            Self::Resolution => "resolution",
        }
    }

    pub(super) fn in_words(self) -> &'static str {
        in_words(self.vocabulary())
    }

    /// Whether `value` has the shape of this field, whatever the values that are known: depths as `16b`,
    /// dates as `20240131`, resolutions as `3840x2160` (an older version of the page).
    fn has_shape(self, value: &str) -> bool {
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::BitDepth => value.strip_suffix('b').is_some_and(digits),
            Self::AcesVersion => value.strip_prefix("aces").is_some_and(digits),
            Self::Date => value.len() == 8 && digits(value),
            Self::Resolution => {
                value.split_once('x').is_some_and(|(width, height)| digits(width) && digits(height))
            }
            Self::AssetType
            | Self::DynamicRange
            | Self::ColorSpace
            | Self::TransferFunction
            | Self::AspectRatio => false,
        }
    }

    /// Whether nothing is known of its values, so that any is taken.
    fn is_open(self, profile: &Profile) -> bool {
        profile.vocabulary(self.vocabulary()).is_some_and(Vocabulary::is_open)
    }
}

/// The name of an asset's folder, read.
#[derive(Debug, Default)]
pub(super) struct Asset<'a> {
    /// The whole name.
    pub(super) name: &'a str,
    /// Everything before the season and episode, or before the asset type.
    pub(super) title: &'a str,
    /// As `s01e101`.
    pub(super) episode: Option<&'a str>,
    pub(super) kind: Option<AssetType<'a>>,
    /// The asset type and all behind it.
    pub(super) rest: &'a str,
    pub(super) faults: Vec<Fault<'a>>,
    pub(super) unknown: Vec<Unknown<'a>>,
}

/// An asset type.
#[derive(Clone, Copy, Debug)]
pub(super) struct AssetType<'a> {
    pub(super) value: &'a str,
    /// Whether it is one of the vocabulary; else it stands where one should.
    pub(super) known: bool,
}

/// A part that is none of the known values of the fields that it may be.
#[derive(Debug)]
pub(super) struct Unknown<'a> {
    pub(super) value: &'a str,
    pub(super) fields: Vec<Field>,
}

/// What is wrong with the order of the parts.
#[derive(Debug)]
pub(super) enum Fault<'a> {
    NoTitle,
    /// A part between the season and episode and the asset type.
    Between(&'a str),
    /// A part that belongs before another one.
    Order(&'a str, Field, Field),
    /// More parts than fields.
    Surplus(&'a str),
    /// Eight digits that are no date.
    NoDate(&'a str),
}

impl fmt::Display for Fault<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTitle => write!(f, "the name has no project title"),
            Self::Between(part) => {
                write!(f, "{} stands between season and episode and the asset type", quoted(part))
            }
            Self::Order(part, field, behind) => write!(
                f,
                "{} ({}) stands behind the {}",
                quoted(part),
                field.in_words(),
                behind.in_words()
            ),
            Self::Surplus(part) => write!(f, "there is no field for {}", quoted(part)),
            Self::NoDate(part) => write!(f, "{} is no date as YYYYMMDD", quoted(part)),
        }
    }
}

/// A part of a name, with the byte that it begins at.
type Part<'a> = (usize, &'a str);

impl<'a> Asset<'a> {
    pub(super) fn parse(name: &'a str, profile: &Profile) -> Self {
        let parts = parts(name);
        let mut asset = Self { name, title: name, ..Self::default() };
        let episode = parts.iter().rposition(|(_, part)| is_episode(part));
        let known = parts.iter().rposition(|(_, part)| profile.knows("asset-type", part));
        // An unknown asset type can only be told by its place.
        let after_episode = || episode.map(|index| index + 1).filter(|index| *index < parts.len());
        let kind = known.or_else(after_episode);
        let episode = episode.filter(|index| kind.is_none_or(|kind| *index < kind));
        asset.episode = episode.map(|index| parts[index].1);
        let begin = episode.or(kind).map_or(name.len(), |index| parts[index].0);
        asset.title = name[..begin].trim_end_matches('_');
        let Some(kind) = kind else { return asset };

        let (start, value) = parts[kind];
        asset.kind = Some(AssetType { value, known: known.is_some() });
        asset.rest = &name[start..];
        if asset.title.is_empty() {
            asset.faults.push(Fault::NoTitle);
        }
        if known.is_none() {
            asset.unknown.push(Unknown { value, fields: vec![Field::AssetType] });
        }
        let between = episode.map_or(&[][..], |episode| &parts[episode + 1..kind]);
        asset.faults.extend(between.iter().map(|(_, part)| Fault::Between(part)));
        asset.read_fields(&parts[kind + 1..], profile);
        asset
    }

    /// Give each part to a field behind that of the part before.
    fn read_fields(&mut self, parts: &[Part<'a>], profile: &Profile) {
        let mut so_far = Field::AssetType;
        let mut open: Vec<&'a str> = Vec::new();
        for (_, part) in parts {
            match field_of(part, so_far, profile) {
                Some((field, _)) if field <= so_far => {
                    self.faults.push(Fault::Order(part, field, so_far));
                }
                Some((field, known)) => {
                    self.take_open(&mut open, (so_far, Some(field)), profile);
                    self.judge(part, field, known, profile);
                    so_far = field;
                }
                None => open.push(part),
            }
        }
        self.take_open(&mut open, (so_far, None), profile);
    }

    /// Parts that no field knows, between two that one does.
    fn take_open(
        &mut self,
        open: &mut Vec<&'a str>,
        (behind, before): (Field, Option<Field>),
        profile: &Profile,
    ) {
        let is_between = |field: &Field| {
            *field > behind && before.is_none_or(|before| *field < before) && *field != Field::Date
        };
        let fields: Vec<_> = Field::ORDER.into_iter().filter(is_between).collect();
        for (index, value) in open.drain(..).enumerate() {
            if index >= fields.len() {
                self.faults.push(Fault::Surplus(value));
            } else if !fields.iter().all(|field| field.is_open(profile)) {
                self.unknown.push(Unknown { value, fields: fields.clone() });
            }
        }
    }

    fn judge(&mut self, value: &'a str, field: Field, known: bool, profile: &Profile) {
        if field == Field::Date {
            if !is_date(value) {
                self.faults.push(Fault::NoDate(value));
            }
        } else if !known && !field.is_open(profile) {
            self.unknown.push(Unknown { value, fields: vec![field] });
        }
    }
}

fn parts(name: &str) -> Vec<Part<'_>> {
    let mut start = 0;
    let mut parts = Vec::new();
    for part in name.split('_') {
        parts.push((start, part));
        start += part.len() + 1;
    }
    parts
}

/// The field that a part belongs to: one behind `so_far` that knows it, else one that it has the shape
/// of, else one before. And whether the value is known.
fn field_of(part: &str, so_far: Field, profile: &Profile) -> Option<(Field, bool)> {
    let knows = |field: &Field| profile.knows(field.vocabulary(), part);
    let shaped = |field: &Field| field.has_shape(part);
    let (before, behind): (Vec<_>, Vec<_>) =
        Field::ORDER.into_iter().partition(|field| *field <= so_far);
    let of_values =
        |fields: &[Field]| fields.iter().copied().find(knows).map(|field| (field, true));
    let like = |fields: &[Field]| fields.iter().copied().find(shaped).map(|field| (field, false));
    let known_or_like = |fields: &[Field]| of_values(fields).or_else(|| like(fields));
    known_or_like(&behind).or_else(|| known_or_like(&before))
}

/// `s01e101`, `s02e01`.
fn is_episode(part: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = part.strip_prefix('s').and_then(|rest| rest.split_once('e'));
    numbers.is_some_and(|(season, episode)| digits(season) && digits(episode))
}

/// Whether eight digits are a day of the calendar.
pub(in crate::job::preflight::rules) fn is_date(digits: &str) -> bool {
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(4..6), number(6..8)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    digits.len() == 8 && (1..=days).contains(&day)
}
