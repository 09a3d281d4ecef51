"""The frame map: a cell for each frame of a sequence, told apart by a letter and a colour.

Neighbours in one state are one element with a letter for each cell. So the map wraps like text on a
phone and on paper, needs no script, and a sequence in good order costs a letter a frame.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reelpack.report.states import STATES, rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reelpack.audits import FrameRun

__all__ = ["Cells", "FrameMap", "counted", "ranges", "span"]

MAX_CELLS = 2_000
"""Cells of one map before a cell covers several frames: 17 lines on a desk, a screen on a phone."""

MAX_TITLES = 200
"""Elements of one map that say their frames when pointed at; nobody points at more."""

_NAMES = tuple(STATES)


class Cells(NamedTuple):
    """Neighbouring cells of one state, and the frames that they cover."""

    state: str
    first: int
    last: int
    letters: str


# No slots here: what was counted is kept, and `cached_property` needs a `__dict__`.
@dataclass(frozen=True)
class FrameMap:
    """The states of the frames of one sequence.

    Attributes:
        runs: As `Audit.frame_maps` has them.
        max_cells: Cells before a cell covers several frames.
    """

    runs: Sequence[FrameRun]
    max_cells: int = MAX_CELLS

    @cached_property
    def step(self) -> int:
        """Frames a cell covers: 1, 2, 5, 10, 20, and so on."""
        frames = self.counts.total()
        return next(step for step in _steps() if frames <= self.max_cells * step)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many frames are in each state."""
        counts: Counter[str] = Counter()
        for state, first, last in self.runs:
            counts[state] += last - first + 1
        return counts

    def spans(self, state: str) -> list[str]:
        """Write the ranges of the frames in `state`, such as ``1001-1010`` and ``1015``."""
        return [span(first, last) for name, first, last in self.runs if name == state]

    def islands(self) -> Iterator[list[Cells]]:
        """Yield the cells of each stretch without a hole, one item for neighbours in one state.

        A cell has the worst state of the frames that it covers.
        """
        for stretch in self.stretches():
            yield list(_cells(stretch, self.step))

    def html(self) -> str:
        """Write the map, and how many frames a cell covers if that is not one."""
        islands = list(self.islands())
        titles = sum(map(len, islands)) <= MAX_TITLES
        cells = "<i></i>".join(
            "".join(_element(cells, self.step, title=titles) for cells in island)
            for island in islands
        )
        label = f"frame map: {counted(self.counts)}"
        return f'<p class="map" role="img" aria-label="{label}">{cells}</p>{_scale(self.step)}'

    def stretches(self) -> Iterator[list[FrameRun]]:
        """Yield the runs that follow each other without a hole."""
        stretch: list[FrameRun] = []
        for run in self.runs:
            if stretch and run.first != stretch[-1].last + 1:
                yield stretch
                stretch = []
            stretch.append(run)
        if stretch:
            yield stretch


def counted(counts: Counter[str]) -> str:
    """Write how many frames are in which state, those in good order first."""
    return ", ".join(f"{counts[name]:,} {name}" for name in _NAMES if counts[name])


def span(first: int, last: int) -> str:
    """Write a range of frames as `reelpack sequences` does: ``1001-1010``, ``1015``."""
    return str(first) if first == last else f"{first}-{last}"


def ranges(spans: Iterable[str]) -> str:
    """Write ranges for HTML so that a line ends between two of them, never within one."""
    return f'<span class="frames">{",<wbr> ".join(spans)}</span>'


def _cells(stretch: Sequence[FrameRun], step: int) -> Iterator[Cells]:
    """Yield the cells of one stretch."""
    start, end = stretch[0].first, stretch[-1].last
    worst = bytearray((end - start) // step + 1)
    for state, first, last in stretch:
        own = rank(state)
        for cell in range((first - start) // step, (last - start) // step + 1):
            worst[cell] = max(worst[cell], own)
    first = start
    for own, group in itertools.groupby(worst):
        count = len(list(group))
        name = _NAMES[own]
        last = first + count * step - 1
        yield Cells(name, first, min(last, end), STATES[name].letter * count)
        first = last + 1


def _steps() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, and so on."""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _element(cells: Cells, step: int, *, title: bool) -> str:
    """Write neighbouring cells of one state."""
    worst = "" if step == 1 else ", worst of each cell"
    about = f' title="{span(cells.first, cells.last)} {cells.state}{worst}"' if title else ""
    return f'<b class="{cells.state}"{about}>{cells.letters}</b>'


def _scale(step: int) -> str:
    """Say that a cell covers several frames, if it does."""
    if step == 1:
        return ""
    return (
        f'<p class="scale">One cell covers {step:,} frames and shows the worst of them; the exact '
        "frames are listed below.</p>"
    )
