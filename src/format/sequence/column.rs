//! What many names have in place of one run of digits.

/// A number and its width as it is written, in characters: equal if the text is.
pub(super) type Written = (i64, usize);

/// One run of many names, in their order.
pub(super) type Column = Vec<Written>;
