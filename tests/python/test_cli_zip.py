"""`reelpack zip`: where the zip goes and what is said about it."""

from __future__ import annotations

import json
import os
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from material.commands import reelpack as run
from reelpack.cli.zip import target_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    folder = tmp_path / "vfx_0100_v003"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.0001.dpx").write_bytes(b"one")
    (folder / "sub" / "[red] b.dpx").write_bytes(b"two")
    return folder


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("shot", None, None), "shot.zip"),
        (("shot/", None, None), "shot.zip"),
        (("r01/shot", None, None), "r01/shot.zip"),
        (("/x/shot.v2", None, None), "/x/shot.v2.zip"),
        (("../shot", None, None), "../shot.zip"),
        (("shot", "out", None), "out/shot.zip"),
        (("shot", None, "name"), "name"),
        (("r01/shot", "/out", "name.zip"), "/out/name.zip"),
        (("/", None, "name.zip"), "/name.zip"),
        (("latin_\udce9", None, None), "latin_\udce9.zip"),
    ],
)
def test_the_zip_lies_beside_the_source_and_has_its_name(
    arguments: tuple[str, str | None, str | None], path: str
) -> None:
    assert target_path(*arguments) == path


@pytest.mark.parametrize("source", [".", "./", "sub/..", ""])
def test_a_source_without_a_name_of_its_own_has_that_of_its_folder(
    shot: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(shot)

    assert target_path(source, None, None) == str(shot.resolve()) + ".zip"


def test_a_zip_is_written_and_told_of(shot: Path) -> None:
    done = run("zip", shot, "--quiet")

    target = shot.with_name("vfx_0100_v003.zip")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        rf"wrote {re.escape(str(target))}: 3 members, \d+ bytes in [\d.]+ s, .+/s\n", done.stdout
    )
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == ["[red] b.dpx", "a.0001.dpx", "checksum.txt"]


def test_tree_keeps_folders(shot: Path) -> None:
    run("zip", shot, "--tree", "--sync", "-f", "x.zip")

    with zipfile.ZipFile(shot.with_name("x.zip")) as archive:
        assert archive.namelist() == ["a.0001.dpx", "sub/[red] b.dpx", "checksum.txt"]


def test_picture_mastering_takes_no_zips_and_the_command_says_so(shot: Path) -> None:
    assert "note: Picture Mastering takes no zips" in run("zip", shot).stderr


def test_a_zip_that_is_there_is_kept_without_force(shot: Path) -> None:
    target = shot.with_name("vfx_0100_v003.zip")
    target.write_bytes(b"older")

    done = run("zip", shot, "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert error.startswith(f"reelpack: error: {target}: ")
    assert hint == "hint: `--force` replaces it"
    assert target.read_bytes() == b"older"
    assert run("zip", shot, "--force").returncode == 0
    assert zipfile.is_zipfile(target)


def test_times_that_a_zip_cannot_hold_are_told_of(shot: Path) -> None:
    os.utime(shot / "a.0001.dpx", (0, 0))
    (shot / ".DS_Store").touch()

    done = run("zip", shot, "--quiet")

    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "left out: hidden file (1)",
        "  .DS_Store",
        "note: time outside 1980 to 2107, stored as the nearest that a zip can hold (1)",
        "  a.0001.dpx",
    ]


def test_json_is_one_object(shot: Path) -> None:
    done = run("zip", shot, "--json", "--quiet", "--jobs", "1", "--readers", "1")

    about = json.loads(done.stdout)
    target = shot.with_name("vfx_0100_v003.zip")
    assert about["path"] == str(target)
    assert about["size"] == target.stat().st_size
    assert (about["members"], about["bytes_read"], about["clamped"]) == (3, 6, [])


def test_two_files_of_one_name_are_one_line_that_names_both(shot: Path) -> None:
    (shot / "sub" / "a.0001.dpx").touch()

    done = run("zip", shot, "--quiet")

    line = done.stderr.splitlines()[0]
    assert done.returncode == 2
    assert line.count("a.0001.dpx") >= 2
    assert "sub/a.0001.dpx" in line
    assert [path.name for path in shot.parent.iterdir()] == [shot.name]


def test_a_zip_inside_its_source_is_refused(shot: Path) -> None:
    done = run("zip", shot, "-t", shot / "sub", "--quiet")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("reelpack: error: ")
    assert [path.name for path in (shot / "sub").iterdir()] == ["[red] b.dpx"]
