"""Files that are made whole under a name that nobody has yet."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

__all__ = ["create_text"]


def create_text(path: str, text: str) -> None:
    """Write a text to a new file, as a whole or not at all, and flush it to the disk.

    Of several that write to one name at once, one does. What a machine leaves behind that dies
    meanwhile has a hidden name of its own.

    Args:
        path: The file.
        text: What goes into it, as UTF-8; line ends stay as they are.

    Raises:
        FileExistsError: There is something of that name, be it a link that leads to nothing.
        OSError: The folder is not there or cannot be written. Errors name `path`.
    """
    part = Path(path).with_name(f".reelpack.{secrets.token_hex(8)}.part")
    try:
        _write(part, text)
        _name(part, Path(path), text)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _name(part: Path, path: Path, text: str) -> None:
    """Give a file that is whole its name, which nothing else may have."""
    try:
        # A rename would write over what came to be there meanwhile; a hard link never does.
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # FAT and some shares have no hard links. Of several that write, one has the name here too.
        _write(path, text)


def _write(path: Path, text: str) -> None:
    """Write a file that is not there yet; what is not written to its end does not stay."""
    with path.open("x", encoding="utf-8", newline="") as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
