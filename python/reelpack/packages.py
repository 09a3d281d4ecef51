"""The frame-sequence zip: STORED members, and `checksum.txt` as the last of them.

Source: Content Hub Upload Instructions, "Frame Sequence ZIP Spec": a flat zip with a `checksum.txt`
that lists the MD5 of its contents.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reelpack import _native
from reelpack.manifests import LeftOut, Manifest, left_out_objects
from reelpack.memory import native_state, work_facts, work_object
from reelpack.names import json_path
from reelpack.progress import as_native
from reelpack.ways import Placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zoneinfo import ZoneInfo

    from reelpack.progress import Progress
    from reelpack.ways import Clone

__all__ = ["Package", "pack"]


# No slots here: `ways` is kept once it was asked for, and `cached_property` needs a `__dict__`.
@dataclass(frozen=True)
class Package(Placed):
    """A zip that was written.

    Attributes:
        path: The zip.
        size: Its size in bytes.
        members: Its members, `checksum.txt` included.
        manifest: The list inside. Its ``path`` is where it would lie in the source; it is written
            there only if you call its ``write``.
        left_out: What of the source is not in the zip, with the reason of each.
        clamped: Names of members whose time lies outside 1980 to 2107, the years a zip can hold;
            they got the nearest time.
        bytes_read: Bytes read from the source; not those read back from an interrupted run's zip.
        seconds: How long it took.
        codes: ``ways`` as a byte for each line of the list: 0 copied, 1 cloned, 2 kept.
        files_read: Files read.
        files_trusted: Files not read, as the state knew them.
        bytes_trusted: Size of these in bytes.
        state_error: Why nothing, or not all, is remembered; None if nothing stood in the way.
    """

    path: str
    size: int
    members: int
    manifest: Manifest = field(repr=False)
    left_out: tuple[LeftOut, ...] = field(repr=False)
    clamped: tuple[str, ...] = field(repr=False)
    bytes_read: int
    seconds: float
    codes: bytes = field(default=b"", repr=False)
    files_read: int = 0
    files_trusted: int = 0
    bytes_trusted: int = 0
    state_error: str | None = None

    def _names(self) -> Iterator[str]:
        """Name the members but the list."""
        return (entry.name for entry in self.manifest.entries)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack zip --json`` prints."""
        about = {
            "size": self.size,
            "members": self.members,
            "left_out": left_out_objects(self.left_out),
            "clamped": [json_path(name) for name in self.clamped],
            "bytes_read": self.bytes_read,
            "seconds": self.seconds,
        }
        return json_path(self.path) | about | self._ways_object() | work_object(self)


def pack(  # noqa: PLR0913  (an option each, all by keyword)
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    tree: bool = False,
    clone: Clone = "auto",
    force: bool = False,
    sync: bool = False,
    zone: str | ZoneInfo | None = None,
    cached: bool = False,
    state: str | os.PathLike[str] | bool = True,
    jobs: int | None = None,
    readers: int | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Package:
    """Write the files under `source` to the zip `target`, stored, with their list as last member.

    Takes and leaves out what `checksum` does. Members are sorted by name and flat; each file is
    read once at most, MD5 and CRC-32 from the same bytes. The zip grows under a hidden name beside
    ``target`` and is renamed at the end: on any error, or Ctrl-C, nothing is left under its own
    name. What was written is kept under the hidden one for the same call to go on from, but where
    there is no state, nothing was noted in it or the disk of ``target`` is the trouble. Other
    Python threads run meanwhile.

    Args:
        source: A folder.
        target: The zip to write. Must not lie inside ``source``.
        tree: Keep folders; the names in the list are then paths with ``/``.
        clone: Share blocks with the source, where the disk can do that, instead of writing them
            again: ``"auto"``; ``"always"``, or fail; ``"never"``.
        force: Replace ``target`` if it is there.
        sync: Flush to disk before the rename; without it no more is promised than by ``cp``.
        zone: Time zone of the members' times, which a zip keeps as local time: an IANA name or a
            `zoneinfo.ZoneInfo`; None is the zone of this machine.
        cached: Do not read a file that is cloned and is as the state knows it, with its CRC-32:
            same size, times and inode. One that is copied is read. Without it only what an
            interrupted call of the same had read is trusted, which goes on from there.
        state: Where files that were read are remembered: True is the user's own state, False none,
            a path a state of your own, which has to work.
        jobs: Threads that compute, 1 or more; None is one for each CPU core.
        readers: Files read at once, 1 or more; None lets the kind of disk decide.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        What was written.

    Raises:
        OSError: A file could not be read or the zip not be written; ``FileExistsError`` if
            ``target`` is there and ``force`` was not given.
        PackageError: ``target`` lies inside ``source`` or is a folder, or ``clone`` is ``"always"``
            and the disk cannot.
        ManifestError: There is nothing to list, two files would get one name, or a name cannot be
            written in the list or in a zip (a backslash or a drive letter, which readers of zips
            take for folders).
        SourceChangedError: A file changed while it was read, or has another size than when it was
            found; where it is cloned, anything about it is other than when it was found.
        StateError: ``state`` is a path and the state cannot be used.
        ValueError: ``jobs`` or ``readers`` is below 1, or ``zone`` or ``clone`` is unknown.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp(), "vfx_0100_v003")
        >>> folder.mkdir()
        >>> _ = (folder / "a.0001.dpx").write_bytes(b"123456789")
        >>> pack(folder, folder.with_suffix(".zip")).members
        2
    """
    began = time.perf_counter()
    path, size, members, text, left_out, clamped, work, codes = _native.pack(
        os.fspath(source),
        os.fspath(target),
        layout="tree" if tree else "flat",
        clone=clone,
        force=force,
        sync=sync,
        zone=zone_name(zone),
        cached=cached,
        jobs=jobs,
        readers=readers,
        progress=as_native(progress),
        **native_state(state),
    )
    facts = work_facts(work)
    return Package(
        path=path,
        size=size,
        members=members,
        # Each file is read once or not at all, so that both together are the bytes listed.
        manifest=Manifest(_list_path(source), text, members - 1, work[1] + facts["bytes_trusted"]),
        left_out=tuple(LeftOut(*item) for item in left_out),
        clamped=tuple(clamped),
        bytes_read=work[1],
        seconds=time.perf_counter() - began,
        codes=codes,
        **facts,
    )


def _list_path(source: str | os.PathLike[str]) -> str:
    """Return where the list of `source` would lie."""
    return f"{os.fspath(source).rstrip('/')}/checksum.txt"


def zone_name(zone: str | ZoneInfo | None) -> str | None:
    """Return the IANA name of `zone`."""
    if zone is None or isinstance(zone, str):
        return zone
    if not zone.key:
        raise ValueError("zone: this ZoneInfo has no IANA name, give one such as 'Europe/Berlin'")
    return zone.key
