//! Values out of TOML, each fault with its line.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ProfileFault, Reason};
use crate::job::preflight::finding::{Severity, Sure};

pub(super) type Result<T> = std::result::Result<T, ProfileFault>;
pub(super) type Key<'a> = Spanned<Cow<'a, str>>;
pub(super) type Node<'a> = Spanned<DeValue<'a>>;
pub(super) type Entry<'a> = (&'a Key<'a>, &'a Node<'a>);

/// The word that switches a rule off.
const OFF: &str = "off";

/// A text, to count lines in. A `key` in an argument is for messages: with the tables that it is in.
pub(super) struct Reader<'t> {
    text: &'t str,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text }
    }

    pub(super) fn table(&self) -> Result<DeTable<'t>> {
        DeTable::parse(self.text).map(Spanned::into_inner).map_err(|error| ProfileFault {
            line: error.span().map(|span| self.line(&span)),
            reason: Reason::Syntax(one_line(error.message())),
        })
    }

    fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.as_bytes().get(..span.start).unwrap_or(self.text.as_bytes());
        before.split(|&byte| byte == b'\n').count()
    }

    pub(super) fn fault(&self, span: &Range<usize>, reason: Reason) -> ProfileFault {
        ProfileFault { line: Some(self.line(span)), reason }
    }

    pub(super) fn unknown_key(&self, at: &Key<'_>, key: &str, known: &[&str]) -> ProfileFault {
        let reason = Reason::UnknownKey { key: one_line(key), known: known.join(", ") };
        self.fault(&at.span(), reason)
    }

    fn wrong_type(&self, key: &str, expected: &'static str, node: &Node<'_>) -> ProfileFault {
        let found = match node.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.fault(&node.span(), Reason::WrongType { key: one_line(key), expected, found })
    }

    /// The keys of a table with their values.
    pub(super) fn entries<'a>(&self, key: &str, node: &'a Node<'a>) -> Result<Vec<Entry<'a>>> {
        let table = node.get_ref().as_table();
        let table = table.ok_or_else(|| self.wrong_type(key, "a table", node))?;
        Ok(table.iter().collect())
    }

    pub(super) fn string<'a>(&self, key: &str, node: &'a Node<'_>) -> Result<&'a str> {
        node.get_ref().as_str().ok_or_else(|| self.wrong_type(key, "a text", node))
    }

    /// A text on one line, wherever its lines were broken.
    pub(super) fn text_of(&self, key: &str, node: &Node<'_>) -> Result<String> {
        self.string(key, node).map(one_line)
    }

    pub(super) fn texts(&self, key: &str, node: &Node<'_>) -> Result<Vec<String>> {
        let wrong = || self.wrong_type(key, "a list of texts", node);
        let list = node.get_ref().as_array().ok_or_else(wrong)?;
        list.iter().map(|text| self.text_of(key, text)).collect()
    }

    pub(super) fn switch(&self, key: &str, node: &Node<'_>) -> Result<bool> {
        node.get_ref().as_bool().ok_or_else(|| self.wrong_type(key, "true or false", node))
    }

    pub(super) fn count(&self, key: &str, node: &Node<'_>) -> Result<u64> {
        let integer = node.get_ref().as_integer();
        let count = integer.and_then(|it| u64::from_str_radix(it.as_str(), it.radix()).ok());
        count.ok_or_else(|| self.wrong_type(key, "a whole number from 0 on", node))
    }

    /// One of `words`.
    pub(super) fn word<'a>(
        &self,
        key: &str,
        node: &'a Node<'_>,
        words: &[&str],
    ) -> Result<&'a str> {
        let word = self.string(key, node)?;
        if words.contains(&word) {
            return Ok(word);
        }
        let (key, known) = (one_line(key), words.join(", "));
        Err(self.fault(&node.span(), Reason::UnknownWord { key, word: one_line(word), known }))
    }

    /// Any of `words`.
    pub(super) fn words(&self, key: &str, node: &Node<'_>, words: &[&str]) -> Result<Vec<String>> {
        let wrong = || self.wrong_type(key, "a list of texts", node);
        let list = node.get_ref().as_array().ok_or_else(wrong)?;
        list.iter().map(|word| self.word(key, word, words).map(str::to_owned)).collect()
    }

    /// A severity, or `None` for "off".
    pub(super) fn severity(&self, key: &str, node: &Node<'_>) -> Result<Option<Severity>> {
        let all = [Severity::Error, Severity::Warning, Severity::Info];
        let words = [all[0].word(), all[1].word(), all[2].word(), OFF];
        let word = self.word(key, node, &words)?;
        Ok(all.into_iter().find(|severity| severity.word() == word))
    }

    pub(super) fn sure(&self, key: &str, node: &Node<'_>) -> Result<Sure> {
        let word = self.word(key, node, &Sure::ALL.map(Sure::word))?;
        Ok(Sure::ALL.into_iter().find(|sure| sure.word() == word).unwrap_or(Sure::Own))
    }
}

/// `text` with each run of white space and control characters as one blank.
fn one_line(text: &str) -> String {
    let parts = text.split(|c: char| c.is_whitespace() || c.is_control());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
