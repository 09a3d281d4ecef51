"""The files of a plan as they lie on the disk; none is read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reelpack.cuts.rulebook import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.cuts.plans import CutPlan, PlannedFile
    from reelpack.rules import RuleFinding

__all__ = ["Seen", "findings", "look"]

LISTS = frozenset({".md5", ".sha1", ".sha256", ".xxh64", ".xxh3", ".xxh128", ".mhl"})
PLANS = frozenset({".toml", ".yaml", ".yml"})
"""What may lie beside a cut without being part of it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is there.

    Attributes:
        folder: That of the plan.
        plan: What it says.
        sizes: Size in bytes by path as in the plan; None where there is no such regular file.
    """

    folder: Path
    plan: CutPlan
    sizes: dict[str, int | None]

    @property
    def size(self) -> int:
        """Size of all that is there, each file once."""
        return sum(size or 0 for size in self.sizes.values())

    def place(self, path: str) -> Path:
        """Return where a file of the plan lies."""
        return self.folder / path


def look(path: str, plan: CutPlan) -> Seen:
    """Look for the files of a plan.

    Raises:
        OSError: A folder may not be entered. What is not there is no error.
    """
    folder = Path(path).parent
    return Seen(folder, plan, {each.path: _size(folder / each.path) for each in plan.files})


def findings(seen: Seen) -> Iterator[RuleFinding]:
    """Say what is wrong with what is there."""
    inside = Path(os.path.abspath(seen.folder))  # noqa: PTH100  (links stay as they are named)
    before: set[str] = set()
    for file in seen.plan.files:
        place = os.path.abspath(seen.place(file.path))  # noqa: PTH100  (the same)
        if place in before:
            yield rule("twice").finding(file.path, "in the plan twice")
        before.add(place)
        if not Path(place).is_relative_to(inside):
            yield rule("outside").finding(file.path, "outside the folder of the plan")
        yield from _there(file, seen.sizes[file.path])
    yield from _beside(seen, before)


def _there(file: PlannedFile, size: int | None) -> Iterator[RuleFinding]:
    """Say whether a file is there and has a byte."""
    if size is None:
        yield rule("missing").finding(file.path, "not there, or no regular file")
    elif size == 0:
        yield rule("empty").finding(file.path, "no byte")


def _beside(seen: Seen, planned: set[str]) -> Iterator[RuleFinding]:
    """Name what lies in the folder of the plan and is in no plan; folders are not entered."""
    for entry in sorted(os.scandir(seen.folder), key=lambda each: each.name):
        place = os.path.abspath(entry.path)  # noqa: PTH100  (links stay as they are named)
        if entry.is_file() and place not in planned and not _is_about(entry.name):
            name = os.fsencode(entry.name)
            yield rule("beside").finding(name.decode("utf-8", "replace"), "not in the plan")


def _is_about(name: str) -> bool:
    """Whether a file is a list, a plan or hidden, and so no part of a cut."""
    suffix = Path(name).suffix.lower()
    return name.startswith(".") or name == "checksum.txt" or suffix in LISTS | PLANS


def _size(place: Path) -> int | None:
    """Return the size of a regular file; None where there is none."""
    try:
        facts = place.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return facts.st_size if stat.S_ISREG(facts.st_mode) else None
