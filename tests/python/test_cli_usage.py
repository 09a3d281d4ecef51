"""The command as a whole: version, help, wrong usage."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.commands import reelpack as run

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = ["checksum", "zip", "verify"]


def test_the_version_is_that_of_the_package() -> None:
    done = run("--version")

    assert (done.returncode, done.stdout) == (0, f"reelpack {reelpack.__version__}\n")


@pytest.fixture
def unmeasured() -> dict[str, str]:
    """An environment without coverage, which imports and costs more than what is tested here."""
    return {key: value for key, value in os.environ.items() if not key.startswith("COV")}


def test_the_version_comes_within_150_ms(unmeasured: dict[str, str]) -> None:
    times = []  # the best of several says what the command needs when nothing else runs
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "reelpack", "--version"],
            env=unmeasured,
            check=True,
            capture_output=True,
        )
        times.append(time.perf_counter() - began)

    assert min(times) < 0.150


def test_importing_the_package_imports_no_command_line(unmeasured: dict[str, str]) -> None:
    code = "import sys, reelpack; print({'typer', 'rich', 'argparse', 'json'} & set(sys.modules))"

    done = subprocess.run(
        [sys.executable, "-c", code], env=unmeasured, capture_output=True, text=True, check=True
    )

    assert done.stdout == "set()\n"


def test_the_version_is_told_among_other_arguments_too() -> None:
    done = run("--version", "checksum")

    assert (done.returncode, done.stdout) == (0, f"reelpack {reelpack.__version__}\n")


@pytest.mark.parametrize("arguments", [["-h"], ["--help"]])
def test_help_names_the_commands_and_the_exit_codes(arguments: list[str]) -> None:
    done = run(*arguments)

    assert done.returncode == 0
    assert all(command in done.stdout for command in COMMANDS)
    assert "Exit codes: 0 well, 1 findings, 2 could not answer, 130 interrupted" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str) -> None:
    done = run(command, "--help")

    assert done.returncode == 0
    assert all(word in done.stdout for word in ("--source", "--json", "--readers", "--quiet"))


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chcksum"],
        *([command] for command in COMMANDS),
        *([command, "a", "-s", "a"] for command in COMMANDS),
        *([command, "a", "--jobs", "0"] for command in COMMANDS),
        *([command, "a", "--readers", "none"] for command in COMMANDS),
        *([command, "a", "--tea"] for command in COMMANDS),
        ["zip", "a", "-f", "b/c.zip"],
        ["zip", "/"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_said_on_stderr(arguments: list[str]) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "Usage: reelpack" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_source_that_is_not_there_is_one_line_and_2(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path / "gone", "--quiet")

    assert done.returncode == 2
    assert done.stdout == ""
    assert f"reelpack: error: {tmp_path / 'gone'}: No such file or directory\n" in done.stderr
    assert "Traceback" not in done.stderr
