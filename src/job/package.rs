//! A STORED zip of a frame sequence, its list inside, from one pass over the files.
//!
//! Every offset is known before a byte is written, so the threads of the pass write members at their
//! places while they hash them; a local header follows when its CRC is known. The whole is written beside
//! the target and renamed.
//!
//! Source: "Content Hub: Upload Instructions", Frame Sequence ZIP Spec (backlothelp article 231960408): a
//! flat zip with a `checksum.txt` of the MD5 of its contents. STORED, and the list as the last member, are
//! what `npack` 0.7.0 writes (observed).

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::checksum::{self, Layout as ListLayout};
use crate::engine::pass::{self, Crc32, Item, Observer, OnError, Settings, Source};
use crate::engine::walk::{self, LeftOut, Rules, Tree, slashed};
use crate::error::{Error, NameFault, Result};
use crate::format::manifest::{Entry, FILE_NAME, checksum_txt};
use crate::format::path::is_inside_anywhere;
use crate::format::zip::{DosTime, Layout as ZipLayout, Place};
use crate::fs::{self, File, Kind, Scratch, Stamp};
use crate::progress::Progress;

/// The folders of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// None: base names only.
    Flat,
    /// Those of the source; the names in the list are paths.
    Tree,
    /// Those of the source, with base names in the list, by the rules of the old `npack`.
    Npack,
}

/// How a package is to be made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its folders.
    pub layout: Layout,
    /// Whether a package that is there may be replaced.
    pub replace: bool,
    /// Whether to wait until it is on the disk.
    pub sync: bool,
    /// The zone of its time stamps, which are local time.
    pub zone: TimeZone,
}

/// A package that was made.
#[derive(Clone, Debug)]
pub struct Package {
    /// Bytes.
    pub size: u64,
    /// Members, the list included.
    pub members: u64,
    /// The text of the list inside.
    pub text: String,
    /// Bytes of the source that were read.
    pub bytes: u64,
    /// Sorted by path, relative to the source.
    pub left_out: Vec<LeftOut>,
    /// Members whose time stamp did not fit and was clamped.
    pub clamped: Vec<String>,
}

/// Write the files of the folder `source` to the zip `target`.
///
/// On any error, and when cancelled, there is nothing new under the target's name or beside it.
///
/// # Errors
///
/// [`Error::TargetExists`]; [`Error::Package`] for a target inside the source; whatever keeps a file
/// from being listed, see [`checksum::lists`]; [`Error::Io`] while writing.
pub fn pack(
    source: &Path,
    target: &Path,
    options: &Options,
    settings: &Settings,
    progress: &Progress,
) -> Result<Package> {
    super::expect_folder(source)?;
    expect_target(source, target, options.replace)?;
    let tree = take(source, options.layout)?;
    let plan = Plan::new(&tree, options)?;
    let scratch = Scratch::create(target)?;
    let entries = write_members(&tree, &plan, scratch.file(), settings, progress)?;
    let text = plan.finish(&entries, scratch.file())?;
    scratch.keep(options.replace, options.sync)?;
    Ok(Package {
        size: plan.size(&entries),
        members: plan.zip.places.len() as u64,
        text,
        bytes: tree.size(),
        left_out: checksum::left_out(&tree),
        clamped: plan.clamped,
    })
}

fn expect_target(source: &Path, target: &Path, replace: bool) -> Result<()> {
    let refuse =
        |reason: &str| Err(Error::Package { path: target.to_owned(), reason: reason.to_owned() });
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if fs::canonical(folder)?.starts_with(fs::canonical(source)?) {
        return refuse("lies inside the source; hint: name another folder");
    }
    if target.file_name().is_none() || fs::stat(target).is_ok_and(|(kind, _)| kind == Kind::Folder)
    {
        return refuse("is a folder; hint: name a file in it");
    }
    if !replace && fs::exists(target) {
        return Err(Error::TargetExists { path: target.to_owned() });
    }
    Ok(())
}

fn take(source: &Path, layout: Layout) -> Result<Tree> {
    if layout == Layout::Npack {
        let tree = walk::walk(source, Rules::Npack)?;
        checksum::expect_whole(&tree)?;
        return Ok(tree);
    }
    let mut tree = walk::walk(source, Rules::Own)?;
    if tree.files.is_empty() {
        return Err(Error::NothingToList { path: source.to_owned() });
    }
    if layout == Layout::Flat {
        // Members are sorted by their own names, which are not the paths.
        tree.files.sort_by(|a, b| a.path.file_name().cmp(&b.path.file_name()));
    }
    Ok(tree)
}

/// Where everything goes, before a byte is read.
struct Plan {
    /// Members in the order of the zip, the list the last.
    zip: ZipLayout,
    /// Names in the list, by file.
    listed: Vec<String>,
    clamped: Vec<String>,
}

impl Plan {
    fn new(tree: &Tree, options: &Options) -> Result<Self> {
        let rules = match options.layout {
            Layout::Npack => ListLayout::Npack,
            Layout::Flat | Layout::Tree => ListLayout::Root,
        };
        let base = checksum::names(&tree.files, rules)?;
        let paths = paths(tree)?;
        let (members, listed) = match options.layout {
            Layout::Flat => (base.clone(), base),
            Layout::Tree => (paths.clone(), paths),
            Layout::Npack => (paths, base),
        };
        checksum::expect_unique(&tree.files, &listed)?;
        let mut plan = Self { zip: ZipLayout::default(), listed, clamped: vec![] };
        let mut latest = DosTime::EARLIEST;
        for (file, name) in tree.files.iter().zip(members) {
            let (modified, clamped) = dos_time(file.stamp, &options.zone);
            if clamped {
                plan.clamped.push(name.clone());
            }
            latest = latest.max(modified);
            plan.zip.push(name, file.stamp.size, modified);
        }
        // No file's time: that of the newest frame, so that the same frames make the same zip.
        let sizes = tree.files.iter().map(|file| file.stamp.size);
        let size = checksum_txt::rendered_size(plan.listed.iter().map(String::as_str).zip(sizes));
        plan.zip.push(FILE_NAME.to_owned(), size, latest);
        Ok(plan)
    }

