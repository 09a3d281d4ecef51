"""Index and label of an LTFS volume, read from the XML that drives and tools write to files.

The index says what is on a tape and where; the label, which does not change, how it was formatted.
Both follow the LTFS Format Specification of SNIA (2.4.0; elements as the reference implementation
writes them, LinearTapeFileSystem/ltfs, src/libltfs/xml_writer_libltfs.c). Compression is told by
the label alone. Incremental indexes of 2.5 hold changes only and are refused.

Both come from outside: a document type is refused, so that nothing is expanded or fetched; depth,
size and count are bounded, and what was read is forgotten at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NoReturn
from urllib.parse import unquote
from xml.parsers import expat

from reelpack.errors import LtoError
from reelpack.facts import Facts

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from typing import BinaryIO

    from reelpack.facts import Kind

__all__ = ["IndexedFile", "Volume", "is_ltfs", "read", "version_numbers"]

LONGEST = 8 << 30
"""Bytes of an index; a tape of ten million files has fewer."""

DEEPEST = 1024
"""Elements within each other: two for each folder, and no path has 500 of these."""

LONGEST_TEXT = 1 << 16
"""Characters of a value; names have 255, values of extended attributes 4,096 bytes."""

AT_ONCE = 1 << 20
"""Bytes handed to the parser at a time."""

_HASH = re.compile(r"ltfs\.hash\.([a-z0-9]+?)(?:sum)?", re.IGNORECASE)
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
    """
    with path.open("rb") as file:
        beginning = file.read(4096)
    return b"<ltfsindex" in beginning or b"<ltfslabel" in beginning


def read(path: str | os.PathLike[str]) -> Volume:
    """Read an index or a label.

    Raises:
        OSError: It cannot be read.
        LtoError: It is neither, is not well formed, has a document type, or is too deep or large.
    """
    with Path(path).open("rb") as file:
        return _parse(file, str(path))


def _parse(file: BinaryIO, path: str) -> Volume:
    """Feed a file to the parser, a piece at a time."""
    reader = _Reader(path)
    read_so_far = 0
    while piece := file.read(AT_ONCE):
        read_so_far += len(piece)
        if read_so_far > LONGEST:
            raise LtoError(f"{path}: larger than {LONGEST} bytes", path)
        reader.feed(piece, last=False)
    reader.feed(b"", last=True)
    return reader.volume()


class _Reader:
    """Collects what is wanted while the parser passes by."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._open: list[str] = []
        self._folders: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._encoded = False
        self._root: tuple[str, str] = ("", "")
        self._about: dict[str, str] = {}
        self._file: dict[str, str] = {}
        self._starts: dict[int, int] = {}
        self._key = ""
        self._digests: list[tuple[str, str]] = []
        self._files: list[IndexedFile] = []
        self._data_partition = "b"
        # The format is UTF-8, whatever a file declares: Python would look for odd codecs.
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, piece: bytes, *, last: bool) -> None:
        """Take the next piece."""
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            raise LtoError(f"{self._path}:{error.lineno}: {error}", self._path) from error

    def volume(self) -> Volume:
        """Return what was found."""
        kind, version = self._root
        generation = self._about.get("generationnumber")
        compression = self._about.get("compression")
        return Volume(
            kind=kind,
            version=version,
            uuid=self._about.get("volumeuuid", "").lower(),
            creator=self._about.get("creator", ""),
            name=self._about.get("name", ""),
            generation=None if generation is None else self._number("generationnumber", generation),
            compression={"true": True, "false": False}.get(compression or ""),
            files=tuple(self._files),
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            self._begin(name, attributes)
        if len(self._open) >= DEEPEST:
            self._fail(f"more than {DEEPEST} elements within each other")
        self._open.append(name)
        self._text, self._length = [], 0
        self._encoded = attributes.get("percentencoded") == "true"
        if name == "directory":
            self._folders.append("")
        elif name == "file":
            self._file, self._starts, self._digests = {}, {}, []

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        """Look at the outermost element."""
        kinds = {"ltfsindex": "index", "ltfslabel": "label"}
        if name == "ltfsincrementalindex":
            self._fail("an incremental index, which holds changes only; hint: take the full one")
        if name not in kinds:
            self._fail(f"neither an index nor a label of LTFS, but <{name}>")
        self._root = (kinds[name], attributes.get("version", ""))

    def _end(self, name: str) -> None:
        self._open.pop()
        text = "".join(self._text).strip()
        self._text, self._length = [], 0
        above = self._open[-1] if self._open else ""
        if name == "directory":
            self._folders.pop()
        elif name == "file":
            # A link is no file: it has no bytes of its own.
            if "symlink" not in self._file:
                self._files.append(self._finished())
        elif above == "directory" and name == "name":
            self._name_folder(self._decoded(text))
        elif above in {"file", "extent"}:
            self._file[name] = self._decoded(text) if name == "name" else text
        elif name == "extent":
            self._place()
        elif above == "xattr":
            self._attribute(name, text)
        elif above in {"ltfsindex", "ltfslabel"}:
            self._about[name] = text
        elif above == "partitions" and name == "data":
            self._data_partition = text

    def _name_folder(self, name: str) -> None:
        """Take the name of a folder; that of the root is the name of the volume."""
        if len(self._folders) == 1:
            self._about["name"] = name
        else:
            self._folders[-1] = self._sound(name)

    def _place(self) -> None:
        """Take where an extent begins."""
        if self._file.get("partition") == self._data_partition:
            offset = self._number("fileoffset", self._file.get("fileoffset", "0"))
            self._starts[offset] = self._number("startblock", self._file.get("startblock", ""))

    def _attribute(self, name: str, text: str) -> None:
        """Take an extended attribute of a file if it is a digest."""
        if name == "key":
            self._key = self._decoded(text)
        elif "file" in self._open and (found := _HASH.fullmatch(self._key)):
            self._digests.append((found[1].lower(), text.lower()))

    def _finished(self) -> IndexedFile:
        """Make a file of what was read of it."""
        folders = [each for each in self._folders[1:] if each]
        name = self._sound(self._file.get("name", ""))
        return IndexedFile(
            path="/".join([*folders, name]),
            size=self._number("length", self._file.get("length", "")),
            block=self._starts[min(self._starts)] if self._starts else None,
            digests=tuple(self._digests),
        )

    def _decoded(self, name: str) -> str:
        """Undo the percent encoding of names, which 2.4 has for ``:`` and the like."""
        return unquote(name, errors="surrogateescape") if self._encoded else name

    def _sound(self, name: str) -> str:
        """Return a name that leads nowhere."""
        if name in {"", ".", ".."} or "/" in name or "\0" in name:
            self._fail(f"{name!r} is no name of a file or folder")
        return name

    def _number(self, name: str, text: str) -> int:
        """Return a whole number of at most 64 bits."""
        if not text.isascii() or not text.isdigit() or len(text) > 20:  # noqa: PLR2004  (2**64 has 20)
            self._fail(f"{name}: {text[:40]!r} is no number")
        return int(text)

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            self._fail(f"a value of more than {LONGEST_TEXT} characters")
        self._text.append(text)

    def _doctype(self, *_about: object) -> None:
        self._fail("has a document type, which no LTFS file needs")

    def _fail(self, what: str) -> NoReturn:
        line = self._parser.CurrentLineNumber
        raise LtoError(f"{self._path}:{line}: {what}", self._path)
