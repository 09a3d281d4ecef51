//! A zip against the list inside, and against itself.

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::Path;

use super::report::{Report, Shown, Status, Value};
use crate::digest::{Algorithm, Digest};
use crate::engine::Work;
use crate::engine::pass::{Crc32, Item, OnError, Source};
use crate::engine::state::{Known, State, Subject, Wanted};
use crate::error::{Error, Result};
use crate::format::manifest::{Entry, FILE_NAME, checksum_txt};
use crate::format::path::{base_name, is_inside_anywhere};
use crate::format::zip::{self, Directory, Fault, Member, Method};
use crate::fs::{Cursor, File, Mark};
use crate::job::LONGEST_LIST;

/// Whether the file calls itself a zip, or begins as one.
pub(super) fn is_zip(path: &Path) -> Result<bool> {
    let named = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    let mut magic = [0; 4];
    File::open(path)?.read_at(&mut magic, 0)?;
    Ok(named || matches!(&magic, b"PK\x03\x04" | b"PK\x05\x06"))
}

/// Judge a zip.
pub(super) fn verify(path: &Path, state: &State, work: &Work<'_>) -> Result<Report> {
    let file = File::open(path)?;
    let mark = file.mark()?;
    let before = mark.stamp;
    let report = match zip::read(&mut Cursor::new(&file, 0), before.size) {
        Ok(directory) => Check::new(&file, mark, directory)?.judge(state, work)?,
        Err(Fault::Unreadable(error)) => return Err(io_error(path, error)),
        Err(fault) => hopeless(path, &fault),
    };
    let after = file.stamp()?;
    if after != before {
        return Err(Error::Changed { path: path.to_owned(), before, after });
    }
    Ok(report.sorted())
}

/// Without a directory there are no members to speak of.
fn hopeless(path: &Path, fault: &Fault) -> Report {
    let name = Shown::from(path.file_name().unwrap_or_default());
    let mut report = Report::default();
    report.skip(name.clone(), "its members: the directory cannot be read");
    report.add(name, Status::Corrupt, Value::Nothing, Value::Text(fault.to_string()));
    report
}

/// A zip whose directory has been read.
struct Check<'a> {
    file: &'a File,
    mark: Mark,
    members: Vec<Member>,
    /// Where each member's bytes begin, or what is wrong with it.
    data: Vec<Result<u64, Fault>>,
    /// Names that several members have.
    twice: HashSet<Vec<u8>>,
    report: Report,
}

impl<'a> Check<'a> {
    fn new(file: &'a File, mark: Mark, directory: Directory) -> Result<Self> {
        let mut reader = Cursor::new(file, 0);
        let mut data: Vec<_> = directory
            .members
            .iter()
            .map(|member| zip::data_offset(&mut reader, &directory, member))
            .collect();
        mark_overlaps(&directory.members, &mut data);
        if let Some(Err(Fault::Unreadable(error))) =
            data.iter().find(|data| matches!(data, Err(Fault::Unreadable(_))))
        {
            return Err(io_error(file.path(), *error));
        }
        let (members, twice, report) = (directory.members, HashSet::new(), Report::default());
        Ok(Self { file, mark, members, data, twice, report })
    }

    fn judge(mut self, state: &State, work: &Work<'_>) -> Result<Report> {
        let Some(list) = self.list()? else { return Ok(self.report) };
        self.report.lists.push(FILE_NAME.to_owned());
        self.report.algorithms.push(Algorithm::Md5);
        let entries = self.match_entries(&list);
        self.read(&entries, state, work)?;
        Ok(self.report)
    }

    fn shown(&self, n: usize) -> Shown {
        Shown::new(&self.members[n].name)
    }

    /// The entries of the list inside; `None` if it is corrupt, which is a finding.
    fn list(&mut self) -> Result<Option<Vec<Entry>>> {
        let path = self.file.path().to_owned();
        let Some(n) = self.members.iter().position(|member| member.name == FILE_NAME.as_bytes())
        else {
            let reason = "no checksum.txt inside; hint: pack it with `reelpack zip`";
            return Err(Error::NoList { path, reason });
        };
        let bytes = match self.unpack(n) {
            Ok(bytes) => bytes,
            Err(why) => {
                let locked =
                    self.members[n].encrypted || matches!(self.members[n].method, Method::Other(_));
                let status = if locked { Status::Unreadable } else { Status::Corrupt };
                self.report.add(self.shown(n), status, Value::Nothing, Value::Text(why));
                self.report.skip(
                    Shown::from(path.file_name().unwrap_or_default()),
                    "its members: the list inside cannot be read",
                );
                return Ok(None);
            }
        };
        let inside = path.join(FILE_NAME);
        let entries = checksum_txt::parse(&bytes).map_err(|fault| Error::Manifest {
            path: inside.clone(),
            line: fault.line,
            fault: fault.fault,
        })?;
        if entries.is_empty() {
            let reason = "the list inside is empty: nothing to judge by";
            return Err(Error::NoList { path: inside, reason });
        }
        if entries.iter().any(|entry| entry.of(Algorithm::Md5).is_none()) {
            let reason = "its digests are not MD5; hint: unpack the zip and verify the folder";
            return Err(Error::NoList { path: inside, reason });
        }
        Ok(Some(entries))
    }

