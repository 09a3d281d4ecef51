//! What is known of a file after its bytes were read.

use std::fmt;

/// How a file is; the worst comes last in the order. What is not there has no state: it has no file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nothing was found against it.
    #[default]
    Present,
    /// It differs from its neighbours.
    Odd,
    /// It is shorter than its header says, or empty.
    Truncated,
    /// It is not as its list says.
    Changed,
    /// It, or its header, could not be read.
    Unreadable,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Present => "present",
            Self::Odd => "odd",
            Self::Truncated => "truncated",
            Self::Changed => "changed",
            Self::Unreadable => "unreadable",
        })
    }
}
