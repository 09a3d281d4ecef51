//! Camera and sound rolls, which stay as the camera wrote them: no rule here proposes to change one.

use std::collections::HashMap;

use super::case::Case;
use crate::job::preflight::view::{Manifests, Roll, parent};
use crate::job::preflight::wording::{counted, number, quoted, some_of};

/// No folder that is a roll, so that nothing was looked at as one.
pub(super) fn no_roll(case: &mut Case<'_>) {
    if case.view.rolls.len() == 0 && !case.view.delivery.files.is_empty() {
        let message = "no roll folder recognised: none in a folder for camera or sound rolls, and none with an MHL";
        case.place("", message.to_owned());
    }
}

/// Rolls without an MHL at their root.
pub(super) fn mhl_missing(case: &mut Case<'_>) {
    for roll in rolls(case) {
        if mhls(case, roll) == 0 {
            case.place(roll.folder, "no MHL at the root of the roll".to_owned());
        }
    }
}

/// Rolls with a second MHL: which of them was made at offload cannot be seen.
pub(super) fn mhl_second(case: &mut Case<'_>) {
    for roll in rolls(case) {
        let count = mhls(case, roll);
        if count > 1 {
            let count = counted(count, "MHL", "MHLs");
            case.place(roll.folder, format!("{count} at the root of the roll instead of one"));
        }
    }
}

/// Rolls whose name has a character that is not allowed there.
pub(super) fn roll_name(case: &mut Case<'_>) {
    let forbidden = case.rule.text("forbidden");
    for roll in rolls(case) {
        let name = case.view.folder_name(roll.folder);
        let mut bad: Vec<String> =
            name.chars().filter(|it| forbidden.contains(*it)).map(String::from).collect();
        bad.sort_unstable();
        bad.dedup();
        if !bad.is_empty() {
            let bad: Vec<_> = bad.iter().map(String::as_str).collect();
            let message = format!("the name of the roll has {}", some_of(&bad, 8));
            case.place(roll.folder, message);
        }
    }
}

/// Rolls that are called like another one.
pub(super) fn roll_twice(case: &mut Case<'_>) {
    let mut first_of: HashMap<&str, &str> = HashMap::new();
    for roll in rolls(case) {
        let name = case.view.folder_name(roll.folder);
        let first = *first_of.entry(name).or_insert(roll.folder);
        if first != roll.folder {
            case.place(roll.folder, format!("is called like the roll {}", quoted(first)));
        }
    }
}

/// Rolls that lie at the root of a drive.
pub(super) fn drive_root(case: &mut Case<'_>) {
    if !case.view.delivery.root_name.is_empty() {
        return;
    }
    for roll in rolls(case) {
        if parent(roll.folder).is_empty() {
            case.place(roll.folder, "the roll lies at the root of the drive".to_owned());
        }
    }
}

/// More rolls than go into one upload.
pub(super) fn rolls_limit(case: &mut Case<'_>) {
    let (limit, count) = (case.rule.count("limit"), case.view.rolls.len());
    if count as u64 > limit {
        let count = counted(count, "roll", "rolls");
        case.place("", format!("{count}; one upload takes {}", number(limit)));
    }
}

/// More bytes than go into one upload.
pub(super) fn size(case: &mut Case<'_>) {
    let limit = case.rule.count("limit");
    let size =
        case.view.delivery.files.iter().fold(0, |sum: u64, item| sum.saturating_add(item.size));
    if size > limit {
        let (size, limit) = (number(size), number(limit));
        case.place("", format!("{size} bytes; one upload takes {limit}"));
    }
}

fn rolls<'a>(case: &Case<'a>) -> Vec<Roll<'a>> {
    case.view.rolls.iter().collect()
}

fn mhls(case: &Case<'_>, roll: Roll<'_>) -> usize {
    case.view.lists.mhl.get(roll.folder).map_or(0, Manifests::count)
}
