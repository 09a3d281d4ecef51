//! Looking into the memory, and making it forget.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::batch;
use super::database::{
    APPLICATION_ID, Database, below, bytes, damaged, path_of, put_together, whole,
};
use crate::error::{Error, Result};
use crate::fs::{self, File};

/// What a state file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Bytes on disk.
    pub size: u64,
    /// Files remembered.
    pub files: u64,
    /// Folders that they lie in.
    pub folders: u64,
    /// The oldest first.
    pub unfinished: Vec<Unfinished>,
}

/// A run that did not finish, or is not finished yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Name of the job.
    pub job: String,
    /// What it reads.
    pub source: PathBuf,
    /// What it writes.
    pub target: Option<PathBuf>,
    /// What it has written so far, under a name of its own.
    pub part: Option<PathBuf>,
    /// Bytes of that, 0 if it is not there.
    pub part_size: u64,
    /// Seconds since 1970.
    pub began: i64,
    /// Files that it has read.
    pub files: u64,
}

/// What the state file holds; nothing if it is not there.
///
/// # Errors
///
/// [`Error::State`] if it is there and cannot be used.
pub fn facts(path: &Path) -> Result<Facts> {
    if !fs::exists(path) {
        return Ok(Facts::default());
    }
    let database = Database::open(path)?;
    let ask = || {
        let mut runs = database.connection.prepare(
            "SELECT job, source, target, part, began, (SELECT coalesce(sum(files), 0) FROM batch WHERE run = run.id)
             FROM run ORDER BY id",
        )?;
        let unfinished =
            runs.query_map([], unfinished)?.collect::<rusqlite::Result<Vec<Unfinished>>>()?;
        let (files, folders) = count(&database.connection)?;
        Ok(Facts { size: size_on_disk(path), files, folders, unfinished })
    };
    ask().map_err(database.fault())
}

/// Files and folders, each once.
fn count(connection: &Connection) -> rusqlite::Result<(u64, u64)> {
    let mut find = connection.prepare("SELECT DISTINCT folder FROM batch")?;
    let folders: Vec<i64> =
        find.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut files = 0;
    for folder in &folders {
        files += count_in(connection, *folder)?;
    }
    Ok((files, folders.len() as u64))
}

/// Files of one folder, each once.
fn count_in(connection: &Connection, folder: i64) -> rusqlite::Result<u64> {
    let mut find = connection.prepare("SELECT crc, lines FROM batch WHERE folder = ?1")?;
    let mut rows = find.query([folder])?;
    let mut names = HashSet::new();
    while let Some(row) = rows.next()? {
        let lines = batch::decode(whole(row, 0)?).map_err(damaged)?;
        names.extend(lines.iter().map(|line| line.name.to_owned()));
    }
    Ok(names.len() as u64)
}

fn unfinished(row: &rusqlite::Row<'_>) -> rusqlite::Result<Unfinished> {
    let path = |n| row.get::<_, Option<Vec<u8>>>(n).map(|bytes| bytes.map(path_of));
    let part = path(3)?;
    let part_size = part.as_deref().map_or(0, size);
    Ok(Unfinished {
        job: row.get(0)?,
        source: path_of(row.get(1)?),
        target: path(2)?,
        part,
        part_size,
        began: row.get(4)?,
        files: row.get::<_, i64>(5)?.cast_unsigned(),
    })
}

fn size(path: &Path) -> u64 {
    fs::stat(path).map_or(0, |(_, mark)| mark.stamp.size)
}

fn size_on_disk(path: &Path) -> u64 {
    companions(path).iter().map(|path| size(path)).sum()
}

