"""Copies of folders: what is in them, what is in their way, and what reading them back finds."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.commands import reelpack as run_reelpack
from material.compare import differences
from material.mounts import MIB, in_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    """Frames in two folders, a third without any, and debris."""
    folder = tmp_path / "shot"
    (folder / "sub").mkdir(parents=True)
    (folder / "empty").mkdir()
    for number in range(5):
        frame = folder / ("sub" if number > 2 else "") / f"a.{number:04d}.dpx"
        frame.write_bytes(b"%06d" % number * 1000)
        os.utime(frame, ns=(1, 1_600_000_000_123_456_789 + number))
    (folder / "sub" / ".DS_Store").write_bytes(b"debris")
    return folder


def test_a_copy_is_what_was_copied_with_its_lists(shot: Path) -> None:
    copied = reelpack.copy(shot, shot.with_name("copy"))

    copy = Path(copied.path)
    assert copied.names == tuple(
        f"{'sub/' if number > 2 else ''}a.{number:04d}.dpx" for number in range(5)
    )
    assert (copied.files, copied.size, copied.bytes_read) == (5, 30_000, 30_000)
    assert copied.left_out == (reelpack.LeftOut("sub/.DS_Store", "hidden file"),)
    assert sorted(path.name for path in copy.iterdir()) == [
        *[f"a.{number:04d}.dpx" for number in range(3)],
        "checksum.txt",
        "empty",
        "sub",
    ]
    (shot / "sub" / ".DS_Store").unlink()
    reelpack.checksum(shot).write()
    assert differences(copy, shot, times=True) == []


def test_the_command_copies_and_reads_back(shot: Path) -> None:
    run = run_reelpack("copy", "--quiet", "--verify", shot, shot.with_name("copy"))

    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(f"copied to {shot.parent}/copy: 2 lists, 5 files, 30.0 kB in ")
    assert ", read back" in run.stdout
    assert run_reelpack("verify", shot.with_name("copy")).returncode == 0


def test_what_is_there_already_is_left_alone(shot: Path) -> None:
    there = shot.with_name("copy") / "sub" / "a.0003.dpx"
    there.parent.mkdir(parents=True)
    there.write_bytes(b"precious")

    run = run_reelpack("copy", "--quiet", shot, shot.with_name("copy"))

    assert run.returncode == 2
    assert run.stderr.splitlines() == [
        f"reelpack: error: {there}: File exists",
        "hint: `--force` replaces it",
    ]
    assert [path for path in there.parents[1].rglob("*") if path.is_file()] == [there]
    assert there.read_bytes() == b"precious"


def test_a_copy_is_not_made_twice_unless_it_has_to_be(shot: Path) -> None:
    reelpack.copy(shot, shot.with_name("copy"))

    with pytest.raises(FileExistsError) as caught:
        reelpack.copy(shot, shot.with_name("copy"))
    again = reelpack.copy(shot, shot.with_name("copy"), force=True, sync=True)

    assert caught.value.filename == str(shot.with_name("copy") / "a.0000.dpx")
    assert (again.copied + again.cloned, again.kept) == (5, 0)
    assert reelpack.verify(again.path).ok


@pytest.mark.parametrize("target", ["shot/copy", "shot/sub", "shot", "."])
def test_neither_may_lie_inside_the_other(shot: Path, target: str) -> None:
    before = sorted(shot.parent.rglob("*"))

    with pytest.raises(reelpack.PackageError):
        reelpack.copy(shot, shot.parent / target, force=True)

    assert sorted(shot.parent.rglob("*")) == before


def test_a_file_does_not_become_a_copy(shot: Path) -> None:
    shot.with_name("copy").write_bytes(b"precious")

    with pytest.raises(reelpack.PackageError, match="is no folder"):
        reelpack.copy(shot, shot.with_name("copy"), force=True)

    assert shot.with_name("copy").read_bytes() == b"precious"


def flip(copy: Path) -> None:
    """Change a bit, and leave size and time alone, as a bad disk does."""
    about = copy.stat()
    with copy.open("r+b") as file:
        file.seek(MIB)
        file.write(b"\x01")
    os.utime(copy, ns=(about.st_atime_ns, about.st_mtime_ns))


@pytest.fixture(scope="module")
def large() -> Iterator[Path]:
    """Three frames that take a while to read, alone in the folder above them."""
    with in_memory() as name:
        folder = Path(name, "shot")
        folder.mkdir()
        for number in range(3):
            with (folder / f"a.{number:04d}.dpx").open("wb") as frame:
                frame.truncate(128 * MIB)
        time.sleep(3.2)
        yield folder


@pytest.mark.slow
@pytest.mark.parametrize("damage", [flip, Path.unlink])
def test_reading_back_finds_a_copy_that_is_not_what_was_copied(
    large: Path, damage: Callable[[Path], None]
) -> None:
    copies = large.with_name(damage.__name__)
    last = copies / "a.0002.dpx"
    spoilt = False

    def spoil(_: reelpack.Progress) -> None:
        """Do damage when all copies are there; the last one is the last to be read back."""
        nonlocal spoilt
        if last.exists() and not spoilt:
            spoilt = True
            damage(last)

    with pytest.raises((reelpack.PackageError, FileNotFoundError)) as caught:
        reelpack.copy(large, copies, verify=True, clone="never", jobs=1, readers=1, progress=spoil)
    hidden = list(copies.rglob(".*"))
    again = reelpack.copy(large, copies, verify=True, clone="never")

    assert spoilt
    assert str(last) in str(caught.value)
    assert hidden == []
    assert (again.kept, again.copied, again.verified) == (2, 1, True)
    assert reelpack.verify(copies, state=False).ok
    shutil.rmtree(copies)
