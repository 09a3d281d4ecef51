"""Runs of frames as one word: `nam.0101001-0101003.dpx`.

A run has one folder, stem, padding and extension, and numbers without a gap. The number is the last
group of digits before the extension, so that a version or a resolution in the stem stays there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Run", "fold"]

# At most 18 digits: a list may hold names of any length, and `int` refuses very long numbers.
_FRAME = re.compile(
    r"(?P<stem>.*?)(?P<number>[0-9]{1,18})(?P<suffix>(?:\.[A-Za-z][^./]*)?)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Run:
    """Names that follow each other; a single name is a run of one.

    Attributes:
        names: The names, in order.
    """

    names: tuple[str, ...]

    def __len__(self) -> int:
        """Count the names."""
        return len(self.names)

    def __str__(self) -> str:
        """Write first and last number where there is more than one name."""
        first, last = _split(self.names[0]), _split(self.names[-1])
        if len(self.names) == 1:
            return self.names[0]
        return f"{first.stem}{first.digits}-{last.digits}{first.suffix}"


class _Frame(NamedTuple):
    """A name taken apart; a name without a number is a stem alone. Sorts by number."""

    stem: str
    suffix: str
    number: int
    digits: str

    def leads_to(self, other: _Frame) -> bool:
        """Whether `other` is the next frame of the same run."""
        if (self.stem, self.suffix) != (other.stem, other.suffix) or not self.digits:
            return False
        return other.number == self.number + 1 and self._padded_like(other)

    def _padded_like(self, other: _Frame) -> bool:
        """Whether both numbers have one padding; 9999 to 10000 is no change of it."""
        grown = set(self.digits) == {"9"} and len(other.digits) == len(self.digits) + 1
        return len(other.digits) == len(self.digits) or grown


def fold(names: Iterable[str]) -> list[Run]:
    """Sort `names` by stem and number, and put runs together.

    Returns:
        The runs in order. Two equal names are never in one run.
    """
    runs: list[list[str]] = []
    before: _Frame | None = None
    for frame, name in sorted((_split(name), name) for name in names):
        if before is not None and before.leads_to(frame):
            runs[-1].append(name)
        else:
            runs.append([name])
        before = frame
    return [Run(tuple(run)) for run in runs]


def _split(name: str) -> _Frame:
    """Take a name apart."""
    found = _FRAME.fullmatch(name)
    if found is None:
        return _Frame(name, "", 0, "")
    digits = found["number"]
    return _Frame(found["stem"], found["suffix"], int(digits), digits)
