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
from reelpack.names import json_path
from reelpack.progress import as_native

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from reelpack.progress import Progress

__all__ = ["Package", "pack"]


@dataclass(frozen=True, slots=True)
class Package:
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
        bytes_read: Bytes read from the source.
        seconds: How long it took.
    """

    path: str
    size: int
    members: int
    manifest: Manifest = field(repr=False)
    left_out: tuple[LeftOut, ...] = field(repr=False)
    clamped: tuple[str, ...] = field(repr=False)
    bytes_read: int
    seconds: float

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack zip --json`` prints."""
        return json_path(self.path) | {
            "size": self.size,
            "members": self.members,
            "left_out": left_out_objects(self.left_out),
            "clamped": [json_path(name) for name in self.clamped],
            "bytes_read": self.bytes_read,
            "seconds": self.seconds,
        }


def pack(  # noqa: PLR0913  (an option each, all by keyword)
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    tree: bool = False,
    force: bool = False,
    sync: bool = False,
    zone: str | ZoneInfo | None = None,
    jobs: int | None = None,
    readers: int | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Package:
    """Write the files under `source` to the zip `target`, stored, with their list as last member.

    Takes and leaves out what `checksum` does. Members are sorted by name and flat; each file is
    read once, MD5 and CRC-32 from the same bytes. The zip grows under a temporary name beside
    ``target`` and is renamed at the end: on any error, or Ctrl-C, nothing is left under either
    name. Other Python threads run meanwhile.

    Args:
        source: A folder.
        target: The zip to write. Must not lie inside ``source``.
        tree: Keep folders; the names in the list are then paths with ``/``.
        force: Replace ``target`` if it is there.
        sync: Flush to disk before the rename; without it no more is promised than by ``cp``.
        zone: Time zone of the members' times, which a zip keeps as local time: an IANA name or a
            `zoneinfo.ZoneInfo`; None is the zone of this machine.
        jobs: Threads that compute, 1 or more; None is one for each CPU core.
        readers: Files read at once, 1 or more; None lets the kind of disk decide.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        What was written.

    Raises:
        OSError: A file could not be read or the zip not be written; ``FileExistsError`` if
            ``target`` is there and ``force`` was not given.
        PackageError: ``target`` lies inside ``source`` or is a folder.
        ManifestError: There is nothing to list, two files would get one name, or a name cannot be
            written in the list or in a zip (a backslash or a drive letter, which readers of zips
            take for folders).
        SourceChangedError: A file changed while it was read.
        ValueError: ``jobs`` or ``readers`` is below 1, or ``zone`` is unknown.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp(), "vfx_0100_v003")
        >>> folder.mkdir()
        >>> _ = (folder / "a.0001.dpx").write_bytes(b"123456789")
        >>> pack(folder, folder.with_suffix(".zip")).members
        2
    """
    began = time.perf_counter()
    path, size, members, text, bytes_read, left_out, clamped = _native.pack(
        os.fspath(source),
        os.fspath(target),
        layout="tree" if tree else "flat",
        force=force,
        sync=sync,
        zone=_zone_name(zone),
        jobs=jobs,
        readers=readers,
        progress=as_native(progress),
    )
    return Package(
        path=path,
        size=size,
        members=members,
        # Each file is read once, so that the bytes read are the bytes listed.
        manifest=Manifest(_list_path(source), text, members - 1, bytes_read),
        left_out=tuple(LeftOut(*facts) for facts in left_out),
        clamped=tuple(clamped),
        bytes_read=bytes_read,
        seconds=time.perf_counter() - began,
    )


def _list_path(source: str | os.PathLike[str]) -> str:
    """Return where the list of `source` would lie."""
    return f"{os.fspath(source).rstrip('/')}/checksum.txt"


def _zone_name(zone: str | ZoneInfo | None) -> str | None:
    """Return the IANA name of `zone`."""
    if zone is None or isinstance(zone, str):
        return zone
    if not zone.key:
        raise ValueError("zone: this ZoneInfo has no IANA name, give one such as 'Europe/Berlin'")
    return zone.key
