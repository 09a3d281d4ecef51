"""Whether what one run made is what another made, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PIECE = 1 << 20


def differences(found: Path, expected: Path, *, times: bool = False) -> list[str]:
    """What is not the same below two folders, hidden files included.

    Args:
        found: One folder.
        expected: The other.
        times: Whether frames must have the same modification time too; lists never have.
    """
    here, there = files_below(found), files_below(expected)
    faults = [f"{name}: only in {found}" for name in here.keys() - there.keys()]
    faults += [f"{name}: only in {expected}" for name in there.keys() - here.keys()]
    for name in here.keys() & there.keys():
        if not same_bytes(here[name], there[name]):
            faults.append(f"{name}: other bytes")
        elif times and name.endswith(".dpx") and modified(here[name]) != modified(there[name]):
            faults.append(f"{name}: another time")
    return sorted(faults)


def files_below(folder: Path) -> dict[str, Path]:
    """All files below a folder by their path from there on."""
    paths = (path for path in folder.rglob("*") if not path.is_dir())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files have the same bytes; neither is held in memory."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(PIECE):
            if piece != second.read(PIECE):
                return False
    return True


def modified(path: Path) -> int:
    return path.stat().st_mtime_ns
