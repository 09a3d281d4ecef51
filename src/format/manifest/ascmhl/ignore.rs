//! Which paths are no part of a folder, as a history says it.
//!
//! The patterns are those of gitignore (its manual page, "PATTERN FORMAT"), less classes (`[a-z]`),
//! exceptions (`!`), escapes (`\`) and comments, which the reference tool would take too. One of those is
//! told to the caller, who must not act as if it were not there.

use super::Generation;

/// What is ignored where a history does not say anything else, as the reference tool has it.
pub const DEFAULT_IGNORE: [&str; 3] = [".DS_Store", "ascmhl", "ascmhl/"];

/// The patterns that hold for a history: those of its latest generation, or the default.
pub fn ignore_patterns(generations: &[Generation]) -> Vec<String> {
    match generations.last() {
        Some(latest) if !latest.ignore.is_empty() => latest.ignore.clone(),
        _ => DEFAULT_IGNORE.map(str::to_owned).to_vec(),
    }
}

/// Patterns, ready to be matched.
#[derive(Clone, Debug, Default)]
pub struct Ignore {
    patterns: Vec<Pattern>,
    not_understood: Vec<String>,
}

impl Ignore {
    /// Take up patterns.
    pub fn new<S: AsRef<str>>(patterns: &[S]) -> Self {
        let mut ignore = Self::default();
        for text in patterns.iter().map(AsRef::as_ref) {
            match Pattern::parse(text) {
                Some(pattern) => ignore.patterns.push(pattern),
                None => ignore.not_understood.push(text.to_owned()),
            }
        }
        ignore
    }

    /// The patterns that match nothing here because they are not understood.
    pub fn not_understood(&self) -> &[String] {
        &self.not_understood
    }

    /// Whether a path, or a folder that it is in, is ignored. The path is relative to the folder of the
    /// history, with `/` between its parts.
    pub fn matches(&self, path: &str, is_folder: bool) -> bool {
        let parts: Vec<&str> = path.split('/').collect();
        self.patterns.iter().any(|pattern| {
            (1..=parts.len())
                .any(|len| pattern.matches(&parts[..len], is_folder || len < parts.len()))
        })
    }
}

#[derive(Clone, Debug)]
struct Pattern {
    /// From the top, if there is more than one; else the name of something at any depth.
    parts: Vec<Part>,
    anchored: bool,
    folders_only: bool,
}

#[derive(Clone, Debug)]
enum Part {
    /// Any number of folders: `**`.
    Folders,
    /// One name.
    Name(String),
    /// One name with `*` or `?`.
    Glob(Vec<char>),
}

impl Pattern {
    fn parse(text: &str) -> Option<Self> {
        let odd = text.starts_with(['!', '#']) || text.contains(['[', '\\']) || text.trim() != text;
        let folders_only = text.ends_with('/');
        let body = text.strip_suffix('/').unwrap_or(text);
        let anchored = body.contains('/');
        let body = body.strip_prefix('/').unwrap_or(body);
        if odd || body.split('/').any(str::is_empty) {
            return None;
        }
        let mut parts: Vec<Part> = body.split('/').map(Part::parse).collect();
        // `a/**` is all that is in `a`: whatever has one more name, and what is in that.
        if let Some(last @ Part::Folders) = parts.last_mut() {
            *last = Part::Glob(vec!['*']);
        }
        Some(Self { parts, anchored, folders_only })
    }

    fn matches(&self, path: &[&str], is_folder: bool) -> bool {
        if self.folders_only && !is_folder {
            return false;
        }
        match (self.anchored, path.last()) {
            (false, Some(name)) => self.parts.iter().all(|part| part.matches(name)),
            _ => wildcard(&self.parts, path, |part| matches!(part, Part::Folders), Part::matches),
        }
    }
}

impl Part {
    fn parse(text: &str) -> Self {
        match text {
            "**" => Self::Folders,
            text if text.contains(['*', '?']) => Self::Glob(text.chars().collect()),
            text => Self::Name(text.to_owned()),
        }
    }

    fn matches(&self, name: &&str) -> bool {
        match self {
            Self::Folders => true,
            Self::Name(own) => own == name,
            Self::Glob(glob) => {
                let name: Vec<char> = name.chars().collect();
                let fits = |mark: &char, character: &char| *mark == '?' || mark == character;
                wildcard(glob, &name, |mark| *mark == '*', fits)
            }
        }
    }
}

/// Whether `pattern` covers all of `text`, where what `is_star` stands for any run, even an empty one.
///
/// Going back to the last star is enough, so that no pattern takes more than the product of both lengths.
fn wildcard<P, T>(
    pattern: &[P],
    text: &[T],
    is_star: impl Fn(&P) -> bool,
    fits: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut at, mut seen, mut star) = (0, 0, None);
    while seen < text.len() {
        match (pattern.get(at), star) {
            (Some(part), _) if is_star(part) => {
                star = Some((at + 1, seen));
                at += 1;
            }
            (Some(part), _) if fits(part, &text[seen]) => {
                at += 1;
                seen += 1;
            }
            (_, Some((after, from))) => {
                star = Some((after, from + 1));
                (at, seen) = (after, from + 1);
            }
            (_, None) => return false,
        }
    }
    pattern[at..].iter().all(is_star)
}
