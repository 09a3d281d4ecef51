"""The command as a whole: version, help, wrong usage."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest
import reelpack
from material.commands import reelpack as run
from reelpack.cli.overview import COMMANDS, HELP

HELPS = [*COMMANDS, "state forget", "state prune", "state clear"]
READERS = [
    command
    for command in COMMANDS
    if command not in {"backlot", "cut", "imf", "lto", "sandbox", "state"}
]
"""The commands that read files."""

TARGETS = {"copy": ["b"]}
"""What a command has to be given beside its source."""

BOTH_STATES = ["--state", "x.db", "--no-state"]
ABOUT_A_FILE = (["--json"], ["--clone", "never"], ["--force"], ["--sync"], ["-t", "b"], ["-f", "b"])
"""Options that have no meaning where a zip is streamed."""

DATA = Path(__file__).parents[1] / "data" / "help"
"""What each command says with `--help`, on 80 columns; a change of it is looked at."""


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
    code = "import sys, reelpack; print({'click', 'rich', 'argparse', 'json'} & set(sys.modules))"

    done = subprocess.run(
        [sys.executable, "-c", code], env=unmeasured, capture_output=True, text=True, check=True
    )

    assert done.stdout == "set()\n"


def test_the_version_is_told_among_other_arguments_too() -> None:
    done = run("--version", "checksum")

    assert (done.returncode, done.stdout) == (0, f"reelpack {reelpack.__version__}\n")


@pytest.mark.parametrize("arguments", [["-h"], ["--help"], ["--help", "checksum"]])
def test_help_names_the_commands_and_the_exit_codes(arguments: list[str]) -> None:
    done = run(*arguments)

    assert (done.returncode, done.stdout, done.stderr) == (0, HELP, "")
    assert all(f"\n  {command} " in HELP for command in COMMANDS)
    assert "Exit codes: 0 well, 1 findings, 2 could not answer, 130 interrupted" in HELP


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", HELPS)
def test_each_command_has_help(monkeypatch: pytest.MonkeyPatch, command: str, option: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    done = run(*command.split(), option)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (DATA / f"{command.replace(' ', '-')}.txt").read_text()


@pytest.mark.parametrize(
    ("arguments", "imported"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["verify", "--help"], {"click", "reelpack.cli.verify"}),
        (["checksum", "SHOT", "--preview"], {"click", "reelpack.cli.checksum"}),
    ],
    ids=lambda value: " ".join(sorted(value)),
)
def test_no_more_is_imported_than_the_command_needs(
    unmeasured: dict[str, str], tmp_path: Path, arguments: list[str], imported: set[str]
) -> None:
    (tmp_path / "a.dpx").touch()
    arguments = [str(tmp_path) if word == "SHOT" else word for word in arguments]
    modules = {"argparse", "click", "json", "rich", *(f"reelpack.cli.{name}" for name in COMMANDS)}
    code = f"import sys, reelpack.cli as cli; cli.main(); print(*({modules} & set(sys.modules)))"

    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=unmeasured,
        capture_output=True,
        text=True,
        check=True,
    )

    assert set(done.stdout.splitlines()[-1].split()) == imported


@pytest.mark.parametrize(
    ("words", "index", "completed"),
    [
        ("reelpack ver", 1, ["plain,verify"]),
        ("reelpack verify --re", 2, ["plain,--readers"]),
        ("reelpack verify sho", 2, ["file,sho"]),
    ],
)
def test_the_shell_can_complete(
    monkeypatch: pytest.MonkeyPatch, words: str, index: int, completed: list[str]
) -> None:
    monkeypatch.setenv("_REELPACK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(index))

    done = run()

    assert (done.returncode, done.stdout.splitlines()) == (0, completed)


def test_no_command_at_all_is_2_and_the_help_goes_to_stderr() -> None:
    done = run()

    assert (done.returncode, done.stdout, done.stderr) == (2, "", HELP)


@pytest.mark.parametrize(
    "arguments",
    [
        ["chcksum"],
        ["--tea"],
        *([command] for command in READERS),
        *([command, "a", "-s", "a"] for command in READERS),
        *([command, "a", "--jobs", "0"] for command in READERS),
        *([command, "a", "--readers", "none"] for command in READERS),
        *([command, "a", "--tea"] for command in READERS),
        *([command, "a", *TARGETS.get(command, []), *BOTH_STATES] for command in READERS),
        ["copy", "a"],
        ["copy", "a", "b", "c"],
        ["copy", "a", "b", "--clone", "perhaps"],
        ["state", "a"],
        ["state", "forget"],
        ["state", "prune", "a"],
        ["state", "--no-state"],
        ["zip", "a", "-f", "b/c.zip"],
        ["zip", "/"],
        ["zip", "a", "--clone", "perhaps"],
        *(["zip", "a", "--to", "x.zip", option, "b"] for option in ("-t", "-f")),
        *(["zip", "a", "--to", "-", *words] for words in ABOUT_A_FILE),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_said_on_stderr(arguments: list[str]) -> None:
    done = run(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert error.startswith("reelpack: error: ")
    assert hint.startswith("hint: `reelpack ")
    assert hint.endswith("--help` shows what it takes")


def test_a_zip_is_not_written_to_a_terminal(tmp_path: Path) -> None:
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "reelpack", "zip", str(tmp_path), "--to", "-", "--quiet"]

    done = subprocess.run(command, stdout=end, stderr=subprocess.PIPE, text=True, check=False)
    os.close(end)
    os.close(terminal)

    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "reelpack: error: `--to -` writes a zip, and standard output is a terminal",
        "hint: `reelpack zip --help` shows what it takes",
    ]


def test_a_misspelt_command_is_told_the_right_one() -> None:
    assert "'checksum'" in run("chcksum").stderr


@pytest.mark.parametrize("command", READERS)
def test_a_source_that_is_not_there_is_one_line_and_2(command: str, tmp_path: Path) -> None:
    target = (tmp_path / word for word in TARGETS.get(command, []))

    done = run(command, tmp_path / "gone", *target, "--quiet")

    assert done.returncode == 2
    assert done.stdout == ""
    assert f"reelpack: error: {tmp_path / 'gone'}: No such file or directory\n" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_zip_is_not_written_to_a_closed_output(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m reelpack zip "{tmp_path}" --to - >&-'

    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith(
        "reelpack: error: `--to -` writes a zip, and standard output is closed\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [["copy", ".", ""], ["checksum", ""], ["state", "forget", ""], ["verify", "-s", ""]],
)
def test_an_empty_path_is_none(arguments: list[str]) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert "it is empty" in done.stderr
