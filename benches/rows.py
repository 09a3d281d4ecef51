"""The lines of the table, each with its target beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from measure import Contender

MB = 1e6


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    target: str
    reached: bool

    def __str__(self) -> str:
        reached = "yes" if self.reached else "**no**"
        return f"| {self.what} | {self.measured} | {self.target} | {reached} |"


def at_least(
    what: str, slow: Contender, fast: Contender, target: float, trial: float | None = None
) -> Row:
    """How many times as long the other one takes."""
    ratio = slow.median / fast.median
    measured = f"{ratio:.2f} times ({slow.median:.2f} s, {fast.median:.2f} s)"
    possible = f" ({trial:g})" if trial else ""
    return Row(what, measured, f"at least {target:g}{possible}", ratio >= target)


def at_most(what: str, ours: Contender, other: Contender, target: float) -> Row:
    """What part of the other one's time ours takes."""
    ratio = ours.median / other.median
    measured = f"{ratio:.2f} times ({ours.median:.2f} s, {other.median:.2f} s)"
    return Row(what, measured, f"at most {target:g}", ratio <= target)


def memory(what: str, contender: Contender, limit: int) -> Row:
    """Peak resident memory of the one process, in MB."""
    peak = contender.peak / MB
    return Row(f"memory of {what}", f"{peak:.0f} MB", f"under {limit} MB", peak < limit)


def at_most_seconds(what: str, contender: Contender, limit: float) -> Row:
    """Seconds of the one process."""
    seconds = contender.median
    return Row(what, f"{seconds:.2f} s", f"under {limit:g} s", seconds < limit)
