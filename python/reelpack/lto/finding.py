"""The rolls below folders, by names and sizes; no file is read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reelpack.errors import LtoError
from reelpack.facts import Facts
from reelpack.lto import mounts
from reelpack.lto.plans import Roll
from reelpack.lto.rolls import Sorter, check_name, tells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Dropped", "find_dropped", "find_rolls"]


@dataclass(frozen=True, slots=True)
class Dropped(Facts):
    """What lies in folders that are planned, and goes on no tape.

    Attributes:
        empty: Paths of folders that hold nothing, but for those in rolls that have files.
        left_out: Paths of links and of what is no regular file.
    """

    empty: tuple[str, ...]
    left_out: tuple[str, ...]


def find_rolls(*sources: str | os.PathLike[str]) -> tuple[Roll, ...]:
    """Find the rolls below folders, with the sizes of their files; no file is read.

    Args:
        *sources: Folders that hold rolls, such as days of a shoot, or rolls themselves: a folder
            that holds an MHL is one.

    Returns:
        The rolls, by the names of their days, then as given and by path. Files in no roll, such as
        reports, are one without a name for each source.

    Raises:
        OSError: A folder cannot be read.
        LtoError: There is no file at all, a folder is named twice or lies in another that is, or
            the name of a roll or day cannot stand in a record.
    """
    _check_apart(sources)
    found = [roll for source in sources for roll in _rolls(Path(source))]
    if not found:
        raise LtoError("rolls: there is no file in what was named")
    # Sorting keeps the order given of the rolls of one day.
    return tuple(sorted(found, key=lambda roll: roll.day.replace("-", "")))


def find_dropped(*sources: str | os.PathLike[str]) -> Dropped:
    """Find what no plan has: rolls without a file, and links, sockets and the like.

    An empty folder within a roll that has files is none: cameras write such.

    Args:
        *sources: As for `find_rolls`.

    Raises:
        OSError: A folder cannot be read.
    """
    empty: list[str] = []
    left_out: list[str] = []
    for source in map(Path, sources):
        found = mounts.walk(source)
        left_out += (os.fspath(source / path) for path in found.left_out)
        paths = [each.path for each in found.files]
        above = _named(source, paths)
        sorter = Sorter(f"{above}{path}" for path in paths)
        filled = {sorter.sort(f"{above}{path}").folder for path in paths} - {""}
        empty += (
            os.fspath(source / folder)
            for folder in _empty(source)
            if sorter.sort(f"{above}{folder}/").folder not in filled
        )
    return Dropped(tuple(empty), tuple(left_out))


def _empty(source: Path) -> Iterator[str]:
    """Yield the folders in which there is nothing at all, by path."""
    found = (
        os.path.relpath(folder, source)
        for folder, folders, files in os.walk(source)
        if not folders and not files
    )
    yield from sorted(found)


def _check_apart(sources: Sequence[str | os.PathLike[str]]) -> None:
    """Refuse folders of which one is another, or lies in it: their rolls would count twice."""
    known: list[Path] = []
    for place in map(Path, sources):
        real = place.resolve()
        for other in known:
            if real.is_relative_to(other) or other.is_relative_to(real):
                raise LtoError(f"{place}: is {other}, or one lies in the other; hint: name one")
        known.append(real)


def _rolls(source: Path) -> Iterator[Roll]:
    """Yield the rolls of one source, by path."""
    found = mounts.walk(source).files
    above = _named(source, [each.path for each in found])
    files = sorted((f"{above}{each.path}", each.size) for each in found)
    sorter = Sorter(path for path, _ in files)
    groups: dict[tuple[str, str, str, str, str], list[tuple[str, int]]] = {}
    for path, count in files:
        to = sorter.sort(path)
        for name in (to.roll, to.day):
            check_name(name, f"{source}/{to.base(path).removeprefix(above)}")
        key = (to.roll, to.base(path), to.kind, to.day, to.assumed)
        groups.setdefault(key, []).append((to.inside(path), count))
    for (name, folder, kind, day, assumed), group in groups.items():
        yield Roll(name, folder, kind, day, tuple(group), assumed)


def _named(source: Path, paths: Sequence[str]) -> str:
    """Return the name of a source with a slash where it is a roll or a day, or says which kind."""
    # `resolve` would follow a link, whose own name is meant.
    name = os.path.basename(os.path.abspath(source))  # noqa: PTH100, PTH119  (the same)
    lists = (path.lower() for path in paths if "mhl" in path.lower())
    listed = any(path.startswith("ascmhl/") or "/" not in path for path in lists)
    return f"{name}/" if listed or tells(name) else ""
