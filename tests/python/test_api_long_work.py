"""Long work can be watched, stopped from inside and outside, and leaves other threads alone."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.sparse import ENDLESS, GIB, sparse_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHILD = """
import sys, reelpack
said = []
def progress(_):
    if not said:
        said.append(print("at work", flush=True))
try:
    reelpack.{call}
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


class EnoughError(Exception):
    """Raised by a callback."""


def test_a_callback_hears_how_far_the_work_is(tmp_path: Path) -> None:
    heard: list[reelpack.Progress] = []
    threads: set[int] = set()

    def listen(progress: reelpack.Progress) -> None:
        heard.append(progress)
        threads.add(threading.get_ident())
        if len(heard) == 3:
            raise EnoughError

    with pytest.raises(EnoughError):
        reelpack.checksum(sparse_folder(tmp_path / "shot", ENDLESS), progress=listen)

    assert [type(progress) for progress in heard] == [reelpack.Progress] * 3
    assert threads == {threading.get_ident()}
    assert [p.bytes_done for p in heard] == sorted(p.bytes_done for p in heard)
    assert heard[-1].bytes_total == ENDLESS
    assert (heard[-1].files_done, heard[-1].files_total) == (0, 1)


@pytest.mark.parametrize("job", ["checksum", "pack", "verify"])
def test_what_a_callback_raises_stops_the_work(tmp_path: Path, job: str) -> None:
    size = 4 * GIB if job == "pack" else ENDLESS  # a zip has to fit on the disk
    shot = sparse_folder(tmp_path / "shot", size)
    (shot / "checksum.txt").write_text(f"a.0001.dpx\t{size}\tmd5\t{'0' * 32}\n")
    jobs: dict[str, Callable[[], object]] = {
        "checksum": lambda: reelpack.checksum(shot, progress=stop),
        "pack": lambda: reelpack.pack(shot, tmp_path / "shot.zip", progress=stop, state=False),
        "verify": lambda: reelpack.verify(shot, progress=stop),
    }

    def stop(_progress: reelpack.Progress) -> None:
        raise EnoughError

    began = time.monotonic()
    with pytest.raises(EnoughError):
        jobs[job]()

    assert time.monotonic() - began < 5
    assert [path.name for path in tmp_path.iterdir()] == ["shot"]


def test_other_threads_run_meanwhile(tmp_path: Path) -> None:
    shot = sparse_folder(tmp_path / "shot", 2 * GIB)
    done = threading.Event()
    turns = 0

    def count() -> None:
        nonlocal turns
        while not done.wait(0.001):
            turns += 1

    other = threading.Thread(target=count)
    other.start()
    began = time.monotonic()
    reelpack.checksum(shot)
    seconds = time.monotonic() - began
    done.set()
    other.join()

    # A thread that may run all the time gets some hundred turns a second, one that waits for the
    # call gets none until it is over.
    assert turns > 20 * seconds


@pytest.mark.parametrize(
    "call", ["checksum(sys.argv[1], progress=progress)", "verify(sys.argv[1], progress=progress)"]
)
def test_ctrl_c_stops_the_work_within_two_seconds(tmp_path: Path, call: str) -> None:
    shot = sparse_folder(tmp_path / "shot", ENDLESS)
    (shot / "checksum.txt").write_text(f"a.0001.dpx\t{ENDLESS}\tmd5\t{'0' * 32}\n")
    command = [sys.executable, "-c", CHILD.format(call=call), str(shot)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "at work\n"
        child.send_signal(signal.SIGINT)
        rest, _ = child.communicate(timeout=2)

    assert rest == "interrupted\n"
    assert child.returncode == 0
