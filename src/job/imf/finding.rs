//! What is wrong with a package, and the rule that says so.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::format::imf::Uuid;

/// How bad it is, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The package is refused, or plays wrong, for it.
    Error,
    /// Allowed, or harmless for most readers, and seldom meant.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// In lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Who wants it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A standard, as a public source tells it.
    Standard,
    /// The package against the disk: sizes, digests, files that belong to nothing.
    Package,
    /// A studio's delivery rules, which are no part of any standard.
    Studio,
}

impl Origin {
    /// In lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Package => "package",
            Self::Studio => "studio",
        }
    }
}

/// Something that must be so.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name: what it is about, a dot, what of it.
    pub id: &'static str,
    /// How bad it is where it is broken.
    pub severity: Severity,
    /// Who wants it so.
    pub origin: Origin,
    /// What must be so, in one line.
    pub title: &'static str,
    /// What to do where it is not.
    pub fix: Option<&'static str>,
    /// The clause, if a public source names it; else unknown.
    pub clause: Option<&'static str>,
    /// Where the rule was read.
    pub source: &'static str,
    /// Whether Photon has it; `None` if that is not known.
    pub photon: Option<bool>,
    /// Whether imferno has it; `None` if that is not known.
    pub imferno: Option<bool>,
}

impl Rule {
    /// A rule of which nothing more is known.
    pub(super) const fn new(
        id: &'static str,
        severity: Severity,
        origin: Origin,
        title: &'static str,
        source: &'static str,
    ) -> Self {
        let (fix, clause) = (None, None);
        Self { id, severity, origin, title, fix, clause, source, photon: None, imferno: None }
    }

    /// What to do where it is broken.
    pub(super) const fn fix(mut self, fix: &'static str) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The clause that a public source names.
    pub(super) const fn clause(mut self, clause: &'static str) -> Self {
        self.clause = Some(clause);
        self
    }

    /// Whether Photon and imferno have it.
    pub(super) const fn rivals(mut self, photon: bool, imferno: bool) -> Self {
        self.photon = Some(photon);
        self.imferno = Some(imferno);
        self
    }
}

/// A place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// That of the rule.
    pub severity: Severity,
    /// Relative to the package, with `/`; empty if it is about the whole.
    pub file: String,
    /// Counted from 1.
    pub line: Option<usize>,
    /// Its path in the document, such as `AssetMap/AssetList/Asset[2]`.
    pub element: Option<String>,
    /// Id of the asset that it is about.
    pub asset: Option<Uuid>,
    /// What was found, in one line.
    pub message: String,
}

/// With what is known of its rule.
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let rule = self.rule;
        let mut object = out.serialize_struct("Finding", 12)?;
        object.serialize_field("rule", rule.id)?;
        object.serialize_field("severity", &self.severity)?;
        object.serialize_field("origin", &rule.origin)?;
        object.serialize_field("file", &self.file)?;
        // Findings are about the package; the folders given besides are only looked into.
        object.serialize_field("folder", &0)?;
        object.serialize_field("line", &self.line)?;
        object.serialize_field("element", &self.element)?;
        object.serialize_field("asset", &self.asset)?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("fix", &rule.fix)?;
        object.serialize_field("clause", &rule.clause)?;
        object.serialize_field("source", rule.source)?;
        object.end()
    }
}
