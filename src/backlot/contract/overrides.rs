//! What a user knows better than the contract, in TOML.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::{Contract, Evidence, Operation, Renamed, Schema, parameters};
use crate::backlot::address;

/// The verbs that an operation can have.
const METHODS: [&str; 5] = ["GET", "PUT", "POST", "PATCH", "DELETE"];

/// Fields of a grant that come from the login: in a file like this they would lie open.
const OF_THE_LOGIN: [&str; 6] =
    ["grant_type", "client_id", "client_secret", "username", "password", "refresh_token"];

/// What is wrong, and where.
#[derive(Debug)]
pub(super) struct Fault {
    /// Counted from 1.
    pub(super) line: Option<usize>,
    pub(super) reason: String,
}

type Table<T> = BTreeMap<Spanned<String>, T>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Overrides {
    host: Option<Spanned<String>>,
    token_host: Option<Spanned<String>>,
    #[serde(default)]
    operations: Table<OperationOverride>,
    #[serde(default)]
    fields: Table<Table<Spanned<String>>>,
    #[serde(default)]
    values: Table<Table<Spanned<String>>>,
    #[serde(default)]
    token: Table<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperationOverride {
    method: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
}

/// A text, to count lines in.
#[derive(Clone, Copy)]
struct Place<'t>(&'t str);

impl Place<'_> {
    fn fault(self, span: &Range<usize>, reason: String) -> Fault {
        let before = self.0.as_bytes().get(..span.start).unwrap_or(self.0.as_bytes());
        Fault { line: Some(before.split(|&byte| byte == b'\n').count()), reason }
    }
}

/// Change the contract as `text` says; it is as it was if there is a fault.
pub(super) fn apply(contract: &mut Contract, text: &str) -> Result<(), Fault> {
    let place = Place(text);
    let overrides: Overrides = toml::from_str(text).map_err(|error| {
        let reason = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        match error.span() {
            Some(span) => place.fault(&span, reason),
            None => Fault { line: None, reason },
        }
    })?;
    let mut changed = contract.clone();
    if let Some(url) = &overrides.host {
        changed.host = Some(host(place, "host", url)?);
    }
    if let Some(url) = &overrides.token_host {
        changed.token_host = Some(host(place, "token_host", url)?);
    }
    for (id, with) in &overrides.operations {
        let operation = find(place, &mut changed.operations, id)?;
        change(place, operation, with)?;
    }
    for (schema, names) in &overrides.fields {
        changed.fields.extend(renamed(place, &changed.schemas, schema, (names, Kind::Field))?);
    }
    for (schema, names) in &overrides.values {
        changed.values.extend(renamed(place, &changed.schemas, schema, (names, Kind::Value))?);
    }
    for (field, value) in overrides.token {
        set_grant(place, &mut changed.grant, &field, value)?;
    }
    *contract = changed;
    Ok(())
}

fn host(place: Place<'_>, key: &str, url: &Spanned<String>) -> Result<String, Fault> {
    match address::parse(url.get_ref()) {
        Ok(_) => Ok(url.get_ref().clone()),
        Err(reason) => Err(place.fault(&url.span(), format!("`{key}` {reason}"))),
    }
}

fn find<'c>(
    place: Place<'_>,
    operations: &'c mut [Operation],
    id: &Spanned<String>,
) -> Result<&'c mut Operation, Fault> {
    let Some(position) = operations.iter().position(|own| own.id == *id.get_ref()) else {
        let known = operations.iter().map(|operation| &*operation.id);
        return Err(unknown(place, id, "operation", known));
    };
    Ok(&mut operations[position])
}

fn unknown<'k>(
    place: Place<'_>,
    key: &Spanned<String>,
    kind: &str,
    known: impl Iterator<Item = &'k str>,
) -> Fault {
    let known = known.collect::<Vec<_>>().join(", ");
    place.fault(&key.span(), format!("unknown {kind} {:?}; known: {known}", key.get_ref()))
}

fn change(
    place: Place<'_>,
    operation: &mut Operation,
    with: &OperationOverride,
) -> Result<(), Fault> {
    if let Some(method) = &with.method {
        operation.method = verb(place, method)?;
        operation.verb_evidence = Evidence::Override;
        operation.evidence = Evidence::Override;
        let is_harmless = operation.is_marked_repeatable || operation.method == "GET";
        operation.is_repeatable = is_harmless && !operation.once;
    }
    if let Some(path) = &with.path {
        check_path(place, path, &operation.path)?;
        operation.path.clone_from(path.get_ref());
        operation.path_evidence = Evidence::Override;
        operation.evidence = Evidence::Override;
    }
    Ok(())
}

