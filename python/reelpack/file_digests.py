"""Digests of files that lie anywhere and get no list."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack import _native
from reelpack.progress import as_native

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reelpack.progress import Progress

__all__ = ["FileDigests", "digests"]


@dataclass(frozen=True, slots=True)
class FileDigests:
    """What a file was when it was read.

    Attributes:
        path: As it was given.
        size: In bytes.
        digests: ``(algorithm, digest)`` of each that was asked for, in that order; the digest in
            lower-case hex, a C4 id as it is.
    """

    path: str
    size: int
    digests: tuple[tuple[str, str], ...]

    @property
    def hexdigest(self) -> str:
        """The first of the digests."""
        return self.digests[0][1]


def digests(
    paths: Iterable[str | os.PathLike[str]],
    *,
    algorithms: Sequence[str] = ("md5",),
    jobs: int | None = None,
    readers: int | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> tuple[FileDigests, ...]:
    """Read files once, in the one pass that lists are made with, and compute their digests.

    Nothing is written and nothing remembered. A link is followed. Files are read from large to
    small, several at once; with ``readers=1`` and ``jobs=1`` one after the other in the order
    given, which is what a tape wants.

    Args:
        paths: Regular files; none is an empty answer.
        algorithms: Which digests, one or more of ``md5``, ``sha1``, ``sha256``, ``xxh64``,
            ``xxh3``, ``xxh128`` and ``c4``; all of them from one pass.
        jobs: Threads that compute, 1 or more; None is one for each CPU core.
        readers: Files read at once, 1 or more; None lets the kind of disk of the first decide.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        One for each path, in order.

    Raises:
        OSError: A file cannot be read, is not there or is no regular file; its ``filename`` says
            which.
        SourceChangedError: A file changed while it was read.
        ValueError: ``jobs`` or ``readers`` is below 1, or an algorithm is not known.

    Example:
        >>> import pathlib, tempfile
        >>> file = pathlib.Path(tempfile.mkdtemp(), "reel.mov")
        >>> _ = file.write_bytes(b"123456789")
        >>> digests([file], algorithms=("md5", "xxh64"))[0].digests
        (('md5', '25f9e794323b453885f5181f1b624d0b'), ('xxh64', '8cb841db40e6ae83'))
    """
    names = [os.fspath(path) for path in paths]
    rows = _native.digests(
        names,
        algorithms=list(algorithms),
        jobs=jobs,
        readers=readers,
        progress=as_native(progress),
    )
    return tuple(
        FileDigests(name, size, tuple(found))
        for name, (size, found) in zip(names, rows, strict=True)
    )
