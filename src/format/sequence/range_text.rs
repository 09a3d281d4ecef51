//! Sets of frame numbers as text: `1-10,15,20-30x2`.
//!
//! A list with commas; blanks beside them are allowed. Its items are numbers (`5`, `-5`), ranges with
//! both ends (`1-10`, `-5--1`, `-5-10`), and ranges with a step (`1-10x2` is 1, 3, 5, 7 and 9). Not
//! understood are the marks that Python's `fileseq` adds: `y` (all but each n-th), `:` (staggered) and frames
//! with a fraction; nor ranges that count down.

use std::fmt;
use std::str::FromStr;

use super::Ranges;

/// Frames that items with a step may hold together, 16 MB: each is a span of its own. A number of frames
/// that no delivery has, and a typing error does.
const MOST_STEPPED: u64 = 1_000_000;

/// From this many numbers on, a step is written: `1,3` but `1-5x2`.
const FEWEST_STEPPED: usize = 3;

/// An item of a list of ranges that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{item}`: {reason}")]
pub struct RangesFault {
    /// The item.
    pub item: String,
    /// What is wrong with it.
    pub reason: RangesReason,
}

/// Why an item of a list of ranges cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RangesReason {
    /// None of the forms.
    #[error("is no frame number and no range such as 1-10 or 1-10x2")]
    Form,
    /// `1-10y2`.
    #[error("a range with y is not understood; hint: list the frames that are meant")]
    Fill,
    /// `1-10:2`.
    #[error("a range with : is not understood; hint: list the frames that are meant")]
    Stagger,
    /// `1.5`.
    #[error("a frame number has no fraction")]
    Fraction,
    /// `10-1`.
    #[error("counts down; hint: write the lower number first")]
    Down,
    /// `1-10x0`.
    #[error("a step of 0 leads nowhere")]
    Step,
    /// Beyond 64 bits.
    #[error("the number is too large")]
    Large,
    /// More than is kept.
    #[error("holds too many frames: ranges with a step are read up to 1,000,000 frames")]
    Many,
}

impl FromStr for Ranges {
    type Err = RangesFault;

    /// Read a list such as `1-10,15,20-30x2`, in any order; items that overlap are joined. An empty text is
    /// an empty set.
    ///
    /// Memory goes with the length of the text, but for ranges with a step: 16 bytes for each frame, and
    /// 1,000,000 frames at most.
    ///
    /// # Errors
    ///
    /// The first item that is none of these, and why.
    fn from_str(text: &str) -> Result<Self, RangesFault> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let (mut ranges, mut stepped) = (vec![], 0);
        for item in text.split(',').map(str::trim) {
            let fault = |reason| RangesFault { item: item.to_owned(), reason };
            let Item { first, last, step } = parse_item(item).map_err(fault)?;
            if step == 1 {
                ranges.push(first..=last);
                continue;
            }
            let steps = first.abs_diff(last) / step;
            stepped += steps.saturating_add(1).min(MOST_STEPPED + 1);
            if stepped > MOST_STEPPED {
                return Err(fault(RangesReason::Many));
            }
            let number = |n: u64| first.saturating_add_unsigned(n * step);
            ranges.extend((0..=steps).map(|n| number(n)..=number(n)));
        }
        Ok(ranges.into_iter().collect())
    }
}

struct Item {
    first: i64,
    last: i64,
    step: u64,
}

fn parse_item(item: &str) -> Result<Item, RangesReason> {
    let (first, rest) = number(item).ok_or_else(|| reason(item))?;
    let first = first?;
    let Some(rest) = rest.strip_prefix('-') else {
        return if rest.is_empty() {
            Ok(Item { first, last: first, step: 1 })
        } else {
            Err(reason(item))
        };
    };
    let (last, rest) = number(rest).ok_or_else(|| reason(item))?;
    let step = match rest.strip_prefix('x').map(|step| (step, number(step))) {
        None if rest.is_empty() => 1,
        Some((step, Some((_, "")))) if !step.starts_with('-') => {
            step.parse().map_err(|_| RangesReason::Large)?
        }
        _ => return Err(reason(item)),
    };
    match (last?, step) {
        (_, 0) => Err(RangesReason::Step),
        (last, _) if last < first => Err(RangesReason::Down),
        (last, step) => Ok(Item { first, last, step }),
    }
}

/// The number that a text begins with, and what follows it.
fn number(text: &str) -> Option<(Result<i64, RangesReason>, &str)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let rest = digits.trim_start_matches(|character: char| character.is_ascii_digit());
    if rest.len() == digits.len() {
        return None;
    }
    let number = &text[..text.len() - rest.len()];
    Some((number.parse().map_err(|_| RangesReason::Large), rest))
}

/// Which mark makes an item unreadable.
fn reason(item: &str) -> RangesReason {
    if !item.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return RangesReason::Form;
    }
    let marks =
        [('y', RangesReason::Fill), (':', RangesReason::Stagger), ('.', RangesReason::Fraction)];
    let found = marks.into_iter().find(|(mark, _)| item.contains(*mark));
    found.map_or(RangesReason::Form, |(_, reason)| reason)
}

