"""Files of a shipment, each of which is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reelpack.lto import core

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["write_bytes", "write_text"]


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name the file in errors that do not, as that of a full disk."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno is not None:
            error.filename = os.fspath(path)
        raise


def write_text(path: Path, text: str) -> str:
    """Write `text` under a temporary name beside `path`, then rename.

    Raises:
        OSError: The folder is not there or cannot be written.
    """
    with _named(path):
        core.write_list(os.fspath(path), text, sync=False)
    return os.fspath(path)


def write_bytes(path: Path, content: bytes) -> str:
    """Write `content` under a temporary name beside `path`, then rename.

    Raises:
        OSError: The folder is not there or cannot be written.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        # Fails where the name is taken. Not `mkstemp`, whose files only their owner can read.
        with _named(path):
            with part.open("xb") as file:
                file.write(content)
            part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return os.fspath(path)
