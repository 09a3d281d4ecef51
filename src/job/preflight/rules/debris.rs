//! What is in a delivery and is no part of it, and what the walk leaves out.

use std::collections::BTreeMap;

use super::case::{About, Case};
use crate::engine::walk::Reason;
use crate::format::path::base_name;
use crate::job::preflight::view::parent;
use crate::job::preflight::wording::{counted, some_of};

/// Files and folders that systems make for themselves, such as `.DS_Store`.
pub(super) fn system_file(case: &mut Case<'_>) {
    let delivery = case.view.delivery;
    let names = case.rule.texts("names");
    let files = delivery.files.iter().map(|item| item.path);
    let left_out = delivery.left_out.iter().map(|(path, _)| *path);
    let debris: Vec<_> = files.chain(left_out).filter(|path| is_debris(path, names)).collect();
    by_folder(case, &debris, ("file", "files"), "that a system makes for itself");
}

/// Whether a base name is one of `names`, of which one with `*` at its end stands for all that begin so.
fn is_debris(path: &str, names: &[String]) -> bool {
    let name = base_name(path);
    names.iter().any(|known| match known.strip_suffix('*') {
        Some(begin) => name.starts_with(begin),
        None => name == known,
    })
}

/// Other files whose name begins with a dot.
pub(super) fn hidden_file(case: &mut Case<'_>) {
    let paths = others(case, Reason::HiddenFile);
    by_folder(case, &paths, ("hidden file", "hidden files"), "left out of lists and copies");
}

/// Other folders whose name begins with a dot.
pub(super) fn hidden_folder(case: &mut Case<'_>) {
    for path in others(case, Reason::HiddenFolder) {
        case.place(path, "hidden folder; nothing in it is looked at".to_owned());
    }
}

/// Links that lead nowhere.
pub(super) fn broken_link(case: &mut Case<'_>) {
    for path in left_out(case, Reason::BrokenLink) {
        case.place(path, "link that leads nowhere".to_owned());
    }
}

/// Links to folders, which are not entered.
pub(super) fn link_to_folder(case: &mut Case<'_>) {
    for path in left_out(case, Reason::LinkToFolder) {
        case.place(path, "link to a folder; nothing in it is taken".to_owned());
    }
}

/// Devices, sockets and pipes.
pub(super) fn special_file(case: &mut Case<'_>) {
    for path in left_out(case, Reason::NotAFile) {
        case.place(path, "neither a file nor a folder".to_owned());
    }
}

fn left_out<'a>(case: &Case<'a>, wanted: Reason) -> Vec<&'a str> {
    let left_out = case.view.delivery.left_out.iter();
    left_out.filter(|(_, reason)| *reason == wanted).map(|(path, _)| *path).collect()
}

/// What is left out for this reason and not named by the rule about systems' own files.
fn others<'a>(case: &Case<'a>, wanted: Reason) -> Vec<&'a str> {
    let debris = case.profile.rules.get("debris.system-file").map(|rule| rule.texts("names"));
    let mut paths = left_out(case, wanted);
    paths.retain(|path| !debris.is_some_and(|names| is_debris(path, names)));
    paths
}

/// One finding for each folder: a `._` file beside each frame is one fault.
fn by_folder(case: &mut Case<'_>, paths: &[&str], (one, many): (&str, &str), what: &str) {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths {
        folders.entry(parent(path)).or_default().push(path);
    }
    for (folder, paths) in folders {
        let count = counted(paths.len(), one, many);
        if let [path] = paths.as_slice() {
            case.add(About::Place(path), format!("{one} {what}"), None);
        } else {
            let names: Vec<_> = paths.iter().map(|path| base_name(path)).collect();
            case.place(folder, format!("{count} {what}: {}", some_of(&names, 3)));
        }
    }
}
