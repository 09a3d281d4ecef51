//! From TOML to a [`Profile`].
//!
//! The text is walked by hand and not through serde: so each fault has its line and says what would have
//! been right, and a profile can say what is different only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::de::DeTable;

use super::reader::{Entry, Key, Node, Reader, Result};
use super::{Profile, Reason, Rule, VOCABULARIES, Value, Vocabulary};
use crate::job::preflight::finding::{Severity, Sure};
use crate::job::preflight::rules::{self, Kind, Type};

/// Profiles that may extend each other in a row: enough for a studio, a show and a vendor, and an end to
/// a chain that somebody's `resolve` makes up as it goes.
const LONGEST_CHAIN: usize = 8;

/// What stands for the source of a rule that a profile adds without saying where it comes from.
const NO_SOURCE: &str = "the profile";

const KEYS: [&str; 9] =
    ["name", "title", "about", "extends", "rolls", "islands", "not-checked", "rules", "vocabulary"];
const RULE_KEYS: [&str; 4] = ["severity", "source", "sure", "fix"];
const VOCABULARY_KEYS: [&str; 5] = ["values", "add", "complete", "source", "sure"];

/// Understand `text`; `chain` holds what led to it.
pub(super) fn parse(
    text: &str,
    resolve: &dyn Fn(&str) -> Option<String>,
    chain: &mut Vec<String>,
) -> Result<Profile> {
    let reader = Reader::new(text);
    let table = reader.table()?;
    let mut profile = match table.get("extends") {
        Some(value) => reader.base(value, resolve, chain)?,
        None => Profile::empty(),
    };
    reader.apply(&table, &mut profile)?;
    Ok(profile)
}

impl Vocabulary {
    fn empty() -> Self {
        Self { values: BTreeSet::new(), complete: false, source: NO_SOURCE.into(), sure: Sure::Own }
    }
}

impl<'a> Draft<'a> {
    /// What the profile has of the rule so far, if anything.
    fn of(kind: &'static Kind, so_far: Option<Rule>, key: &'a Key<'a>) -> Self {
        let Some(rule) = so_far else {
            let values = BTreeMap::new();
            return Self { kind, severity: None, source: None, sure: None, fix: None, values, key };
        };
        Self {
            kind,
            severity: Some(Some(rule.severity)),
            source: Some(rule.source),
            sure: Some(rule.sure),
            fix: rule.fix,
            values: rule.values,
            key,
        }
    }
}

impl Profile {
    fn empty() -> Self {
        Self {
            name: String::new(),
            title: String::new(),
            about: String::new(),
            rolls: false,
            islands: Vec::new(),
            not_checked: Vec::new(),
            rules: BTreeMap::new(),
            vocabularies: BTreeMap::new(),
        }
    }
}

/// A rule before it is known whether it has all that it needs.
struct Draft<'a> {
    kind: &'static Kind,
    /// `None` if nothing said it, `Some(None)` for "off".
    #[expect(clippy::option_option, reason = "not said, switched off, and on are three things")]
    severity: Option<Option<Severity>>,
    source: Option<Arc<str>>,
    sure: Option<Sure>,
    fix: Option<Arc<str>>,
    values: BTreeMap<&'static str, Value>,
    key: &'a Key<'a>,
}

