//! Calls of a service that must not be made twice: whether each was made, and what was answered.
//!
//! Such a call is noted before it is sent. One that is noted and has no answer may or may not have been
//! carried out: only a person can find out.

use std::path::Path;

use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::database::Database;
use crate::error::Result;

/// Made where it is first needed: other versions, which know nothing of it, can use the file as before.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS call (
        -- What makes two calls the same, as its digest.
        key BLOB PRIMARY KEY,
        operation TEXT NOT NULL,
        -- Seconds since 1970, as is `answered`.
        began REAL NOT NULL,
        answered REAL,
        status INTEGER,
        answer BLOB
    ) STRICT;
";

/// What makes two calls the same.
pub type Key = [u8; 32];

/// The calls in a state file.
pub struct Calls {
    database: Database,
}

/// What is known of a call that is to be made.
#[derive(Clone, Debug, PartialEq)]
pub enum Begun {
    /// Nothing: it is noted now, and may be sent.
    Now,
    /// It was sent, and nobody noted an answer.
    Unanswered {
        /// When it was sent, in seconds since 1970.
        since: f64,
    },
    /// It was carried out.
    Answered {
        /// When it was answered, in seconds since 1970.
        since: f64,
        /// The HTTP status of the answer.
        status: u16,
        /// The answer as it was kept.
        answer: Vec<u8>,
    },
}

impl Calls {
    /// Open the state file, made with its folder if it is not there.
    ///
    /// # Errors
    ///
    /// [`Error::State`](crate::Error::State) if it cannot be used.
    pub fn open(path: &Path) -> Result<Self> {
        let database = Database::open(path)?;
        // What a run remembers may be lost with the power; a delivery that was sent may not.
        let prepare = || {
            database.connection.pragma_update(None, "synchronous", "full")?;
            database.connection.execute_batch(SCHEMA)
        };
        prepare().map_err(database.fault())?;
        Ok(Self { database })
    }

    /// Note a call before it is sent, unless it is noted already; `again` sends it whatever is noted.
    ///
    /// Of two processes that ask at the same time, one is told [`Begun::Now`].
    ///
    /// # Errors
    ///
    /// [`Error::State`](crate::Error::State) if the file cannot be read or written.
    pub fn begin(&mut self, key: &Key, operation: &str, now: f64, again: bool) -> Result<Begun> {
        let fail = self.database.fault();
        let mut begin = || {
            let transaction = self
                .database
                .connection
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let before = if again { None } else { find(&transaction, key)? };
            if before.is_none() {
                transaction.execute(
                    "INSERT OR REPLACE INTO call (key, operation, began) VALUES (?1, ?2, ?3)",
                    params![key, operation, now],
                )?;
            }
            transaction.commit()?;
            Ok(before.unwrap_or(Begun::Now))
        };
        begin().map_err(fail)
    }

    /// Keep the answer of a call that was noted; it is to have no secrets in it.
    ///
    /// # Errors
    ///
    /// [`Error::State`](crate::Error::State) if the file cannot be written.
    pub fn answer(&mut self, key: &Key, now: f64, status: u16, answer: &[u8]) -> Result<()> {
        self.execute(
            "UPDATE call SET answered = ?2, status = ?3, answer = ?4 WHERE key = ?1",
            params![key, now, status, answer],
        )
    }

    /// Forget a call that was certainly not carried out.
    ///
    /// # Errors
    ///
    /// [`Error::State`](crate::Error::State) if the file cannot be written.
    pub fn forget(&mut self, key: &Key) -> Result<()> {
        self.execute("DELETE FROM call WHERE key = ?1", params![key])
    }

    fn execute(&mut self, statement: &str, values: &[&dyn rusqlite::ToSql]) -> Result<()> {
        self.database.connection.execute(statement, values).map(drop).map_err(self.database.fault())
    }
}

fn find(connection: &rusqlite::Connection, key: &Key) -> rusqlite::Result<Option<Begun>> {
    let begun = |row: &rusqlite::Row<'_>| match row.get::<_, Option<f64>>(1)? {
        None => Ok(Begun::Unanswered { since: row.get(0)? }),
        Some(since) => Ok(Begun::Answered { since, status: row.get(2)?, answer: row.get(3)? }),
    };
    connection
        .query_row("SELECT began, answered, status, answer FROM call WHERE key = ?1", [key], begun)
        .optional()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = [7; 32];

    fn calls() -> (tempfile::TempDir, Calls) {
        let folder = tempfile::tempdir().unwrap();
        let calls = Calls::open(&folder.path().join("state")).unwrap();
        (folder, calls)
    }

    #[test]
    fn a_call_that_was_answered_is_not_sent_again() {
        let (folder, mut calls) = calls();
        assert_eq!(calls.begin(&KEY, "startDelivery", 5.5, false).unwrap(), Begun::Now);

        calls.answer(&KEY, 6.5, 201, b"{}").unwrap();

        let mut other = Calls::open(&folder.path().join("state")).unwrap();
        let kept = Begun::Answered { since: 6.5, status: 201, answer: b"{}".to_vec() };
        assert_eq!(other.begin(&KEY, "startDelivery", 7.5, false).unwrap(), kept);
        assert_eq!(other.begin(&[8; 32], "startDelivery", 7.5, false).unwrap(), Begun::Now);
    }

    #[test]
    fn a_call_without_an_answer_is_known_as_such_until_it_is_forgotten_or_asked_for_again() {
        let (_folder, mut calls) = calls();
        calls.begin(&KEY, "startDelivery", 5.5, false).unwrap();
        let unanswered = Begun::Unanswered { since: 5.5 };
        assert_eq!(calls.begin(&KEY, "startDelivery", 7.5, false).unwrap(), unanswered);

        assert_eq!(calls.begin(&KEY, "startDelivery", 8.5, true).unwrap(), Begun::Now);
        let unanswered = Begun::Unanswered { since: 8.5 };
        assert_eq!(calls.begin(&KEY, "startDelivery", 9.5, false).unwrap(), unanswered);
        calls.forget(&KEY).unwrap();

        assert_eq!(calls.begin(&KEY, "startDelivery", 9.5, false).unwrap(), Begun::Now);
    }

    #[test]
    fn only_one_of_many_that_begin_at_once_may_send() {
        let (folder, _calls) = calls();
        let path = folder.path().join("state");

        let begun: Vec<_> = std::thread::scope(|scope| {
            let begin =
                || Calls::open(&path).unwrap().begin(&KEY, "startDelivery", 1.5, false).unwrap();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(begin)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });

        assert_eq!(begun.iter().filter(|begun| **begun == Begun::Now).count(), 1);
    }
}
