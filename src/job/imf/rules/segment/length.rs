//! How long things are, in the edit units of the composition, exactly.

use crate::format::imf::Rational;
use crate::format::imf::model::{Composition, Resource, Segment, Sequence};

/// A length in edit units of the composition, as a fraction; the lower part is not 0.
#[derive(Clone, Copy, Debug)]
pub(in crate::job::imf) struct Length {
    above: u128,
    below: u128,
}

impl Length {
    /// So many units of one rate in units of another; `None` if the numbers are too large to be meant.
    pub(in crate::job::imf) fn new(units: u64, rate: Rational, into: Rational) -> Option<Self> {
        let above = u128::from(units).checked_mul(u128::from(into.numerator))?;
        let above = above.checked_mul(u128::from(rate.denominator))?;
        let below = u128::from(rate.numerator).checked_mul(u128::from(into.denominator))?;
        (below > 0).then_some(Self { above, below })
    }

    /// Whether it is whole.
    pub(in crate::job::imf) fn is_whole(self) -> bool {
        self.above.is_multiple_of(self.below)
    }

    /// Whole units, rounded down.
    pub(in crate::job::imf) fn whole(self) -> Option<u64> {
        u64::try_from(self.above / self.below).ok()
    }

    /// Whether both are the same.
    pub(in crate::job::imf) fn equals(self, other: Self) -> bool {
        let one = self.above.checked_mul(other.below);
        one.is_some() && one == other.above.checked_mul(self.below)
    }
}

/// For people: whole units, or three digits behind the point.
impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_whole() {
            return write!(f, "{}", self.above / self.below);
        }
        let rest = self.above % self.below;
        let thousandths = rest.checked_mul(1000).map_or(0, |rest| rest / self.below);
        write!(f, "{}.{thousandths:03}", self.above / self.below)
    }
}

/// The edit rate of a resource: its own, else that of the composition.
pub(in crate::job::imf) fn rate_of(
    resource: &Resource,
    composition: &Composition,
) -> Option<Rational> {
    resource.edit_rate.or(composition.edit_rate)
}

/// The length of a sequence; `None` if it cannot be told: something is missing, or rates differ.
pub(in crate::job::imf) fn sequence_length(
    sequence: &Sequence,
    composition: &Composition,
) -> Option<Length> {
    let into = composition.edit_rate?;
    let rate = rate_of(sequence.resources.first()?, composition)?;
    let mut units = 0_u64;
    for resource in &sequence.resources {
        if !rate_of(resource, composition)?.equals(rate) {
            return None;
        }
        units = units.checked_add(resource.duration()?)?;
    }
    Length::new(units, rate, into)
}

/// The length of a segment: that of its picture, else of the first sequence that has one.
pub(in crate::job::imf) fn segment_length(
    segment: &Segment,
    composition: &Composition,
) -> Option<u64> {
    let is_image = |sequence: &&Sequence| sequence.kind == "MainImageSequence";
    let image = segment.sequences.iter().find(is_image);
    let mut all = image.into_iter().chain(&segment.sequences);
    all.find_map(|sequence| sequence_length(sequence, composition))?.whole()
}

/// The length of a composition: that of its segments.
pub(in crate::job::imf) fn composition_length(composition: &Composition) -> Option<u64> {
    let mut all = composition.segments.iter();
    all.try_fold(0_u64, |sum, segment| sum.checked_add(segment_length(segment, composition)?))
}
