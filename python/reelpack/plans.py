"""A zip that is known to the byte and never written: to be read, sent or served from its source."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reelpack import _native
from reelpack.manifests import LeftOut
from reelpack.memory import native_state
from reelpack.packages import zone_name
from reelpack.progress import as_native

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from _typeshed import WriteableBuffer

    from reelpack.progress import Progress

__all__ = ["Member", "PlanReader", "ZipPlan", "plan"]


@dataclass(frozen=True, slots=True)
class Member:
    """Where a file stands in a zip.

    Attributes:
        name: Its name there.
        offset: Where its header begins, in bytes from the start of the zip.
        data_offset: Where its content begins.
        size: Size of the content in bytes.
    """

    name: str
    offset: int
    data_offset: int
    size: int


@dataclass(frozen=True, slots=True)
class ZipPlan:
    """A zip that need not be written to be read. Cannot be pickled, as it belongs to its source.

    Attributes:
        size: Size of the zip in bytes.
        members: Its members in order, `checksum.txt` the last.
        left_out: What of the source is not in the zip, with the reason of each.
        clamped: Names of members whose time lies outside 1980 to 2107, the years a zip can hold;
            they got the nearest time.
    """

    size: int
    members: tuple[Member, ...] = field(repr=False)
    left_out: tuple[LeftOut, ...] = field(repr=False)
    clamped: tuple[str, ...] = field(repr=False)
    _plan: _native.Plan = field(repr=False, compare=False)

    @property
    def state_error(self) -> str | None:
        """Why nothing is remembered, in one line; None if all is well."""
        return self._plan.state_error

    def open(self) -> io.RawIOBase:
        """Open the zip for reading, at its start.

        Several may be open at once, each with a position of its own. Each read goes to the source,
        so give it an `io.BufferedReader` where reads are small.

        Returns:
            A binary file that can be read and moved in. Reading raises ``OSError`` where a file
            cannot be read, `SourceChangedError` where one is not what it was when this was made,
            `PackageError` where its digest is not that of its list.
        """
        return PlanReader(self._plan)

    def stream(
        self,
        write: Callable[[bytes], object],
        *,
        progress: Callable[[Progress], object] | None = None,
    ) -> None:
        """Hand over the whole zip, piece by piece in order.

        A file that is read once more has to have the same MD5 as before; that it has not is found
        when its bytes have gone out. Other Python threads run meanwhile, and Ctrl-C stops the work.

        Args:
            write: Called with each piece, on another thread; what it raises stops the work and
                comes out of the call.
            progress: Called with a `Progress` a few times a second on this thread.

        Raises:
            OSError: A file could not be read.
            PackageError: A file has another digest than its list says, or than before.
            SourceChangedError: A file is not what it was when this was made.
        """
        self._plan.stream(write, progress=as_native(progress))


class PlanReader(io.RawIOBase):
    """The zip of a plan as a file."""

    def __init__(self, plan: _native.Plan) -> None:
        super().__init__()
        self._plan = plan
        self._position = 0

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def seekable(self) -> bool:
        """Whether one can move in it: yes."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer` from here on, and return how many bytes that were; 0 is the end."""
        self._check_open()
        view = memoryview(buffer).cast("B")
        content = self._plan.read(self._position, len(view))
        view[: len(content)] = content
        self._position += len(content)
        return len(content)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to `offset`, counted from the start, from here or from the end; return where."""
        self._check_open()
        starts = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._plan.size}
        if whence not in starts:
            raise ValueError(f"whence: {whence} is not 0, 1 or 2")
        if starts[whence] + offset < 0:
            raise ValueError(f"offset: {offset} leads to before the start")
        self._position = starts[whence] + offset
        return self._position

    def _check_open(self) -> None:
        """Refuse to work once closed, as every file does."""
        if self.closed:
            raise ValueError("I/O operation on closed file")


def plan(  # noqa: PLR0913  (an option each, all by keyword)
    source: str | os.PathLike[str],
    *,
    tree: bool = False,
    aligned: bool = False,
    zone: str | ZoneInfo | None = None,
    cached: bool = False,
    state: str | os.PathLike[str] | bool = True,
    jobs: int | None = None,
    readers: int | None = None,
) -> ZipPlan:
    """Lay out the zip of the files under `source`, without writing it and without reading them.

    Takes and names what `pack` does. Size and offsets follow from names and sizes. A header needs
    its file's CRC-32 and the list needs all MD5s: a file is read for them when they are first
    needed. A `checksum.txt` beside it spares the reading for the MD5, the state with ``cached``
    that for both. A file that has another digest than the `checksum.txt` beside it is an error when
    it is read whole.

    Args:
        source: A folder.
        tree: Keep folders; the names in the list are then paths with ``/``.
        aligned: Pad the headers, so that each content begins at a whole block, as `pack` does where
            it clones.
        zone: Time zone of the members' times, which a zip keeps as local time: an IANA name or a
            `zoneinfo.ZoneInfo`; None is the zone of this machine.
        cached: Take CRC-32 and MD5 of each file that is as the state knows it, with the same size,
            times and inode, from there. Without it nothing of the state is trusted.
        state: Where files that were read are remembered: True is the user's own state, False none,
            a path a state of your own, which has to work.
        jobs: Threads that compute, 1 or more; None is one for each CPU core.
        readers: Files read at once, 1 or more; None lets the kind of disk decide.

    Returns:
        The zip, to be opened or streamed.

    Raises:
        OSError: A folder could not be read.
        ManifestError: There is nothing to list, two files would get one name, a name cannot be
            written in the list or in a zip, or a list that is there cannot be understood.
        PackageError: A file has another size than its list says, or, by the state, another digest.
        StateError: ``state`` is a path and the state cannot be used.
        ValueError: ``jobs`` or ``readers`` is below 1, or ``zone`` is unknown.

    Example:
        >>> import pathlib, tempfile, zipfile
        >>> folder = pathlib.Path(tempfile.mkdtemp(), "vfx_0100_v003")
        >>> folder.mkdir()
        >>> _ = (folder / "a.0001.dpx").write_bytes(b"123456789")
        >>> zipfile.ZipFile(plan(folder).open()).namelist()
        ['a.0001.dpx', 'checksum.txt']
    """
    made = _native.plan(
        os.fspath(source),
        layout="tree" if tree else "flat",
        aligned=aligned,
        zone=zone_name(zone),
        cached=cached,
        jobs=jobs,
        readers=readers,
        **native_state(state),
    )
    return ZipPlan(
        size=made.size,
        members=tuple(Member(*facts) for facts in made.members),
        left_out=tuple(LeftOut(*facts) for facts in made.left_out),
        clamped=tuple(made.clamped),
        _plan=made,
    )
