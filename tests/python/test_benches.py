"""The benches, which run beside the release build, where nothing of the tests is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

WITHOUT_PYTEST = "import sys; sys.modules['pytest'] = None; import commands; print(*commands.ALONE)"


def test_the_benches_need_nothing_of_the_tests_but_their_material() -> None:
    found = os.pathsep.join([str(ROOT / "benches"), str(ROOT / "tests")])

    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_PYTEST],
        env={**os.environ, "PYTHONPATH": found},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stderr == ""
    assert run.stdout.split() == ["imf", "cuts", "tapes", "backlot"]
