"""Checking movies against `mediainfo` and `ffprobe`, and putting their header first."""

from __future__ import annotations

import shlex
import statistics
import subprocess
import sys
from typing import TYPE_CHECKING

from material.movies import make, with_hole
from measure import Contender, note, race, warm
from rows import Row, at_least, memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from commands import Bench

MILLISECONDS = 50
"""What a check may take in Python, start-up aside."""

TIMED = """
import sys, time
from reelpack import cuts
cuts.check(sys.argv[1])  # what is loaded and cached is no part of it
for _ in range(7):
    began = time.perf_counter()
    cuts.check(sys.argv[1])
    print(time.perf_counter() - began)
"""

PICTURE = "-f lavfi -i testsrc2=s=64x64:r=24:d={seconds}"
TONE = "-f lavfi -i sine=r=48000:d={seconds}"
CODECS = "-c:v libx264 -preset ultrafast -crf 51 -pix_fmt yuv420p -c:a aac -b:a 16k"


def cuts(bench: Bench) -> Iterator[Row]:
    """A huge file, one with the tables of a feature, and 1 GB to be written again."""
    folder = bench.work / "cuts"
    folder.mkdir(exist_ok=True)
    # The length of the media data is no part of what a check reads, and a hole is soon written.
    huge = made(folder, "huge.mov", 10, 100_000_000_000)
    # Two hours at 24 frames a second: 172,800 frames and 337,500 packets of sound.
    feature = looped(folder, 120)
    yield from checked(bench, huge, "sparse 100 GB")
    yield from checked(bench, feature, "2 hours at 24 fps with sound")
    # A folder of its own: the whole of it is read before, and a hole of 100 GB is read as well.
    apart = folder / "rewritten"
    apart.mkdir(exist_ok=True)
    yield from rewritten(bench, apart)


def looped(folder: Path, minutes: int) -> Path:
    """A movie with the tables of so many minutes: one of them, again and again."""
    path = folder / "feature.mov"
    if not path.exists():
        note(f"making feature.mov, {minutes} min")
        minute = make(folder / "minute.mov", f"{PICTURE} {TONE} {CODECS}".format(seconds=60))
        make(path, f"-stream_loop {minutes - 1} -i {shlex.quote(str(minute))} -c copy")
        minute.unlink()
    return path


def made(folder: Path, name: str, seconds: int, hole: int) -> Path:
    """A movie of small pictures with a hole in its media data, its header last; kept once made."""
    path = folder / name
    if path.exists():
        return path
    note(f"making {name}, {seconds} s")
    inputs = f"{PICTURE} {TONE}".format(seconds=seconds)
    small = make(folder / f"small_{name}", f"{inputs} {CODECS}")
    with_hole(small, path, hole)
    small.unlink()
    return path


def checked(bench: Bench, movie: Path, what: str) -> Iterator[Row]:
    """The check in Python, then whole commands."""
    yield in_python(movie, what)
    ours = Contender("reelpack cut check", ["sh", "-c", '"$@"; test $? -le 1', "sh",
                     *bench.ours("cut", "check", movie)])  # fmt: skip
    info = Contender("mediainfo", ["mediainfo", movie])
    probe = Contender("ffprobe", ["ffprobe", "-v", "error", "-show_streams", movie])
    race([info, probe, ours], bench.rounds)
    yield beside(f"`cut check`, {what}: `mediainfo` takes", info, ours)
    yield beside(f"`cut check`, {what}: `ffprobe` takes", probe, ours)
    yield memory(f"`cut check`, {what}", ours, 256)


def in_python(movie: Path, what: str) -> Row:
    """Milliseconds of a check in a process that has loaded all it needs."""
    command = [sys.executable, "-c", TIMED, str(movie)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    took = statistics.median(map(float, said.split())) * 1000
    name = f"`cuts.check`, {what}, start-up aside"
    return Row(name, f"{took:.1f} ms", f"under {MILLISECONDS} ms", took < MILLISECONDS)


def beside(what: str, other: Contender, ours: Contender) -> Row:
    """A ratio for which there is no target: the start of Python is most of ours."""
    measured = f"{other.median / ours.median:.2f} times"
    return Row(
        what, f"{measured} ({other.median:.2f} s, {ours.median:.2f} s)", "none", reached=True
    )


def rewritten(bench: Bench, folder: Path) -> Iterator[Row]:
    """1 GB of media data that is really there, copied by both."""
    source = large(folder, 1_000_000_000)
    warm(folder)
    mine, theirs = folder / "ours.mov", folder / "theirs.mov"
    ours = Contender(
        "reelpack cut faststart",
        bench.ours("cut", "faststart", source, "-o", mine, "--quiet"),
        lambda: mine.unlink(missing_ok=True),
    )
    rival = Contender(
        "qt-faststart",
        ["qt-faststart", source, theirs],
        lambda: theirs.unlink(missing_ok=True),
    )
    race([rival, ours], bench.rounds)
    yield at_least("`cut faststart`, 1 GB: `qt-faststart` takes", rival, ours, 1)
    yield memory("`cut faststart`, 1 GB", ours, 256)
    mine.unlink()
    theirs.unlink()


def large(folder: Path, size: int) -> Path:
    """A movie with `size` bytes more in its media data, which are written."""
    path = folder / "large.mov"
    if not path.exists():
        note("making large.mov, 1 GB")
        sparse = made(folder, "sparse.mov", 10, size)
        # Without its hole, so that the disk has something to read.
        subprocess.run(["cp", "--sparse=never", str(sparse), str(path)], check=True)
        sparse.unlink()
    return path