fn verb(place: Place<'_>, method: &Spanned<String>) -> Result<String, Fault> {
    let upper = method.get_ref().to_ascii_uppercase();
    if METHODS.contains(&&*upper) {
        return Ok(upper);
    }
    let (word, known) = (method.get_ref(), METHODS.join(", "));
    Err(place.fault(&method.span(), format!("`method` cannot be {word:?}; known: {known}")))
}

/// A path may leave parameters out, which then go into the query, and can have no others: nobody would
/// fill them in.
fn check_path(place: Place<'_>, path: &Spanned<String>, ours: &str) -> Result<(), Fault> {
    let fault = |reason: String| Err(place.fault(&path.span(), reason));
    let text = path.get_ref();
    let is_plain = |c: char| c.is_ascii_graphic() && !"?#\\\"<>%".contains(c);
    if !text.starts_with('/') || text.contains("//") || !text.chars().all(is_plain) {
        return fault("`path` is to begin with `/` and have no blank, query or escape".to_owned());
    }
    if text.split('/').any(|part| matches!(part, "." | "..")) {
        return fault("`path` has a part `.` or `..`".to_owned());
    }
    let names: Vec<_> = parameters(text).collect();
    if text.matches(['{', '}']).count() != 2 * names.len() {
        return fault("`path` has a brace without its fellow".to_owned());
    }
    match names.iter().find(|name| !parameters(ours).any(|own| own == **name)) {
        Some(name) => fault(format!("`path` has a parameter {name:?} that is not in `{ours}`")),
        None => Ok(()),
    }
}

/// What of a schema is called otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Field,
    Value,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Value => "value",
        }
    }

    fn names(self, schema: &Schema) -> &[String] {
        match self {
            Self::Field => &schema.fields,
            Self::Value => &schema.values,
        }
    }
}

fn renamed(
    place: Place<'_>,
    schemas: &[Schema],
    name: &Spanned<String>,
    (names, kind): (&Table<Spanned<String>>, Kind),
) -> Result<Vec<Renamed>, Fault> {
    let fitting = || schemas.iter().filter(|schema| !kind.names(schema).is_empty());
    let Some(schema) = fitting().find(|schema| schema.name == *name.get_ref()) else {
        return Err(unknown(place, name, "schema", fitting().map(|schema| &*schema.name)));
    };
    let mut all = vec![];
    for (ours, theirs) in names {
        let known = kind.names(schema);
        if !known.contains(ours.get_ref()) {
            let what = format!("{} of `{}`", kind.word(), schema.name);
            return Err(unknown(place, ours, &what, known.iter().map(String::as_str)));
        }
        let taken = |other: &Spanned<String>| other.get_ref() == theirs.get_ref();
        let is_kept = |other: &&String| {
            *other != ours.get_ref() && !names.keys().any(|name| name.get_ref() == *other)
        };
        if theirs.get_ref().is_empty()
            || names.values().filter(|other| taken(other)).count() > 1
            || known.iter().filter(is_kept).any(|other| other == theirs.get_ref())
        {
            let reason = format!("{:?} cannot be the name of this", theirs.get_ref());
            let reason = format!("{reason} {}: empty, or that of another one", kind.word());
            return Err(place.fault(&theirs.span(), reason));
        }
        all.push((schema.name.clone(), ours.get_ref().clone(), theirs.get_ref().clone()));
    }
    Ok(all)
}

fn set_grant(
    place: Place<'_>,
    grant: &mut Vec<(String, String)>,
    field: &Spanned<String>,
    value: String,
) -> Result<(), Fault> {
    if OF_THE_LOGIN.contains(&&**field.get_ref()) {
        let reason = format!("`{}` belongs to the login, not here", field.get_ref());
        return Err(place.fault(&field.span(), reason));
    }
    match grant.iter_mut().find(|(name, _)| name == field.get_ref()) {
        Some((_, old)) => *old = value,
        None => grant.push((field.get_ref().clone(), value)),
    }
    Ok(())
}
