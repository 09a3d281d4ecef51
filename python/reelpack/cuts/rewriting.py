"""A movie written again with its header first, so that playing can begin at once."""

from __future__ import annotations

import errno
import json
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reelpack.cuts import core
from reelpack.errors import MovieError, PackageError
from reelpack.names import json_text
from reelpack.progress import as_native

if TYPE_CHECKING:
    from collections.abc import Callable

    from reelpack.progress import Progress
    from reelpack.ways import Clone

__all__ = ["FastStart", "faststart"]


@dataclass(frozen=True, slots=True)
class FastStart:
    """What `faststart` did.

    Attributes:
        source: The movie.
        target: Where it was to be written; the same if it was to be replaced.
        already: Whether its header lay before the media data already: nothing was written then.
        size: Bytes of the file that was written, or of the movie if none was.
        bytes_copied: Bytes of it that were written, the header among them.
        bytes_cloned: Bytes of it that share their blocks with the movie.
        seconds: How long it took.
    """

    source: str
    target: str
    already: bool
    size: int
    bytes_copied: int
    bytes_cloned: int
    seconds: float

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack cut faststart --json`` prints."""
        return {
            "source": json_text(self.source),
            "target": json_text(self.target),
            "already": self.already,
            "size": self.size,
            "bytes_copied": self.bytes_copied,
            "bytes_cloned": self.bytes_cloned,
            "seconds": self.seconds,
        }


def _refuse_what_is_no_file(path: str) -> None:
    """Refuse a pipe or a device: one that nobody writes to would be waited for without end.

    Raises:
        OSError: There is no such file.
        MovieError: It is no regular file.
    """
    mode = Path(path).stat().st_mode
    if not stat.S_ISREG(mode):
        what = "a directory" if stat.S_ISDIR(mode) else "no regular file"
        raise MovieError(f"{path}: is {what}; hint: name a single MP4 or MOV file", path)


def _refuse_to_replace(target: str) -> None:
    """Refuse a target that is there and no file: a device that is renamed over is gone.

    Raises:
        OSError: It is a directory, or cannot be looked at.
        PackageError: It is no regular file.
    """
    try:
        mode = Path(target).stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), target)
    if not stat.S_ISREG(mode):
        raise PackageError(
            f"{target}: is no regular file; hint: name a file to be written, or a new name", target
        )


def faststart(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str] | None = None,
    *,
    replace: bool = False,
    clone: Clone = "auto",
    progress: Callable[[Progress], object] | None = None,
) -> FastStart:
    """Write a movie again with its header (``moov``) before the media data.

    The media data stays byte for byte what it was; what the header says of its place is corrected.
    The new file appears under its name when it is whole and on the disk: whatever happens before,
    a file that was there is as it was. Other Python threads run meanwhile, and Ctrl-C stops the
    work. So that blocks can be shared, a ``free`` box of less than 4,104 bytes follows the header,
    but not with ``clone="never"``.

    The new file has the rights of ``source``; times are not kept. Where ``target`` is a link, it
    stays one, and what it leads to is replaced; other hard links keep what they had.

    Args:
        source: An MP4 or MOV file.
        target: Where to write; None is ``source`` itself, which takes ``replace``.
        replace: Write over what is there.
        clone: Share blocks with ``source`` where the disk can (``"auto"``), or else raise
            (``"always"``), or not at all (``"never"``).
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        What was done. If ``already`` is true, that is nothing.

    Raises:
        OSError: A file could not be read or written; ``FileExistsError`` if ``target`` is there and
            ``replace`` was not given.
        MovieError: It is no regular file, no movie, or not sure to play the same afterwards: it is
            damaged, written in fragments, its header is compressed, or it has offsets that are not
            corrected here.
        PackageError: ``clone`` is ``"always"`` and the disk cannot; or ``target`` is a pipe or a
            device, which is never replaced.
        SourceChangedError: The movie changed while it was read.
        ValueError: ``clone`` is unknown.
    """
    began = time.perf_counter()
    name = os.fspath(source)
    goal = name if target is None else os.fspath(target)
    _refuse_what_is_no_file(name)
    _refuse_to_replace(goal)
    facts = json.loads(
        core.faststart(name, goal, replace=replace, clone=clone, progress=as_native(progress))
    )
    return FastStart(
        source=name,
        target=goal,
        already=facts["already"],
        size=facts["size"],
        bytes_copied=facts["bytes_copied"],
        bytes_cloned=facts["bytes_cloned"],
        seconds=time.perf_counter() - began,
    )
