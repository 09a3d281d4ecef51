"""A folder copied with its lists: what is written is what was hashed."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reelpack import _native
from reelpack.manifests import LeftOut, Manifest, left_out_objects, list_object
from reelpack.memory import native_state, work_facts, work_object
from reelpack.names import json_path
from reelpack.progress import as_native
from reelpack.ways import Placed

if TYPE_CHECKING:
    from collections.abc import Callable

    from reelpack.progress import Progress
    from reelpack.ways import Clone

__all__ = ["Copy", "copy"]


# No slots here: `ways` is kept once it was asked for, and `cached_property` needs a `__dict__`.
@dataclass(frozen=True)
class Copy(Placed):
    """A copy of a folder that was made.

    Attributes:
        path: The copy.
        lists: Its lists, written already, sorted by path.
        names: Its files but the lists, relative to it, with ``/`` between their parts.
        left_out: What of the source is not in the copy, with the reason of each.
        verified: Whether the copy was read back and is what was read.
        bytes_read: Bytes read from the source; not those read back from the copy.
        seconds: How long it took.
        codes: ``ways`` as a byte for each name: 0 copied, 1 cloned, 2 kept.
        files_read: Files read.
        files_trusted: Files not read, as the state knew them.
        bytes_trusted: Size of these in bytes.
        state_error: Why nothing, or not all, is remembered; None if nothing stood in the way.
    """

    path: str
    lists: tuple[Manifest, ...] = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    left_out: tuple[LeftOut, ...] = field(repr=False)
    verified: bool
    bytes_read: int
    seconds: float
    codes: bytes = field(default=b"", repr=False)
    files_read: int = 0
    files_trusted: int = 0
    bytes_trusted: int = 0
    state_error: str | None = None

    @property
    def files(self) -> int:
        """Files in the copy, the lists not counted."""
        return len(self.names)

    @property
    def size(self) -> int:
        """Size of these files together, in bytes."""
        return sum(manifest.size for manifest in self.lists)

    def _names(self) -> tuple[str, ...]:
        """Name the files."""
        return self.names

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack copy --json`` prints."""
        about = {
            "lists": [list_object(manifest) for manifest in self.lists],
            "files": self.files,
            "size": self.size,
            "left_out": left_out_objects(self.left_out),
            "verified": self.verified,
            "bytes_read": self.bytes_read,
            "seconds": self.seconds,
        }
        return json_path(self.path) | about | self._ways_object() | work_object(self)


def copy(  # noqa: PLR0913  (an option each, all by keyword)
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    clone: Clone = "auto",
    force: bool = False,
    sync: bool = False,
    verify: bool = False,
    cached: bool = False,
    state: str | os.PathLike[str] | bool = True,
    jobs: int | None = None,
    readers: int | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Copy:
    """Copy the files under `source` to the folder `target`, with a list in each folder of files.

    Takes and leaves out what `checksum` does, and writes the lists that it makes. Each file is read
    once at most, its MD5 from the bytes that are written, and gets its name when it is whole. Stops
    at the first error. Other Python threads run meanwhile, and Ctrl-C stops the work.

    Args:
        source: A folder.
        target: What becomes the copy; made if it is not there. Neither may lie inside the other.
        clone: Share blocks with the source, where the disk can do that, instead of writing them
            again: ``"auto"``; ``"always"``, or fail; ``"never"``.
        force: Replace files of ``target`` that are there.
        sync: Flush to disk; without it no more is promised than by ``cp``.
        verify: Read the copy back and compare. A file that differs is removed.
        cached: Do not read a file that is cloned and is as the state knows it: same size, times and
            inode. One that is copied is read. Without it only what an interrupted call of the same
            had read is trusted, which goes on from there.
        state: Where files that were read are remembered: True is the user's own state, False none,
            a path a state of your own, which has to work.
        jobs: Threads that compute, 1 or more; None is one for each CPU core.
        readers: Files read at once, 1 or more; None lets the kind of disk decide.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        What was copied, and how.

    Raises:
        OSError: A file could not be read or written; ``FileExistsError`` if one is there already
            that no interrupted call of the same is known to have brought, and ``force`` was not
            given.
        PackageError: One of the two lies inside the other, ``target`` is no folder, ``clone`` is
            ``"always"`` and the disk cannot, or a file reads back other than it was read.
        ManifestError: There is nothing to copy, or a name cannot be written in a list.
        SourceChangedError: A file changed while it was read; where it is cloned, anything about it
            is other than when it was found.
        StateError: ``state`` is a path and the state cannot be used.
        ValueError: ``jobs`` or ``readers`` is below 1, or ``clone`` is unknown.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp(), "vfx_0100_v003")
        >>> folder.mkdir()
        >>> _ = (folder / "a.0001.dpx").write_bytes(b"123456789")
        >>> copy(folder, folder.with_name("delivery")).names
        ('a.0001.dpx',)
    """
    began = time.perf_counter()
    lists, left_out, work, names, codes, verified = _native.copy(
        os.fspath(source),
        os.fspath(target),
        clone=clone,
        force=force,
        sync=sync,
        verify=verify,
        cached=cached,
        jobs=jobs,
        readers=readers,
        progress=as_native(progress),
        **native_state(state),
    )
    return Copy(
        path=os.fspath(target),
        lists=tuple(Manifest(*facts) for facts in lists),
        names=tuple(names),
        left_out=tuple(LeftOut(*facts) for facts in left_out),
        verified=verified,
        bytes_read=work[1],
        seconds=time.perf_counter() - began,
        codes=codes,
        **work_facts(work),
    )
