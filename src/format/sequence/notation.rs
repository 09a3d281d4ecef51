//! Patterns: the name of a sequence with a placeholder for the frame number.
//!
//! One notation alone can hold every name, `%04d`, since `%%` stands there for a percent sign. In the
//! others a name that has a placeholder's characters of its own could not be read back; such a name is
//! written in the first, whichever was asked for. So each pattern that [`Notation::render`] writes is read
//! back by [`Pattern::from_str`] to what it was.

use std::str::FromStr;

/// The widest placeholder that is read; no file system has a name as long.
const WIDEST: usize = 1000;

/// How the placeholder for the frame number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `%06d` as in `printf`, `%d` without padding.
    Percent,
    /// `######`: one for each digit, `#` without padding. (To Nuke and `fileseq` one may be four digits.)
    Hash,
    /// `@@@@@@`: one for each digit, `@` without padding.
    At,
    /// `$F6`, `$F` without padding.
    Houdini,
}

impl Notation {
    /// The pattern of a name: `head`, the placeholder and `tail`; a padding of 0 counts as 1.
    ///
    /// In [`Notation::Percent`] if the name has characters of its own that would be taken for a placeholder;
    /// there `%` in the name becomes `%%`.
    pub fn render(self, head: &str, tail: &str, padding: usize) -> String {
        let padding = padding.max(1);
        let placeholder = self.placeholder(padding);
        if self != Self::Percent {
            let text = [head, &placeholder, tail].concat();
            let (start, end) = (head.len(), head.len() + placeholder.len());
            if find(&text) == Ok(Placeholder { notation: self, start, end, padding }) {
                return text;
            }
        }
        let escape = |text: &str| text.replace('%', "%%");
        [escape(head), Self::Percent.placeholder(padding), escape(tail)].concat()
    }

    fn placeholder(self, padding: usize) -> String {
        match self {
            Self::Percent if padding == 1 => "%d".to_owned(),
            Self::Percent => format!("%0{padding}d"),
            Self::Hash => "#".repeat(padding),
            Self::At => "@".repeat(padding),
            Self::Houdini if padding == 1 => "$F".to_owned(),
            Self::Houdini => format!("$F{padding}"),
        }
    }
}

/// A name with a place for its frame number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What stands before the number.
    pub head: String,
    /// What stands behind it.
    pub tail: String,
    /// Least width of the number in characters, a minus sign included; 1 if it is not padded.
    pub padding: usize,
}

/// Why a text is not a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternFault {
    /// None of the placeholders.
    #[error("no place for a frame number such as %04d, ####, @@@@ or $F4")]
    None,
    /// More than one, of one notation or of several.
    #[error("more than one place for a frame number; hint: write it as %04d, and other % as %%")]
    Several,
    /// With `%04d` in the text, another `%` stands alone.
    #[error("a % that is not doubled")]
    Percent,
    /// 0, or more than is read.
    #[error("a frame number has 1 to {WIDEST} digits")]
    Padding,
}

impl FromStr for Pattern {
    type Err = PatternFault;

    /// Read a pattern in any notation: `a.%04d.exr`, `a.%d.exr`, `a.####.exr`, `a.@@@@.exr`, `a.$F4.exr`.
    ///
    /// If `%04d` or `%d` is there it is the placeholder, `%%` stands for a percent sign, and marks of other
    /// notations are text. Else there must be one placeholder in all, and `%` is text. `$F` before a letter
    /// or an underscore is another variable (`$FPS`) and text.
    ///
    /// # Errors
    ///
    /// Why the text is no pattern, or could be two.
    fn from_str(text: &str) -> Result<Self, PatternFault> {
        let Placeholder { notation, start, end, padding } = find(text)?;
        let plain = |text: &str| match notation {
            Notation::Percent => text.replace("%%", "%"),
            Notation::Hash | Notation::At | Notation::Houdini => text.to_owned(),
        };
        Ok(Self { head: plain(&text[..start]), tail: plain(&text[end..]), padding })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Placeholder {
    notation: Notation,
    start: usize,
    end: usize,
    padding: usize,
}

fn find(text: &str) -> Result<Placeholder, PatternFault> {
    let found = match percents(text) {
        (Some(percent), true) => Ok(percent?),
        (Some(_), false) => Err(PatternFault::Percent),
        (None, _) => others(text),
    }?;
    if (1..=WIDEST).contains(&found.padding) { Ok(found) } else { Err(PatternFault::Padding) }
}

/// The placeholder in `printf`'s way, if there is one, and whether every other `%` is doubled.
fn percents(text: &str) -> (Option<Result<Placeholder, PatternFault>>, bool) {
    let (mut found, mut all_doubled, mut at) = (None, true, 0);
    while let Some(start) = text[at..].find('%').map(|offset| at + offset) {
        let rest = &text[start + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_placeholder = rest[digits..].starts_with('d') && !rest.starts_with(nonzero_digit);
        at = start + 1;
        if is_placeholder {
            at += digits + 1;
            let padding = if digits == 0 { 1 } else { padding(&rest[..digits]) };
            let this = Placeholder { notation: Notation::Percent, start, end: at, padding };
            found = Some(if found.is_none() { Ok(this) } else { Err(PatternFault::Several) });
        } else if rest.starts_with('%') {
            at += 1;
        } else {
            all_doubled = false;
        }
    }
    (found, all_doubled)
}

/// `printf` pads with blanks where no zero comes first.
fn nonzero_digit(character: char) -> bool {
    matches!(character, '1'..='9')
}

/// The one placeholder in another notation.
fn others(text: &str) -> Result<Placeholder, PatternFault> {
    let marks = marks(text, '#', Notation::Hash).chain(marks(text, '@', Notation::At));
    let mut found = marks.chain(variables(text));
    let first = found.next().ok_or(PatternFault::None)?;
    found.next().map_or(Ok(first), |_| Err(PatternFault::Several))
}

fn marks(text: &str, mark: char, notation: Notation) -> impl Iterator<Item = Placeholder> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(mark)?;
        let padding = text[start..].chars().take_while(|character| *character == mark).count();
        at = start + padding;
        Some(Placeholder { notation, start, end: at, padding })
    })
}

