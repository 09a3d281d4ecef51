//! Why a profile is not understood.

/// What is wrong with a profile, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct ProfileFault {
    /// Counted from 1; `None` if it is about no line of this profile.
    pub line: Option<usize>,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with a profile. Each message names what would have been right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// It is no TOML; the parser's own words.
    #[error("{0}")]
    Syntax(String),
    /// A key that means nothing at this place.
    #[error("unknown key `{key}`; known here: {known}")]
    UnknownKey {
        /// The key, with the tables that it is in.
        key: String,
        /// All keys that mean something, with commas.
        known: String,
    },
    /// A rule that is not there.
    #[error("unknown rule `{id}`; known: {known}")]
    UnknownRule {
        /// What was written.
        id: String,
        /// All ids, with commas; those of the same family if the family is known.
        known: String,
    },
    /// A value of the wrong type.
    #[error("`{key}` is to be {expected}, not {found}")]
    WrongType {
        /// The key, with the tables that it is in.
        key: String,
        /// The right type, with its article.
        expected: &'static str,
        /// The type that was found, with its article.
        found: &'static str,
    },
    /// A word that is none of those a key may have.
    #[error("`{key}` cannot be `{word}`; known: {known}")]
    UnknownWord {
        /// The key, with the tables that it is in.
        key: String,
        /// What was written.
        word: String,
        /// All words, with commas.
        known: String,
    },
    /// A rule that is switched on here and lacks a key, here and in what the profile extends.
    #[error("rule `{id}` needs `{key}`")]
    Missing {
        /// The rule.
        id: &'static str,
        /// The key.
        key: &'static str,
    },
    /// `extends` names nothing that is there.
    #[error("no profile `{name}` to extend; built in: {known}")]
    UnknownBase {
        /// What was written.
        name: String,
        /// The built-in ones, with commas.
        known: String,
    },
    /// Profiles that extend each other, or a chain of them that is too long.
    #[error("`extends` does not come to an end: {0}")]
    Endless(String),
    /// The profile that this one extends, itself written by a user, is not understood.
    #[error("in `{name}`{}: {fault}", line_of(fault))]
    Base {
        /// What `extends` says.
        name: String,
        /// What is wrong there.
        fault: Box<ProfileFault>,
    },
}

fn line_of(fault: &ProfileFault) -> String {
    fault.line.map(|line| format!(", line {line}")).unwrap_or_default()
}
