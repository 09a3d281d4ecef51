"""Time and peak memory of whole commands, run in turns so that all meet the same machine."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from material.oracle import RACE, TRIES, offline_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Command = list["str | Path"]


class CommandFailedError(Exception):
    """A measured command did not do its work, so its time means nothing."""


def nothing() -> None:
    """Do nothing: a contender that needs no preparation."""


@dataclass(slots=True)
class Contender:
    """A command that is run once a round."""

    name: str
    command: Command
    before: Callable[[], None] = nothing
    """Puts things back as they were; not timed."""

    seconds: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Seconds, the middle of all rounds."""
        return statistics.median(self.seconds)

    @property
    def peak(self) -> int:
        """Bytes resident at most, in the worst round; mapped files count as far as resident."""
        return max(self.memory)

    def run(self) -> None:
        """Run once more, and again where npack fell to its own race."""
        for _ in range(TRIES):
            self.before()
            seconds, memory, complaint = run_measured(self.command)
            if complaint is None:
                self.seconds.append(seconds)
                self.memory.append(memory)
                return
            if RACE not in complaint:
                break
        raise CommandFailedError(f"{self.name}: {complaint}")


def race(contenders: Sequence[Contender], rounds: int) -> None:
    """Run A, B, A, B, ...: what slows the machine down for a while slows down each of them."""
    for number in range(rounds):
        for contender in contenders:
            # What the one before left to write to the disk is not to slow this one down.
            os.sync()
            contender.run()
            note(f"  {number + 1}/{rounds} {contender.name}: {contender.seconds[-1]:.2f} s")


def run_measured(command: Command) -> tuple[float, int, str | None]:
    """Seconds, peak memory in bytes, and what stderr said if the command failed.

    The kernel counts the memory of this one child, and not less than this process itself had when
    it started the child: keep this process small.
    """
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors, env=offline_environment()
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        complaint = errors.read().decode(errors="replace") or "no word of why"
    # Linux counts in KiB, macOS in bytes.
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return seconds, memory, complaint if child.returncode else None


def warm(folder: Path) -> None:
    """Read everything under ``folder`` once, so that it lies in the page cache."""
    subprocess.run(cat(folder), check=True)


def cat(folder: Path) -> Command:
    """Read all files under ``folder`` in the order of their names."""
    pipe = 'find "$1" -type f -print0 | sort -z | xargs -0 cat >/dev/null'
    return ["sh", "-c", pipe, "sh", folder]


def can_drop_caches() -> bool:
    return os.geteuid() == 0 and os.access("/proc/sys/vm/drop_caches", os.W_OK)


def drop_caches() -> None:
    """Forget everything the page cache holds (root, Linux)."""
    os.sync()
    with open("/proc/sys/vm/drop_caches", "w", encoding="ascii") as file:  # noqa: PTH123 - no file
        file.write("3")


def note(text: str) -> None:
    """Say on stderr how far it is; stdout is for the table."""
    print(text, file=sys.stderr, flush=True)
