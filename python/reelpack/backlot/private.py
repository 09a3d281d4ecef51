"""Files that only their owner can read: logins, and answers with tokens in them."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from reelpack.errors import LoginError

__all__ = ["read_private", "write_private"]

SYSTEM = os.name
"""``posix`` where files have a mode."""

LONGEST = 1 << 20
"""Bytes of a file that are read at most: a login takes a few thousand."""


def write_private(path: str | os.PathLike[str], text: str) -> str:
    """Write a file that only its owner can read, from its first byte on.

    It grows under a fresh name beside the other, which it then replaces. Its folder is made, for
    the owner alone, where it is not there. On Windows the rights of the folder count instead.

    Returns:
        The path written to.

    Raises:
        OSError: The folder cannot be made, or the file not be written.
    """
    target = Path(path)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # `mkstemp` opens with O_EXCL and 0600.
    handle, part = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(part).replace(target)
    except BaseException:  # a signal too must not leave a secret behind
        Path(part).unlink(missing_ok=True)
        raise
    return os.fspath(path)


def read_private(path: str | os.PathLike[str]) -> str:
    """Read a file that only its owner can read. On Windows nobody looks at its rights.

    Raises:
        OSError: It is not there or cannot be read.
        LoginError: Others can read or write it, it is another user's, or it is no text.
    """
    with Path(path).open("rb") as file:
        # Of the open file, so that it cannot be another one by now.
        _check(path, os.fstat(file.fileno()))
        content = file.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise LoginError(f"{path}: too long for a file of secrets")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Not the cause: it holds what it could not decode.
        raise LoginError(f"{path}: no UTF-8 text") from None


def _check(path: str | os.PathLike[str], facts: os.stat_result) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise LoginError(f"{path}: no regular file, which secrets have to be in")
    if SYSTEM != "posix":
        return
    if facts.st_uid != os.geteuid():
        raise LoginError(f"{path}: belongs to another user, so its secrets are not used")
    if facts.st_mode & 0o077:
        raise LoginError(f"{path}: others can read or change it; hint: chmod 600 {path}")
