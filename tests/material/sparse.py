"""Files that are huge to read and take no room on disk: work that lasts as long as a test needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

GIB = 1 << 30

ENDLESS = 64 * GIB
"""A single file of this size keeps one core busy for well over the time limit of a test."""


def sparse_folder(folder: Path, size: int) -> Path:
    """Make `folder` with one frame of `size` zeros in it."""
    folder.mkdir()
    with (folder / "a.0001.dpx").open("wb") as frame:
        frame.truncate(size)
    return folder
