//! Rates.

use std::fmt;

/// A rate as numerator and denominator, kept as they are written; the denominator is not 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rational {
    /// Above.
    pub numerator: u64,
    /// Below, 1 or more.
    pub denominator: u64,
}

impl Rational {
    /// Two numbers with a blank between them, as in `24000 1001`; `None` for anything else, and for a zero.
    pub fn parse(text: &str) -> Option<Self> {
        let (above, below) = text.split_once(' ')?;
        let (numerator, denominator) = (above.parse().ok()?, below.parse().ok()?);
        (numerator > 0 && denominator > 0).then_some(Self { numerator, denominator })
    }

    /// Whether both are the same number, such as 48/2 and 24/1.
    pub fn equals(self, other: Self) -> bool {
        u128::from(self.numerator) * u128::from(other.denominator)
            == u128::from(other.numerator) * u128::from(self.denominator)
    }

    /// As a float, for the eye.
    #[expect(clippy::cast_precision_loss, reason = "for the eye")]
    pub fn value(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

/// As documents write it.
impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.numerator, self.denominator)
    }
}
