"""Whole commands against the real npack, `md5sum`, `cp` and `cat`, each ratio beside its target.

Run by ``make bench``, with the release build; ``make bench BENCH=--quick`` takes a minute. The
material, real DPX frames, is made once under ``--work``: 11 GB, and 12 more while zips are written.
Data lies in the page cache unless a line says cold.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audits import all_lists, audits, many_audited, names
from cuts import cuts
from imf import imf
from material.oracle import Npack, install
from measure import Contender, can_drop_caches, cat, drop_caches, note, race, warm
from reuse import cached_lists, cloned_zips, copies
from rows import Row, at_least, at_most, memory
from tapes import tapes

from backlot import backlot

if TYPE_CHECKING:
    from collections.abc import Iterator

MAKE_FRAMES = Path(__file__).parents[1] / "tests" / "material" / "frames.py"


@dataclass(frozen=True, slots=True)
class Frames:
    """So many frames of one size; the size decides on the bytes of each."""

    count: int
    width: int
    height: int

    def make(self, work: Path) -> Path:
        """The folder with the frames, made unless it is there."""
        folder = work / f"{self.count}_{self.width}x{self.height}"
        if not folder.exists():
            note(f"making {self.count:,} frames of {self.width} x {self.height}")
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            # In a process of its own: what it needs would count as memory of the commands.
            size = ["--width", str(self.width), "--height", str(self.height)]
            count = ["--count", str(self.count)]
            subprocess.run([sys.executable, MAKE_FRAMES, *size, *count, unfinished], check=True)
            unfinished.rename(folder)
        return folder


@dataclass(frozen=True, slots=True)
class Material:
    """What is measured: 2K scans, small frames, very many, and one huge file."""

    scans: Path
    small: Path
    many: Path
    huge: Path


@dataclass(frozen=True, slots=True)
class Bench:
    """The commands and where they work."""

    reelpack: Path
    npack_checksum: Npack
    npack_zip: Npack
    work: Path
    rounds: int

    def ours(self, *arguments: str | Path) -> list[str | Path]:
        return [self.reelpack, *arguments]

    def clean(self, folder: Path) -> None:
        """Remove what an earlier run wrote, and let the disk come to rest."""
        (folder / "checksum.txt").unlink(missing_ok=True)
        shutil.rmtree(self.work / "out", ignore_errors=True)
        (self.work / "out").mkdir()
        os.sync()


def make_material(work: Path, *, quick: bool) -> Material:
    """2K scans, 88 x 64 (24,576 bytes) and 32 x 16 (4,096 bytes), a tenth of it where quick."""
    scans = Frames(30 if quick else 300, 2048, 1556).make(work)
    small = Frames(5_000 if quick else 98_783, 88, 64).make(work)
    many = Frames(10_000 if quick else 250_000, 32, 16).make(work)
    huge = work / f"huge_{scans.name}"
    if not huge.exists():
        huge.mkdir()
        subprocess.run(
            ["sh", "-c", 'cat "$1"/*.dpx >"$2"', "sh", scans, huge / "a.mov"], check=True
        )
    return Material(scans, small, many, huge)


def lists(bench: Bench, folder: Path, what: str, *, target: float, trial: float) -> Iterator[Row]:
    """Listing and verifying a folder."""
    warm(folder)
    theirs = Contender(
        "npack checksum",
        bench.npack_checksum.command("checksum", "-s", folder),
        lambda: bench.clean(folder),
    )
    checksum = Contender(
        "reelpack checksum", bench.ours("checksum", folder), lambda: bench.clean(folder)
    )
    # Last in its round, it finds the list that `checksum` wrote.
    verify = Contender("reelpack verify", bench.ours("verify", folder))
    race([theirs, checksum, verify], bench.rounds)
    bench.clean(folder)
    yield at_least(f"`checksum`, {what}: npack takes", theirs, checksum, target, trial)
    # As fast as `checksum`, but for the noise of such a measurement.
    yield at_least(f"`verify`, {what}: `checksum` takes", checksum, verify, 0.95)
    yield memory(f"`checksum`, {what}", checksum, 256)
    yield memory(f"`verify`, {what}", verify, 256)


def zips(bench: Bench, scans: Path) -> Iterator[Row]:
    """Packing the scans, against npack and against a mere copy."""
    warm(scans)
    out = bench.work / "out"
    theirs = Contender(
        "npack zip",
        bench.npack_zip.command("zip", "-s", scans, "-t", out, "-f", "theirs.zip"),
        lambda: bench.clean(scans),
    )
    ours = Contender(
        "reelpack zip",
        bench.ours("zip", scans, "-t", out, "-f", "ours.zip"),
        lambda: bench.clean(scans),
    )
    copy = Contender("cp -r", ["cp", "-r", scans, out / "copy"], lambda: bench.clean(scans))
    race([theirs, ours, copy], bench.rounds)
    bench.clean(scans)
    yield at_least("`zip`, 2K scans: npack takes", theirs, ours, 3.5, 6)
    yield at_most("`zip`, 2K scans, takes of `cp -r`", ours, copy, 1.25)
    yield memory("`zip`, 2K scans", ours, 256)


def cold(bench: Bench, folder: Path, what: str) -> Iterator[Row]:
    """Reading from the disk, where nothing can be faster than reading."""
    if not can_drop_caches():
        note("cold cache: left out, only root can empty the page cache")
        return
    reader = Contender("cat, cold", cat(folder), drop_caches)
    ours = Contender("reelpack, cold", bench.ours("checksum", "--preview", folder), drop_caches)
    race([reader, ours], bench.rounds)
    yield at_most(f"`checksum`, {what}, cold cache, takes of `cat`", ours, reader, 1.1)


def huge(bench: Bench, folder: Path) -> Iterator[Row]:
    """One file, which no number of lanes makes faster."""
    warm(folder)
    theirs = Contender("md5sum", ["md5sum", folder / "a.mov"])
    ours = Contender("reelpack, one file", bench.ours("checksum", "--preview", folder))
    race([theirs, ours], bench.rounds)
    yield at_least("`checksum`, one huge file: `md5sum` takes", theirs, ours, 1)


def many(bench: Bench, folder: Path) -> Iterator[Row]:
    """Memory where names and digests are what fills it; one round is enough for that."""
    count = folder.name.partition("_")[0]
    pack = bench.ours("zip", folder, "-t", bench.work / "out", "-f", "many.zip")
    bench.clean(folder)
    for what, command in [
        ("`checksum`", bench.ours("checksum", folder)),
        ("`verify`", bench.ours("verify", folder)),
        ("`zip`", pack),
        ("`verify` of the zip", bench.ours("verify", bench.work / "out" / "many.zip")),
    ]:
        contender = Contender(f"reelpack, {count} files", command)
        race([contender], 1)
        yield memory(f"{what}, {int(count):,} files", contender, 400)
    bench.clean(folder)


def version(bench: Bench) -> Iterator[Row]:
    """The start of the interpreter, and nothing of the command framework."""
    contender = Contender("reelpack --version", bench.ours("--version"))
    race([contender], 11)
    milliseconds = contender.median * 1000
    yield Row("`--version`", f"{milliseconds:.0f} ms", "at most 150 ms", milliseconds <= 150)


def machine(work: Path) -> str:
    """The machine in a line: processor, cores, memory, file system, kernel."""
    cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    names = [line.partition(": ")[2] for line in cpuinfo.splitlines() if "model name" in line]
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    df = ["df", "--output=fstype", str(work)]
    file_system = subprocess.run(df, capture_output=True, text=True, check=True).stdout.split()[-1]
    processor = names[0] if names else platform.processor()
    return (
        f"{processor}, {os.cpu_count()} cores, {size:.0f} GB, {file_system}, {platform.release()}"
    )


def measure(bench: Bench, material: Material) -> Iterator[Row]:
    """Every line of the table, in order."""
    yield from version(bench)
    yield from lists(bench, material.scans, "2K scans", target=6, trial=9)
    yield from lists(bench, material.small, "small frames", target=8, trial=12)
    yield from zips(bench, material.scans)
    yield from copies(bench, material.scans)
    yield from cloned_zips(bench, material.scans)
    yield from cached_lists(bench, material.small)
    yield from audits(bench, material.scans, "2K scans", target=1.25)
    yield from all_lists(bench, material.scans)
    yield from audits(bench, material.small, "small frames", target=2)
    yield from names()
    yield from imf(bench)
    yield from cuts(bench)
    yield from tapes(bench)
    yield from backlot(bench)
    yield from huge(bench, material.huge)
    yield from cold(bench, material.scans, "2K scans")
    yield from cold(bench, material.small, "small frames")
    yield from many(bench, material.many)
    yield from many_audited(bench, material.many)


def chosen(bench: Bench, names: list[str] | None, *, quick: bool) -> Iterator[Row]:
    """The lines that were asked for, or every one."""
    if names is None:
        yield from measure(bench, make_material(bench.work, quick=quick))
    for name in names or ():
        yield from ALONE[name](bench)


ALONE = {"imf": imf, "cuts": cuts, "tapes": tapes, "backlot": backlot}
"""What needs no frames, and can be measured by itself."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure whole commands.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the material")
    parser.add_argument("--rounds", type=int, help="runs of each command (5; 3 if quick)")
    parser.add_argument("--only", nargs="+", choices=ALONE, help="these alone, without frames")
    parser.add_argument("--work", type=Path, default=Path("target", "bench"), metavar="DIR")
    parser.add_argument("--reelpack", type=Path, default=Path(sys.executable).with_name("reelpack"))
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    bench = Bench(
        arguments.reelpack,
        install("0.8.0", work / "npack-0.8.0"),
        install("0.7.0", work / "npack-0.7.0"),
        work,
        arguments.rounds or (3 if arguments.quick else 5),
    )
    rows = []
    for row in chosen(bench, arguments.only, quick=arguments.quick):
        note(str(row))
        rows.append(row)
    print(f"Median of {bench.rounds} runs, in turns. {machine(work)}.\n")
    print("| what | measured | target (possible) | reached |\n| --- | --- | --- | --- |")
    print("\n".join(map(str, rows)))


if __name__ == "__main__":
    main()
