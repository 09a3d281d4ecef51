"""What a transfer by ascp needs on this machine: the list of pairs, the answer, the line to run.

The token never stands in the line: it goes by the environment, from a file only its owner can read.
"""

from __future__ import annotations

import os
import shlex
import tempfile
from typing import TYPE_CHECKING

from reelpack.cli.output import emit
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["KEY", "check_folder", "emit_run", "private"]

KEY = "<ssh_key_path>"
"""What stands for the key in the studio's own line, where no file was told."""


def check_folder(path: str) -> None:
    """Make sure that a file can be written at `path`, before anything is asked for that fills it.

    Raises:
        OSError: Its folder is not there or takes no files, or a folder is in its place.
    """
    folder = os.path.dirname(path) or "."  # noqa: PTH120  (paths stay as they were given)
    if not os.path.isdir(folder):  # noqa: PTH112  (paths stay as given)
        raise FileNotFoundError(2, "No such folder", folder)
    if os.path.isdir(path):  # noqa: PTH112  (paths stay as given)
        raise IsADirectoryError(21, "Is a directory", path)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(13, "Permission denied", folder)


def private(path: str, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on; another one is replaced.

    Raises:
        OSError: It cannot be written; what was there stays.
    """
    folder, name = os.path.split(path)
    # Opened with O_EXCL and 0600.
    handle, part = tempfile.mkstemp(prefix=f".{name}.", dir=folder or ".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
        os.replace(part, path)  # noqa: PTH105  (paths stay as they were given)
    except BaseException:  # a signal too must not leave half a file
        os.unlink(part)  # noqa: PTH108  (the same)
        raise


def emit_run(line: Sequence[str], answer: str, token: str | None) -> None:
    """Print the line to run, and how the token reaches it.

    Args:
        line: The arguments, without any secret.
        answer: The file that holds the token.
        token: Where the token is in it, as jq writes it; None where the answer has none.
    """
    whole = os.path.abspath(answer)  # noqa: PTH100  (links stay as they are)
    emit("run:")
    if token is not None:
        emit(f'  export ASPERA_SCP_TOKEN="$(jq -r {shlex.quote(token)} {_quoted(whole)})"')
    emit(f"  {' '.join(map(_quoted, line))}")
    if token is not None:
        emit(
            f"the token goes by ASPERA_SCP_TOKEN and is kept in {printable(answer)}, "
            "which only you can read"
        )


def _quoted(word: str) -> str:
    """Quote a word for the shell; one with control characters in a form that shows them."""
    if word.isprintable():
        return shlex.quote(word)
    return "$'" + printable(word.replace("\\", "\\\\")).replace("'", "\\'") + "'"
