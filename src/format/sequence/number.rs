//! Frame numbers as text: their width, and padding as `printf` does it.

/// Characters of a number without padding, its sign included.
pub(super) fn width(number: i64) -> usize {
    let digits = number.unsigned_abs().checked_ilog10().map_or(1, |power| power as usize + 1);
    digits + usize::from(number < 0)
}

/// Append a number, filled up to `padding` characters with zeros behind the sign.
///
/// `format!` would panic on a padding of more than 65,535.
pub(super) fn push(text: &mut String, number: i64, padding: usize) {
    if number < 0 {
        text.push('-');
    }
    text.extend(std::iter::repeat_n('0', padding.saturating_sub(width(number))));
    text.push_str(&number.unsigned_abs().to_string());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{push, width};

    fn text(number: i64, padding: usize) -> String {
        let mut text = String::new();
        push(&mut text, number, padding);
        text
    }

    #[test]
    fn the_sign_counts_and_comes_first() {
        for (number, padding, expected) in
            [(7, 4, "0007"), (-1, 4, "-001"), (0, 1, "0"), (-12, 1, "-12"), (12345, 4, "12345")]
        {
            assert_eq!(text(number, padding), expected);
        }
        assert_eq!(text(i64::MIN, 22), "-009223372036854775808");
        assert_eq!(text(1, 100_000).len(), 100_000);
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_the_standard_library_does(number: i64, padding in 0_usize..40) {
            prop_assert_eq!(text(number, padding), format!("{number:0padding$}"));
            prop_assert_eq!(width(number), number.to_string().len());
        }
    }
}
