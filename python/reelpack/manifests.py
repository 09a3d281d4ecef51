"""Lists of files with their digests, as many as are wanted from one pass over the files.

The usual one is `checksum.txt` beside the frames: a line is the name, the size in bytes, `md5` and
32 hex digits with TABs between them, and ends with a line feed. Nothing is written to disk until
`write` is called.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, overload

from reelpack import _native
from reelpack.memory import native_state, work_facts, work_object
from reelpack.names import json_path, json_text
from reelpack.progress import as_native

if TYPE_CHECKING:
    from collections.abc import Callable

    from reelpack.progress import Progress

__all__ = ["Change", "Entry", "LeftOut", "Manifest", "Manifests", "checksum"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One digest in a list; a file has several entries where its list has several digests of it.

    Attributes:
        name: Name of the file, or its path with ``/`` in a list that covers folders.
        size: Size in bytes; None in a list that does not say.
        algorithm: ``md5``, ``sha1``, ``sha256``, ``xxh64``, ``xxh3``, ``xxh128`` or ``c4``.
        hexdigest: The digest in lower-case hex; a C4 id as it is.
    """

    name: str
    size: int | None
    algorithm: str
    hexdigest: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something under the source that is in no list.

    Attributes:
        path: Relative to the source, with ``/`` between its parts.
        reason: Why, in a few words, such as ``"hidden file"``.
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """A line in which a list differs from the one that was there.

    Attributes:
        path: The file, relative to the source, with ``/`` between its parts.
        kind: ``new``, ``changed`` or ``gone``.
    """

    path: str
    kind: str


# No slots here: `entries` is kept once it was asked for, and `cached_property` needs a `__dict__`.
@dataclass(frozen=True)
class Manifest:
    """One list.

    Attributes:
        path: Where it belongs, the file name included.
        text: All of it, as it would be written.
        count: Files listed.
        size: Size of these files together, in bytes.
        format: ``checksum-txt``, ``md5sum`` (that of `md5sum`, `sha1sum`, `xxhsum` and the like),
            ``mhl`` (MHL 1.1), ``ascmhl`` (a generation of an ASC MHL 2.0 history) or
            ``ascmhl-chain`` (the file that names the generations).
    """

    path: str
    text: str = field(repr=False)
    count: int
    size: int
    format: str = "checksum-txt"

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The digests in order; parsed when first asked for, then kept. A chain has none."""
        lines = _native.parse_list(self.text, path=self.path, kind=self.format)
        return tuple(Entry(*line) for line in lines)

    def write(self, path: str | os.PathLike[str] | None = None) -> str:
        """Write the list, replacing an older one only when the new one is complete.

        The text goes to a temporary name in the same folder, which is then renamed. The folder of
        an ASC MHL history is made where it is not there.

        Args:
            path: Where to write it; None is the list's own ``path``.

        Returns:
            The path written to.

        Raises:
            OSError: The folder is not there or cannot be written.
        """
        target = self.path if path is None else os.fspath(path)
        if path is None and self.format.startswith("ascmhl"):
            Path(target).parent.mkdir(exist_ok=True)
        _native.write_list(target, self.text, sync=False)
        return target


@dataclass(frozen=True, slots=True, repr=False)
class Manifests(Sequence[Manifest]):
    """The lists of one source: a sequence of `Manifest`, sorted by path, and never empty.

    Attributes:
        lists: The same as a tuple.
        left_out: What is in no list, with the reason of each.
        bytes_read: Bytes read to make the lists.
        seconds: How long that took.
        changes: What differs from the lists that were there, sorted by path, where ``update`` asked
            for that, or from an ASC MHL history that was continued; else empty.
        files_read: Files read.
        files_trusted: Files not read, as the state knew them.
        bytes_trusted: Size of these in bytes.
        state_error: Why nothing, or not all, is remembered; None if nothing stood in the way.
        failed: Paths of files that are not as the ASC MHL history says, which the new generation
            records.
    """

    lists: tuple[Manifest, ...]
    left_out: tuple[LeftOut, ...]
    bytes_read: int
    seconds: float
    changes: tuple[Change, ...] = ()
    files_read: int = 0
    files_trusted: int = 0
    bytes_trusted: int = 0
    state_error: str | None = None
    failed: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Give the counts; 100,000 lines would help nobody."""
        return (
            f"Manifests(lists={len(self.lists)}, files={self.files}, size={self.size}, "
            f"left_out={len(self.left_out)}, seconds={self.seconds:.3f})"
        )

    def __len__(self) -> int:
        """Count the lists."""
        return len(self.lists)

    @overload
    def __getitem__(self, index: int) -> Manifest: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Manifest, ...]: ...
    def __getitem__(self, index: int | slice) -> Manifest | tuple[Manifest, ...]:
        """Return the list at `index`, or the lists of a slice."""
        return self.lists[index]

    @property
    def files(self) -> int:
        """Files listed, each once however many formats list it."""
        return max(_sums(self.lists, "count").values())

    @property
    def size(self) -> int:
        """Size of these files in bytes."""
        return max(_sums(self.lists, "size").values())

    def write(self) -> tuple[str, ...]:
        """Write each list to its own path, in order, each as `Manifest.write` does.

        Returns:
            The paths written to.

        Raises:
            OSError: A list could not be written. The lists before it are complete on disk, the
                lists after it are as they were.
        """
        return tuple(manifest.write() for manifest in self.lists)

    def to_dict(self, *, entries: bool = False) -> dict[str, object]:
        """Return the JSON object that ``reelpack checksum --json`` prints.

        Args:
            entries: Add the lines of each list; without it a list is its path and counts.

        Returns:
            ``lists``, ``files``, ``size``, ``changes``, ``left_out``, ``bytes_read``, ``seconds``,
            ``failed``, ``files_read``, ``files_trusted``, ``bytes_trusted`` and ``state_error``.
        """
        return {
            "lists": [list_object(manifest, entries=entries) for manifest in self.lists],
            "files": self.files,
            "size": self.size,
            "changes": [json_path(change.path) | {"kind": change.kind} for change in self.changes],
            "left_out": left_out_objects(self.left_out),
            "failed": [json_text(path) for path in self.failed],
            "bytes_read": self.bytes_read,
            "seconds": self.seconds,
        } | work_object(self)