/// The state file, and what its engine keeps beside it while it is in use.
fn companions(path: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-journal"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

/// Forget the files of a folder and of all below it; how many there were.
///
/// # Errors
///
/// [`Error::State`] if the state cannot be used.
pub fn forget(path: &Path, folder: &Path) -> Result<u64> {
    if folder.as_os_str().is_empty() {
        return Err(Error::io(folder)(std::io::ErrorKind::NotFound.into()));
    }
    let folder = super::resolved(folder);
    if !fs::exists(path) {
        return Ok(0);
    }
    let mut database = Database::open(path)?;
    let fail = database.fault();
    let prefix = below(&folder);
    let mut forget = || {
        let transaction = database.connection.transaction()?;
        let mut find = transaction
            .prepare("SELECT id FROM folder WHERE path = ?1 OR substr(path, 1, length(?2)) = ?2")?;
        let folders: Vec<i64> = find
            .query_map(params![bytes(&folder), prefix], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        drop(find);
        let mut count = 0;
        for folder in folders {
            count += count_in(&transaction, folder)?;
            transaction.execute("DELETE FROM batch WHERE folder = ?1", [folder])?;
            transaction.execute("DELETE FROM folder WHERE id = ?1", [folder])?;
        }
        transaction.commit()?;
        database.connection.execute_batch("VACUUM")?;
        Ok(count)
    };
    forget().map_err(fail)
}

/// Forget what is no more: files, folders, and unfinished runs without a source; how many files.
///
/// A folder that cannot be seen now, on a volume that is not mounted, counts as gone.
///
/// # Errors
///
/// [`Error::State`] if the state cannot be used.
pub fn prune(path: &Path) -> Result<u64> {
    if !fs::exists(path) {
        return Ok(0);
    }
    let mut database = Database::open(path)?;
    let fail = database.fault();
    let mut prune = || {
        let transaction = database.connection.transaction()?;
        let count = prune_files(&transaction)?;
        transaction
            .execute_batch("DELETE FROM folder WHERE id NOT IN (SELECT folder FROM batch)")?;
        prune_runs(&transaction)?;
        transaction.commit()?;
        database.connection.execute_batch("VACUUM")?;
        Ok(count)
    };
    prune().map_err(fail)
}

fn prune_files(connection: &Connection) -> rusqlite::Result<u64> {
    let mut find = connection.prepare("SELECT id, path FROM folder")?;
    let rows: Vec<(i64, Vec<u8>)> =
        find.query_map([], |row| row.try_into())?.collect::<rusqlite::Result<_>>()?;
    let mut count = 0;
    for (folder, path) in rows {
        let path = path_of(path);
        // The members of a zip are there as long as the zip is.
        let is_zip = fs::stat(&path).is_ok_and(|(kind, _)| kind == fs::Kind::File);
        let is_there = |name: &[u8]| is_zip || fs::exists(&path.join(path_of(name.to_owned())));
        count += put_together(connection, folder, is_there)?;
    }
    Ok(count)
}

fn prune_runs(connection: &Connection) -> rusqlite::Result<()> {
    let mut find = connection.prepare("SELECT id, source, part FROM run")?;
    let rows: Vec<(i64, Vec<u8>, Option<Vec<u8>>)> =
        find.query_map([], |row| row.try_into())?.collect::<rusqlite::Result<_>>()?;
    for (id, source, part) in rows {
        let is_kept = part.is_some_and(|part| fs::exists(&path_of(part)));
        if !is_kept && !fs::exists(&path_of(source)) {
            connection.execute("DELETE FROM run WHERE id = ?1", [id])?;
        }
    }
    Ok(())
}

/// Remove what unfinished runs keep beside their targets, then the state file; how many parts there were.
///
/// What a run that is still at work writes is left alone.
///
/// # Errors
///
/// [`Error::State`] for a file that is no state of ours; [`Error::Io`] if something cannot be removed.
pub fn clear(path: &Path) -> Result<u64> {
    if !fs::exists(path) {
        return Ok(0);
    }
    expect_ours(path)?;
    let mut removed = 0;
    // A damaged file cannot say what is kept, and still has to go.
    let unfinished = facts(path).map(|facts| facts.unfinished).unwrap_or_default();
    for part in unfinished.iter().filter_map(|run| run.part.as_deref()) {
        removed += u64::from(fs::discard(part)?);
    }
    for file in companions(path).iter().filter(|file| fs::exists(file)) {
        fs::remove(file)?;
    }
    Ok(removed)
}

/// The number that tells our files stands at byte 68 of the header, in big-endian order.
///
/// Source: "Database File Format", 1.3, <https://www.sqlite.org/fileformat2.html>.
fn expect_ours(path: &Path) -> Result<()> {
    let mut number = [0; 4];
    let len = File::open(path)?.read_at(&mut number, 68)?;
    if len == 0 && size(path) == 0 || number == APPLICATION_ID.to_be_bytes() {
        return Ok(());
    }
    let reason = "is no state of reelpack's; hint: remove it by hand if you are sure".to_owned();
    Err(Error::State { path: path.to_owned(), reason })
}
