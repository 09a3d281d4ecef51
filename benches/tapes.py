"""Reading the index of a tape against parsers in Python, a process for each.

The rivals keep what we keep: path, size, block and digests of each file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from measure import Contender, note, race
from rows import Row, at_least, at_most_seconds, memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands import Bench

FILES = 300_000
"""Frames of a shoot on one tape; a fiftieth as many folders."""

READERS = Path(__file__).with_name("tapes_readers.py")


def tapes(bench: Bench) -> Iterator[Row]:
    """An index of 300,000 files, ours and two others."""
    index = bench.work / f"index_{FILES}.xml"
    if not index.exists():
        note(f"making an index of {FILES:,} files")
        write(index)
    ours, tree, expat = (
        Contender(f"{name}, an index", [sys.executable, READERS, name, index])
        for name in ("reelpack", "etree", "expat")
    )
    race([ours, tree, expat], bench.rounds)
    what = f"index of {FILES:,} files"
    yield at_most_seconds(f"`read_ltfs`, {what}", ours, 5)
    yield at_least(f"`read_ltfs`, {what}: `iterparse` of ElementTree takes", tree, ours, 3)
    yield at_least(f"`read_ltfs`, {what}: `pyexpat` takes", expat, ours, 3)
    yield memory(f"`read_ltfs`, {what}", ours, 256)


def write(index: Path) -> None:
    """Write an index as the reference implementation has it, with an MD5 for each file."""
    times = "".join(
        f"<{name}>2026-11-20T12:00:00.000000000Z</{name}>\n"
        for name in ("creationtime", "changetime", "modifytime", "accesstime", "backuptime")
    )
    unfinished = index.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as out:
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<ltfsindex version="2.4.0">\n'
            "<creator>bench</creator>\n<generationnumber>7</generationnumber>\n"
            "<volumeuuid>7f8c9d1e-3a2b-4c5d-8e9f-0a1b2c3d4e5f</volumeuuid>\n"
            f"<directory>\n<name>ABC001</name>\n{times}<contents>\n"
        )
        for roll in range(FILES // 50):
            out.write(f"<directory>\n<name>A{roll:05}_take</name>\n{times}<contents>\n")
            for frame in range(50):
                number = roll * 50 + frame
                out.write(
                    f"<file>\n<name>A{roll:05}_take.{frame:07}.dpx</name>\n<length>12746752"
                    f"</length>\n<readonly>false</readonly>\n{times}<fileuid>{number + 2}"
                    "</fileuid>\n<extendedattributes>\n<xattr>\n<key>ltfs.hash.md5sum</key>\n"
                    f"<value>{number:032x}</value>\n</xattr>\n</extendedattributes>\n"
                    "<extentinfo>\n<extent>\n<fileoffset>0</fileoffset>\n<partition>b</partition>\n"
                    f"<startblock>{number * 25 + 5}</startblock>\n<byteoffset>0</byteoffset>\n"
                    "<bytecount>12746752</bytecount>\n</extent>\n</extentinfo>\n</file>\n"
                )
            out.write("</contents>\n</directory>\n")
        out.write("</contents>\n</directory>\n</ltfsindex>\n")
    unfinished.rename(index)
