"""Readers that go away, disks that are full, encodings that lack a letter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAY = "from reelpack.cli import exits, output\n"
FULL = Path("/dev/full")


def run(
    code: str, *, stdout: int = subprocess.PIPE, stderr: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Run Python with stdout and stderr caught, where nothing else is said."""
    command = [sys.executable, "-c", SAY + code]
    return subprocess.run(command, check=False, stdout=stdout, stderr=stderr)


@pytest.mark.parametrize("call", ["emit('x' * 99)", "emit_text('x' * 99)", "emit_json({'x': 1})"])
def test_a_reader_that_goes_away_is_no_error(call: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    done = run(
        f"def f():\n  output.{call}\n  return 1\nraise SystemExit(exits.answer(f))", stdout=writer
    )
    os.close(writer)

    assert (done.returncode, done.stderr) == (1, b"")


def test_a_reader_that_goes_away_from_a_zip_is_an_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)

    done = run(
        "def f():\n  output.emit_bytes(b'x')\n  return 0\nraise SystemExit(exits.answer(f))",
        stdout=writer,
    )
    os.close(writer)

    assert (done.returncode, done.stderr) == (2, b"reelpack: error: <stdout>: Broken pipe\n")


def test_a_reader_of_errors_that_goes_away_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)

    done = run("output.note('x')\noutput.note('y')\noutput.emit('result')", stderr=writer)
    os.close(writer)

    assert (done.returncode, done.stdout) == (0, b"result\n")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("call", ["emit('x' * 99_999)", "emit_text('x')", "emit_bytes(b'x')"])
def test_a_full_disk_is_an_error(call: str) -> None:
    with FULL.open("wb") as full:
        done = run(
            f"def f():\n  output.{call}\n  return 0\nraise SystemExit(exits.answer(f))",
            stdout=full.fileno(),
        )

    assert done.returncode == 2
    assert done.stderr == b"reelpack: error: <stdout>: No space left on device\n"


def test_letters_that_the_encoding_lacks_come_as_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")

    done = run("output.emit('caf\\u00e9 \\udce9')")

    assert done.stdout == b"caf\\xe9 \\udce9\n"


def test_a_list_is_utf_8_in_every_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")

    done = run("output.emit('before')\noutput.emit_text('caf\\u00e9\\n')")

    assert done.stdout == "before\ncafé\n".encode()


def test_results_come_before_the_notes_that_follow_them() -> None:
    done = run("output.emit('result')\noutput.note('note')", stderr=subprocess.STDOUT)

    assert done.stdout == b"result\nnote\n"
