"""How far a command has come, for a log and for a terminal."""

from __future__ import annotations

import io
import re
import sys

import pytest
from reelpack import Progress
from reelpack.cli.bar import bar
from reelpack.cli.progressbar import PlainLines, progress_bar
from rich.console import Console

HALF = Progress(bytes_done=2_000_000, bytes_total=4_000_000, files_done=1, files_total=2)
STAMP = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ")


class Clock:
    """A clock that moves when told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def plain(clock: Clock, said: list[str]) -> PlainLines:
    def say(line: str) -> None:
        assert STAMP.match(line)
        said.append(STAMP.sub("", line))

    return PlainLines("verify x", say=say, clock=clock)


def test_a_log_gets_a_line_at_the_start_one_a_minute_and_one_at_the_end(
    plain: PlainLines, clock: Clock, said: list[str]
) -> None:
    with plain.running():
        for clock.now in (1059.0, 1060.0, 1061.0, 1119.9, 1121.0):
            plain.update(HALF)

    assert said == [
        "verify x: started",
        "verify x: 2.00 MB of 4.00 MB, 1 of 2 files, 33.3 kB/s, 1 min 00 s left",
        "verify x: 2.00 MB of 4.00 MB, 1 of 2 files, 16.5 kB/s, 2 min 01 s left",
        "verify x: done in 2 min 01 s",
    ]


def test_a_log_gets_no_time_left_before_a_byte_is_read(
    plain: PlainLines, clock: Clock, said: list[str]
) -> None:
    clock.now += 60
    plain.update(Progress(0, 0, 0, 0))

    assert said == ["verify x: 0 bytes of 0 bytes, 0 of 0 files, 0 B/s"]


def test_a_log_says_where_a_job_stopped(plain: PlainLines, said: list[str]) -> None:
    plain.update(HALF)

    with pytest.raises(OSError, match="disk"), plain.running():
        raise OSError("disk")

    assert said[-1] == "verify x: stopped after 2.00 MB of 4.00 MB, 1 of 2 files"


def test_a_log_says_that_a_job_stopped_before_it_began(plain: PlainLines, said: list[str]) -> None:
    with pytest.raises(OSError, match="disk"), plain.running():
        raise OSError("disk")

    assert said[-1] == "verify x: stopped"


def test_a_bar_shows_bytes_files_and_speed() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=100, color_system=None)

    with bar("verify", console) as update:
        update(Progress(0, 0, 0, 0))
        update(HALF)

    assert isinstance(console.file, io.StringIO)
    drawn = console.file.getvalue()
    assert "verify" in drawn
    assert "2.00 MB/4.00 MB 1/2 files" in drawn


def test_a_bar_counts_files_where_no_byte_is_counted() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=100, color_system=None)

    with bar("cut check", console) as update:
        for done in range(1, 4):
            update(Progress(0, 0, done, 4))

    assert isinstance(console.file, io.StringIO)
    drawn = console.file.getvalue()
    assert "3/4 files" in drawn
    assert "bytes" not in drawn
    assert "B/s" not in drawn


def test_a_bar_counts_bytes_where_no_file_is_counted() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=100, color_system=None)

    with bar("lto manifest", console) as update:
        update(Progress(2_000_000, 4_000_000, 0, 0))

    assert isinstance(console.file, io.StringIO)
    drawn = console.file.getvalue()
    assert "2.00 MB/4.00 MB" in drawn
    assert "files" not in drawn


def test_what_is_for_a_terminal_alone_is_not_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("cut check", "x", quiet=False, plain=False) as progress:
        assert progress is None

    assert capsys.readouterr() == ("", "")


def test_quiet_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("verify", "x", quiet=True) as progress:
        assert progress is None

    assert capsys.readouterr() == ("", "")


def test_where_stderr_is_no_terminal_lines_are_plain(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("verify", "odd\n", quiet=False) as progress:
        assert progress is not None
        progress(HALF)

    first, last = capsys.readouterr().err.splitlines()
    assert first.endswith("verify odd\\n: started")
    assert "verify odd\\n: done in 0." in last


def test_where_stderr_is_a_terminal_there_is_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")

    with progress_bar("verify", "x", quiet=False) as progress:
        assert progress is not None
        progress(HALF)

    drawn = capsys.readouterr().err
    assert "started" not in drawn
    assert "\x1b[3" not in drawn  # NO_COLOR: the bar moves, but in no colour


def test_a_dumb_terminal_gets_plain_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")

    with progress_bar("verify", "x", quiet=False):
        pass

    assert "verify x: started" in capsys.readouterr().err
