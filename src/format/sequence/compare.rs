//! Two sequences, frame number by frame number: texted against textless, one version against another.

use super::{Ranges, Sequence};

/// Which frame numbers are in which of two sequences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// In the left one and not in the right one.
    pub only_left: Ranges,
    /// In the right one and not in the left one.
    pub only_right: Ranges,
    /// In both.
    pub both: Ranges,
}

/// Compare the numbers of two sequences, whatever their names.
pub fn compare(left: &Sequence, right: &Sequence) -> Comparison {
    left.ranges().compare(&right.ranges())
}

impl Ranges {
    /// Compare with other numbers. Cost goes with the number of spans.
    pub fn compare(&self, right: &Self) -> Comparison {
        let only_left = self.minus(right);
        let both = self.minus(&only_left);
        Comparison { only_left, only_right: right.minus(self), both }
    }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::format::sequence::{Groups, group};

    #[test]
    fn textless_islands_are_in_both_and_the_rest_is_texted_only() {
        let texted = (86_400..86_500).map(|frame| format!("texted.{frame:07}.dpx"));
        let textless = (86_490..86_510).map(|frame| format!("textless.{frame:07}.dpx"));
        let names: Vec<String> = texted.chain(textless).collect();
        let Groups { sequences, .. } = group(names.iter().map(String::as_str));

        let found = compare(&sequences[0], &sequences[1]);

        assert_eq!(found.only_left.to_string(), "86400-86489");
        assert_eq!(found.both.to_string(), "86490-86499");
        assert_eq!(found.only_right.to_string(), "86500-86509");
    }
}
