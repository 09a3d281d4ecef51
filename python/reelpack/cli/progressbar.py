"""How far a command has come, on stderr: a bar on a terminal, else a plain line now and then.

An overnight job writes to a file: the plain lines say where it was when something happened.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

from reelpack import wording
from reelpack.cli.output import note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reelpack import Progress

__all__ = ["PlainLines", "progress_bar"]

INTERVAL = 60
"""Seconds between two plain lines."""


@contextlib.contextmanager
def progress_bar(
    verb: str, source: str, *, quiet: bool, plain: bool = True
) -> Iterator[Callable[[Progress], object] | None]:
    """Show the progress of one job while the block runs.

    Args:
        verb: The command.
        source: What it works on.
        quiet: Show nothing.
        plain: Write plain lines where there is no terminal; else show nothing there either.

    Yields:
        The callback to hand to the job; None if nothing is to be shown.
    """
    on_terminal = _on_terminal()
    if quiet or not (plain or on_terminal):
        yield None
    elif on_terminal:
        from reelpack.cli.bar import bar  # noqa: PLC0415  (rich: 60 ms that logs need not pay)

        with bar(verb) as update:
            yield update
    else:
        lines = PlainLines(f"{verb} {wording.printable(source)}")
        with lines.running():
            yield lines.update


class PlainLines:
    """A line at the start, one a minute, one at the end."""

    def __init__(
        self,
        job: str,
        *,
        say: Callable[[str], object] = note,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the words for the job; `say` and `clock` (seconds) are there for tests."""
        self._job = job
        self._print = say
        self._clock = clock
        self._began = self._told = clock()
        self._last: Progress | None = None

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Say that the job begins, and how it ended."""
        self._say("started")
        try:
            yield
        except BaseException:  # a signal too is said
            self._say(f"stopped{self._where()}")
            raise
        self._say(f"done in {wording.duration(self._elapsed())}")

    def update(self, progress: Progress) -> None:
        """Hear of progress; says so once a minute."""
        self._last = progress
        now = self._clock()
        if now - self._told >= INTERVAL:
            self._told = now
            self._say(self._state(progress))

    def _say(self, what: str) -> None:
        """Print one line with the local time."""
        self._print(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {self._job}: {what}")

    def _where(self) -> str:
        """Say how far the job was when it stopped, as far as that is known."""
        return f" after {amount(self._last)}" if self._last else ""

    def _state(self, progress: Progress) -> str:
        """Say how far the job is, how fast, and how much longer it takes at that rate."""
        elapsed = self._elapsed()
        state = f"{amount(progress)}, {wording.rate(progress.bytes_done, elapsed)}"
        if not progress.bytes_done or not progress.bytes_total:
            return state
        left = elapsed * (progress.bytes_total - progress.bytes_done) / progress.bytes_done
        return f"{state}, {wording.duration(left)} left"

    def _elapsed(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._began


def amount(progress: Progress) -> str:
    """Write how much is done: ``1.20 of 3.73 TB, 30,000 of 74,880 files``."""
    return (
        f"{wording.size(progress.bytes_done)} of {wording.size(progress.bytes_total)}, "
        f"{progress.files_done:,} of {wording.files(progress.files_total)}"
    )


def _on_terminal() -> bool:
    """Whether stderr is a terminal on which a line can be redrawn."""
    return sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")
