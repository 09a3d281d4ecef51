//! What a rule found: a fact about the delivery, not a failure of the run.

use std::fmt;
use std::sync::Arc;

/// How much a finding matters; the worst comes first in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The delivery is expected to be refused, or something is missing.
    Error,
    /// To be looked at by a person.
    Warning,
    /// Good to know; nothing is wrong.
    Info,
}

impl Severity {
    /// What a profile writes for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// How sure it is that a rule is one; the surest comes first in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// Read in the text of the page that the rule names.
    Verified,
    /// Read in a text by others about that page.
    VerifiedThirdParty,
    /// Seen in what the studio's own tool does.
    Observed,
    /// Concluded from what was read, not stated there.
    Inferred,
    /// No rule of the studio: a check of our own, or of whoever wrote the profile.
    Own,
}

impl Sure {
    /// All of them, the surest first.
    pub const ALL: [Self; 5] =
        [Self::Verified, Self::VerifiedThirdParty, Self::Observed, Self::Inferred, Self::Own];

    /// What a profile writes for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::VerifiedThirdParty => "verified-third-party",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
            Self::Own => "own",
        }
    }
}

impl fmt::Display for Sure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id; see the table in [`super`].
    pub rule: &'static str,
    /// As the profile has it for this rule.
    pub severity: Severity,
    /// What it is about: a file, a folder, or a sequence as `folder/name.######.dpx`. Relative to the
    /// delivery, with `/` between its parts; empty for the delivery itself.
    pub path: String,
    /// Index of the sequence that it is about.
    pub sequence: Option<usize>,
    /// Index of the one file that it is about, for a caller who knows its name better than text can.
    pub file: Option<usize>,
    /// One line without the path: lower case, no full stop.
    pub message: String,
    /// What to do about it, where that can be told. Never anything that would change a camera roll.
    pub fix: Option<String>,
    /// Where the rule comes from: the page and the number of its article, or our own reason.
    pub source: Arc<str>,
    /// How sure it is that this is a rule.
    pub sure: Sure,
}

/// Sort by severity, the worst first, then by path, rule and message.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        (a.severity, &a.path, a.rule, &a.message).cmp(&(b.severity, &b.path, b.rule, &b.message))
    });
}
