//! Lengths in edit units of a composition, and their time code.

use crate::format::imf::Rational;
use crate::format::imf::model::{Composition, Resource, Segment, Sequence};
use crate::format::sequence::Rate;

/// Edit units at one rate as those at another, rounded down.
pub(super) fn convert(units: u64, from: Rational, to: Rational) -> Option<u64> {
    let above = u128::from(units).checked_mul(u128::from(to.numerator))?;
    let above = above.checked_mul(u128::from(from.denominator))?;
    let below = u128::from(to.denominator) * u128::from(from.numerator);
    u64::try_from(above.checked_div(below)?).ok()
}

/// Edit units of the composition that a resource takes; `None` if it does not say how long it is.
pub(super) fn length(resource: &Resource, rate: Rational) -> Option<u64> {
    convert(resource.duration()?, resource.edit_rate.unwrap_or(rate), rate)
}

/// Edit units of a sequence; `None` if that of some resource is not known.
pub(super) fn sequence_length(sequence: &Sequence, rate: Rational) -> Option<u64> {
    let mut resources = sequence.resources.iter();
    resources.try_fold(0, |sum: u64, resource| sum.checked_add(length(resource, rate)?))
}

/// Edit units of a segment: those of its longest sequence, since all are to be equally long.
pub(super) fn segment_length(segment: &Segment, rate: Rational) -> Option<u64> {
    let lengths = segment.sequences.iter().filter_map(|sequence| sequence_length(sequence, rate));
    lengths.max()
}

/// Edit units of a composition.
pub(super) fn composition_length(composition: &Composition) -> Option<u64> {
    let rate = composition.edit_rate?;
    let mut segments = composition.segments.iter();
    segments.try_fold(0, |sum: u64, segment| sum.checked_add(segment_length(segment, rate)?))
}

/// Edit units as time code, counted from zero at the rounded rate and without leaving out numbers.
pub(super) fn timecode(units: u64, rate: Rational) -> Option<String> {
    let nominal = rate.numerator.checked_add(rate.denominator / 2)? / rate.denominator;
    let rate: Rate = nominal.to_string().parse().ok()?;
    rate.timecode(i64::try_from(units).ok()?).map(|timecode| timecode.to_string())
}
