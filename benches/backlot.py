"""CPU time of a call of the Backlot client against `requests`, and memory of 100,000 requests.

The server is a stub in another process that answers at once: what is left is the client's own work.
"""

from __future__ import annotations

import contextlib
import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from material.oracle import environment
from measure import Contender, note, race
from rows import MB, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands import Bench
    from measure import Command

HERE = Path(__file__).parent

REQUESTS = "requests==2.34.2"
"""The rival, as pinned in pyproject.toml."""

SIZES = (1, 20)
"""Source requests on a page: what a call costs, and what a small table costs."""

CALLS = 500
"""Calls of each of the eight threads: a second or so of CPU time, where the clock ticks in ms."""

MANY, FEW = 100_000, 1_000

FLAT = 8
"""MB that paging through 100 times as many may take more: allocators never give back all."""

PAGES = """
import sys
from reelpack.backlot import Backlot
with Backlot(sys.argv[1], token="stub", state=False) as studio:
    assert sum(1 for _ in studio.requests()) == int(sys.argv[2])
"""


@dataclass(slots=True)
class Client:
    """A script that makes the calls, and what one of them cost in each round."""

    python: Path
    script: str
    microseconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Microseconds of CPU for one call, the middle of all rounds."""
        return statistics.median(self.microseconds)

    def run(self, url: str, size: int) -> None:
        """Run once more."""
        command: Command = [self.python, HERE / self.script, url, str(size), str(CALLS)]
        done = subprocess.run(command, capture_output=True, check=True)
        self.microseconds.append(json.loads(done.stdout)["microseconds"])
        note(f"  {self.script}, {size} on a page: {self.microseconds[-1]:.0f} us")


@contextlib.contextmanager
def stub(total: int) -> Iterator[str]:
    """Run the server; it ends with the block."""
    command: Command = [sys.executable, HERE / "backlot_stub.py", str(total)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        yield server.stdout.readline().strip()
        server.stdin.close()


def calls(bench: Bench) -> Iterator[Row]:
    """The first page of a search, eight threads at once, ours and theirs in turns."""
    rival = environment(bench.work / "requests", REQUESTS) / "bin" / "python"
    for size in SIZES:
        ours = Client(Path(sys.executable), "backlot_ours.py")
        theirs = Client(rival, "backlot_theirs.py")
        with stub(size) as url:
            for _ in range(bench.rounds):
                theirs.run(url, size)
                ours.run(url, size)
        ratio = ours.median / theirs.median
        measured = f"{ratio:.2f} times ({ours.median:.0f} us, {theirs.median:.0f} us)"
        what = f"CPU of a Backlot call, {size} on a page, takes of `requests`"
        yield Row(what, measured, "at most 0.5", ratio <= 0.5)


def pages(bench: Bench) -> Iterator[Row]:
    """Memory while requests are paged through by hundreds."""
    peaks = []
    for count in (FEW, MANY):
        with stub(count) as url:
            command = [sys.executable, "-c", PAGES, url, str(count)]
            contender = Contender(f"{count:,} requests paged through", [*command])
            race([contender], min(bench.rounds, 3))
        peaks.append(contender.peak / MB)
    few, many = peaks
    measured = f"{many:.0f} MB ({FEW:,}: {few:.0f} MB)"
    target = f"at most {FLAT} MB more"
    yield Row(f"memory of {MANY:,} requests paged through", measured, target, many - few <= FLAT)


def backlot(bench: Bench) -> Iterator[Row]:
    """All that is measured of the client."""
    yield from calls(bench)
    yield from pages(bench)
