"""Index and label of an LTFS volume, read from the XML that drives and tools write to files.

The index says what is on a tape and where; the label, which does not change, how it was formatted.
Both follow the LTFS Format Specification of SNIA (2.4.0; elements as the reference implementation
writes them, LinearTapeFileSystem/ltfs, src/libltfs/xml_writer_libltfs.c). Compression is told by
the label alone. Incremental indexes of 2.5 hold changes only and are refused.

Both come from outside: a document type is refused, so that nothing is expanded or fetched; depth,
size and count are bounded, and what was read is forgotten at once. The extension reads them.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from reelpack.facts import Facts
from reelpack.lto import core
from reelpack.lto.fields import regular

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reelpack.facts import Kind

__all__ = ["IndexedFile", "Volume", "is_ltfs", "read", "version_numbers"]

_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class IndexedFile(Facts):
    """A file of an index.

    Attributes:
        path: From the root of the tape, with ``/`` between its parts.
        size: In bytes.
        block: Where its first byte lies on the data partition; None where it has none or lies on
            the index partition.
        digests: ``(algorithm, hex)`` of each that is kept with it.
    """

    path: str
    size: int
    block: int | None
    digests: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Volume(Facts):
    """What an index or a label says.

    Attributes:
        kind: ``index`` or ``label``.
        version: Of the format, such as ``2.4.0``.
        uuid: Of the volume, in small letters; the same in index and label.
        creator: What wrote it.
        name: Of the volume, in an index that has one.
        generation: Of an index.
        compression: Of a label.
        files: Of an index, in its order.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"files": IndexedFile.of}

    kind: str
    version: str
    uuid: str
    creator: str
    name: str = ""
    generation: int | None = None
    compression: bool | None = None
    files: tuple[IndexedFile, ...] = ()


def version_numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers, to be compared; empty where it is none."""
    return tuple(map(int, version.split("."))) if _VERSION.fullmatch(version) else ()


def is_ltfs(path: Path) -> bool:
    """Whether the beginning of a file looks like an index or a label.

    Raises:
        OSError: It cannot be read.
        LtoError: It is no regular file.
    """
    with regular(path).open("rb") as file:
        beginning = file.read(4096)
    # An incremental index is refused by `read`, which says so.
    return any(each in beginning for each in (b"<ltfsindex", b"<ltfslabel", b"<ltfsincremental"))


def read(path: str | os.PathLike[str]) -> Volume:
    """Read an index or a label.

    Other Python threads keep running meanwhile, and Ctrl-C stops the work. Names are taken as they
    are, with blanks around them; a link is left out. The data is taken to lie on partition ``b``,
    which an index does not tell.

    Raises:
        OSError: It cannot be read.
        LtoError: It is neither, is not well formed, has a document type, or is too deep or large.
    """
    kind, version, uuid, creator, name, generation, compression, files = core.ltfs_read(
        os.fspath(regular(Path(path)))
    )
    return Volume(
        kind=kind,
        version=version,
        uuid=uuid,
        creator=creator,
        name=name,
        generation=generation,
        compression=compression,
        files=tuple(starmap(IndexedFile, files)),
    )
