//! The tables, and the statements over them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior, params};

use super::batch::{self, Line};
use crate::error::{Error, Result};
use crate::fs;

/// "reel" in ASCII: what tells our files from those of other programs.
pub(super) const APPLICATION_ID: i32 = 0x7265_656C;
const VERSION: i32 = 1;

/// How long another run may hold the file before this one does without.
const PATIENCE: Duration = Duration::from_secs(10);

const SCHEMA: &str = "
    CREATE TABLE folder (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE) STRICT;
    -- Files that one run read to their ends, see batch.rs; of two lines for one name the later counts.
    -- A zip counts as the folder of its members.
    CREATE TABLE batch (
        id INTEGER PRIMARY KEY,
        folder INTEGER NOT NULL REFERENCES folder (id),
        run INTEGER NOT NULL,
        files INTEGER NOT NULL,
        -- CRC-32 of the lines: a bit that flipped in a digest would else be trusted.
        crc INTEGER NOT NULL,
        lines BLOB NOT NULL
    ) STRICT;
    CREATE INDEX batch_folder ON batch (folder);
    -- A run that is not finished; the number of one that is, is never given again.
    CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job TEXT NOT NULL,
        source BLOB NOT NULL,
        target BLOB,
        part BLOB,
        began INTEGER NOT NULL DEFAULT (unixepoch())
    ) STRICT;
";

/// An open state file.
pub(super) struct Database {
    path: PathBuf,
    pub(super) connection: Connection,
}

/// A run that has just begun.
pub(super) struct Begun {
    pub(super) run: i64,
    pub(super) before: Vec<i64>,
    pub(super) parts: Vec<(i64, PathBuf)>,
}

impl Database {
    /// Open the file, made with its folder if it is not there.
    pub(super) fn open(path: &Path) -> Result<Self> {
        if path.as_os_str().is_empty() {
            return refuse(path, "no file is named");
        }
        let folder = fs::folder_of(path);
        fs::make_folder(folder).map_err(|error| {
            let reason = format!("its folder cannot be made: {error}");
            Error::State { path: path.to_owned(), reason }
        })?;
        Self::open_on(path, fs::is_local(folder))
    }

    /// The same on a file system that is local to this machine or not.
    pub(super) fn open_on(path: &Path, is_local: bool) -> Result<Self> {
        let fail = |error: rusqlite::Error| fault(path, &error);
        // No URIs: a file may be called "file:x".
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(fail)?;
        connection.busy_timeout(PATIENCE).map_err(fail)?;
        if !is_ours(&connection, path)? {
            create(&mut connection).map_err(fail)?;
        }
        // Users of a write-ahead log share memory, so they must be on one machine.
        let mode = if is_local { "wal" } else { "delete" };
        // Others may be using the file in the other mode: then it stays so, which is as good.
        connection.pragma_update(None, "journal_mode", mode).or_else(unless_busy).map_err(fail)?;
        connection.pragma_update(None, "synchronous", "normal").map_err(fail)?;
        Ok(Self { path: path.to_owned(), connection })
    }

    pub(super) fn fault(&self) -> impl Fn(rusqlite::Error) -> Error + use<> {
        let path = self.path.clone();
        move |error| fault(&path, &error)
    }

    /// Note the run, and find those like it that did not finish.
    pub(super) fn begin(
        &mut self,
        job: &str,
        source: &Path,
        target: Option<&Path>,
    ) -> Result<Begun> {
        let (source, target) = (bytes(source), target.map(bytes));
        let fail = self.fault();
        let mut begin = || {
            let transaction =
                self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut statement = transaction.prepare(
                "SELECT id, part FROM run WHERE job = ?1 AND source = ?2 AND target IS ?3 ORDER BY id DESC",
            )?;
            let rows = statement
                .query_map(params![job, source, target], |row| {
                    Ok((row.get(0)?, row.get::<_, Option<Vec<u8>>>(1)?))
                })?
                .collect::<rusqlite::Result<Vec<(i64, _)>>>()?;
            drop(statement);
            transaction.execute(
                "INSERT INTO run (job, source, target) VALUES (?1, ?2, ?3)",
                params![job, source, target],
            )?;
            let run = transaction.last_insert_rowid();
            transaction.commit()?;
            let before = rows.iter().map(|(id, _)| *id).collect();
            let parts = rows.into_iter().filter_map(|(id, part)| Some((id, path_of(part?))));
            let parts = parts.collect();
            Ok(Begun { run, before, parts })
        };
        begin().map_err(fail)
    }

