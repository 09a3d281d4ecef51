"""Which files belong to which roll and day, by the names of folders.

A roll is the folder that holds an MHL, directly or in ``ascmhl``; without one it is the folder
below ``Camera_Media`` or ``Sound_Media``, or else the outermost folder that is no day (partnerhelp,
Footage Ingest template; that a roll is the folder above its MHL: third party). A day is a folder
such as ``20230510_EP103_Day05_MU``, or one that begins with a date, ``2023-05-10`` too.

That template has ``Camera_Media/[camera format/]<roll>``. Without an MHL the folder of a format is
told by its name or by what lies in it, which is assumed and said in `Belonging.assumed`; so is
sound that lies in no ``Sound_Media`` and is known by the endings of its files.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from reelpack.errors import LtoError
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Belonging", "Sorter", "check_name", "folded", "tells", "tells_kind"]

Kind = Literal["camera", "sound"]

_DAY = re.compile(r"(\d{4})(-?)(\d\d)\2(\d\d)(?:[_-].*)?", re.ASCII)
_MEDIA = re.compile(r"(camera|sound)[ _-]?(media|rolls?)?", re.IGNORECASE)
_LISTS = re.compile(r"(?P<roll>.+?)/(?:ascmhl/[^/]+|[^/]+\.mhl)", re.IGNORECASE)
_ROLL = re.compile(r"[A-Z]{1,2}\d{3,4}(?!_?C\d)(?:[A-Z_.-].*)?", re.ASCII | re.IGNORECASE)
_CLIP = re.compile(r"[A-Z]{1,2}\d{3,4}_?C\d{3}.*", re.ASCII | re.IGNORECASE)
_FORMATS = {"arri", "arriraw", "blackmagic", "braw", "canon", "prores", "r3d", "red", "sony"}
"""Assumed: first words of the names of camera formats; the studio lists none."""

_SOUND = {".wav", ".bwf", ".rf64"}
_PAPERS = {".mhl", ".md5", ".txt", ".csv", ".pdf", ".ale", ".xml"}
"""Endings of sound, and of what lies beside it."""

_NUMBERED = re.compile(r"(.*?)(\d+)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a file belongs.

    Attributes:
        roll: Name of its roll; empty where it is in none.
        folder: Path of the folder of that roll.
        kind: ``camera`` or ``sound``.
        day: Name of the folder of its day; empty where there is none.
        assumed: What was assumed of the roll; empty where nothing was.
    """

    roll: str = ""
    folder: str = ""
    kind: Kind = "camera"
    day: str = ""
    assumed: str = ""

    def base(self, path: str) -> str:
        """Return the folder of the roll of a file, or of its day; empty where it is in none."""
        return self.folder or (self.day and f"{path.partition(self.day)[0]}{self.day}")

    def inside(self, path: str) -> str:
        """Return the path of a file in its roll; else in its day, or the path itself."""
        base = self.base(path)
        return path.removeprefix(f"{base}/") if base else path