    /// All bytes of a small member whose CRC is right, or what is wrong with it.
    fn unpack(&self, n: usize) -> Result<Vec<u8>, String> {
        let member = &self.members[n];
        let data = self.data[n].clone().map_err(|fault| fault.to_string())?;
        if member.size > LONGEST_LIST || member.packed > LONGEST_LIST {
            return Err(format!("claims {} bytes, more than any list", member.size));
        }
        let mut reader = Cursor::new(self.file, data).take(member.packed);
        let mut bytes = Vec::new();
        let read = match member.method {
            Method::Stored if !member.encrypted => reader.read_to_end(&mut bytes),
            Method::Deflated if !member.encrypted => flate2::read::DeflateDecoder::new(reader)
                .take(member.size + 1)
                .read_to_end(&mut bytes),
            _ => return Err(packing(member)),
        };
        read.map_err(|error| error.to_string())?;
        if bytes.len() as u64 != member.size || crc32fast::hash(&bytes) != member.crc {
            return Err("its CRC or size is wrong".to_owned());
        }
        Ok(bytes)
    }

    /// The entry of each member, by the member's number; what has no partner is reported.
    fn match_entries<'e>(&mut self, list: &'e [Entry]) -> Vec<Option<&'e Entry>> {
        let mut entries = vec![None; self.members.len()];
        let (by_path, by_name) = self.index();
        let mut names = HashSet::with_capacity(list.len());
        for entry in list {
            if !names.insert(&entry.name) {
                let path = Shown::new(entry.name.as_bytes());
                self.report.add(path, Status::Duplicate, digest(entry), Value::Nothing);
                continue;
            }
            if !is_inside_anywhere(&entry.name) {
                let path = Shown::new(entry.name.as_bytes());
                self.report.add(path, Status::Unsafe, digest(entry), Value::Nothing);
            }
            let member =
                by_path.get(entry.name.as_bytes()).or_else(|| by_name.get(&*entry.name)?.as_ref());
            if let Some(&n) = member {
                entries[n] = Some(entry);
            } else {
                let path = Shown::new(entry.name.as_bytes());
                self.report.add(path, Status::Missing, digest(entry), Value::Nothing);
            }
        }
        entries
    }

    /// Members by name, and by base name where only one has it; a name that is there twice is reported.
    fn index(&mut self) -> (HashMap<Vec<u8>, usize>, HashMap<String, Option<usize>>) {
        let (mut by_path, mut by_name) = (HashMap::new(), HashMap::new());
        for n in 0..self.members.len() {
            let name = self.members[n].name.clone();
            if let Ok(text) = str::from_utf8(&name) {
                let slot = by_name.entry(base_name(text).to_owned());
                slot.and_modify(|only| *only = None).or_insert(Some(n));
            }
            if by_path.insert(name.clone(), n).is_some() {
                self.twice.insert(name);
                self.report.add(self.shown(n), Status::Duplicate, Value::Nothing, Value::Nothing);
            }
        }
        (by_path, by_name)
    }

    /// Read every sound member, but for those that the memory vouches for: the CRC is checked even of one
    /// that the list does not name.
    fn read(&mut self, entries: &[Option<&Entry>], state: &State, work: &Work<'_>) -> Result<()> {
        let mut sound = Vec::new();
        for (n, entry) in entries.iter().enumerate() {
            let is_list = self.members[n].name == FILE_NAME.as_bytes();
            let is_named = self.has_finding(n) || is_list || self.members[n].name.ends_with(b"/");
            if entry.is_none() && !is_named {
                let found = Value::Size(self.members[n].size);
                self.report.add(self.shown(n), Status::Extra, Value::Nothing, found);
            }
            if let Some(source) = self.source(n) {
                sound.push((n, source));
            }
        }
        let subjects: Vec<_> = sound.iter().map(|(n, _)| self.subject(*n)).collect();
        let known = state.recall(&subjects, Wanted::Crc);
        let is_fresh = |known: &Option<Known>| known.is_none_or(|known| known.crc.is_none());
        let mut items = Vec::new();
        let mut fresh = Vec::new();
        for (place, (n, source)) in sound.iter().enumerate() {
            if is_fresh(&known[place]) {
                fresh.push(place);
                items.push(Item { source: *source, size: self.members[*n].size });
            }
        }
        let mut seen = state
            .recording(&subjects, |recorder| {
                let observe = |n: usize| recorder.watch_part(fresh[n], Crc32::default(), self.mark);
                work.pass(&items, OnError::GoOn, observe).map(|seen| {
                    seen.into_iter()
                        .map(|seen| seen.map(|seen| (seen.digest, seen.observer.inner.value())))
                        .collect::<Vec<_>>()
                })
            })?
            .into_iter();
        for ((n, _), known) in sound.into_iter().zip(known) {
            let trusted = !is_fresh(&known);
            let sums = match known {
                Some(Known { digest, crc: Some(crc) }) => Ok((digest, crc)),
                _ => seen.next().expect("what is not known was read"),
            };
            self.compare(n, entries[n], sums, trusted);
        }
        Ok(())
    }

    /// What the memory calls member `n`: one name may stand twice in a zip, one offset may not.
    fn subject(&self, n: usize) -> Subject<'a> {
        let member = &self.members[n];
        let name = [member.offset.to_string().as_bytes(), b":", &member.name].concat();
        Subject { folder: self.file.path(), name: name.into(), mark: self.mark }
    }

    /// Whether the name of member `n` is reported already: as unsafe, here, or as a duplicate.
    fn has_finding(&mut self, n: usize) -> bool {
        let name = &self.members[n].name;
        let is_safe = match str::from_utf8(name) {
            Ok(name) => is_inside_anywhere(name.trim_end_matches('/')),
            Err(_) => !name.contains(&b'\\'),
        };
        if !is_safe {
            self.report.add(self.shown(n), Status::Unsafe, Value::Nothing, Value::Nothing);
            return true;
        }
        self.twice.contains(&self.members[n].name)
    }

    /// Where the bytes of member `n` are; one that cannot be read is reported.
    fn source(&mut self, n: usize) -> Option<Source<'a>> {
        let member = &self.members[n];
        let data = match &self.data[n] {
            Ok(data) => *data,
            Err(fault) => {
                let found = Value::Text(fault.to_string());
                self.report.add(self.shown(n), Status::Corrupt, Value::Nothing, found);
                return None;
            }
        };
        match member.method {
            Method::Stored if !member.encrypted => Some(Source::Range(self.file, data)),
            Method::Deflated if !member.encrypted => {
                Some(Source::Deflated(self.file, data, member.packed))
            }
            _ => {
                let found = Value::Text(packing(member));
                self.report.add(self.shown(n), Status::Unreadable, Value::Nothing, found);
                None
            }
        }
    }

    fn compare(
        &mut self,
        n: usize,
        entry: Option<&Entry>,
        sums: Result<(Digest, u32)>,
        trusted: bool,
    ) {
        let path = self.shown(n);
        let (digest_found, found) = match sums {
            Ok(sums) => sums,
            Err(error) => {
                let found = Value::Text(error.to_string());
                return self.report.add(path, Status::Corrupt, Value::Nothing, found);
            }
        };
        let size = self.members[n].size;
        if self.members[n].name != FILE_NAME.as_bytes() && !self.members[n].name.ends_with(b"/") {
            self.report.checked += 1;
            self.report.tally.add(size, trusted);
        }
        let told = self.members[n].crc;
        let crc = |value: u32| Value::Digest(format!("{value:08x}"));
        // The CRC first: one byte that flipped changes both sums and is one finding.
        if told != found {
            return self.report.add(path, Status::Corrupt, crc(told), crc(found));
        }
        let Some(entry) = entry else { return };
        if let Some(told) = entry.size.filter(|told| *told != size) {
            self.report.add(path, Status::Size, Value::Size(told), Value::Size(size));
        } else if entry.of(Algorithm::Md5) != Some(digest_found) {
            self.report.add(path, Status::Mismatch, digest(entry), hex(digest_found));
        }
    }
}