    pub(super) fn set_part(&self, run: i64, part: &Path) -> Result<()> {
        // Also taken over from the run that left it.
        self.connection
            .execute(
                "UPDATE run SET part = iif(id = ?1, ?2, NULL) WHERE id = ?1 OR part = ?2",
                params![run, bytes(part)],
            )
            .map_err(self.fault())?;
        Ok(())
    }

    /// The runs are over; what they read in each folder is put together where it lies in many batches.
    pub(super) fn finish(&mut self, runs: &[i64]) -> Result<()> {
        let fail = self.fault();
        let mut finish = || {
            let transaction =
                self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut scattered = Vec::new();
            for run in runs {
                transaction.execute("DELETE FROM run WHERE id = ?1", [run])?;
                let mut find = transaction.prepare(SCATTERED)?;
                let folders = find.query_map([run], |row| row.get::<_, i64>(0))?;
                scattered.extend(folders.collect::<rusqlite::Result<Vec<_>>>()?);
            }
            for folder in scattered {
                put_together(&transaction, folder, |_| true)?;
            }
            transaction.commit()
        };
        finish().map_err(fail)
    }

    /// Show `look` the batches of one folder, the latest first, each with the run that made it, until it
    /// has seen enough and returns false.
    pub(super) fn each_batch(
        &self,
        folder: &Path,
        mut look: impl FnMut(i64, &[u8]) -> rusqlite::Result<bool>,
    ) -> Result<()> {
        let mut find = || {
            let mut statement = self.connection.prepare(
                "SELECT run, crc, lines FROM batch JOIN folder ON folder.id = batch.folder
                 WHERE path = ?1 ORDER BY batch.id DESC",
            )?;
            let mut rows = statement.query([bytes(folder)])?;
            while let Some(row) = rows.next()? {
                if !look(row.get(0)?, whole(row, 1)?)? {
                    break;
                }
            }
            Ok(())
        };
        find().map_err(self.fault())
    }

    /// The number of each folder, given now where it has none.
    pub(super) fn number_folders(&mut self, folders: &[PathBuf]) -> rusqlite::Result<Vec<i64>> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut numbers = Vec::with_capacity(folders.len());
        {
            let mut add = transaction.prepare("INSERT OR IGNORE INTO folder (path) VALUES (?1)")?;
            let mut find = transaction.prepare("SELECT id FROM folder WHERE path = ?1")?;
            for folder in folders {
                add.execute([bytes(folder)])?;
                numbers.push(find.query_row([bytes(folder)], |row| row.get(0))?);
            }
        }
        transaction.commit()?;
        Ok(numbers)
    }

    /// Write batches of the run, each the number of its folder with its lines: all or none.
    pub(super) fn add<'a>(
        &mut self,
        run: i64,
        batches: impl Iterator<Item = (i64, Vec<Line<'a>>)>,
    ) -> rusqlite::Result<()> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (folder, lines) in batches {
            insert(&transaction, folder, run, lines)?;
        }
        transaction.commit()
    }
}

/// Folders of a run in which finished runs left four times what the largest batch holds.
const SCATTERED: &str = "
    SELECT folder FROM batch
    WHERE folder IN (SELECT folder FROM batch WHERE run = ?1) AND run NOT IN (SELECT id FROM run)
    GROUP BY folder HAVING count(*) > 1 AND sum(files) >= 4 * max(files)";

fn insert(
    connection: &Connection,
    folder: i64,
    run: i64,
    lines: Vec<Line<'_>>,
) -> rusqlite::Result<()> {
    let files = i64::try_from(batch::count(&lines)).unwrap_or(i64::MAX);
    let lines = batch::encode(lines).map_err(damaged)?;
    connection.execute(
        "INSERT INTO batch (folder, run, files, crc, lines) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![folder, run, files, crc32fast::hash(&lines), lines],
    )?;
    Ok(())
}

