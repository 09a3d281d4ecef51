"""Where a report may be written: beside the delivery, never into it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

__all__ = ["check_target"]


def check_target(target: str | os.PathLike[str], source: str | os.PathLike[str]) -> None:
    """Look whether a report on `source` can be written to `target`, before the work is done.

    Raises:
        OSError: The folder of ``target`` is not there, or ``target`` is a folder.
        ValueError: ``target`` lies in ``source``, or is there and is no regular file.
    """
    path = Path(target)
    # Not the target itself: a link would be replaced, and not what it leads to.
    folder = path.parent.resolve()
    if (folder / path.name).is_relative_to(Path(source).resolve()):
        raise ValueError(f"{path}: a report is written beside the delivery, never into it")
    if not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        raise ValueError(f"{path}: no regular file, which a report would replace")
