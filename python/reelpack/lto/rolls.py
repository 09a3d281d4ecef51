"""Which files belong to which roll and day, by the names of folders.

A roll is the folder that holds an MHL, directly or in ``ascmhl``; without one it is the folder
below ``Camera_Media`` or ``Sound_Media``, or else the outermost folder that is no day (partnerhelp,
Footage Ingest template; that a roll is the folder above its MHL: third party). A day is a folder
such as ``20230510_EP103_Day05_MU``, or one that begins with a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Belonging", "Sorter", "folded", "tells"]

Kind = Literal["camera", "sound"]

_DAY = re.compile(r"(\d{8})(?:[_-].*)?", re.ASCII)
_MEDIA = re.compile(r"(camera|sound)[ _-]?(media|rolls?)?", re.IGNORECASE)
_LISTS = re.compile(r"(?P<roll>.+?)/(?:ascmhl/[^/]+|[^/]+\.mhl)", re.IGNORECASE)
_NUMBERED = re.compile(r"(.*?)(\d+)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a file belongs.

    Attributes:
        roll: Name of its roll; empty where it is in none.
        folder: Path of the folder of that roll.
        kind: ``camera`` or ``sound``.
        day: Name of the folder of its day; empty where there is none.
    """

    roll: str = ""
    folder: str = ""
    kind: Kind = "camera"
    day: str = ""

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
        found = (_LISTS.fullmatch(path) for path in paths if "mhl" in path.lower())
        self._listed = {match["roll"] for match in found if match and not _is_day(match["roll"])}

    @property
    def listed(self) -> frozenset[str]:
        """Folders that hold an MHL."""
        return frozenset(self._listed)

    def sort(self, path: str) -> Belonging:
        """Return where a file belongs."""
        folders = path.split("/")[:-1]
        day = next((name for name in folders if _DAY.fullmatch(name)), "")
        depth = self._depth(folders)
        if not depth:
            return Belonging(day=day)
        kind: Kind = "sound" if any(_is_sound(name) for name in folders[:depth]) else "camera"
        return Belonging(folders[depth - 1], "/".join(folders[:depth]), kind, day)

    def _depth(self, folders: list[str]) -> int:
        """Return how many folders lead to the roll, itself included; 0 where there is none."""
        for depth in range(1, len(folders) + 1):
            if "/".join(folders[:depth]) in self._listed:
                return depth
        media = [place for place, name in enumerate(folders) if _MEDIA.fullmatch(name)]
        if media:
            return media[-1] + 2 if len(folders) > media[-1] + 1 else 0
        days = [place for place, name in enumerate(folders) if _DAY.fullmatch(name)]
        outermost = days[-1] + 1 if days else 0
        if outermost < len(folders) and folders[outermost].lower() == "reports":
            return 0
        return outermost + 1 if len(folders) > outermost else 0


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
    return bool(_DAY.fullmatch(name) or _MEDIA.fullmatch(name))


def _follows(name: str, later: str) -> bool:
    """Whether a name is the one before another: same beginning, same digits, next number."""
    one, other = _NUMBERED.fullmatch(name), _NUMBERED.fullmatch(later)
    if not one or not other or one[1] != other[1] or len(one[2]) != len(other[2]):
        return False
    return int(other[2]) == int(one[2]) + 1


def _is_day(path: str) -> bool:
    """Whether a folder is that of a day: a list of the whole day makes no roll of it."""
    return _DAY.fullmatch(path.rpartition("/")[2]) is not None


def _is_sound(name: str) -> bool:
    """Whether a folder is one for sound."""
    found = _MEDIA.fullmatch(name)
    return found is not None and found[1].lower() == "sound"
