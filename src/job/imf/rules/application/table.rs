//! Pictures that the applications allow: each row one kind, all values of which go together.

use super::color::System::{self, Color1, Color2, Color3, Color4, Color5, Color6, Color7, Color8};
use super::edition::Edition;
use super::image::Layout;
use super::image::Model::{self, Rgb, Yuv};
use super::image::Range::{self, Full, Legal};
use super::image::Sampling::{self, S422, S444};

/// One kind of picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// Largest width and height.
    pub(super) size: (i64, i64),
    /// Systems of colour.
    pub(super) systems: &'static [System],
    /// Bits of a component.
    pub(super) bits: &'static [i64],
    /// Frames or fields.
    pub(super) layout: Layout,
    /// Frames in a second.
    pub(super) rates: &'static [(u64, u64)],
    /// Of colour differences.
    pub(super) sampling: Sampling,
    /// Levels.
    pub(super) ranges: &'static [Range],
    /// RGB or not.
    pub(super) models: &'static [Model],
}

const TWO_FIELDS: &[(u64, u64)] = &[(25, 1), (30_000, 1001), (30, 1)];
const UP_TO_30: &[(u64, u64)] = &[(24_000, 1001), (24, 1), (25, 1), (30_000, 1001), (30, 1)];
const UP_TO_60: &[(u64, u64)] =
    &[(24_000, 1001), (24, 1), (25, 1), (30_000, 1001), (30, 1), (50, 1), (60_000, 1001), (60, 1)];
const UP_TO_120: &[(u64, u64)] = &[
    (24_000, 1001),
    (24, 1),
    (25, 1),
    (30_000, 1001),
    (30, 1),
    (50, 1),
    (60_000, 1001),
    (60, 1),
    (120, 1),
];

const HD: (i64, i64) = (1920, 1080);
const UHD: (i64, i64) = (3840, 2160);
const FILM: (i64, i64) = (4096, 3112);
const UHD2: (i64, i64) = (7680, 4320);
const FILM2: (i64, i64) = (8192, 6224);

/// Colour differences at half of the pixels, whole frames, legal range.
const fn yuv(
    size: (i64, i64),
    systems: &'static [System],
    bits: &'static [i64],
    rates: &'static [(u64, u64)],
) -> Row {
    let (layout, sampling) = (Layout::Full, S422);
    Row { size, systems, bits, layout, rates, sampling, ranges: &[Legal], models: &[Yuv] }
}

/// RGB in whole frames of up to 120 a second, in either range.
const fn rgb(size: (i64, i64), systems: &'static [System], bits: &'static [i64]) -> Row {
    let row = yuv(size, systems, bits, UP_TO_120);
    Row { sampling: S444, ranges: &[Legal, Full], models: &[Rgb], ..row }
}

const BROADCAST: &[System] = &[Color1, Color2, Color3];
const FIELDS: Row = Row { layout: Layout::Fields, ..yuv(HD, BROADCAST, &[8, 10], TWO_FIELDS) };
const HD_422: Row = yuv(HD, BROADCAST, &[8, 10], TWO_FIELDS);
const HD_444: Row = Row { sampling: S444, models: &[Yuv, Rgb], ..HD_422 };

/// Source: an earlier Photon, `Application2Composition`, and for the systems `IMFApp2E2014ConstraintsValidator`.
const TWO: &[Row] = &[
    FIELDS,
    yuv(HD, BROADCAST, &[8, 10], UP_TO_60),
    Row { rates: UP_TO_60, ..HD_444 },
    Row { rates: UP_TO_60, ..rgb(HD, &[Color3], &[8, 10]) },
];

/// Source: Photon, `IMFApp2E2014ConstraintsValidator`, "Table 3 at SMPTE ST 2067-21:2014".
const EXTENDED_2014: &[Row] = &[
    FIELDS,
    HD_422,
    HD_444,
    yuv(UHD, &[Color3, Color4], &[8, 10], UP_TO_30),
    yuv(UHD, &[Color5], &[10], UP_TO_30),
];

/// Source: Photon, `IMFApp2E2016ConstraintsValidator`, "Table 3 at SMPTE ST 2067-21:2016".
const EXTENDED_2016: &[Row] = &[
    FIELDS,
    HD_422,
    HD_444,
    yuv(UHD, &[Color3, Color4], &[8, 10], UP_TO_60),
    yuv(UHD, &[Color5], &[10, 12], UP_TO_60),
    yuv(UHD, &[Color7], &[10, 12, 16], UP_TO_60),
    rgb(FILM, &[Color3], &[8, 10]),
    rgb(FILM, &[Color5], &[10, 12]),
    rgb(FILM, &[Color6, Color7], &[10, 12, 16]),
];

/// Source: Photon, `IMFApp2E2020ConstraintsValidator` and that of 2021, "Table 3 at SMPTE ST 2067-21:2023".
const EXTENDED_2020: &[Row] = &[
    FIELDS,
    HD_422,
    HD_444,
    yuv(UHD, &[Color4], &[8, 10], UP_TO_60),
    yuv(UHD, &[Color3], &[8, 10, 12, 16], UP_TO_60),
    yuv(UHD, &[Color5, Color8], &[10, 12], UP_TO_60),
    yuv(UHD, &[Color7], &[10, 12, 16], UP_TO_60),
    rgb(FILM, &[Color3], &[8, 10, 12, 16]),
    rgb(FILM, &[Color5, Color8], &[10, 12]),
    rgb(FILM, &[Color6, Color7], &[10, 12, 16]),
];

/// Source: Photon, `IMFApp2E5EDConstraintsValidator`.
const EXTENDED_5: &[Row] = &[
    FIELDS,
    HD_422,
    HD_444,
    yuv(UHD, &[Color4], &[8, 10], UP_TO_60),
    yuv(UHD2, &[Color3], &[8, 10, 12, 16], UP_TO_60),
    yuv(UHD2, &[Color5, Color8], &[10, 12], UP_TO_60),
    yuv(UHD2, &[Color7], &[10, 12, 16], UP_TO_60),
    rgb(FILM2, &[Color3], &[8, 10, 12, 16]),
    rgb(FILM2, &[Color5, Color8], &[10, 12]),
    rgb(FILM2, &[Color6, Color7], &[10, 12, 16]),
];

/// The rows of an application; none of ACES, which has rules of its own.
pub(super) fn rows(edition: Edition) -> &'static [Row] {
    match edition {
        Edition::Two => TWO,
        Edition::Extended2014 => EXTENDED_2014,
        Edition::Extended2016 => EXTENDED_2016,
        Edition::Extended2020 | Edition::Extended2021 => EXTENDED_2020,
        Edition::Extended5 => EXTENDED_5,
        Edition::Aces => &[],
    }
}
