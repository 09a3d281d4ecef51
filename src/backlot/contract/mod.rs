//! The description of the API: which operation is called by which verb at which path.
//!
//! It is the file `openapi.yaml` of the package, in the terms of `OpenAPI` 3.1; what of it the client does
//! not need is not read here. Users may override what it says in TOML, because much of it is assumed.

mod document;
mod overrides;
mod pairs;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::error::{Error, Result};

/// The description that comes with the package.
const SHIPPED: &str = include_str!("../../../python/reelpack/backlot/openapi.yaml");

/// The name of that file in messages.
const NAME: &str = "openapi.yaml";

/// What the API calls otherwise than the document: schema, our name, their name.
pub type Renamed = (String, String, String);

/// What is known, or assumed, of the API.
#[derive(Clone, Debug)]
pub struct Contract {
    operations: Vec<Operation>,
    host: Option<String>,
    token_host: Option<String>,
    grant: Vec<(String, String)>,
    fields: Vec<Renamed>,
    values: Vec<Renamed>,
    schemas: Vec<Schema>,
}

/// One thing that can be asked for.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the document, for itself")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name, `operationId` in the document.
    pub id: String,
    /// The verb, in capitals.
    pub method: String,
    /// The path behind the host, with `{parameters}` in it.
    pub path: String,
    /// Whether it is asked for at the host that gives tokens, not at the one that has the data.
    pub on_token_host: bool,
    /// Whether asking twice does no more than asking once: `GET`, and what the document says so of.
    pub is_repeatable: bool,
    /// Whether asking twice does harm, so that it is remembered what was asked for.
    pub once: bool,
    /// What it does, in a line.
    pub summary: String,
    /// How sure it is that it is there; [`Evidence::Override`] if anything of it was overridden.
    pub evidence: Evidence,
    /// How sure its path is.
    pub path_evidence: Evidence,
    /// How sure its verb is.
    pub verb_evidence: Evidence,
    /// Where that is from: a key of `x-sources` in the document.
    pub source: String,
    /// What the document itself says of repeating, whatever the verb is.
    is_marked_repeatable: bool,
}

/// How sure something about the API is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Evidence {
    /// The public change log of the API names it.
    ChangeLog,
    /// Another public page names it.
    PublicPage,
    /// Nobody has seen it.
    Assumed,
    /// A user said so.
    Override,
}

/// The fields of one kind of object, or the values of one enum.
#[derive(Clone, Debug)]
struct Schema {
    name: String,
    fields: Vec<String>,
    values: Vec<String>,
}

impl Evidence {
    /// The word for it in the document.
    pub fn word(self) -> &'static str {
        match self {
            Self::ChangeLog => "change-log",
            Self::PublicPage => "public-page",
            Self::Assumed => "assumed",
            Self::Override => "override",
        }
    }
}

impl Contract {
    /// The description that comes with the package; it is read once.
    ///
    /// # Errors
    ///
    /// [`Error::Contract`] if it is damaged.
    pub fn shipped() -> Result<Self> {
        static SHIPPED_CONTRACT: OnceLock<Contract> = OnceLock::new();
        if let Some(contract) = SHIPPED_CONTRACT.get() {
            return Ok(contract.clone());
        }
        let contract = Self::parse(SHIPPED, Path::new(NAME))?;
        Ok(SHIPPED_CONTRACT.get_or_init(|| contract).clone())
    }

    /// The same with what a user overrides: the name of a file, and its TOML.
    ///
    /// # Errors
    ///
    /// [`Error::Contract`] with the line that is not understood.
    pub fn with(overrides: Option<(&Path, &str)>) -> Result<Self> {
        let mut contract = Self::shipped()?;
        if let Some((path, text)) = overrides {
            contract.apply(path, text)?;
        }
        Ok(contract)
    }

    /// A description in YAML; `path` is for messages.
    ///
    /// # Errors
    ///
    /// [`Error::Contract`].
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let document: document::Document =
            serde_saphyr::from_str(text).map_err(|error| Error::Contract {
                path: path.to_owned(),
                line: error.location().and_then(|place| usize::try_from(place.line()).ok()),
                reason: first_line(&error.without_snippet().to_string()),
            })?;
        Ok(document.contract())
    }

    /// Put what a user says in the place of what the document says.
    ///
    /// # Errors
    ///
    /// [`Error::Contract`] with the line that is not understood.
    pub fn apply(&mut self, path: &Path, text: &str) -> Result<()> {
        overrides::apply(self, text).map_err(|fault| Error::Contract {
            path: path.to_owned(),
            line: fault.line,
            reason: fault.reason,
        })
    }

    /// All operations, in the order of the document.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation of that name.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// The URL of the host that has the data; `None` while it is not known.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// The URL of the host that gives tokens; `None` while it is not known.
    pub fn token_host(&self) -> Option<&str> {
        self.token_host.as_deref()
    }

    /// The operation that gives tokens.
    pub(super) fn token_operation(&self) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.on_token_host)
    }

    /// Form fields of each grant, beside the kind of grant and the secrets.
    pub fn grant(&self) -> &[(String, String)] {
        &self.grant
    }

    /// Fields that the API calls otherwise than the document.
    pub fn fields(&self) -> &[Renamed] {
        &self.fields
    }

    /// Values of enums that the API calls otherwise than the document.
    pub fn values(&self) -> &[Renamed] {
        &self.values
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// The names in braces of a path, in order.
pub(super) fn parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
