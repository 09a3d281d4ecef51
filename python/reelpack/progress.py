"""How far a job has come, as a callback hears it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Progress"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a job is done.

    A callback gets one a few times a second, on the thread that called; what it raises stops the
    work and comes out of the call. A short job may end before the first one.

    Attributes:
        bytes_done: Bytes read so far.
        bytes_total: Bytes to read in all; 0 while the walk is not over.
        files_done: Files read to their end.
        files_total: Files to read in all; 0 while the walk is not over.
    """

    bytes_done: int
    bytes_total: int
    files_done: int
    files_total: int


def as_native(
    callback: Callable[[Progress], object] | None,
) -> Callable[[int, int, int, int], object] | None:
    """Turn a callback that takes a `Progress` into one that takes four numbers."""
    if callback is None:
        return None

    def report(bytes_done: int, bytes_total: int, files_done: int, files_total: int) -> object:
        return callback(Progress(bytes_done, bytes_total, files_done, files_total))

    return report
