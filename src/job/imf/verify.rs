//! Whether a package is what its lists say: the documents by rules, the files by one read of each.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::assets::{self, AssetRow};
use super::contents::{Contents, packing_lists};
use super::finding::{Finding, Severity};
use super::package::{Loaded, Package, Scope, has_ending, kind_by_name, played_by};
use super::rules::{self, Sink, files};
use super::show::{self, Shown};
use crate::engine::{Tally, Work};
use crate::error::Result;
use crate::format::imf::{Content, Kind};

/// What is asked of a check.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Folders in which track files are looked for that are not in the package.
    pub with: &'a [PathBuf],
    /// Whether the rules of a studio are asked too.
    pub studio: bool,
    /// Whether files are read, to hold their digests against those that are listed.
    pub hashes: bool,
}

/// Something that was not looked at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NotChecked {
    /// A file, or a file, a line and an element; empty for the package.
    pub path: String,
    /// What, or why not.
    pub reason: String,
}

/// What was found. That something is wrong with a package is no error.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The worst first, then by file and line.
    pub findings: Vec<Finding>,
    /// What was not looked at.
    pub not_checked: Vec<NotChecked>,
    /// Every asset that is listed or played, each once.
    pub assets: Vec<AssetRow>,
    /// What was read for digests.
    pub tally: Tally,
    /// Documents that were read and judged.
    pub documents: usize,
    /// What is in the package.
    pub shown: Shown,
}

/// As programs get it: what is shown of the package is its compositions.
impl Serialize for Verified {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut object = out.serialize_struct("Verified", 9)?;
        object.serialize_field("path", &self.shown.path)?;
        object.serialize_field("folders", &self.shown.folders)?;
        object.serialize_field("findings", &self.findings)?;
        object.serialize_field("not_checked", &self.not_checked)?;
        object.serialize_field("assets", &self.assets)?;
        object.serialize_field("compositions", &self.shown.compositions)?;
        object.serialize_field("documents", &self.documents)?;
        object.serialize_field("files_read", &self.tally.files_read)?;
        object.serialize_field("bytes_read", &self.tally.bytes_read)?;
        object.end()
    }
}

impl Verified {
    /// How many findings are that bad.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Judge a folder, or one document of a package and the files that it names.
///
/// An asset map stands for its folder. Of a packing list its files are read too, of a composition only the
/// headers of its track files, which are looked for by the asset map beside it. All findings are collected:
/// a document or a file that cannot be read is one. Memory: the documents, and what the pass needs.
///
/// # Errors
///
/// [`crate::Error::Imf`] for a folder without an asset map and for what is no document of a package;
/// [`crate::Error::Io`] for a folder that cannot be listed; [`crate::Error::Cancelled`].
pub fn verify(path: &Path, options: &Options<'_>, work: &Work<'_>) -> Result<Verified> {
    let mut package = Package::open(path, options.with, work.progress)?;
    package.read_headers(work.progress)?;
    let contents =
        if options.hashes { Contents::read(&package, work)? } else { Contents::default() };
    let mut report = Report::default();
    for (n, loaded) in package.folder().documents.iter().enumerate() {
        work.progress.check()?;
        if loaded.is_judged {
            report.judge(n, loaded, &package, &contents, options.studio);
        }
    }
    report.judge_folder(&package);
    Ok(Verified {
        findings: report.findings(),
        not_checked: report.not_checked(),
        assets: assets::rows(&package, &contents),
        tally: contents.tally,
        documents: package.judged().count(),
        shown: show::of(path, &package),
    })
}

#[derive(Default)]
struct Report {
    findings: Vec<Finding>,
    not_checked: Vec<(String, String)>,
}

/// What no check here looks at, in whatever package.
const NEVER: [&str; 2] = [
    "essence: headers of track files are read, but no picture, sound or text is decoded",
    "clauses of the standards that no public source tells: the standards themselves were not at hand",
];

impl Report {
    /// Judge one document.
    fn judge(
        &mut self,
        n: usize,
        loaded: &Loaded,
        package: &Package,
        contents: &Contents,
        studio: bool,
    ) {
        let document = &loaded.document;
        let mut sink = Sink::new(document, &loaded.name);
        for problem in &document.problems {
            sink.say(problem.rule, problem.at, None, problem.message.clone());
        }
        not_known(loaded, &mut sink);
        match &document.content {
            Content::AssetMap(map) => {
                rules::asset_map::check(n, map, package.folder(), &mut sink);
                files::check(n, package, &mut sink);
                if studio {
                    judge_unplayed(n, package, &mut sink);
                }
            }
            Content::VolumeIndex(index) => rules::asset_map::check_index(index, &mut sink),
            Content::PackingList(list) => {
                rules::packing_list::check(loaded, list, package, contents, &mut sink);
            }
            Content::Composition(composition) => {
                files::check_document(loaded, composition.id, composition.at, &mut sink);
                rules::track_file_hash::check(composition, package, contents, &mut sink);
                files::check_played(played_by(composition), composition.at, package, &mut sink);
                rules::check_composition(document, composition, package, &mut sink);
                if studio {
                    rules::studio::check(document, composition, package, &mut sink);
                }
            }
            Content::OutputProfile(profile) => {
                rules::output_profile::check(loaded, profile, package, &mut sink);
            }
        }
        self.findings.append(&mut sink.findings);
        self.not_checked.append(&mut sink.not_checked);
    }