def checksum(  # noqa: PLR0913  (an option each, all by keyword)
    source: str | os.PathLike[str],
    *,
    formats: Sequence[str] = ("checksum-txt",),
    algorithms: Sequence[str] = ("md5",),
    root: bool = False,
    update: bool = False,
    cached: bool = False,
    state: str | os.PathLike[str] | bool = True,
    jobs: int | None = None,
    readers: int | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Manifests:
    """List the files under `source` with size and MD5: one list for each folder that holds files.

    Other formats and digests come from the same read. Hidden files, earlier lists, links that lead
    nowhere and what is no regular file are left out, hidden folders and links to folders are not
    entered; each is named in ``left_out``. Nothing is written: call `Manifests.write`. Stops at the
    first error, as no list is better than a short one. Other Python threads run meanwhile, and
    Ctrl-C stops the work.

    Args:
        source: A folder.
        formats: ``checksum-txt``; ``md5sum`` (``<folder>.md5``, or ``.sha1``, ``.sha256``,
            ``.xxh64``, ``.xxh3``, ``.xxh128``: a list for each algorithm), ``mhl``
            (``<folder>.mhl``, MHL 1.1; one that is there is not replaced) and ``ascmhl`` (the next
            generation of the history in ``ascmhl/``), each at ``source`` for the whole tree.
        algorithms: ``md5``, ``sha1``, ``sha256``, ``xxh64``, ``xxh3``, ``xxh128``, ``c4``. Each
            format takes those that it can hold, `checksum.txt` the first of ``md5`` and the
            ``xxh`` ones. How the studio's own tool writes xxHash into it is not public: assumed is
            the same line with the name of the algorithm.
        root: Make a single `checksum.txt` at ``source`` for the whole tree; its names are base
            names.
        update: Bring the lists that are there up to date: a file is not read if the state knows it,
            as it is now, by the digest of its line. ``changes`` tells what differs.
        cached: Trust each file that is as the state knows it: same size, times and inode. Without
            it only what an interrupted call of the same is trusted, which goes on from there.
        state: Where files that were read are remembered: True is the user's own state, False none,
            a path a state of your own, which has to work.
        jobs: Threads that compute, 1 or more; None is one for each CPU core.
        readers: Files read at once, 1 or more; None lets the kind of disk decide.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        The lists, sorted by path, never none.

    Raises:
        OSError: A file or folder could not be read; its ``filename`` says which.
        FileExistsError: There is an MHL of the name that ``mhl`` would write.
        ManifestError: There is nothing to list, a name cannot be written in the format (a TAB, a
            line feed, not UTF-8), ``root`` meets one base name in two folders, or ``update`` a list
            that cannot be understood.
        SourceChangedError: A file changed while it was read.
        StateError: ``state`` is a path and the state cannot be used.
        ValueError: ``jobs`` or ``readers`` is below 1; a format or algorithm is not known; a format
            can hold none of the algorithms, or an algorithm is held by no format; ``update`` with
            another format than `checksum.txt`.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> _ = (folder / "a.0001.dpx").write_bytes(b"123456789")
        >>> checksum(folder)[0].entries[0].hexdigest
        '25f9e794323b453885f5181f1b624d0b'
    """
    began = time.perf_counter()
    lists, left_out, work, changes, failed = _native.checksum(
        os.fspath(source),
        layout="root" if root else "folder",
        formats=list(formats),
        algorithms=list(algorithms),
        creator=_creator(formats),
        update=update,
        cached=cached,
        jobs=jobs,
        readers=readers,
        progress=as_native(progress),
        **native_state(state),
    )
    return Manifests(
        lists=tuple(Manifest(*facts) for facts in lists),
        left_out=tuple(LeftOut(*facts) for facts in left_out),
        bytes_read=work[1],
        seconds=time.perf_counter() - began,
        changes=tuple(Change(*facts) for facts in changes),
        failed=tuple(failed),
        **work_facts(work),
    )


def _creator(formats: Sequence[str]) -> tuple[str, str]:
    """Name the machine and the user, as MHL files say who made them; an unknown user is empty."""
    if not any(name.endswith("mhl") for name in formats):
        return "", ""
    import getpass  # noqa: PLC0415  (5 ms for both, which most runs need not pay)
    import socket  # noqa: PLC0415  (the same)

    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container may run as a number without a name
        user = ""
    return socket.gethostname(), user


def _sums(lists: Sequence[Manifest], what: str) -> dict[tuple[str, str], int]:
    """Add up the counts or sizes of the lists that together cover the source once.

    These are the lists of one format; of `md5sum` each algorithm has a list of the whole.
    """
    sums: dict[tuple[str, str], int] = {}
    for manifest in lists:
        ending = manifest.path.rpartition(".")[2] if manifest.format == "md5sum" else ""
        key = (manifest.format, ending)
        sums[key] = sums.get(key, 0) + getattr(manifest, what)
    return sums


def left_out_objects(left_out: Sequence[LeftOut]) -> list[dict[str, object]]:
    """Describe what was left out as a list of JSON objects."""
    return [json_path(item.path) | {"reason": item.reason} for item in left_out]


def list_object(manifest: Manifest, *, entries: bool = False) -> dict[str, object]:
    """Describe one list as a JSON object."""
    about = json_path(manifest.path) | {
        "format": manifest.format,
        "count": manifest.count,
        "size": manifest.size,
    }
    if entries:
        about["entries"] = [
            {
                "name": entry.name,
                "size": entry.size,
                "algorithm": entry.algorithm,
                "hexdigest": entry.hexdigest,
            }
            for entry in manifest.entries
        ]
    return about