/// Make one batch of those that finished runs left in a folder, of the lines that are to be kept; returns
/// how many were not.
pub(super) fn put_together(
    connection: &Connection,
    folder: i64,
    keep: impl Fn(&[u8]) -> bool,
) -> rusqlite::Result<u64> {
    let finished = "folder = ?1 AND run NOT IN (SELECT id FROM run)";
    let mut find = connection
        .prepare(&format!("SELECT crc, lines FROM batch WHERE {finished} ORDER BY id"))?;
    let batches: Vec<Vec<u8>> = find
        .query_map([folder], |row| whole(row, 0).map(<[u8]>::to_vec))?
        .collect::<rusqlite::Result<_>>()?;
    let mut lines = batch::merge(&batches).map_err(damaged)?;
    let before = batch::count(&lines);
    lines.retain(|line| keep(line.name));
    let dropped = before - batch::count(&lines);
    connection.execute(&format!("DELETE FROM batch WHERE {finished}"), [folder])?;
    if !lines.is_empty() {
        insert(connection, folder, FINISHED, lines)?;
    }
    Ok(dropped as u64)
}

/// The lines of a batch, which stand behind their CRC in the row, if they are what was written.
pub(super) fn whole<'a>(row: &'a rusqlite::Row<'_>, crc: usize) -> rusqlite::Result<&'a [u8]> {
    let lines = row.get_ref(crc + 1)?.as_blob()?;
    if row.get::<_, u32>(crc)? != crc32fast::hash(lines) {
        return Err(damaged(postcard::Error::DeserializeBadCrc));
    }
    Ok(lines)
}

/// Stands for runs that are over: no run has this number.
const FINISHED: i64 = 0;

/// Bytes that are no batch, where one has to be.
pub(super) fn damaged(error: postcard::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, error.into())
}

/// Whether the file is a state already; false if it is empty and may become one.
fn is_ours(connection: &Connection, path: &Path) -> Result<bool> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let look = || {
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        Ok((number("application_id")?, number("user_version")?, tables))
    };
    match look().map_err(|error| fault(path, &error))? {
        (0, 0, 0) => Ok(false),
        (APPLICATION_ID, VERSION, _) => Ok(true),
        (APPLICATION_ID, ..) => refuse(path, "was made by another version of reelpack"),
        _ => refuse(path, "is a database of another program"),
    }
}

fn refuse<T>(path: &Path, reason: &str) -> Result<T> {
    Err(Error::State {
        path: path.to_owned(),
        reason: format!("{reason}; hint: name another file"),
    })
}

fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another run may have been faster.
    let made: Option<i64> = transaction
        .query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |row| row.get(0))
        .optional()?;
    if made.is_none() {
        transaction.execute_batch(SCHEMA)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()
}

fn unless_busy(error: rusqlite::Error) -> rusqlite::Result<()> {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Ok(()),
        _ => Err(error),
    }
}

const DAMAGED: &str =
    "is damaged; hint: remove it, but look first which deliveries to Backlot were started";

pub(super) fn fault(path: &Path, error: &rusqlite::Error) -> Error {
    let reason = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => "is no state file; hint: name another file".to_owned(),
        Some(ErrorCode::DatabaseCorrupt) => DAMAGED.to_owned(),
        _ if matches!(error, rusqlite::Error::FromSqlConversionFailure(..)) => DAMAGED.to_owned(),
        Some(ErrorCode::DatabaseBusy) => {
            format!("was in use by others for more than {} s", PATIENCE.as_secs())
        }
        _ => error.to_string(),
    };
    Error::State { path: path.to_owned(), reason }
}

/// A path as the database keeps it: on Unix its own bytes.
pub(super) fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

#[cfg(unix)]
pub(super) fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

/// Paths that are not Unicode do not come back: their files are then not found, and nothing is trusted.
#[cfg(not(unix))]
pub(super) fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

/// The part of a path that is compared with a folder's, so that `/a` is not above `/ab`.
pub(super) fn below(folder: &Path) -> Vec<u8> {
    let mut prefix = bytes(folder).to_owned();
    if !prefix.ends_with(OsStr::new(std::path::MAIN_SEPARATOR_STR).as_encoded_bytes()) {
        prefix.extend(std::path::MAIN_SEPARATOR_STR.as_bytes());
    }
    prefix
}
