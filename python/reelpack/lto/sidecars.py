"""Lists of files with their digests: those that lie on a tape, and those that stand for it.

All formats of `checksum` are read (`docs/lists.md`), by its own reader, and the CSV of an audit.
"""

from __future__ import annotations

import csv
import html
import io
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from reelpack.algorithms import ALGORITHMS
from reelpack.errors import LtoError, ManifestError
from reelpack.manifests import Manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = [
    "Listed",
    "Said",
    "Told",
    "contradicting",
    "folder_of",
    "lists_on",
    "needs_no_digest",
    "read_list",
]

Said: TypeAlias = tuple[int | None, list[tuple[str, str]]]
"""Size, if known, and digests of a file."""

Listed: TypeAlias = dict[str, Said]
"""What is said of each file, by its path."""

LONGEST = 1 << 30
"""Bytes of a list; a tape of ten million files has fewer."""

_LISTS = re.compile(
    r"(.*/)?(ascmhl/.*|checksum\.txt|[^/]+\.(mhl|md5|sha1|sha256|xxh64|xxh3|xxh128))", re.IGNORECASE
)
_PREVIOUS = re.compile(r"<previousPath>([^<]*)</previousPath>")

_SUMS = re.compile(r".*\.(md5|sha1|sha256|xxh64|xxh3|xxh128)", re.IGNORECASE)


@dataclass(slots=True)
class Told:
    """What the lists on a tape say.

    Attributes:
        files: Sizes and digests of the files that are on the tape, by path.
        missing: Paths that lists name and the tape lacks, sorted.
        differ: Paths that have two digests of one kind, sorted.
    """

    files: Listed = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()


def needs_no_digest(path: str) -> bool:
    """Whether a file is a list by its name: whatever it holds cannot name its own digest."""
    return _LISTS.fullmatch(path) is not None


def folder_of(path: str) -> str:
    """Return the folder whose files a list is of, by where it lies; empty is the root."""
    folder, _, name = path.rpartition("/")[0].rpartition("/")
    return folder if name == "ascmhl" else path.rpartition("/")[0]


def read_list(path: Path) -> Listed:
    """Read a list of any format, by its name.

    Returns:
        Sizes and digests by path, a digest once; a leading ``./`` is dropped.

    Raises:
        OSError: It cannot be read.
        ManifestError: It cannot be understood.
        LtoError: The CSV of an audit cannot be, or the file is larger than 1 GiB.
    """
    return _parsed(path, _text(path))


def contradicting(listed: Listed) -> tuple[str, ...]:
    """Return the paths that have two digests of one kind, sorted."""
    return tuple(
        sorted(path for path, (_, pairs) in listed.items() if len(dict(pairs)) < len(pairs))
    )


def _parsed(path: Path, text: str) -> Listed:
    """Parse the text of a list."""
    if path.name.lower().endswith(".csv"):
        return _audit(text, path)
    found: Listed = {}
    entries = Manifest(str(path), text, 0, 0, _format(path.name, text)).entries
    for entry in entries:
        _, digests = found.setdefault(_plain(entry.name), (entry.size, []))
        pair = (entry.algorithm, entry.hexdigest)
        if pair not in digests:
            digests.append(pair)
    return found


def _plain(name: str) -> str:
    """Drop what `find . -exec md5sum` puts in front."""
    while name.startswith("./"):
        name = name[2:].lstrip("/")
    return name


def lists_on(root: Path, paths: Iterable[str]) -> Told:
    """Collect what the lists on a tape say of its files.

    A file that is named `.md5` or the like and is no list is passed over, as `verify` does.

    Args:
        root: Where the tape is mounted.
        paths: Its files, the lists among them.

    Returns:
        What they say. The first size, and the first digest of each algorithm, counts; of an ASC
        MHL history the digest of its latest generation. A file that a later generation names
        anew is not missing under its old name.

    Raises:
        OSError: A list cannot be read.
        ManifestError: A list cannot be understood.
        LtoError: A list is larger than 1 GiB.
    """
    every = set(paths)
    found: dict[str, _Known] = {}
    renamed: set[str] = set()
    # Generations are numbered, so that the latest of a history comes last.
    for listing in sorted(filter(_is_list, every)):
        listed, previous = _lenient(root / listing)
        renamed |= {_target(listing, path) for path in previous}
        for path, said in listed.items():
            found.setdefault(_target(listing, path), _Known()).add(said, _history(listing))
    return Told(
        {path: known.said for path, known in found.items() if path in every},
        tuple(sorted(path for path in found.keys() - every if path not in renamed)),
        tuple(sorted(path for path, known in found.items() if known.differs and path in every)),
    )


