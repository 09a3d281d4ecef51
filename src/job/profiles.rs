//! Profiles by name: those that are built in, and those that a user wrote into a file.

use std::path::{Path, PathBuf};

use super::preflight::{Profile, ProfileFault};
use crate::error::{Error, Result};
use crate::fs;

/// A built-in profile by its name, or one in a file: whatever ends with `.toml` or has a separator.
///
/// A profile in a file may extend another file, named from the folder of the first.
///
/// # Errors
///
/// [`Error::Profile`] for a name that is not known, and for a file that is not understood; [`Error::Io`]
/// if the file cannot be read.
pub fn load(name: &str) -> Result<Profile> {
    if !is_file(name) {
        return Profile::builtin(name).ok_or_else(|| unknown(name));
    }
    let path = Path::new(name);
    let fault = |fault: ProfileFault| Error::Profile {
        path: path.to_owned(),
        line: fault.line,
        reason: fault.reason.to_string(),
    };
    let text = text(path)?;
    let home = fs::folder_of(path);
    let resolve = |name: &str| is_file(name).then(|| self::text(&home.join(name)).ok())?;
    let profile = Profile::parse(&text, &resolve).map_err(fault)?;
    if profile.rules().next().is_none() {
        let reason = "asks for no rule; hint: begin it with `extends = \"general\"`".to_owned();
        return Err(Error::Profile { path: path.to_owned(), line: None, reason });
    }
    Ok(profile)
}

fn is_file(name: &str) -> bool {
    let has_ending = Path::new(name).extension().is_some_and(|ending| ending == "toml");
    has_ending || name.contains(std::path::is_separator)
}

fn unknown(name: &str) -> Error {
    let known: Vec<_> = Profile::all().iter().map(|profile| profile.name).collect();
    let reason =
        format!("no such profile; built in are {}; a file ends with .toml", known.join(", "));
    Error::Profile { path: PathBuf::from(name), line: None, reason }
}

fn text(path: &Path) -> Result<String> {
    String::from_utf8(super::read_modest(path)?).map_err(|_| Error::Profile {
        path: path.to_owned(),
        line: None,
        reason: "is not UTF-8".to_owned(),
    })
}
