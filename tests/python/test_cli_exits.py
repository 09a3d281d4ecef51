"""Whatever ends a command becomes one line on stderr and an exit code."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest
from reelpack import ManifestError, PackageError, ReelpackError
from reelpack.cli import exits, main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


CONTINUED = (
    "hint: unless it was done already, the same command goes on from there; "
    "`reelpack state clear` drops what is kept"
)


def raising(error: BaseException) -> Callable[[], int]:
    def command() -> NoReturn:
        raise error

    return command


@pytest.fixture
def own_signals() -> Iterator[None]:
    """Put the handlers of the test process back."""
    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [(name, signal.getsignal(name)) for name in names]
    yield
    for name, handler in before:
        signal.signal(name, handler)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(errno.ENOENT, "No such file", "/x/a.dpx"), "/x/a.dpx: No such file"),
        (OSError(errno.ENOENT, "No such file", "/x/\udce9\n"), "/x/\\xe9\\n: No such file"),
        (OSError("no number"), "no number"),
        (PackageError("/x/a.zip: not a zip", "/x/a.zip"), "/x/a.zip: not a zip"),
        (ManifestError("/x/checksum.txt: line 3: no size"), "/x/checksum.txt: line 3: no size"),
        (ValueError("jobs must be 1 or more"), "jobs must be 1 or more"),
        (ReelpackError(), "ReelpackError"),
    ],
    ids=str,
)
def test_an_error_is_one_line_that_names_its_path(
    capsys: pytest.CaptureFixture[str], error: Exception, line: str
) -> None:
    assert exits.answer(raising(error)) == 2

    assert capsys.readouterr() == ("", f"reelpack: error: {line}\n")


def test_a_hint_has_its_own_line(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        with exits.hinting({FileExistsError: "`--force` replaces it"}):
            raise FileExistsError(errno.EEXIST, "File exists", "a.zip")

    exits.answer(command)

    assert capsys.readouterr().err.splitlines() == [
        "reelpack: error: a.zip: File exists",
        "hint: `--force` replaces it",
    ]


def test_a_hint_at_the_end_of_a_message_has_its_own_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def command() -> int:
        with exits.hinting({ReelpackError: "the hint of the command, which knows less"}):
            raise ReelpackError("/x/a: cannot be listed; hint: rename it")

    exits.answer(command)

    assert capsys.readouterr().err.splitlines() == [
        "reelpack: error: /x/a: cannot be listed",
        "hint: rename it",
    ]


@pytest.mark.usefixtures("own_signals")
@pytest.mark.parametrize(("continued", "hints"), [(True, [CONTINUED]), (False, [])])
def test_what_was_stopped_says_whether_it_can_go_on(
    capsys: pytest.CaptureFixture[str], hints: list[str], *, continued: bool
) -> None:
    def command() -> int:
        with exits.hinting({}, continued=continued):
            signal.raise_signal(signal.SIGINT)
        return 0

    assert exits.answer(command) == 130

    assert capsys.readouterr().err.splitlines() == ["reelpack: stopped by SIGINT", *hints]


def test_an_error_is_no_promise_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        with exits.hinting({}, continued=True):
            raise OSError(errno.EIO, "Input/output error", "/x/a.dpx")

    exits.answer(command)

    assert capsys.readouterr().err == "reelpack: error: /x/a.dpx: Input/output error\n"


def test_an_error_without_a_hint_passes_as_it_is() -> None:
    with pytest.raises(PermissionError) as caught, exits.hinting({FileExistsError: "no"}):
        raise PermissionError(errno.EACCES, "Permission denied", "a.zip")

    assert not hasattr(caught.value, "__notes__")


def test_a_bug_shows_its_traceback_and_does_not_read_as_a_finding(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert exits.answer(raising(ZeroDivisionError("a bug"))) == 2

    assert "Traceback" in capsys.readouterr().err


def test_the_drop_in_has_a_failure_code_of_its_own() -> None:
    assert exits.answer(raising(ValueError("no")), failure=1) == 1


def test_an_early_ctrl_c_is_130_without_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert exits.answer(raising(KeyboardInterrupt())) == 130

    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("own_signals")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_stops_the_work(capsys: pytest.CaptureFixture[str], name: str, code: int) -> None:
    def command() -> int:
        signal.raise_signal(signal.Signals[name])
        return 0

    exits.stop_on_signals()

    assert exits.answer(command) == code
    assert capsys.readouterr().err == f"reelpack: stopped by {name}\n"


@pytest.mark.usefixtures("own_signals")
def test_a_signal_that_nohup_ignores_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    exits.stop_on_signals()

    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize("module", ["reelpack checksum", "reelpack.npack checksum -s"])
def test_a_closed_stream_changes_nothing_but_the_words(
    tmp_path: Path, module: str, closed: str
) -> None:
    (tmp_path / "a.dpx").write_bytes(b"123456789")
    command = f"{sys.executable} -m {module} {tmp_path} {closed}"

    run = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert (tmp_path / "checksum.txt").exists()


def test_ctrl_c_before_the_command_is_loaded_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("reelpack.cli._main", interrupted)

    assert main() == 130
