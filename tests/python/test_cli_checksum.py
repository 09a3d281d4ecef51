"""`reelpack checksum`: what it writes, what it says, and where."""

from __future__ import annotations

import hashlib
import json
import os
import re
from typing import TYPE_CHECKING

import pytest
from material.commands import reelpack as run

if TYPE_CHECKING:
    from pathlib import Path

ONE = hashlib.md5(b"one", usedforsecurity=False).hexdigest()


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    folder = tmp_path / "shot"
    folder.mkdir()
    (folder / "a.0001.dpx").write_bytes(b"one")
    return folder


@pytest.mark.parametrize("option", [[], ["-s"], ["--source"]])
def test_a_list_is_written_beside_the_frames(shot: Path, option: list[str]) -> None:
    done = run("checksum", *option, shot, "--quiet")

    assert (done.returncode, done.stderr) == (0, "")
    assert (shot / "checksum.txt").read_bytes() == f"a.0001.dpx\t3\tmd5\t{ONE}\n".encode()
    wrote, total = done.stdout.splitlines()
    assert wrote == f"wrote {shot / 'checksum.txt'}: 1 file, 3 bytes"
    assert re.fullmatch(r"1 list, 1 file, 3 bytes in [\d.]+ s, .+/s", total)


def test_preview_prints_the_list_as_it_is_and_writes_nothing(shot: Path) -> None:
    done = run("checksum", shot, "--preview")

    assert done.stdout == f"a.0001.dpx\t3\tmd5\t{ONE}\n"
    assert not (shot / "checksum.txt").exists()


def test_a_preview_of_several_lists_has_headings(shot: Path) -> None:
    (shot / "sub").mkdir()
    (shot / "sub" / "b.dpx").write_bytes(b"one")

    done = run("checksum", shot, "--preview", "--quiet")

    assert done.stdout.splitlines() == [
        f"==> {shot / 'checksum.txt'} <==",
        f"a.0001.dpx\t3\tmd5\t{ONE}",
        f"==> {shot / 'sub' / 'checksum.txt'} <==",
        f"b.dpx\t3\tmd5\t{ONE}",
    ]


def test_root_makes_one_list(shot: Path) -> None:
    (shot / "sub").mkdir()
    (shot / "sub" / "b.dpx").write_bytes(b"one")

    done = run("checksum", shot, "--root", "--jobs", "1", "--readers", "1")

    assert done.returncode == 0
    assert len((shot / "checksum.txt").read_text().splitlines()) == 2
    assert not (shot / "sub" / "checksum.txt").exists()


def test_many_lists_are_counted_instead_of_named(tmp_path: Path) -> None:
    for number in range(21):
        (tmp_path / f"r{number:02}").mkdir()
        (tmp_path / f"r{number:02}" / "a.dpx").touch()

    done = run("checksum", tmp_path, "--quiet")

    (total,) = done.stdout.splitlines()
    assert total.startswith("21 lists, 21 files, 0 bytes in ")
    assert len(list(tmp_path.glob("*/checksum.txt"))) == 21


def test_what_is_left_out_is_named_on_stderr(shot: Path) -> None:
    (shot / ".DS_Store").touch()
    os.close(os.open(os.fsencode(shot) + b"/.latin_\xe9", os.O_CREAT))

    done = run("checksum", shot, "--quiet")

    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "left out: hidden file (2)",
        "  .DS_Store",
        "  .latin_\\xe9",
    ]


def test_json_is_one_object_and_says_what_was_left_out(shot: Path) -> None:
    (shot / ".DS_Store").touch()

    done = run("checksum", shot, "--json", "--quiet")

    about = json.loads(done.stdout)
    assert done.stderr == ""
    assert about["written"] is True
    assert about["lists"] == [
        {"path": str(shot / "checksum.txt"), "format": "checksum-txt", "count": 1, "size": 3}
    ]
    assert about["left_out"] == [{"path": ".DS_Store", "reason": "hidden file"}]


def test_json_of_a_preview_holds_the_lines(shot: Path) -> None:
    done = run("checksum", shot, "--json", "--preview", "--quiet")

    about = json.loads(done.stdout)
    assert about["written"] is False
    assert [entry["hexdigest"] for entry in about["lists"][0]["entries"]] == [ONE]
    assert not (shot / "checksum.txt").exists()


@pytest.mark.parametrize("name", ["tab\there.dpx", "line\nhere.dpx", "latin_\udce9.dpx"], ids=ascii)
def test_a_name_the_format_cannot_hold_is_2_and_nothing_is_written(shot: Path, name: str) -> None:
    (shot / "checksum.txt").write_text("the list of yesterday\n")
    (shot / name).touch()

    done = run("checksum", shot, "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    error, *hints = done.stderr.splitlines()
    assert error.startswith(f"reelpack: error: {shot}/")
    assert all(line.startswith("hint: ") for line in hints)
    assert (shot / "checksum.txt").read_text() == "the list of yesterday\n"


def test_a_folder_with_nothing_to_list_is_an_error(tmp_path: Path) -> None:
    done = run("checksum", tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert str(tmp_path) in done.stderr.splitlines()[-1]


def test_progress_of_a_run_that_nobody_watches_is_two_lines(shot: Path) -> None:
    done = run("checksum", shot)

    first, last = done.stderr.splitlines()
    assert first.endswith(f" checksum {shot}: started")
    assert f" checksum {shot}: done in " in last