class _Known:
    """What is known of one file so far."""

    def __init__(self) -> None:
        self.size: int | None = None
        self.differs = False
        self._by: dict[str, tuple[str, str]] = {}

    def add(self, said: Said, history: str) -> None:
        """Add what one list says, and the folder of the history that it is of, if any."""
        size, digests = said
        self.size = size if self.size is None else self.size
        for algorithm, value in digests:
            known, whose = self._by.setdefault(algorithm, (value, history))
            self.differs |= known != value
            if history and whose == history:
                self._by[algorithm] = value, history

    @property
    def said(self) -> Said:
        """Size and digests."""
        return self.size, [(algorithm, value) for algorithm, (value, _) in self._by.items()]


def _lenient(path: Path) -> tuple[Listed, list[str]]:
    """Read a list, and the old names in it; a file that only is called like one says nothing."""
    text = _text(path)
    try:
        return _parsed(path, text), [html.unescape(name) for name in _PREVIOUS.findall(text)]
    except ManifestError:
        if _SUMS.fullmatch(path.name):
            return {}, []
        raise


def _history(listing: str) -> str:
    """Return the folder of the history that a list is a generation of; empty where of none."""
    folder = listing.rpartition("/")[0]
    return folder if folder.rpartition("/")[2] == "ascmhl" else ""


def _is_list(path: str) -> bool:
    """Whether a file is called like a list. The chain of a history lists no file of the tape."""
    name = path.rpartition("/")[2].lower()
    return (
        name == "checksum.txt"
        or (name.endswith(".mhl") and not name.startswith("._"))
        or _SUMS.fullmatch(name) is not None
    )


def _target(listing: str, path: str) -> str:
    """Return the path of a file that a list names, from the root of the tape."""
    folder = os.path.dirname(listing)  # noqa: PTH120  (a path on a tape, not on this system)
    if os.path.basename(folder) == "ascmhl":  # noqa: PTH119  (the same)
        folder = os.path.dirname(folder)  # noqa: PTH120  (the same)
    return f"{folder}/{path}" if folder else path


def _format(name: str, text: str) -> str:
    """Return the format of a list, as `Manifest` calls it."""
    small = name.lower()
    if small.endswith(".mhl"):
        return "ascmhl" if "urn:ASC:MHL" in text[:4096] else "mhl"
    return "checksum-txt" if small == "checksum.txt" or _tabbed(text) else "md5sum"


def _tabbed(text: str) -> bool:
    """Whether the first line has the four columns of a `checksum.txt`."""
    first = text.partition("\n")[0]
    return first.count("\t") == 3  # noqa: PLR2004  (name, size, algorithm, digest)


def _text(path: Path) -> str:
    """Read the text of a list."""
    with path.open("rb") as file:
        content = file.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise LtoError(f"{path}: larger than {LONGEST} bytes", str(path))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LtoError(f"{path}: no UTF-8 text, at byte {error.start}", str(path)) from error


def _audit(text: str, path: Path) -> Listed:
    """Read the table of files of an audit."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not {"path", "size"} <= set(rows.fieldnames or ()):
        raise LtoError(f"{path}: no table of files: `path` and `size` are missing", str(path))
    return dict(_audited(rows, path))


def _audited(
    rows: csv.DictReader[str], path: Path
) -> Iterator[tuple[str, tuple[int | None, list[tuple[str, str]]]]]:
    """Yield the rows of an audit."""
    for row in rows:
        size = row["size"] or ""
        if size and not (size.isascii() and size.isdigit()):
            raise LtoError(f"{path}:{rows.line_num}: {size!r} is no size", str(path))
        digests: list[tuple[str, str]] = [(name, row[name]) for name in ALGORITHMS if row.get(name)]
        yield row["path"] or "", (int(size) if size else None, digests)
