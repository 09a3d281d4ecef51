"""Faults in the middle of the work: signals, and files that change while they are read.

The source is one sparse file, large enough that whatever reads it is still busy when the fault
comes. Python calls a progress callback on its own thread in the middle of the pass: there the file
can be changed at a known moment.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.commands import start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

BIG = 1 << 30
"""More than a second of reading: one MD5 stream makes no more than 0.7 GB/s."""

HUGE = 16 << 30
"""Longer than any of these tests waits; none reads it to its end."""


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    folder = tmp_path / "shot"
    folder.mkdir()
    return folder


def sparse(path: Path, size: int) -> Path:
    """A file of zeros that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


@pytest.fixture
def packing(shot: Path) -> Iterator[subprocess.Popen[str]]:
    """A `reelpack zip` that has begun to write, and keeps nothing to go on from."""
    sparse(shot / "a.mov", HUGE)
    process = start("zip", "--quiet", "--force", "--no-state", shot)
    before = {shot.name, "shot.zip"}
    try:
        while not any(written(path) for path in shot.parent.iterdir() if path.name not in before):
            assert process.poll() is None, process.communicate()
            time.sleep(0.02)
        yield process
    finally:
        process.kill()
        process.communicate()


def written(path: Path) -> bool:
    """Whether there is something in a file."""
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_leaves_nothing_under_either_name(
    shot: Path, packing: subprocess.Popen[str], signum: signal.Signals, code: int
) -> None:
    packing.send_signal(signum)

    assert packing.wait(timeout=2) == code
    assert [path.name for path in shot.parent.iterdir()] == ["shot"]


def test_a_kill_leaves_nothing_under_the_final_name(
    shot: Path, packing: subprocess.Popen[str]
) -> None:
    packing.kill()
    packing.wait()

    assert not shot.with_name("shot.zip").exists()


@pytest.fixture
def old_zip(shot: Path) -> Path:
    target = shot.with_name("shot.zip")
    target.write_bytes(b"the zip of yesterday")
    return target


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL])
def test_a_zip_that_was_to_be_replaced_survives(
    old_zip: Path, packing: subprocess.Popen[str], signum: signal.Signals
) -> None:
    packing.send_signal(signum)
    packing.wait()

    assert old_zip.read_bytes() == b"the zip of yesterday"


TRUNCATE = """
import os, sys
import reelpack

job, folder, frame = sys.argv[1:]

def cut(progress):
    if progress.bytes_done and os.path.getsize(frame) > 1000:
        os.truncate(frame, 1000)

try:
    match job:
        case "checksum":
            reelpack.checksum(folder, progress=cut)
        case "pack":
            reelpack.pack(folder, folder + ".zip", progress=cut)
        case "verify":
            reelpack.verify(folder, progress=cut).raise_for_failures()
except (reelpack.SourceChangedError, reelpack.VerificationError) as error:
    print(error)
    sys.exit(77)
"""
"""Runs a job and cuts its file short once some of it has been read."""


@pytest.mark.parametrize("job", ["checksum", "pack", "verify"])
def test_a_file_cut_short_while_it_is_read_is_an_error_never_a_crash(shot: Path, job: str) -> None:
    frame = sparse(shot / "a.mov", HUGE)
    (shot / "checksum.txt").write_text(f"a.mov\t{HUGE}\tmd5\t{'0' * 32}\n")

    # In a process of its own: a mapped file that shrinks kills the reader where nobody took care.
    command = [sys.executable, "-c", TRUNCATE, job, str(shot), str(frame)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)

    assert run.returncode == 77, (run.returncode, run.stdout, run.stderr)
    assert len(run.stdout.splitlines()) == 1
    assert not shot.with_name("shot.zip").exists()


def grow(frame: Path) -> None:
    """Append a byte, as a render that is not finished does."""
    with frame.open("ab") as file:
        file.write(b"x")


def overwrite(frame: Path) -> None:
    """Change a byte in place: the size stays, the modification time moves."""
    with frame.open("r+b") as file:
        file.write(b"x")


def touch(frame: Path) -> None:
    """Set the modification time by hand."""
    os.utime(frame, (1, 1))


def pack(shot: Path, *, progress: Callable[[reelpack.Progress], object]) -> object:
    return reelpack.pack(shot, shot.with_name("shot.zip"), progress=progress, state=False)


@pytest.mark.parametrize("change", [grow, overwrite, touch])
@pytest.mark.parametrize("job", [reelpack.checksum, pack])
def test_a_file_that_changes_while_it_is_read_is_an_error(
    shot: Path, job: Callable[..., object], change: Callable[[Path], None]
) -> None:
    frame = sparse(shot / "a.mov", BIG)
    changed = False

    def meddle(progress: reelpack.Progress) -> None:
        nonlocal changed
        if progress.bytes_done and not changed:
            changed = True
            change(frame)

    with pytest.raises(reelpack.SourceChangedError) as caught:
        job(shot, progress=meddle)

    assert changed
    assert caught.value.path == str(frame)
    assert [path.name for path in shot.parent.iterdir()] == ["shot"]


def test_the_error_of_a_file_that_grew_names_both_sizes(shot: Path) -> None:
    frame = sparse(shot / "a.mov", BIG)

    def meddle(progress: reelpack.Progress) -> None:
        if progress.bytes_done and frame.stat().st_size == BIG:
            grow(frame)

    with pytest.raises(reelpack.SourceChangedError) as caught:
        reelpack.checksum(shot, progress=meddle)

    told = str(caught.value).replace(",", "")
    assert str(frame) in told
    assert str(BIG) in told
    assert str(BIG + 1) in told