    /// Write the list and the directory behind the members; returns the text of the list.
    fn finish(&self, entries: &[Sealed], zip: &File) -> Result<String> {
        let list: Vec<Entry> = entries.iter().map(|sealed| sealed.entry.clone()).collect();
        let text = checksum_txt::render(&list);
        let crcs = crcs(entries, &text);
        let place = self.zip.places.last().expect("the list is always there");
        debug_assert_eq!(place.size, text.len() as u64, "the list is as long as planned");
        zip.write_at(&place.local_header(crc32fast::hash(text.as_bytes())), place.offset)?;
        zip.write_at(text.as_bytes(), place.data())?;
        zip.write_at(&self.zip.end(&crcs), self.zip.directory)?;
        Ok(text)
    }

    fn size(&self, entries: &[Sealed]) -> u64 {
        self.zip.directory + self.zip.end(&crcs(entries, "")).len() as u64
    }
}

/// The sums of the members, the list's the last.
fn crcs(entries: &[Sealed], text: &str) -> Vec<u32> {
    let members = entries.iter().map(|sealed| sealed.crc);
    members.chain([crc32fast::hash(text.as_bytes())]).collect()
}

/// The way down to each file, if a zip can hold it on every system.
fn paths(tree: &Tree) -> Result<Vec<String>> {
    let path = |file: &walk::Found| {
        let path = slashed(tree.relative(&file.path))
            .ok_or_else(|| Error::Name { path: file.path.clone(), fault: NameFault::NotUtf8 })?;
        checksum_txt::check_name(&path)
            .and_then(|()| check_member(&path))
            .map_err(|fault| Error::Name { path: file.path.clone(), fault })?;
        Ok(path)
    };
    tree.files.iter().map(path).collect()
}

fn check_member(path: &str) -> Result<(), NameFault> {
    if path.contains('\\') {
        return Err(NameFault::Backslash);
    }
    if !is_inside_anywhere(path) {
        return Err(NameFault::Drive);
    }
    if path.len() > u16::MAX.into() {
        return Err(NameFault::TooLong);
    }
    Ok(())
}

fn dos_time(stamp: Stamp, zone: &TimeZone) -> (DosTime, bool) {
    let Some(modified) = stamp.modified else { return (DosTime::EARLIEST, true) };
    let timestamp =
        Timestamp::from_nanosecond(modified.into()).expect("64 bits of nanoseconds fit");
    let local = zone.to_datetime(timestamp);
    DosTime::new(
        [local.year(), local.month().into(), local.day().into()],
        [local.hour().into(), local.minute().into(), local.second().into()],
    )
}

/// A member that is in the zip, whole.
struct Sealed {
    entry: Entry,
    crc: u32,
}

fn write_members(
    tree: &Tree,
    plan: &Plan,
    zip: &File,
    settings: &Settings,
    progress: &Progress,
) -> Result<Vec<Sealed>> {
    let items: Vec<_> = tree
        .files
        .iter()
        .map(|file| Item { source: Source::File(&file.path), size: file.stamp.size })
        .collect();
    let observe = |n: usize| CopyTo {
        zip,
        place: &plan.zip.places[n],
        path: &tree.files[n].path,
        found: tree.files[n].stamp,
        done: 0,
        crc: Crc32::default(),
    };
    let seen = pass::run(&items, settings, OnError::Stop, progress, observe)?;
    let sealed = seen.into_iter().zip(&plan.listed).map(|(seen, name)| {
        let pass::Seen { digest, size, observer } = seen?;
        Ok(Sealed { entry: Entry { name: name.clone(), size, digest }, crc: observer.crc.value() })
    });
    sealed.collect()
}

/// Copies a file to its place in the zip while its CRC is taken.
struct CopyTo<'a> {
    zip: &'a File,
    place: &'a Place,
    path: &'a Path,
    found: Stamp,
    done: u64,
    crc: Crc32,
}

impl CopyTo<'_> {
    /// The place was made for the size that the file had when it was found.
    fn changed(&self, size: u64) -> Error {
        let after = Stamp { size, modified: None };
        Error::Changed { path: PathBuf::from(self.path), before: self.found, after }
    }
}

impl Observer for CopyTo<'_> {
    /// Writers of one file wait for each other, and a write has a price of its own: with 32 KiB at a time
    /// 300 frames took 3.3 s, with 512 KiB 3.0 s, of which reading and hashing are 0.6 s.
    const CHUNK_LEN: usize = 512 << 10;

    fn see(&mut self, bytes: &[u8]) -> Result<()> {
        let done = self.done + bytes.len() as u64;
        if done > self.place.size {
            return Err(self.changed(done));
        }
        self.crc.see(bytes)?;
        self.zip.write_at(bytes, self.place.data() + self.done)?;
        self.done = done;
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        if self.done != self.place.size {
            return Err(self.changed(self.done));
        }
        self.zip.write_at(&self.place.local_header(self.crc.value()), self.place.offset)
    }
}
