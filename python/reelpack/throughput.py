"""How fast a job went, noted while it runs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from reelpack.progress import Progress

__all__ = ["Throughput"]

MOST_SAMPLES = 2_000
"""Samples kept of one job; of a long one every second is dropped, again and again."""


class Throughput:
    """A callback for progress that notes how many bytes were done when."""

    def __init__(
        self,
        callback: Callable[[Progress], object] | None,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Take the callback of the caller; `clock` (seconds) is there for tests."""
        self._callback = callback
        self._clock = clock
        self._began = clock()
        self._samples: list[tuple[float, int]] = []
        self._interval = 0.0

    @property
    def samples(self) -> tuple[tuple[float, int], ...]:
        """Seconds since the start and bytes done by then, in order; at most a few thousand."""
        return tuple(self._samples)

    def __call__(self, progress: Progress) -> None:
        """Hear of progress, and pass it on."""
        seconds = self._clock() - self._began
        if not self._samples or seconds - self._samples[-1][0] >= self._interval:
            self._samples.append((seconds, progress.bytes_done))
            self._thin_out()
        if self._callback is not None:
            self._callback(progress)

    def _thin_out(self) -> None:
        """Keep every second sample where there are too many, and take half as many from now on."""
        if len(self._samples) <= MOST_SAMPLES:
            return
        self._interval = 2 * self._samples[-1][0] / len(self._samples)
        del self._samples[1::2]
