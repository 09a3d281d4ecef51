"""What is done without copying, and what is not done twice."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from measure import Contender, note, race, warm
from rows import Row, at_least, at_most, at_most_seconds, memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from commands import Bench

AGE = 4
"""Seconds until a file that was just made is old enough to be remembered."""

CHANGED = 10

PLAN = "import sys, reelpack; print(reelpack.plan(sys.argv[1]).size)"


@contextlib.contextmanager
def xfs(work: Path, size: int) -> Iterator[Path | None]:
    """Mount an XFS of its own that shares blocks; None where that cannot be done."""
    if os.geteuid() != 0 or shutil.which("mkfs.xfs") is None:
        yield None
        return
    image, folder = work / "xfs.img", work / "xfs"
    folder.mkdir(exist_ok=True)
    with image.open("wb") as file:
        file.truncate(size)
    subprocess.run(["mkfs.xfs", "-q", "-f", "-m", "reflink=1", image], check=True)
    subprocess.run(["mount", "-o", "loop", image, folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
        image.unlink()


def used(folder: Path) -> int:
    """Bytes in use on the file system of ``folder``, as `df` shows them once it has come to rest.

    XFS gives back the blocks of removed files some time later.
    """
    before = None
    while True:
        os.sync()
        about = os.statvfs(folder)
        now = (about.f_blocks - about.f_bfree) * about.f_frsize
        if now == before:
            return now
        before = now
        time.sleep(1)


def cloned_zips(bench: Bench, scans: Path) -> Iterator[Row]:
    """A zip that shares its blocks with the frames, against npack on the same file system."""
    with xfs(bench.work, 14 << 30) as disk:
        if disk is None:
            note("cloned zips: left out, mounting needs root and mkfs.xfs")
            return
        frames, ours, theirs = disk / "frames", disk / "ours.zip", disk / "theirs.zip"
        shutil.copytree(scans, frames)
        os.sync()
        time.sleep(AGE)
        warm(frames)
        command: list[str | Path] = ["zip", frames, "--clone", "always", "--to", ours]
        plain = Contender("zip --clone", bench.ours(*command), lambda: ours.unlink(missing_ok=True))
        npack = Contender(
            "npack zip, XFS",
            bench.npack_zip.command("zip", "-s", frames, "-t", disk, "-f", theirs.name),
            lambda: tidy(frames, theirs),
        )
        known = Contender(
            "zip --clone --cached",
            bench.ours(*command, "--cached"),
            lambda: ours.unlink(missing_ok=True),
        )
        race([npack, plain, known], bench.rounds)
        tidy(frames, theirs)
        yield at_least("`zip --clone always`, XFS, 2K scans: npack takes", npack, plain, 15, 40)
        yield at_least("the same with `--cached`: npack takes", npack, known, 15)
        ours.unlink()
        before = used(disk)
        plain.run()
        extra = (used(disk) - before) / ours.stat().st_size
        yield Row(
            "disk space that the cloned zip takes", f"{extra:.2%} of it", "under 1 %", extra < 0.01
        )


def tidy(frames: Path, archive: Path) -> None:
    """Remove what npack wrote."""
    (frames / "checksum.txt").unlink(missing_ok=True)
    archive.unlink(missing_ok=True)
    os.sync()


def cached_lists(bench: Bench, small: Path) -> Iterator[Row]:
    """A list of files that were read before, against npack, which reads them again."""
    frames = bench.work / "cached"
    shutil.rmtree(frames, ignore_errors=True)
    # Links: the frames of the other benches are not to be touched.
    shutil.copytree(small, frames, copy_function=os.link)
    time.sleep(AGE)
    warm(frames)
    subprocess.run(bench.ours("checksum", "-q", frames), check=True, capture_output=True)
    theirs = Contender(
        "npack checksum", bench.npack_checksum.command("checksum", "-s", frames), os.sync
    )
    ours = Contender("checksum --cached", bench.ours("checksum", "--cached", frames))
    race([theirs, ours], bench.rounds)
    count = len(list(frames.glob("*.dpx")))
    yield at_least(f"`checksum --cached`, {count:,} unchanged files: npack takes", theirs, ours, 20)
    opened = frames_opened(bench, frames)
    yield Row("frames that it opens", f"{opened}", "0", opened == 0)
    change(frames, CHANGED)
    opened = frames_opened(bench, frames)
    yield Row(f"the same after {CHANGED} frames changed", f"{opened}", "10", opened == CHANGED)
    yield planned(bench, frames)
    shutil.rmtree(frames)


def change(frames: Path, count: int) -> None:
    """Give some frames other bytes, and a file of their own."""
    for path in sorted(frames.glob("*.dpx"))[:count]:
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content[::-1])


def frames_opened(bench: Bench, frames: Path) -> int:
    """Count the frames that a cached run opens, by watching its system calls."""
    log = bench.work / "strace"
    watch: list[str | Path] = ["strace", "-f", "-qq", "-e", "trace=open,openat,openat2", "-o", log]
    subprocess.run([*watch, *bench.ours("checksum", "--cached", "-q", frames)], check=True)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    log.unlink()
    return sum(".dpx" in line for line in lines)


def planned(bench: Bench, frames: Path) -> Row:
    """Lay out a zip from names, sizes and a list that is there, the start of Python included."""
    subprocess.run(bench.ours("checksum", "--cached", "-q", frames), check=True)
    plan = Contender("plan", [sys.executable, "-c", PLAN, frames])
    race([plan], bench.rounds)
    return at_most_seconds("`plan` of the same, from its list", plan, 2)


def copies(bench: Bench, scans: Path) -> Iterator[Row]:
    """A verified copy, against a mere one."""
    warm(scans)
    out = bench.work / "out"
    ours = Contender(
        "reelpack copy",
        bench.ours("copy", scans, out / "ours", "--no-state"),
        lambda: bench.clean(scans),
    )
    plain = Contender("cp -r", ["cp", "-r", scans, out / "theirs"], lambda: bench.clean(scans))
    race([plain, ours], bench.rounds)
    bench.clean(scans)
    yield at_most("`copy`, 2K scans, takes of `cp -r`", ours, plain, 1.25)
    yield memory("`copy`, 2K scans", ours, 256)
