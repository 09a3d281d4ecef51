//! Where everything of a zip goes, from names, sizes and times alone.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Layout;
use crate::digest::Digest;
use crate::engine::state::Known;
use crate::engine::walk::{self, Rules, Tree, slashed};
use crate::error::{Error, NameFault, Result};
use crate::format::manifest::{FILE_NAME, checksum_txt};
use crate::format::path::is_inside_anywhere;
use crate::format::zip::{DosTime, Layout as ZipLayout, Place};
use crate::fs::Stamp;
use crate::job::checksum::{self, Layout as ListLayout};
use crate::job::cloning::has_block;

/// What a member's bytes add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) digest: Digest,
    pub(super) crc: u32,
}

impl Sums {
    /// Both, if the memory has both.
    pub(super) fn known(known: Option<Known>) -> Option<Self> {
        let Known { digest, crc } = known?;
        Some(Self { digest, crc: crc? })
    }
}

/// Where everything goes, before a byte is read.
pub(super) struct Plan {
    /// Members in the order of the zip, the list the last.
    pub(super) zip: ZipLayout,
    /// Names in the list, by file.
    listed: Vec<String>,
    /// Bytes of each file.
    sizes: Vec<u64>,
    /// Members whose time did not fit.
    pub(super) clamped: Vec<String>,
}

impl Plan {
    /// Members for which `aligned` holds get their bytes on a block boundary, if they have a whole block.
    pub(super) fn new(
        tree: &Tree,
        layout: Layout,
        zone: &TimeZone,
        aligned: impl Fn(usize) -> bool,
    ) -> Result<Self> {
        let (members, listed) = names(tree, layout)?;
        let sizes: Vec<u64> = tree.files.iter().map(|file| file.mark.stamp.size).collect();
        let mut plan = Self { zip: ZipLayout::default(), listed, sizes, clamped: vec![] };
        let mut latest = DosTime::EARLIEST;
        for (n, (file, name)) in tree.files.iter().zip(members).enumerate() {
            let (modified, clamped) = dos_time(file.mark.stamp, zone);
            if clamped {
                plan.clamped.push(name.clone());
            }
            latest = latest.max(modified);
            if has_block(plan.sizes[n]) && aligned(n) {
                plan.zip.push_aligned(name, plan.sizes[n], modified);
            } else {
                plan.zip.push(name, plan.sizes[n], modified);
            }
        }
        // No file's time: that of the newest frame, so that the same frames make the same zip.
        let lines = plan.listed.iter().map(String::as_str).zip(plan.sizes.iter().copied());
        let size = checksum_txt::rendered_size(lines);
        plan.zip.push(FILE_NAME.to_owned(), size, latest);
        Ok(plan)
    }

    /// The text of the list.
    pub(super) fn text(&self, digests: impl Iterator<Item = Digest>) -> String {
        let files = self.listed.iter().zip(&self.sizes).zip(digests);
        checksum_txt::render(files.map(|((name, size), digest)| (&**name, *size, digest)))
    }

    /// The directory and what follows it.
    pub(super) fn end(&self, sums: &[Sums], text: &str) -> Vec<u8> {
        let crcs: Vec<u32> =
            sums.iter().map(|sums| sums.crc).chain([crc32fast::hash(text.as_bytes())]).collect();
        self.zip.end(&crcs)
    }

    /// The place of the list.
    pub(super) fn list(&self) -> &Place {
        self.zip.places.last().expect("the list is always there")
    }
}

/// What is packed, in the order of the members.
pub(super) fn take(source: &std::path::Path, layout: Layout) -> Result<Tree> {
    if layout == Layout::Npack {
        let tree = walk::walk(source, Rules::Npack)?;
        checksum::expect_whole(&tree)?;
        return Ok(tree);
    }
    // Lists of whole folders would say nothing of a flat zip.
    let rules = if layout == Layout::Flat { Rules::Content } else { Rules::Own };
    let mut tree = walk::walk(source, rules)?;
    if tree.files.is_empty() {
        return Err(Error::NothingToList { path: source.to_owned() });
    }
    if layout == Layout::Flat {
        // Members are sorted by their own names, which are not the paths.
        tree.files.sort_by(|a, b| a.path.file_name().cmp(&b.path.file_name()));
    }
    Ok(tree)
}

/// The names of the files as members, and in the list.
fn names(tree: &Tree, layout: Layout) -> Result<(Vec<String>, Vec<String>)> {
    let rules = match layout {
        Layout::Npack => ListLayout::Npack,
        Layout::Flat | Layout::Tree => ListLayout::Root,
    };
    let base = checksum::names(&tree.files, rules)?;
    let paths = paths(tree)?;
    let (members, listed) = match layout {
        Layout::Flat => (base.clone(), base),
        Layout::Tree => (paths.clone(), paths),
        Layout::Npack => (paths, base),
    };
    checksum::expect_unique(&tree.files, &listed)?;
    Ok((members, listed))
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
