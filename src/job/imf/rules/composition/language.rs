//! Language tags: their form, not whether there is such a language.

/// Tags of old that do not have the form.
///
/// Source: RFC 5646, 2.1, `irregular`.
const IRREGULAR: [&str; 17] = [
    "en-gb-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-be-fr",
    "sgn-be-nl",
    "sgn-ch-de",
];

/// Whether a tag is well-formed.
///
/// Source: RFC 5646, 2.1.
pub(super) fn is_well_formed(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    if IRREGULAR.contains(&tag.as_str()) {
        return true;
    }
    let parts: Vec<&str> = tag.split('-').collect();
    if parts.iter().any(|part| !is_word(part, 1..=8)) {
        return false;
    }
    match parts[0] {
        "x" => parts.len() > 1,
        language => is_letters(language, 2..=8) && is_rest(&parts[1..], language.len() < 4),
    }
}

/// What may follow the language, in this order.
fn is_rest(mut parts: &[&str], may_extend: bool) -> bool {
    if may_extend {
        skip(&mut parts, 3, |part| is_letters(part, 3..=3));
    }
    skip(&mut parts, 1, |part| is_letters(part, 4..=4));
    skip(&mut parts, 1, is_region);
    skip(&mut parts, usize::MAX, |part| {
        is_word(part, 5..=8) || (part.len() == 4 && part.as_bytes()[0].is_ascii_digit())
    });
    is_extensions(parts)
}

/// Singles, each with something behind it; behind `x` anything goes.
fn is_extensions(mut parts: &[&str]) -> bool {
    while let Some((&single, rest)) = parts.split_first() {
        if single == "x" {
            return !rest.is_empty();
        }
        let before = rest.len();
        parts = rest;
        skip(&mut parts, usize::MAX, |part| part.len() > 1);
        if single.len() != 1 || parts.len() == before {
            return false;
        }
    }
    true
}

fn skip(parts: &mut &[&str], most: usize, is_one: impl Fn(&str) -> bool) {
    let count = parts.iter().take(most).take_while(|part| is_one(part)).count();
    *parts = &parts[count..];
}

/// Whether this is a region: two letters, or three digits.
pub(super) fn is_region(code: &str) -> bool {
    is_letters(code, 2..=2) || (code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_letters(part: &str, len: std::ops::RangeInclusive<usize>) -> bool {
    len.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_word(part: &str, len: std::ops::RangeInclusive<usize>) -> bool {
    len.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