impl fmt::Display for Ranges {
    /// The shortest way to write them: ranges, and steps from three numbers on.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spans: Vec<(i64, i64)> = self.spans().collect();
        let (mut rest, mut comma) = (&spans[..], "");
        while let Some(&(first, last)) = rest.first() {
            let len = stepped(rest);
            let used = if len < FEWEST_STEPPED { 1 } else { len };
            match rest[used - 1].0 {
                end if used > 1 => {
                    write!(f, "{comma}{first}-{end}x{}", first.abs_diff(rest[1].0))?;
                }
                _ if first == last => write!(f, "{comma}{first}")?,
                _ => write!(f, "{comma}{first}-{last}")?,
            }
            (rest, comma) = (&rest[used..], ",");
        }
        Ok(())
    }
}

/// How many numbers at the begin stand alone and have the same distance, one from the next.
fn stepped(spans: &[(i64, i64)]) -> usize {
    let is_single = |span: (i64, i64)| span.0 == span.1;
    let step = |pair: &[(i64, i64)]| {
        (is_single(pair[0]) && is_single(pair[1])).then(|| pair[0].0.abs_diff(pair[1].0))
    };
    let mut steps = spans.windows(2).map_while(step);
    match steps.next() {
        Some(first) => 2 + steps.take_while(|step| *step == first).count(),
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{RangesFault, RangesReason};
    use crate::format::sequence::Ranges;

    fn parse(text: &str) -> Result<Ranges, RangesFault> {
        text.parse()
    }

    #[test]
    fn each_form_is_read() {
        for (text, expected) in [
            ("5", "5"),
            ("-5", "-5"),
            ("1-10", "1-10"),
            ("0001-0010", "1-10"),
            ("-5--1", "-5--1"),
            ("-5-10", "-5-10"),
            ("1-10x1", "1-10"),
            ("1-10x2", "1-9x2"),
            ("-5-5x5", "-5-5x5"),
            ("1-10x20", "1"),
            ("3-3", "3"),
            ("20-30x2,15,1-10", "1-10,15,20-30x2"),
            ("1, 3 ,2", "1-3"),
            ("1-5,4-8,8", "1-8"),
            ("1-9x2,2-10x2", "1-10"),
            ("", ""),
            (" ", ""),
        ] {
            assert_eq!(parse(text).unwrap().to_string(), expected, "{text:?}");
        }
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        for (item, reason) in [
            ("1-10y2", RangesReason::Fill),
            ("1-10:3", RangesReason::Stagger),
            ("1.5", RangesReason::Fraction),
            ("1.5-3", RangesReason::Fraction),
            ("10-1", RangesReason::Down),
            ("1-10x0", RangesReason::Step),
            ("1-10x-2", RangesReason::Form),
            ("1-10x", RangesReason::Form),
            ("1-10xx2", RangesReason::Form),
            ("1-10X2", RangesReason::Form),
            ("5x2", RangesReason::Form),
            ("1-", RangesReason::Form),
            ("-", RangesReason::Form),
            ("--1", RangesReason::Form),
            ("1 - 10", RangesReason::Form),
            ("+5", RangesReason::Form),
            ("any", RangesReason::Form),
            ("9223372036854775808", RangesReason::Large),
            ("1-9223372036854775808", RangesReason::Large),
            ("1-10x99999999999999999999", RangesReason::Large),
            ("1-9000000000000000000x2", RangesReason::Many),
        ] {
            let fault = parse(&format!("1,{item},1-10y2")).unwrap_err();
            assert_eq!((fault.item.as_str(), fault.reason), (item, reason));
        }
        assert_eq!(parse("1,").unwrap_err().reason, RangesReason::Form);
    }

    #[test]
    fn a_fault_names_the_item_first() {
        let text = parse("1-10y2").unwrap_err().to_string();
        assert!(text.starts_with("`1-10y2`: "), "{text}");
    }

    #[test]
    fn a_huge_range_is_one_span() {
        let all = format!("{}-{}", i64::MIN, i64::MAX);
        assert_eq!(parse(&all).unwrap(), Ranges::from(i64::MIN..=i64::MAX));
        assert_eq!(parse(&all).unwrap().to_string(), all);
    }

    #[test]
    fn frames_with_a_step_are_limited_over_the_whole_text() {
        assert_eq!(parse("1-2000000x2").unwrap().count(), 1_000_000);
        let twice = parse("1-1000000x2,2-1000002x2").unwrap_err();
        assert_eq!(twice.reason, RangesReason::Many);
        let ends = format!("{}-{}x18446744073709551615", i64::MIN, i64::MAX);
        assert_eq!(parse(&ends).unwrap().count(), 2);
    }

    proptest! {
        #[test]
        fn what_is_rendered_parses_back(
            items in proptest::collection::vec((any::<i64>(), 0_u64..40, 1_u64..5, any::<bool>()), 0..20)
        ) {
            let numbers = items.iter().flat_map(|&(first, count, step, near)| {
                let first = if near { first % 50 } else { first };
                (0..count).map(move |n| first.saturating_add_unsigned(n * step))
            });
            let ranges: Ranges = numbers.collect();
            prop_assert_eq!(parse(&ranges.to_string()), Ok(ranges));
        }

        #[test]
        fn no_text_makes_it_panic(text in "([0-9]{1,20}|[-x,y:. ]|.){0,12}") {
            if let Ok(ranges) = parse(&text) {
                prop_assert_eq!(parse(&ranges.to_string()), Ok(ranges));
            }
        }
    }
}
