"""What a command does, as the system sees it: strace writes down its calls."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from material.commands import LIMIT
from material.needs import need

CALLS = "open,openat,read,pread64,mmap"
OPENED = re.compile(r'^open(?:at)?\(.*"(?P<path>[^"]*)"')
READ = re.compile(r"^p?read(?:64)?\(\d+<(?P<path>[^>]*)>.* = (?P<count>\d+)$")


@dataclass(frozen=True)
class Trace:
    """A command that has ended, and its calls."""

    run: subprocess.CompletedProcess[str]
    calls: list[str]

    def opened(self, suffix: str) -> list[str]:
        """Names of the files of this suffix that were opened, each as often as it was."""
        paths = [Path(found["path"]) for call in self.calls if (found := OPENED.match(call))]
        return sorted(path.name for path in paths if path.suffix == suffix)

    def bytes_read(self, path: Path) -> int:
        """How many bytes of a file were read."""
        reads = [found for call in self.calls if (found := READ.match(call))]
        return sum(int(read["count"]) for read in reads if read["path"] == str(path))


def traced(*arguments: str | Path) -> Trace:
    """Run the `reelpack` command under strace."""
    need("strace", "-o", "/dev/null", "true")
    with tempfile.TemporaryDirectory() as name:
        # A file for each thread, so that no call is interrupted by another one's.
        strace = ["strace", "-ff", "-y", "-e", f"trace={CALLS}", "-o", f"{name}/calls"]
        command = [*strace, sys.executable, "-m", "reelpack", *arguments]
        run = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=LIMIT,
            check=False,
        )
        calls = [line for path in Path(name).iterdir() for line in path.read_text().splitlines()]
    return Trace(run, calls)
