"""A tape that LTFS has mounted: its files in the order in which they lie on it.

LTFS tells where a file begins by the virtual extended attribute ``ltfs.startblock``, on Linux
``user.ltfs.startblock``, and what it knows of the volume by others of the root (IBM Spectrum
Archive, virtual extended attributes). Reading in that order saves the tape from running to and fro.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["MountedFile", "Walked", "barcode", "by_block", "holds", "volume", "walk"]

_PREFIXES = ("user.ltfs.", "ltfs.")
_OF_VOLUME = ("indexVersion", "volumeUUID", "volumeCompression", "volumeName", "mamBarcode")

_BARCODE = re.compile(r"[A-Z0-9]{6}([A-Z0-9]{2})?", re.ASCII)
_NAMED = re.compile(r"[A-Z]{3}\d{3}([LM]\d)?", re.ASCII)
"""A barcode with or without the media id; a volume may be named otherwise, too."""


class _Placed(Protocol):
    """Something with a path that may know where it lies."""

    @property
    def path(self) -> str: ...
    @property
    def block(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class MountedFile:
    """A file on a mounted tape.

    Attributes:
        path: From where it is mounted, with ``/`` between its parts.
        size: In bytes.
        block: Where it begins; None where nobody says, as of an empty file.
    """

    path: str
    size: int
    block: int | None


@dataclass(frozen=True, slots=True)
class Walked:
    """What was found.

    Attributes:
        files: In the order of the tape, those without a place last, by path.
        left_out: Paths of links and of what is no regular file.
        in_order: Whether any place is known.
    """

    files: tuple[MountedFile, ...]
    left_out: tuple[str, ...]
    in_order: bool


def walk(source: Path) -> Walked:
    """Find all files below a folder, hidden ones too, without reading them.

    Raises:
        OSError: A folder cannot be read.
    """
    files: list[MountedFile] = []
    left_out: list[str] = []
    for entry, path in _entries(source, ""):
        if entry.is_file(follow_symlinks=False):
            block = _attribute(entry.path, "startblock")
            files.append(
                MountedFile(path, entry.stat(follow_symlinks=False).st_size, _whole(block))
            )
        else:
            left_out.append(path)
    in_order = any(file.block is not None for file in files)
    return Walked(tuple(sorted(files, key=by_block)), tuple(sorted(left_out)), in_order)


def by_block(file: _Placed) -> tuple[bool, int, str]:
    """Return what files are sorted by: their place, then their path."""
    return file.block is None, file.block or 0, file.path


def volume(source: Path) -> dict[str, str]:
    """Return what LTFS says of the volume; nothing where it is not LTFS that is mounted."""
    said = ((name, _attribute(os.fspath(source), name)) for name in _OF_VOLUME)
    return {name: value for name, value in said if value}


def barcode(source: Path) -> str:
    """Return the first six characters of the barcode that LTFS tells; empty where it tells none.

    The name of the volume counts where the cartridge has no barcode, and it has the form of one.
    """
    said = volume(source)
    told = (said.get("mamBarcode", ""), _BARCODE), (said.get("volumeName", ""), _NAMED)
    forms = (form.fullmatch(text.strip().upper()) for text, form in told)
    return next((found[0][:6] for found in forms if found), "")


def holds(place: Path, tape: str) -> bool:
    """Whether a tape may be mounted in a folder: it is not empty, and LTFS tells no other barcode.

    Raises:
        OSError: The folder cannot be read.
    """
    if not place.is_dir() or not any(place.iterdir()):
        return False
    return barcode(place) in {"", tape[:6].upper()}


def _entries(source: Path, below: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yield what is no folder, with its path; folders that are links are not entered."""
    with os.scandir(source / below) as entries:
        every = sorted(entries, key=lambda entry: entry.name)
    for entry in every:
        path = f"{below}/{entry.name}" if below else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(source, path)
        else:
            yield entry, path


def _attribute(path: str, name: str) -> str | None:
    """Return an extended attribute of LTFS; None where there is none of that name.

    They are in no listing of attributes, and have to be asked for by name.
    """
    ask = getattr(os, "getxattr", None)
    if ask is None:  # pragma: no cover  (macOS and Windows)
        return None
    for prefix in _PREFIXES:
        try:
            value: bytes = ask(path, prefix + name, follow_symlinks=False)
        except OSError:
            continue
        return value.decode("utf-8", "replace").strip("\0 \n")
    return None


def _whole(text: str | None) -> int | None:
    """Return a number; None where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() else None
