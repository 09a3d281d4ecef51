"""The files of a plan as they lie on the disk; some are opened, and none is read."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reelpack.cuts.plans import PROXY
from reelpack.cuts.rulebook import rule
from reelpack.verification import NotChecked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.cuts.plans import CutPlan, PlannedFile
    from reelpack.rules import RuleFinding

__all__ = ["Seen", "findings", "look", "unreadable"]

LISTS = frozenset({".md5", ".sha1", ".sha256", ".xxh64", ".xxh3", ".xxh128", ".mhl"})
PLANS = frozenset({".toml", ".yaml", ".yml"})
"""What may lie beside a cut without being part of it."""

NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP})
"""What the system says of a path that leads to nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is there.

    Attributes:
        folder: That of the plan.
        plan: What it says.
        sizes: Size in bytes by path as in the plan; None where there is no such regular file.
        inodes: What the system knows each of them by, where it says so.
    """

    folder: Path
    plan: CutPlan
    sizes: dict[str, int | None]
    inodes: dict[str, tuple[int, int]]

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
    facts = {each.path: _facts(folder / each.path) for each in plan.files}
    there = {path: found for path, found in facts.items() if found is not None}
    return Seen(
        folder,
        plan,
        {path: None if found is None else found.st_size for path, found in facts.items()},
        {path: (found.st_dev, found.st_ino) for path, found in there.items() if found.st_ino},
    )


def findings(seen: Seen) -> Iterator[RuleFinding]:
    """Say what is wrong with what is there."""
    yield from _twice(seen)
    yield from _same_name(seen)
    inside = os.path.realpath(seen.folder)
    for file in seen.plan.files:
        if not Path(os.path.realpath(seen.place(file.path))).is_relative_to(inside):
            yield rule("outside").finding(file.path, "outside the folder of the plan")
        yield from _there(file, seen.sizes[file.path])
    yield from _beside(seen)


def unreadable(seen: Seen) -> Iterator[NotChecked]:
    """Say which files may not be read; of videos it is said where their boxes are read."""
    for file in seen.plan.files:
        if file.type == PROXY or seen.sizes[file.path] is None:
            continue
        try:
            # Opened, not asked for its rights, which a share need not keep to.
            seen.place(file.path).open("rb").close()
        except OSError as error:
            yield NotChecked(file.path, f"what it holds: {error.strerror or error}")


def _twice(seen: Seen) -> Iterator[RuleFinding]:
    """Name each file that was in the plan before, be it under another name that leads to it."""
    first: dict[str | tuple[int, int], str] = {}
    for file in seen.plan.files:
        key = _key(seen, file)
        if key in first:
            other = first[key]
            same = _named(seen.place(other)) == _named(seen.place(file.path))
            message = "in the plan twice" if same else f"the same file as {other}"
            yield rule("twice").finding(file.path, message)
        first.setdefault(key, file.path)


def _same_name(seen: Seen) -> Iterator[RuleFinding]:
    """Name files that have one name in several folders; one that is there twice counts once."""
    first: dict[str | tuple[int, int], PlannedFile] = {}
    for file in seen.plan.files:
        first.setdefault(_key(seen, file), file)
    counts = Counter(file.name.casefold() for file in first.values())
    for file in first.values():
        if counts[file.name.casefold()] > 1:
            yield rule("same-name").finding(file.path, "another file has this name")


def _key(seen: Seen, file: PlannedFile) -> str | tuple[int, int]:
    """Return what tells a file from all others."""
    return seen.inodes.get(file.path) or _named(seen.place(file.path))


def _named(place: str | os.PathLike[str]) -> str:
    """Return a path in full; links stay as they are named."""
    return os.path.abspath(place)  # noqa: PTH100  (which would follow them)


def _there(file: PlannedFile, size: int | None) -> Iterator[RuleFinding]:
    """Say whether a file is there and has a byte."""
    if size is None:
        yield rule("missing").finding(file.path, "not there, or no regular file")
    elif size == 0:
        yield rule("empty").finding(file.path, "no byte")


def _beside(seen: Seen) -> Iterator[RuleFinding]:
    """Name what lies in the folder of the plan and is in no plan; folders are not entered."""
    planned = {_named(seen.place(file.path)) for file in seen.plan.files}
    for entry in sorted(os.scandir(seen.folder), key=lambda each: each.name):
        is_file = _facts(Path(entry.path)) is not None
        if is_file and _named(entry.path) not in planned and not _is_about(entry.name):
            name = os.fsencode(entry.name)
            yield rule("beside").finding(name.decode("utf-8", "replace"), "not in the plan")


def _is_about(name: str) -> bool:
    """Whether a file is a list, a plan or hidden, and so no part of a cut."""
    suffix = Path(name).suffix.lower()
    return name.startswith(".") or name == "checksum.txt" or suffix in LISTS | PLANS


def _facts(place: Path) -> os.stat_result | None:
    """Return what the system says of a regular file; None where there is none."""
    try:
        facts = place.stat()
    except OSError as error:
        if error.errno not in NOWHERE:
            raise
        return None
    return facts if stat.S_ISREG(facts.st_mode) else None