fn variables(text: &str) -> impl Iterator<Item = Placeholder> {
    text.match_indices("$F").filter_map(|(start, variable)| {
        let rest = &text[start + variable.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 && rest.starts_with(|next: char| next.is_alphabetic() || next == '_') {
            return None;
        }
        let end = start + variable.len() + digits;
        let padding = if digits == 0 { 1 } else { padding(&rest[..digits]) };
        Some(Placeholder { notation: Notation::Houdini, start, end, padding })
    })
}

/// 0, which is refused, if the digits are too many for a number.
fn padding(digits: &str) -> usize {
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Notation, Pattern, PatternFault};

    const ALL: [Notation; 4] = [Notation::Percent, Notation::Hash, Notation::At, Notation::Houdini];

    fn pattern(head: &str, padding: usize, tail: &str) -> Pattern {
        Pattern { head: head.into(), tail: tail.into(), padding }
    }

    #[test]
    fn each_notation_is_written_and_read() {
        for (padding, texts) in [
            (6, ["a.%06d.exr", "a.######.exr", "a.@@@@@@.exr", "a.$F6.exr"]),
            (1, ["a.%d.exr", "a.#.exr", "a.@.exr", "a.$F.exr"]),
        ] {
            for (notation, text) in ALL.into_iter().zip(texts) {
                assert_eq!(notation.render("a.", ".exr", padding), text);
                assert_eq!(text.parse(), Ok(pattern("a.", padding, ".exr")), "{text}");
            }
        }
        assert_eq!(Notation::Percent.render("", "", 0), "%d");
    }

    #[test]
    fn a_name_with_marks_of_its_own_is_written_with_percent() {
        for (head, tail, text) in [
            ("a#1.", ".exr", "a#1.%04d.exr"),
            ("a@b.", ".exr", "a@b.%04d.exr"),
            ("$F.", ".exr", "$F.%04d.exr"),
            ("a%04d.", ".exr", "a%%04d.%04d.exr"),
            ("#", "#", "#%04d#"),
        ] {
            assert_eq!(Notation::Hash.render(head, tail, 4), text);
            assert_eq!(text.parse(), Ok(pattern(head, 4, tail)));
        }
        assert_eq!(Notation::Hash.render("50% ", ".exr", 4), "50% ####.exr");
        assert_eq!(Notation::Percent.render("50% ", ".exr", 4), "50%% %04d.exr");
        assert_eq!(Notation::Houdini.render("$FPS.", "x", 1), "$FPS.%dx");
        assert_eq!(Notation::Houdini.render("$FPS.", "x", 2), "$FPS.$F2x");
    }

    #[test]
    fn what_could_be_two_patterns_or_none_is_refused() {
        for (text, fault) in [
            ("", PatternFault::None),
            ("a.0001.exr", PatternFault::None),
            ("a.%4d.exr", PatternFault::None),
            ("a%%d.exr", PatternFault::None),
            ("$FPS", PatternFault::None),
            ("a.%04d.%d", PatternFault::Several),
            ("a.##.##", PatternFault::Several),
            ("a.##.@@", PatternFault::Several),
            ("a.##.$F2", PatternFault::Several),
            ("50%.%04d", PatternFault::Percent),
            ("a.%00d", PatternFault::Padding),
            ("a.$F0", PatternFault::Padding),
            ("a.%01001d", PatternFault::Padding),
            ("a.%099999999999999999999d", PatternFault::Padding),
        ] {
            assert_eq!(text.parse::<Pattern>(), Err(fault), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_rendered_parses_back(
            head in "([%#@$Fd0-9]|.){0,8}", tail in "([%#@$Fd0-9]|.){0,8}", padding in 1_usize..=1000
        ) {
            for notation in ALL {
                let text = notation.render(&head, &tail, padding);
                prop_assert_eq!(text.parse(), Ok(pattern(&head, padding, &tail)), "{}", text);
            }
        }

        #[test]
        fn what_is_read_is_written_to_the_same(text in "([%#@$Fd0-9.]){0,10}") {
            if let Ok(Pattern { head, tail, padding }) = text.parse() {
                let text = Notation::Percent.render(&head, &tail, padding);
                prop_assert_eq!(text.parse(), Ok(pattern(&head, padding, &tail)));
            }
        }
    }
}
