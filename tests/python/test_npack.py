"""The drop-in by itself; `test_npack_oracle.py` holds it against the real one."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from material.commands import drop_in
from material.sparse import ENDLESS, sparse_folder
from reelpack import npack

if TYPE_CHECKING:
    from pathlib import Path

STAMP = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})? \| "


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "a.0001.dpx").write_bytes(b"frame")
    return folder


def said(stdout: str) -> list[str]:
    """The lines without time and duration."""
    return [re.sub(r"took [\d.]+", "took", re.sub(STAMP, "", line)) for line in stdout.splitlines()]


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """Run the command in this process, with its signal handlers left alone."""
    monkeypatch.setattr(sys, "argv", ["npack", *map(str, arguments)])
    monkeypatch.setattr("reelpack.cli.exits.stop_on_signals", lambda: None)
    return npack.main()


def test_each_line_of_checksum_has_the_time_in_front(tree: Path) -> None:
    done = drop_in("checksum", "-s", tree)

    assert (done.returncode, done.stderr) == (0, "")
    assert all(re.match(STAMP, line) for line in done.stdout.splitlines())
    assert said(done.stdout) == [
        f"Identified 1 files to checksum in {tree}",
        "Calculated 1 checksums",
        "Completed writing to checksum.txt",
        "Execution completed, took seconds",
    ]


def test_the_lines_of_zip_come_in_the_old_order(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert call(monkeypatch, "zip", "-s", tree, "-t", ".", "-f", "-cpu", "1") == 0

    assert said(capsys.readouterr().out) == [
        f"Identified 1 files to checksum in {tree}",
        "Calculated 1 checksums",
        "Initializing zip file ./sequence.zip",
        "Finished zip file ./sequence.zip",
        "Completed writing to checksum.txt",
        "Verified zipfile",
        "All 1 files matched zipfile. Verification complete",
        "Execution completed, took seconds",
    ]


@pytest.mark.parametrize("arguments", [(), ("-f",), ("--file", "sequence.zip")])
def test_the_zip_lies_beside_the_source(
    tree: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    assert call(monkeypatch, "zip", "-s", tree, *arguments) == 0

    assert (tree.parent / "sequence.zip").exists()


def test_preview_prints_the_list(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "checksum", "-s", tree, "--preview") == 0

    assert said(capfd.readouterr().out)[2].startswith("a.0001.dpx\t5\tmd5\t")
    assert not (tree / "checksum.txt").exists()


def test_what_is_left_out_is_warned_of_in_one_line_a_reason(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (".a", ".b", ".c", ".d", ".e", ".f", "my_checksum.txt.bak"):
        (tree / name).touch()

    assert call(monkeypatch, "checksum", "-s", tree) == 0

    assert said(capsys.readouterr().err) == [
        "WARNING! hidden file: .a, .b, .c, .d, .e and 1 more",
        "WARNING! name contains checksum.txt: my_checksum.txt.bak",
    ]


def test_a_time_before_1980_is_warned_of(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    os.utime(tree / "a.0001.dpx", (0, 0))

    assert call(monkeypatch, "zip", "-s", tree) == 0

    assert said(capsys.readouterr().err) == ["WARNING! time outside 1980 to 2107: a.0001.dpx"]


@pytest.mark.parametrize("command", ["checksum", "zip"])
def test_an_empty_folder_is_well_with_a_warning(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    source = tmp_path / "empty"
    source.mkdir()

    assert call(monkeypatch, command, "-s", source) == 0

    (warning,) = said(capsys.readouterr().err)
    assert warning.startswith("WARNING! there is nothing to list")
    assert (source / "checksum.txt").exists() == (command == "checksum")
    assert (tmp_path / "sequence.zip").exists() == (command == "zip")


@pytest.mark.parametrize("arguments", [["checksum", "-s", "/nowhere"], ["zip", "-s", "/nowhere"]])
def test_a_failure_is_one_line_and_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert call(monkeypatch, *arguments) == 1

    (error,) = said(capsys.readouterr().err)
    assert error.startswith("ERROR! ")


def test_a_zip_that_reads_back_wrong_is_a_failure(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finding = ("a.0001.dpx", None, "corrupt", None, None)
    monkeypatch.setattr(
        "reelpack._native.verify",
        lambda *_, **__: (1, [finding], [], ["checksum.txt"], (1, 5, 0, 0, None)),
    )

    assert call(monkeypatch, "zip", "-s", tree) == 1

    captured = capsys.readouterr()
    assert said(captured.err)[0].endswith("corrupt a.0001.dpx")
    assert "Verified" not in captured.out


@pytest.mark.parametrize("arguments", [[], ["list"], ["zip"], ["checksum", "-s", ".", "-cpu", "0"]])
def test_wrong_usage_is_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        call(monkeypatch, *arguments)

    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("usage: npack")


def test_ctrl_c_is_130_and_leaves_nothing(tmp_path: Path) -> None:
    source = sparse_folder(tmp_path / "tree", ENDLESS)
    command = [sys.executable, "-m", "reelpack.npack", "checksum", "-s", str(source)]

    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert "Identified 1 files" in child.stdout.readline()
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=5)

    assert child.returncode == 130
    assert errors == "reelpack: stopped by SIGINT\n"
    assert [path.name for path in source.iterdir()] == ["a.0001.dpx"]
