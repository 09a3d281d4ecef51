//! The tables, and the statements over them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior, params};

use super::Known;
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::fs::{self, Mark, Stamp};

/// "reel" in ASCII: what tells our files from those of other programs.
pub(super) const APPLICATION_ID: i32 = 0x7265_656C;
const VERSION: i32 = 1;

/// How long another run may hold the file before this one does without.
const PATIENCE: Duration = Duration::from_secs(10);

const SCHEMA: &str = "
    CREATE TABLE folder (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE) STRICT;
    -- A file that was read to its end. Times are nanoseconds since 1970; device and inode are the
    -- system's numbers, taken as signed. For a member of a zip, folder is the zip, and the rest but
    -- digest and crc is the zip's as well.
    CREATE TABLE file (
        folder INTEGER NOT NULL REFERENCES folder (id),
        name BLOB NOT NULL,
        algorithm TEXT NOT NULL,
        device INTEGER NOT NULL,
        inode INTEGER NOT NULL,
        size INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        changed INTEGER,
        digest BLOB NOT NULL,
        crc INTEGER,
        began INTEGER NOT NULL,
        run INTEGER NOT NULL,
        PRIMARY KEY (folder, name, algorithm)
    ) STRICT, WITHOUT ROWID;
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

/// One line of the table `file`.
pub(super) struct Row {
    pub(super) mark: Mark,
    pub(super) known: Known,
    pub(super) run: i64,
}

/// A run that has just begun.
pub(super) struct Begun {
    pub(super) run: i64,
    pub(super) before: Vec<i64>,
    pub(super) parts: Vec<PathBuf>,
}

/// What is to be written of one file.
pub(super) struct Entry<'a> {
    pub(super) folder: i64,
    pub(super) name: &'a [u8],
    pub(super) mark: Mark,
    pub(super) known: Known,
    pub(super) began: i64,
    pub(super) run: i64,
}

impl Database {
    /// Open the file, made with its folder if it is not there.
    pub(super) fn open(path: &Path) -> Result<Self> {
        fs::make_folder_of(path)?;
        Self::open_on(path, fs::is_local(path.parent().unwrap_or(path)))
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
            let parts = rows.into_iter().filter_map(|(_, part)| part).map(path_of).collect();
            Ok(Begun { run, before, parts })
        };
        begin().map_err(fail)
    }

    pub(super) fn set_part(&self, run: i64, part: &Path) -> Result<()> {
        self.connection
            .execute("UPDATE run SET part = ?2 WHERE id = ?1", params![run, bytes(part)])
            .map_err(self.fault())?;
        Ok(())
    }

    pub(super) fn finish(&mut self, runs: &[i64]) -> Result<()> {
        let fail = self.fault();
        let mut finish = || {
            let transaction =
                self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for run in runs {
                transaction.execute("DELETE FROM run WHERE id = ?1", [run])?;
            }
            transaction.commit()
        };
        finish().map_err(fail)
    }

    /// Show `look` what is known of the files of one folder, in the order of their names' bytes.
    pub(super) fn each_row(&self, folder: &Path, mut look: impl FnMut(&[u8], &Row)) -> Result<()> {
        let mut find = || {
            let mut statement = self.connection.prepare(
                "SELECT name, device, inode, size, modified, changed, digest, crc, run
                 FROM file JOIN folder ON folder.id = file.folder
                 WHERE path = ?1 AND algorithm = 'md5' ORDER BY name",
            )?;
            let mut rows = statement.query([bytes(folder)])?;
            while let Some(row) = rows.next()? {
                look(row.get_ref(0)?.as_blob()?, &read_row(row)?);
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

    /// Write all or none of the entries.
    pub(super) fn add<'a>(
        &mut self,
        entries: impl Iterator<Item = Entry<'a>>,
    ) -> rusqlite::Result<()> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            // The CRC stays known where the same bytes were read again by a job that takes none.
            let mut add = transaction.prepare(
                "INSERT INTO file VALUES (?1, ?2, 'md5', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT DO UPDATE SET device = ?3, inode = ?4, modified = ?6, changed = ?7,
                 crc = coalesce(?9, iif(digest = ?8 AND size = ?5, crc, NULL)),
                 size = ?5, digest = ?8, began = ?10, run = ?11",
            )?;
            for entry in entries {
                let Mark { stamp: Stamp { size, modified }, changed, device, inode } = entry.mark;
                let Digest::Md5(digest) = entry.known.digest;
                add.execute(params![
                    entry.folder,
                    entry.name,
                    device.cast_signed(),
                    inode.cast_signed(),
                    size.cast_signed(),
                    modified,
                    changed,
                    digest,
                    entry.known.crc,
                    entry.began,
                    entry.run,
                ])?;
            }
        }
        transaction.commit()
    }
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let stamp = Stamp { size: row.get::<_, i64>(3)?.cast_unsigned(), modified: row.get(4)? };
    let mark = Mark {
        stamp,
        changed: row.get(5)?,
        device: row.get::<_, i64>(1)?.cast_unsigned(),
        inode: row.get::<_, i64>(2)?.cast_unsigned(),
    };
    let known = Known { digest: Digest::Md5(row.get(6)?), crc: row.get(7)? };
    Ok(Row { mark, known, run: row.get(8)? })
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

pub(super) fn fault(path: &Path, error: &rusqlite::Error) -> Error {
    let reason = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => "is no state file; hint: name another file".to_owned(),
        Some(ErrorCode::DatabaseCorrupt) => {
            "is damaged; hint: remove it, it only saves time".to_owned()
        }
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
