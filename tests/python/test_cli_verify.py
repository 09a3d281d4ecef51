"""`reelpack verify`: the verdict, the findings and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.commands import reelpack as run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    """Twelve frames and their list."""
    folder = tmp_path / "shot"
    folder.mkdir()
    for number in range(1, 13):
        (folder / f"nam.{number:07}.dpx").write_bytes(b"%09d" % number)
    reelpack.checksum(folder).write()
    return folder


def test_all_well_is_one_line_and_0(shot: Path) -> None:
    done = run("verify", shot, "--quiet")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "OK: 12 files, 108 bytes match checksum.txt (md5)\n"


@pytest.mark.parametrize("option", [["-s"], ["--source"], ["--jobs", "1", "--readers", "1"]])
def test_a_list_can_be_given_instead_of_its_folder(shot: Path, option: list[str]) -> None:
    done = run("verify", *option, shot / "checksum.txt")

    assert done.returncode == 0
    assert done.stdout.startswith("OK: 12 files")


def test_a_zip_can_be_given(shot: Path) -> None:
    reelpack.pack(shot, shot.with_suffix(".zip"))

    done = run("verify", shot.with_suffix(".zip"))

    assert done.returncode == 0
    assert done.stdout.startswith("OK: 12 files")


def test_findings_are_1_with_the_verdict_first_and_runs_folded(shot: Path) -> None:
    for number in (3, 4, 5):
        (shot / f"nam.{number:07}.dpx").unlink()
    (shot / "nam.0000009.dpx").write_bytes(b"short")
    (shot / "._nam.0000009.dpx").touch()

    done = run("verify", shot, "--quiet")

    assert done.returncode == 1
    assert done.stderr.startswith("hint: ")
    verdict, *rest = done.stdout.splitlines()
    assert verdict.startswith("FAILED: 4 of ")
    assert "missing  nam.0000003-0000005.dpx  (3)" in rest
    assert "size     nam.0000009.dpx  (expected 9 bytes, found 5 bytes)" in rest
    assert rest[-2:] == ["not checked: hidden file (1)", "  ._nam.0000009.dpx"]


def test_json_gives_the_same_facts_to_a_program(shot: Path) -> None:
    (shot / "nam.0000001.dpx").unlink()
    os.close(os.open(os.fsencode(shot) + b"/latin_\xe9.dpx", os.O_CREAT))

    done = run("verify", shot, "--json", "--quiet")

    about = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert (about["ok"], about["checked"], about["lists"]) == (False, 11, ["checksum.txt"])
    extra, missing = sorted(about["findings"], key=lambda finding: str(finding["path"]))
    assert extra["path"] == "latin_\ufffd.dpx"
    assert extra["path_bytes"] == b"latin_\xe9.dpx".hex()
    assert (missing["path"], missing["status"]) == ("nam.0000001.dpx", "missing")
    assert "path_bytes" not in missing


def test_json_of_all_well_is_0(shot: Path) -> None:
    done = run("verify", shot, "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["ok"] is True


def test_no_list_is_2_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "a.dpx").touch()

    done = run("verify", tmp_path, "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert error.startswith(f"reelpack: error: {tmp_path}")
    assert hint.startswith("hint: ")


@pytest.mark.parametrize("text", ["", "no list at all\n", "a.dpx\t1\tmd5\tnot hex\n"])
def test_a_list_that_says_nothing_is_2_with_a_hint(tmp_path: Path, text: str) -> None:
    (tmp_path / "checksum.txt").write_text(text)
    (tmp_path / "a.dpx").touch()

    done = run("verify", tmp_path, "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert str(tmp_path / "checksum.txt") in error
    assert hint.startswith("hint: ")


def test_a_list_that_cannot_be_read_is_2_with_a_hint(shot: Path) -> None:
    (shot / "checksum.txt").chmod(0)

    done = run("verify", shot, "--quiet", unprivileged=True)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"reelpack: error: {shot / 'checksum.txt'}: Permission denied",
        "hint: verify has to read the list itself",
    ]


def test_a_reader_that_goes_away_changes_no_exit_code(shot: Path) -> None:
    (shot / "nam.0000001.dpx").unlink()
    reader, writer = os.pipe()
    os.close(reader)

    command = [sys.executable, "-m", "reelpack", "verify", str(shot), "--quiet"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"Broken pipe" not in done.stderr