class Sorter:
    """Says of each file of a tape where it belongs.

    Args:
        paths: All files of the tape, those among them that are MHLs.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        every = list(paths)
        found = (_LISTS.fullmatch(path) for path in every if "mhl" in path.lower())
        self._listed = {match["roll"] for match in found if match and not _is_day(match["roll"])}
        self._below = _below_media(every)
        self._endings: dict[str, set[str]] = {}
        for path in every:
            folders = path.split("/")[:-1]
            if not any(map(_MEDIA.fullmatch, folders)) and (depth := self._depth(folders)):
                roll = "/".join(folders[:depth])
                self._endings.setdefault(roll, set()).add(_ending(path))

    @property
    def listed(self) -> frozenset[str]:
        """Folders that hold an MHL."""
        return frozenset(self._listed)

    def sort(self, path: str) -> Belonging:
        """Return where a file belongs."""
        folders = path.split("/")[:-1]
        day = next((name for name in folders if _is_day(name)), "")
        depth = self._depth(folders)
        if not depth:
            return Belonging(day=day)
        roll, folder = folders[depth - 1], "/".join(folders[:depth])
        kind: Kind = "sound" if any(_is_sound(name) for name in folders[:depth]) else "camera"
        assumed = self._assumed(folders, depth)
        # Sets of endings are there for rolls outside of media folders alone.
        endings = self._endings.get(folder, set()) - _PAPERS
        if endings and endings <= _SOUND:
            kind, assumed = "sound", f"{folder}: sound, by the endings of its files"
        return Belonging(roll, folder, kind, day, assumed)

    def _depth(self, folders: list[str]) -> int:
        """Return how many folders lead to the roll, itself included; 0 where there is none."""
        for depth in range(1, len(folders) + 1):
            if "/".join(folders[:depth]) in self._listed:
                return depth
        media = [place for place, name in enumerate(folders) if _MEDIA.fullmatch(name)]
        if media:
            depth = media[-1] + 2
            if len(folders) < depth:
                return 0
            of_format = len(folders) > depth and self._is_format("/".join(folders[:depth]))
            return depth + 1 if of_format else depth
        days = [place for place, name in enumerate(folders) if _is_day(name)]
        outermost = days[-1] + 1 if days else 0
        if outermost < len(folders) and folders[outermost].lower() == "reports":
            return 0
        return outermost + 1 if len(folders) > outermost else 0

    def _is_format(self, folder: str) -> bool:
        """Whether a folder below ``Camera_Media`` is that of a format: by its name, or by rolls."""
        name, inner = folder.rpartition("/")[2], self._below.get(folder, {""})
        if "" in inner or _ROLL.fullmatch(name):
            return False
        if all(map(_ROLL.fullmatch, inner)) or any(f"{folder}/{n}" in self._listed for n in inner):
            return True
        known = re.split(r"[ _-]", name.lower())[0] in _FORMATS
        return known and not any(map(_CLIP.fullmatch, inner))

    def _assumed(self, folders: list[str], depth: int) -> str:
        """Say what was assumed of a roll below ``Camera_Media`` that no MHL names."""
        folder = "/".join(folders[:depth])
        if folder in self._listed or depth < 2:  # noqa: PLR2004  (the media folder and the roll)
            return ""
        above = "/".join(folders[: depth - 1])
        if above in self._below:
            return f"{above}: a camera format, and the folders in it are rolls; no MHL says so"
        inner = self._below.get(folder, {""})
        if "" not in inner and not _ROLL.fullmatch(folders[depth - 1]):
            return f"{folder}: a roll and no camera format; no MHL says so"
        return ""


def check_name(name: str, folder: str) -> None:
    """Refuse the name of a roll or day that cannot stand in a record, on a label or a line.

    Raises:
        LtoError: It has a line end, a control character or bytes that are not UTF-8.
    """
    if not name.isprintable():
        raise LtoError(
            f"{printable(folder)}: a line end, a control character or bytes that are not UTF-8 in "
            f"the name {printable(name)}; hint: rename the folder",
            printable(folder),
        )


def folded(names: Iterable[str]) -> tuple[str, ...]:
    """Write names with runs of numbers as one: ``A001-A012``, in the order given.

    Example:
        >>> folded(["A001", "A002", "A003", "B007", "A009"])
        ('A001-A003', 'B007', 'A009')
    """
    runs: list[list[str]] = []
    for name in names:
        if runs and _follows(runs[-1][-1], name):
            runs[-1].append(name)
        else:
            runs.append([name])
    return tuple(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def tells(name: str) -> bool:
    """Whether the name of a folder says what is in it: a day, or media of one kind."""
    return _is_day(name) or tells_kind(name)


def tells_kind(name: str) -> bool:
    """Whether the name of a folder says that camera media or sound is in it."""
    return _MEDIA.fullmatch(name) is not None


def _follows(name: str, later: str) -> bool:
    """Whether a name is the one before another: same beginning, same digits, next number."""
    one, other = _NUMBERED.fullmatch(name), _NUMBERED.fullmatch(later)
    if not one or not other or one[1] != other[1] or len(one[2]) != len(other[2]):
        return False
    return int(other[2]) == int(one[2]) + 1


@lru_cache(maxsize=4096)
def _is_day(path: str) -> bool:
    """Whether a folder is that of a day: a list of the whole day makes no roll of it."""
    found = _DAY.fullmatch(path.rpartition("/")[2])
    if found is None:
        return False
    try:
        dt.date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return False
    return True


def _below_media(paths: Iterable[str]) -> dict[str, set[str]]:
    """Return the folders in each folder directly below one for camera media.

    An empty name stands for a file that lies there; a hidden one, of a system, counts for nothing.
    """
    below: dict[str, set[str]] = {}
    for path in paths:
        parts = path.split("/")
        media = [place for place, name in enumerate(parts[:-1]) if _MEDIA.fullmatch(name)]
        if not media or _is_sound(parts[media[-1]]) or len(parts) < media[-1] + 3:
            continue
        first = media[-1] + 2
        inner = parts[first] if len(parts) > first + 1 else ""
        if inner or not parts[-1].startswith("."):
            below.setdefault("/".join(parts[:first]), set()).add(inner)
    return below


def _ending(path: str) -> str:
    """Return the ending of a file in small letters; that of papers for a hidden one."""
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return ".txt" if dot == 0 else name[dot:].lower() if dot > 0 else ""


def _is_sound(name: str) -> bool:
    """Whether a folder is one for sound."""
    found = _MEDIA.fullmatch(name)
    return found is not None and found[1].lower() == "sound"
