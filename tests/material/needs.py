"""What some tests need of the system: skipped on a laptop that lacks it, an error on the CI."""

from __future__ import annotations

import os
import shutil
import subprocess
import unittest
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from pathlib import Path


def need(*command: str | Path) -> None:
    """Run a command that has to work."""
    if shutil.which(command[0]) is None:
        give_up(f"{command[0]} is not installed")
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        give_up(f"{command[0]} failed: {run.stderr.strip()}")


def give_up(reason: str) -> NoReturn:
    """Skip the test, or fail on the CI."""
    if "CI" in os.environ:
        raise RuntimeError(reason)
    # pytest takes it for its own; the benches use this, where there is no pytest.
    raise unittest.SkipTest(reason)
