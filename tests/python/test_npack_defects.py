"""Where the real npack writes a wrong result, ours stops: one line, exit 1, nothing written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from material.commands import drop_in

if TYPE_CHECKING:
    from pathlib import Path

    from material.commands import Completed

COMMANDS = ["checksum", "zip"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source with one plain frame."""
    source = tmp_path / "tree"
    source.mkdir()
    (source / "a.0001.dpx").write_bytes(b"frame")
    return source


def assert_stopped(run: Completed, tree: Path, *named: str) -> None:
    """One line that names what is wrong; no list, no zip, nothing half done."""
    assert run.returncode == 1, run.stderr
    assert len(run.stderr.strip().splitlines()) == 1, run.stderr
    for name in named:
        assert name in run.stderr
    left = [path for path in tree.parent.rglob("*") if path.suffix in {".txt", ".zip", ".tmp"}]
    assert left == []
    assert [path.name for path in tree.parent.iterdir()] == [tree.name]


@pytest.mark.parametrize("command", COMMANDS)
def test_two_files_of_one_base_name(tree: Path, command: str) -> None:
    (tree / "sub").mkdir()
    (tree / "sub" / "a.0001.dpx").write_bytes(b"another")

    run = drop_in(command, "-s", tree)

    assert_stopped(run, tree, "a.0001.dpx", "sub/a.0001.dpx")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "name",
    [
        "tab\there.dpx",
        "return\rhere.dpx",
        "line\nhere.dpx",
        " blank before.dpx",
        "blank after ",
        "\u3000wide blank.dpx",
        "separator after\x1f",
        "no-break blank\u00a0",
    ],
    ids=ascii,
)
def test_a_name_the_list_cannot_hold(tree: Path, command: str, name: str) -> None:
    (tree / name).write_bytes(b"frame")

    run = drop_in(command, "-s", tree)

    assert_stopped(run, tree, "here" if "here" in name else name.strip())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_is_not_utf_8(tree: Path, command: str) -> None:
    os.close(os.open(os.fsencode(tree) + b"/latin_\xe9.dpx", os.O_CREAT))

    run = drop_in(command, "-s", tree)

    assert_stopped(run, tree, "latin_")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_cannot_be_read(tree: Path, command: str) -> None:
    (tree / "locked.dpx").touch(mode=0o000)

    run = drop_in(command, "-s", tree, unprivileged=True)

    assert_stopped(run, tree, "locked.dpx")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_cannot_be_entered(tree: Path, command: str) -> None:
    (tree / "locked").mkdir(mode=0o000)

    run = drop_in(command, "-s", tree, unprivileged=True)

    (tree / "locked").chmod(0o700)
    assert_stopped(run, tree, "locked")


def test_a_broken_link_in_a_zip(tree: Path) -> None:
    (tree / "gone.dpx").symlink_to("nowhere")

    run = drop_in("zip", "-s", tree)

    assert_stopped(run, tree, "gone.dpx")


def test_a_broken_link_is_left_out_of_a_list_with_a_warning(tree: Path) -> None:
    (tree / "gone.dpx").symlink_to("nowhere")

    run = drop_in("checksum", "-s", tree)

    assert run.returncode == 0
    assert "gone.dpx" in run.stderr
    assert "gone.dpx" not in (tree / "checksum.txt").read_text()


@pytest.mark.parametrize("folder", [".", "sub", ".hidden"])
def test_a_zip_inside_its_own_source(tree: Path, folder: str) -> None:
    (tree / folder).mkdir(exist_ok=True)

    run = drop_in("zip", "-s", tree, "-t", tree / folder)

    assert_stopped(run, tree, "sequence.zip")


def test_a_list_that_was_there_survives_a_failure(tree: Path) -> None:
    (tree / "checksum.txt").write_text("the list of yesterday\n")
    (tree / "tab\there.dpx").touch()

    run = drop_in("checksum", "-s", tree)

    assert run.returncode == 1
    assert (tree / "checksum.txt").read_text() == "the list of yesterday\n"


def test_what_npack_leaves_out_is_left_out_with_a_warning(tree: Path) -> None:
    (tree / ".hidden").touch()
    (tree / "my_checksum.txt.bak").touch()

    run = drop_in("checksum", "-s", tree)

    assert run.returncode == 0
    assert (tree / "checksum.txt").read_text().split("\t")[0] == "a.0001.dpx"
    assert ".hidden" in run.stderr
    assert "my_checksum.txt.bak" in run.stderr


def test_a_frame_older_than_1980_is_packed(tree: Path) -> None:
    os.utime(tree / "a.0001.dpx", (0, 0))

    run = drop_in("zip", "-s", tree)

    assert run.returncode == 0, run.stderr
    assert (tree.parent / "sequence.zip").exists()
