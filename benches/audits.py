"""What an audit and more lists cost on top of one list, and the names of a million frames."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from measure import Contender, race, warm
from rows import Row, at_most, at_most_seconds, memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from commands import Bench

NAMES = """
import reelpack
names = [f"reel_{n // 100_000:02d}/plate_0100_v003.{n:07d}.dpx" for n in range(1_000_000)]
found = reelpack.group_sequences(names)
assert (len(found), found[0].count) == (10, 100_000)
"""
"""Making a million strings is part of what is measured."""

FORMATS = ("checksum-txt", "md5sum", "mhl", "ascmhl")


def audits(bench: Bench, folder: Path, what: str, *, target: float) -> Iterator[Row]:
    """Auditing a folder, against listing it."""
    warm(folder)
    _clear(bench, folder)
    checksum = Contender(
        "reelpack checksum", bench.ours("checksum", "--preview", folder, "--no-state")
    )
    audit = Contender("reelpack audit", bench.ours("audit", folder, "--no-state"))
    race([checksum, audit], bench.rounds)
    yield at_most(f"`audit`, {what}, takes of `checksum`", audit, checksum, target)


def all_lists(bench: Bench, folder: Path) -> Iterator[Row]:
    """Lists of every format with two digests, against one with MD5."""
    warm(folder)
    formats = [word for name in FORMATS for word in ("--format", name)]
    digests = ["--algorithm", "md5", "--algorithm", "xxh128"]
    one = Contender("one list", bench.ours("checksum", folder), lambda: _clear(bench, folder))
    every = Contender(
        "all lists",
        bench.ours("checksum", folder, *formats, *digests),
        lambda: _clear(bench, folder),
    )
    race([one, every], bench.rounds)
    _clear(bench, folder)
    yield at_most("`checksum`, 2K scans, all lists, md5 and xxh128, takes of md5", every, one, 1.4)


def many_audited(bench: Bench, folder: Path) -> Iterator[Row]:
    """Memory of an audit, and the size of nothing else: one round is enough."""
    count = int(folder.name.partition("_")[0])
    report = bench.work / "out" / "report.html"
    command = bench.ours("audit", folder, "--html", report, "--no-state")
    contender = Contender("reelpack audit, many", command)
    _clear(bench, folder)
    race([contender], 1)
    yield memory(f"`audit --html`, {count:,} files", contender, 500)
    size = report.stat().st_size / 1e6
    yield Row(f"its report, {count:,} files", f"{size:.1f} MB", "under 20 MB", size < 20)


def names() -> Iterator[Row]:
    """Finding the sequences among a million names, the interpreter included."""
    contender = Contender("a million names", [sys.executable, "-c", NAMES])
    race([contender], 3)
    yield at_most_seconds("sequences of 1,000,000 names", contender, 2)


def _clear(bench: Bench, folder: Path) -> None:
    """Remove every list that a run wrote."""
    bench.clean(folder)
    shutil.rmtree(folder / "ascmhl", ignore_errors=True)
    for path in folder.glob(f"{folder.name}.*"):
        path.unlink()