/// Two members that share bytes would let one frame pass for two.
fn mark_overlaps(members: &[Member], data: &mut [Result<u64, Fault>]) {
    let mut spans: Vec<(u64, u64, usize)> = data
        .iter()
        .enumerate()
        .filter_map(|(n, data)| {
            let data = data.as_ref().ok()?;
            Some((members[n].offset, data.saturating_add(members[n].packed), n))
        })
        .collect();
    spans.sort_unstable();
    let mut reached = 0;
    for (start, end, n) in spans {
        if start < reached {
            data[n] = Err(Fault::Overlap);
        }
        reached = reached.max(end);
    }
}

/// The zip could not be read: no word about its structure.
fn io_error(path: &Path, kind: zip::Unreadable) -> Error {
    Error::io(path)(kind.into())
}

fn packing(member: &Member) -> String {
    match member.method {
        _ if member.encrypted => "encrypted".to_owned(),
        Method::Stored | Method::Deflated => "stored or deflated".to_owned(),
        Method::Other(number) => format!("packed by method {number}; only 0 and 8 can be read"),
    }
}

fn digest(entry: &Entry) -> Value {
    entry.of(Algorithm::Md5).map_or(Value::Nothing, hex)
}

fn hex(digest: Digest) -> Value {
    Value::Digest(digest.to_string())
}