    /// Judge what is about no document.
    fn judge_folder(&mut self, package: &Package) {
        for unread in &package.folder().unread {
            match files::unread(unread) {
                Ok(finding) => self.findings.push(finding),
                Err(place) => self.not_checked.push(place),
            }
        }
        self.judge_maps(package);
        self.findings.extend(files::misplaced(package));
        if package.scope == Scope::Package && packing_lists(package).next().is_none() {
            let reason = "sizes and digests of all files: no packing list could be read";
            self.not_checked.push((String::new(), reason.to_owned()));
        }
        if package.scope == Scope::Package {
            let strays = files::strays(package);
            let documents = strays.iter().filter(|stray| has_ending(&stray.file, "xml"));
            self.not_checked.extend(documents.map(|stray| {
                (stray.file.clone(), "it is in no asset map; hint: verify it by itself".to_owned())
            }));
            self.findings.extend(strays);
            if !has_index(package) && package.folder().has_map() {
                let message = "no VOLINDEX.xml in the folder".to_owned();
                self.findings.push(rules::finding("volume-index.missing", "", None, message));
            }
        }
        self.not_checked.extend(NEVER.map(|what| (String::new(), what.to_owned())));
    }

    /// Say what rests on an asset map that could not be read.
    fn judge_maps(&mut self, package: &Package) {
        if package.scope == Scope::Package && !package.folder().has_map() {
            let reason = "the asset map: what lies beside it was found by the names in packing lists and the ids in the files";
            self.not_checked.push((String::new(), reason.to_owned()));
        }
        for folder in &package.folders[1..] {
            let root = folder.tree.root.display();
            self.not_checked.extend(folder.unread.iter().map(|unread| {
                let reason =
                    format!("`{}` in {root}, which cannot be read: {}", unread.name, unread.why);
                (String::new(), reason)
            }));
        }
    }

    fn findings(&mut self) -> Vec<Finding> {
        let mut findings = std::mem::take(&mut self.findings);
        findings.sort_by(order);
        findings.dedup();
        findings
    }

    /// Each once, in the order in which it was said.
    fn not_checked(&mut self) -> Vec<NotChecked> {
        let mut seen = HashSet::new();
        let all = std::mem::take(&mut self.not_checked).into_iter();
        let all = all.map(|(path, reason)| NotChecked { path, reason });
        all.filter(|one| seen.insert(one.clone())).collect()
    }
}

/// Whether there is a volume index, though perhaps one that cannot be read.
fn has_index(package: &Package) -> bool {
    let folder = package.folder();
    let is_named = |name: &str| kind_by_name(name) == Some(Kind::VolumeIndex);
    folder.documents.iter().any(|loaded| loaded.is(Kind::VolumeIndex))
        || folder.unread.iter().any(|unread| is_named(&unread.name))
}

fn order(a: &Finding, b: &Finding) -> Ordering {
    let key = |one: &Finding| (one.severity, one.file.clone(), one.line, one.rule.id);
    key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
}

/// Signatures, and elements that no schema here knows.
fn not_known(loaded: &Loaded, sink: &mut Sink<'_>) {
    if show::is_signed(loaded) && !loaded.is(Kind::Composition) {
        sink.not_checked(None, "its signature".to_owned());
    }
    let said: HashSet<_> = loaded.document.problems.iter().map(|problem| problem.at).collect();
    let mut unknown = loaded.document.unknown.iter().filter(|at| !said.contains(at));
    if let Some(first) = unknown.next() {
        let name = loaded.document.tree.node(*first).name();
        let more = match unknown.count() {
            0 => String::new(),
            count => format!(", and {count} more elements of other schemas"),
        };
        sink.not_checked(Some(*first), format!("a `{name}` of another schema{more}"));
    }
}

fn judge_unplayed(n: usize, package: &Package, sink: &mut Sink<'_>) {
    let played: HashSet<_> = package.played().into_iter().collect();
    let of_map = package.folder().listed.iter().filter(|listed| listed.map == Some(n));
    let unplayed = of_map.filter(|listed| listed.id.is_some_and(|id| !played.contains(&id)));
    unplayed.for_each(|listed| rules::studio::check_unplayed(listed, package, sink));
}
