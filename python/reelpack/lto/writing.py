"""Files of a shipment, each of which is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from reelpack.lto import core

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_bytes", "write_text"]


def write_text(path: Path, text: str) -> str:
    """Write `text` under a temporary name beside `path`, then rename.

    Raises:
        OSError: The folder is not there or cannot be written.
    """
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
        with part.open("xb") as file:
            file.write(content)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return os.fspath(path)
