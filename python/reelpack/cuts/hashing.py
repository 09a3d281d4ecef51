"""Digests of files that lie anywhere, by the pass that lists are made with."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import reelpack
from reelpack.errors import SourceChangedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reelpack.progress import Progress

__all__ = ["ALGORITHM", "FileDigest", "digests"]

ALGORITHM = "md5"


class FileDigest(NamedTuple):
    """What a file was when it was read.

    Attributes:
        size: In bytes.
        hexdigest: MD5 in lower-case hex.
    """

    size: int
    hexdigest: str


def digests(
    paths: Sequence[Path], *, progress: Callable[[Progress], object] | None = None
) -> tuple[FileDigest, ...]:
    """Read files once, several at a time, as `reelpack.checksum` does; nothing is remembered.

    A list is made of a folder, but the files of a cut need not be all that lies in theirs: they are
    linked into a folder of their own, which is removed again.

    Args:
        paths: Regular files, or links to such.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        One for each path, in order.

    Raises:
        OSError: A file cannot be read; its ``filename`` says which.
        SourceChangedError: A file changed while it was read, or is none any more.
    """
    if not paths:
        return ()
    with tempfile.TemporaryDirectory(prefix="reelpack-cut-") as folder:
        names = {f"{number:06}": path for number, path in enumerate(paths)}
        for name, path in names.items():
            _refuse_what_has_no_bytes(path)
            Path(folder, name).symlink_to(path.resolve(strict=True))
        return _of_links(folder, names, progress)


def _refuse_what_has_no_bytes(path: Path) -> None:
    """Look at a path before it is linked, as a list just leaves out what is no regular file.

    Raises:
        OSError: It is not there, or a folder, or no regular file.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "no regular file", str(path))


def _of_links(
    folder: str, names: dict[str, Path], progress: Callable[[Progress], object] | None
) -> tuple[FileDigest, ...]:
    """List the links; errors name what they lead to."""
    try:
        lists = reelpack.checksum(
            folder, algorithms=(ALGORITHM,), root=True, state=False, progress=progress
        )
    except SourceChangedError as error:
        changed = str(names.get(Path(error.path).name, error.path))
        raise SourceChangedError(f"{changed}: changed while it was read", changed) from error
    except OSError as error:
        error.filename = str(names.get(Path(str(error.filename)).name, error.filename))
        raise
    found = {entry.name: FileDigest(entry.size or 0, entry.hexdigest) for entry in lists[0].entries}
    for name, path in names.items():
        if name not in found:
            raise SourceChangedError(f"{path}: no file to be read any more", str(path))
    return tuple(found[name] for name in names)
