//! From a [`Profile`] to TOML: the profile with all that it extends put into it.

use std::fmt::Write as _;

use super::{Profile, Rule, Value, Vocabulary};

pub(super) fn render(profile: &Profile) -> String {
    let mut out = String::new();
    for (key, text) in
        [("name", &profile.name), ("title", &profile.title), ("about", &profile.about)]
    {
        if !text.is_empty() {
            line(&mut out, key, &string(text));
        }
    }
    line(&mut out, "rolls", &profile.rolls.to_string());
    line(&mut out, "islands", &list(&profile.islands));
    line(&mut out, "not-checked", &list(&profile.not_checked));
    for (id, rule) in &profile.rules {
        render_rule(&mut out, id, rule);
    }
    for (name, vocabulary) in &profile.vocabularies {
        render_vocabulary(&mut out, name, vocabulary);
    }
    out
}

fn render_rule(out: &mut String, id: &str, rule: &Rule) {
    let _ = write!(out, "\n[rules.{id}]\n");
    line(out, "severity", &string(rule.severity.word()));
    line(out, "source", &string(&rule.source));
    line(out, "sure", &string(rule.sure.word()));
    if let Some(fix) = &rule.fix {
        line(out, "fix", &string(fix));
    }
    for (name, value) in &rule.values {
        line(out, name, &render_value(value));
    }
}

fn render_vocabulary(out: &mut String, name: &str, vocabulary: &Vocabulary) {
    let _ = write!(out, "\n[vocabulary.{name}]\n");
    line(out, "values", &list(&vocabulary.values));
    line(out, "complete", &vocabulary.complete.to_string());
    line(out, "source", &string(&vocabulary.source));
    line(out, "sure", &string(vocabulary.sure.word()));
}

fn render_value(value: &Value) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::Switch(on) => on.to_string(),
        Value::Text(text) => string(text),
        Value::Texts(texts) => list(texts),
    }
}

fn line(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {value}");
}

fn list<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let texts: Vec<_> = texts.into_iter().map(|text| string(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A basic string (TOML 1.0, "String"): quotes, backslashes and control characters are escaped.
fn string(text: &str) -> String {
    let mut out = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            _ if character.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}
