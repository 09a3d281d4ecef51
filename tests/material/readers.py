"""Readers of zips that are not ours."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

TESTERS = [
    ["unzip", "-tq"],
    ["7z", "t"],
    ["bsdtar", "-tf"],
    ["jar", "tf"],
]
"""What reads a whole zip and fails if it does not like it."""

EXTRACTORS = [["unzip", "-q"], ["7z", "x"], ["bsdtar", "-xf"], ["jar", "xf"]]


def use(command: list[str], package: Path, folder: Path) -> None:
    """Run a foreign reader on ``package`` in ``folder``; it must be content."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    # Names that are not ASCII need a locale that can hold them.
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(
        [*command, package], cwd=folder, env=environment, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
