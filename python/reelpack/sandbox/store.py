"""Where a sandbox keeps what it knows: an SQLite file, or memory."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from sqlalchemy import URL, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from reelpack.sandbox.tables import Base

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["open_store"]

# "rpsb" in the header of the file, by which a database of somebody else is told from ours.
_OURS = 0x72707362
# Changes with the tables.
_VERSION = 1
# Seconds to wait for another sandbox that has the file open, and will most likely keep it.
_WAIT = 0.5


def open_store(file: str | os.PathLike[str] | None) -> Engine:
    """Open the file of a sandbox, and make it if it is not there.

    One connection is enough, as one thread at a time uses it. A file is for one sandbox at a time.

    Args:
        file: The file; None is memory, which is gone with the engine.

    Raises:
        OSError: The file cannot be opened, is no database of a sandbox, or another has it open.
    """
    name = None if file is None else os.fspath(file)
    engine = create_engine(
        URL.create("sqlite", database=name),
        poolclass=StaticPool,
        # The thread that opens is not the one that serves.
        connect_args={"check_same_thread": False, "timeout": _WAIT},
    )
    try:
        with engine.connect() as connection:
            _prepare(connection, name)
    except DBAPIError as error:
        engine.dispose()
        raise _unusable(f"cannot be opened as a database: {error.orig}", name) from error
    except BaseException:  # a signal too must not leave the file open
        engine.dispose()
        raise
    return engine


def _prepare(connection: Connection, name: str | None) -> None:
    """Take the file for ourselves, and make the tables.

    Raises:
        OSError: It is of somebody else.
    """

    def pragma(text: str) -> int:
        return int(connection.exec_driver_sql(f"PRAGMA {text}").scalar() or 0)

    is_new = not pragma("schema_version")
    if not is_new and (pragma("application_id"), pragma("user_version")) != (_OURS, _VERSION):
        raise _unusable("is no database of a sandbox of this version", name)
    connection.exec_driver_sql("PRAGMA locking_mode = EXCLUSIVE")
    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    # What a crash of the machine could take is a rehearsal; each call would wait for the disk.
    connection.exec_driver_sql("PRAGMA synchronous = OFF")
    # Written each time: the lock is taken by writing.
    connection.exec_driver_sql(f"PRAGMA application_id = {_OURS}")
    connection.exec_driver_sql(f"PRAGMA user_version = {_VERSION}")
    connection.commit()
    Base.metadata.create_all(connection)
    connection.commit()


def _unusable(why: str, name: str | None) -> OSError:
    """Make the error of a file that cannot be used."""
    return OSError(errno.EINVAL, why, name)
