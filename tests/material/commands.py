"""Running our commands as processes, the way a user does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, BinaryIO

import pytest

if TYPE_CHECKING:
    from pathlib import Path

Completed = subprocess.CompletedProcess[str]

LIMIT = 50.0
"""Seconds a command may take: below the time limit of a test, so that the output is shown."""


def reelpack(*arguments: str | Path, unprivileged: bool = False, limit: float = LIMIT) -> Completed:
    """Run the `reelpack` command."""
    return _run("reelpack", arguments, unprivileged=unprivileged, limit=limit)


def drop_in(*arguments: str | Path, unprivileged: bool = False, limit: float = LIMIT) -> Completed:
    """Run our `npack` command."""
    return _run("reelpack.npack", arguments, unprivileged=unprivileged, limit=limit)


def start(
    *arguments: str | Path, stdout: int | BinaryIO = subprocess.PIPE
) -> subprocess.Popen[str]:
    """Start the `reelpack` command and return at once."""
    return subprocess.Popen(
        [sys.executable, "-m", "reelpack", *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="surrogateescape",
    )


def walk(process: subprocess.Popen[str]) -> None:
    """Let a command work for a moment of a longer one: so any machine is met midway."""
    process.send_signal(signal.SIGSTOP)
    time.sleep(0.04)
    process.send_signal(signal.SIGCONT)
    time.sleep(0.01)


def _run(
    module: str, arguments: tuple[str | Path, ...], *, unprivileged: bool, limit: float
) -> Completed:
    """Run a module; names that are not UTF-8 arrive as `os.fsdecode` gives them."""
    return subprocess.run(
        [*(_without_override() if unprivileged else []), sys.executable, "-m", module, *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=limit,
        check=False,
    )


def _without_override() -> list[str]:
    """What makes root subject to permissions, as an ordinary user is.

    Changing to another user instead would often lose sight of the interpreter, which may lie in a
    folder only root can enter.
    """
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root can read everything, and setpriv is not installed")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