impl Reader<'_> {
    fn base(
        &self,
        value: &Node<'_>,
        resolve: &dyn Fn(&str) -> Option<String>,
        chain: &mut Vec<String>,
    ) -> Result<Profile> {
        let name = self.text_of("extends", value)?;
        if let Some(profile) = Profile::all().iter().find(|profile| profile.name == name) {
            return parse(profile.text, &|_| None, &mut Vec::new());
        }
        let endless = chain.contains(&name) || chain.len() >= LONGEST_CHAIN;
        chain.push(name.clone());
        if endless {
            return Err(self.fault(&value.span(), Reason::Endless(chain.join(", "))));
        }
        let Some(text) = resolve(&name) else {
            let known = Profile::names();
            return Err(self.fault(&value.span(), Reason::UnknownBase { name, known }));
        };
        parse(&text, resolve, chain).map_err(|fault| {
            self.fault(&value.span(), Reason::Base { name, fault: Box::new(fault) })
        })
    }

    fn apply(&self, table: &DeTable<'_>, profile: &mut Profile) -> Result<()> {
        // A name is one profile's own: whoever extends it is another one.
        profile.name = String::new();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => profile.name = self.text_of("name", value)?,
                "title" => profile.title = self.text_of("title", value)?,
                "about" => self.string("about", value)?.trim().clone_into(&mut profile.about),
                "extends" => {}
                "rolls" => profile.rolls = self.switch("rolls", value)?,
                "islands" => profile.islands = self.texts("islands", value)?,
                "not-checked" => profile.not_checked.extend(self.texts("not-checked", value)?),
                "rules" => self.rules(value, profile)?,
                "vocabulary" => self.vocabularies(value, profile)?,
                other => return Err(self.unknown_key(key, other, &KEYS)),
            }
        }
        Ok(())
    }

    /// `[rules.name.case]` and `[rules."name.case"]` are the same rule.
    fn rules(&self, value: &Node<'_>, profile: &mut Profile) -> Result<()> {
        for (family, value) in self.entries("rules", value)? {
            let name = family.get_ref().as_ref();
            if name.contains('.') {
                self.rule(name, (family, value), profile)?;
                continue;
            }
            for (key, value) in self.entries(&format!("rules.{name}"), value)? {
                self.rule(&format!("{name}.{}", key.get_ref()), (key, value), profile)?;
            }
        }
        Ok(())
    }

    fn rule(&self, id: &str, (key, value): Entry<'_>, profile: &mut Profile) -> Result<()> {
        let Some(kind) = rules::find(id) else {
            let reason = Reason::UnknownRule { id: id.to_owned(), known: rules::known_near(id) };
            return Err(self.fault(&key.span(), reason));
        };
        let mut draft = Draft::of(kind, profile.rules.remove(kind.id), key);
        for (key, value) in self.entries(&format!("rules.{id}"), value)? {
            self.rule_key(&mut draft, (key, value))?;
        }
        if let Some(rule) = self.complete(draft)? {
            profile.rules.insert(kind.id, rule);
        }
        Ok(())
    }

    fn rule_key(&self, draft: &mut Draft<'_>, (key, value): Entry<'_>) -> Result<()> {
        let name = key.get_ref().as_ref();
        let path = format!("rules.{}.{name}", draft.kind.id);
        match name {
            "severity" => draft.severity = Some(self.severity(&path, value)?),
            "source" => draft.source = Some(self.text_of(&path, value)?.into()),
            "sure" => draft.sure = Some(self.sure(&path, value)?),
            "fix" => {
                let fix = self.text_of(&path, value)?;
                draft.fix = (!fix.is_empty()).then(|| fix.into());
            }
            _ => {
                let parameters = draft.kind.parameters;
                let Some(parameter) = parameters.iter().find(|known| known.name == name) else {
                    let names = parameters.iter().map(|known| known.name);
                    let known: Vec<_> = RULE_KEYS.into_iter().chain(names).collect();
                    return Err(self.unknown_key(key, &path, &known));
                };
                draft.values.insert(parameter.name, self.parameter(&path, value, parameter.kind)?);
            }
        }
        Ok(())
    }

    fn parameter(&self, key: &str, value: &Node<'_>, kind: Type) -> Result<Value> {
        Ok(match kind {
            Type::Count => Value::Count(self.count(key, value)?),
            Type::Switch => Value::Switch(self.switch(key, value)?),
            Type::Text => Value::Text(self.string(key, value)?.to_owned()),
            Type::Texts => Value::Texts(self.texts(key, value)?),
            Type::Word(words) => Value::Text(self.word(key, value, words)?.to_owned()),
            Type::Words(words) => Value::Texts(self.words(key, value, words)?),
        })
    }

    /// The rule, or `None` if it is off.
    fn complete(&self, draft: Draft<'_>) -> Result<Option<Rule>> {
        let kind = draft.kind;
        let missing = |key| self.fault(&draft.key.span(), Reason::Missing { id: kind.id, key });
        let Some(severity) = draft.severity.ok_or_else(|| missing("severity"))? else {
            return Ok(None);
        };
        if let Some(lacking) =
            kind.parameters.iter().find(|parameter| !draft.values.contains_key(parameter.name))
        {
            return Err(missing(lacking.name));
        }
        Ok(Some(Rule {
            kind,
            severity,
            source: draft.source.unwrap_or_else(|| NO_SOURCE.into()),
            sure: draft.sure.unwrap_or(Sure::Own),
            fix: draft.fix,
            values: draft.values,
        }))
    }

    fn vocabularies(&self, value: &Node<'_>, profile: &mut Profile) -> Result<()> {
        for (key, value) in self.entries("vocabulary", value)? {
            let name = key.get_ref().as_ref();
            let path = format!("vocabulary.{name}");
            let Some((name, _)) = VOCABULARIES.iter().find(|(known, _)| *known == name) else {
                return Err(self.unknown_key(key, &path, &VOCABULARIES.map(|(name, _)| name)));
            };
            let vocabulary = profile.vocabularies.entry(name).or_insert_with(Vocabulary::empty);
            let mut entries = self.entries(&path, value)?;
            // What is added is added to the values of the same table too.
            entries.sort_by_key(|(key, _)| key.get_ref() == "add");
            for entry in entries {
                self.vocabulary_key(&path, vocabulary, entry)?;
            }
        }
        Ok(())
    }

    fn vocabulary_key(
        &self,
        table: &str,
        vocabulary: &mut Vocabulary,
        (key, value): Entry<'_>,
    ) -> Result<()> {
        let name = key.get_ref().as_ref();
        let path = format!("{table}.{name}");
        match name {
            "add" => vocabulary.values.extend(self.texts(&path, value)?),
            "values" => vocabulary.values = self.texts(&path, value)?.into_iter().collect(),
            "complete" => vocabulary.complete = self.switch(&path, value)?,
            "source" => vocabulary.source = self.text_of(&path, value)?.into(),
            "sure" => vocabulary.sure = self.sure(&path, value)?,
            _ => return Err(self.unknown_key(key, &path, &VOCABULARY_KEYS)),
        }
        Ok(())
    }
}
