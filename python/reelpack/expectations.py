"""What a caller knows of a sequence before anybody looks: where it begins, how long it is."""

from __future__ import annotations

from typing import TypedDict

__all__ = ["Expected", "native_expected"]


class Expected(TypedDict):
    """What ought to be there, as the extension wants to know it."""

    first: str | None
    frames: int | None
    fps: str | None
    islands: bool


def native_expected(
    *, first: int | str | None, frames: int | None, fps: str | float | None, islands: bool
) -> Expected:
    """Turn four arguments of the public functions into those for the extension."""
    return Expected(
        first=None if first is None else str(first),
        frames=frames,
        # Six digits: 24.0 is the rate "24", and 24000/1001 as a number is "23.976".
        fps=fps if fps is None or isinstance(fps, str) else f"{fps:g}",
        islands=islands,
    )
