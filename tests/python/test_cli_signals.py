"""A command that is told to stop stops, cleans up and says so."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest
from material.commands import start
from material.sparse import ENDLESS, GIB, sparse_folder

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path


def stop(command: subprocess.Popen[str], signum: signal.Signals) -> str:
    """Send a signal once the command is at work; return what it says on stderr after that."""
    assert command.stderr is not None
    while not command.stderr.readline().endswith(": started\n"):
        assert command.poll() is None
    time.sleep(0.5)  # long enough to be in the midst of reading, far too short to end
    command.send_signal(signum)
    _, said = command.communicate(timeout=5)
    return said


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_checksum(tmp_path: Path, name: str, code: int) -> None:
    shot = sparse_folder(tmp_path / "shot", ENDLESS)

    with start("checksum", shot) as command:
        said = stop(command, signal.Signals[name])

    assert command.returncode == code
    assert said.splitlines()[-2:] == [
        f"reelpack: stopped by {name}",
        (
            "hint: unless it was done already, the same command goes on from there; "
            "`reelpack state clear` drops what is kept"
        ),
    ]
    assert [path.name for path in shot.iterdir()] == ["a.0001.dpx"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_without_a_state_leaves_no_zip_under_any_name(tmp_path: Path, name: str) -> None:
    shot = sparse_folder(tmp_path / "shot", 4 * GIB)

    with start("zip", "--no-state", shot) as command:
        stop(command, signal.Signals[name])

    assert command.returncode == 128 + signal.Signals[name]
    assert [path.name for path in tmp_path.iterdir()] == ["shot"]
