"""Our `npack` against the real one, over trees on which the real one gives a right result."""

from __future__ import annotations

import random
import re
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from material import trees
from material.commands import drop_in
from material.oracle import BATCH, failed_runs

if TYPE_CHECKING:
    from pathlib import Path

    from material.oracle import Npack

# The first test also installs the real npack.
pytestmark = pytest.mark.timeout(300)

STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} \| ")
"""What every line of progress begins with: the time in UTC."""

PROGRESS = (
    "Identified ",
    "Calculated ",
    "Completed writing to checksum.txt",
    "Initializing zip file ",
    "Finished zip file ",
    "Verified zipfile",
    "Execution completed, took ",
)


def progress(stdout: str) -> list[str]:
    """The lines of progress without time and duration; those of the folders sorted.

    The real one names folders as the file system lists them, which is in no order.
    """
    lines = [STAMP.sub("", line) for line in stdout.splitlines() if STAMP.match(line)]
    lines = [re.sub(r"took [\d.]+", "took", line) for line in lines if line.startswith(PROGRESS)]
    folders = sorted(line for line in lines if line.startswith("Identified "))
    return folders + [line for line in lines if not line.startswith("Identified ")]


def take_list(folder: Path) -> bytes:
    """The bytes of the list in ``folder``, which is removed."""
    path = folder / "checksum.txt"
    text = path.read_bytes()
    path.unlink()
    return text


def members(path: Path) -> dict[str, tuple[int, int, int]]:
    """Size, CRC and method of each member by its name; no name is there twice."""
    with zipfile.ZipFile(path) as package:
        found = {m.filename: (m.file_size, m.CRC, m.compress_type) for m in package.infolist()}
        assert len(found) == len(package.infolist())
        return found


def last_member(path: Path) -> tuple[str, bytes]:
    with zipfile.ZipFile(path) as package:
        name = package.namelist()[-1]
        return name, package.read(name)


@pytest.mark.parametrize("seed", range(40))
def test_checksum_writes_the_same_list_and_tells_the_same(
    tmp_path: Path, npack_checksum: Npack, seed: int
) -> None:
    tree = trees.grow(tmp_path / "tree", random.Random(seed))
    real = npack_checksum.run("checksum", "-s", tree)
    theirs = take_list(tree)

    ours = drop_in("checksum", "-s", tree)

    assert ours.returncode == real.returncode == 0, ours.stderr
    assert take_list(tree) == theirs
    assert progress(ours.stdout) == progress(real.stdout)


@pytest.mark.parametrize("seed", range(100, 120))
def test_zip_holds_the_same_members(tmp_path: Path, npack_zip: Npack, seed: int) -> None:
    tree = trees.grow(tmp_path / "tree", random.Random(seed))
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    theirs.mkdir()
    ours.mkdir()
    real = npack_zip.run("zip", "-s", tree, "-t", theirs, "-f", "shot.zip")

    run = drop_in("zip", "-s", tree, "-t", ours, "-f", "shot.zip")

    assert run.returncode == real.returncode == 0, run.stderr
    assert members(ours / "shot.zip") == members(theirs / "shot.zip")
    assert last_member(ours / "shot.zip") == last_member(theirs / "shot.zip")
    told = progress(real.stdout.replace(str(theirs), str(ours)))
    assert progress(run.stdout) == told


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_three_hundred_more_trees_give_the_same_lists(
    tmp_path: Path, npack_checksum: Npack
) -> None:
    grown = [trees.grow(tmp_path / str(s), random.Random(s)) for s in range(1000, 1300)]
    runs = [["checksum", "-s", str(tree)] for tree in grown]
    npack_checksum.run_batch(runs)
    theirs = [take_list(tree) for tree in grown]

    assert failed_runs([sys.executable, "-c", BATCH, "reelpack.npack"], runs) == []

    assert [take_list(tree) for tree in grown] == theirs


def test_preview_prints_the_same_lines_and_writes_nothing(
    tmp_path: Path, npack_checksum: Npack
) -> None:
    tree = trees.grow(tmp_path / "tree", random.Random(5))
    real = npack_checksum.run("checksum", "-s", tree, "--preview")

    ours = drop_in("checksum", "-s", tree, "--preview", "-cpu", "1")

    listed = [line for line in ours.stdout.splitlines() if "\tmd5\t" in line]
    assert listed == [line for line in real.stdout.splitlines() if "\tmd5\t" in line]
    assert listed
    assert not (tree / "checksum.txt").exists()


def test_the_zip_goes_beside_the_source_by_default(tmp_path: Path, npack_zip: Npack) -> None:
    tree = trees.grow(tmp_path / "tree", random.Random(6))
    npack_zip.run("zip", "-s", tree)
    theirs = members(tmp_path / "sequence.zip")

    for arguments in (["-f"], []):  # the second run meets the zip of the first, and replaces it
        assert drop_in("zip", "-s", tree, *arguments).returncode == 0
        assert members(tmp_path / "sequence.zip") == theirs


def test_an_empty_folder_gives_an_empty_list(tmp_path: Path, npack_checksum: Npack) -> None:
    real = npack_checksum.run("checksum", "-s", tmp_path)
    theirs = take_list(tmp_path)

    ours = drop_in("checksum", "-s", tmp_path)

    assert ours.returncode == real.returncode == 0
    assert take_list(tmp_path) == theirs == b""


@pytest.mark.parametrize(
    "arguments",
    [
        ["checksum"],
        ["checksum", "-s"],
        ["checksum", "--preview"],
        ["checksum", "-s", ".", "-cpu", "many"],
        ["checksum", "-s", ".", "--quiet"],
        ["checksum", "-s", "/nowhere/at/all"],
        ["checksum", "-s", "/dev/null"],
        ["list"],
        ["-h"],
        ["checksum", "-h"],
    ],
    ids=" ".join,
)
def test_usage_has_the_same_exit_code(npack_checksum: Npack, arguments: list[str]) -> None:
    real = npack_checksum.run(*arguments)

    assert drop_in(*arguments).returncode == real.returncode


@pytest.mark.parametrize(
    "arguments",
    [["zip"], ["zip", "-s", "/nowhere/at/all"], ["zip", "-t", "."], ["zip", "-h"]],
    ids=" ".join,
)
def test_usage_of_zip_has_the_same_exit_code(npack_zip: Npack, arguments: list[str]) -> None:
    real = npack_zip.run(*arguments)

    assert drop_in(*arguments).returncode == real.returncode


def test_no_command_at_all_is_wrong_usage() -> None:
    assert drop_in().returncode == 2
