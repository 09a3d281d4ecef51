"""Verifying IMF packages against `sha1sum` and `imferno`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from measure import Contender, note, race, warm
from rows import Row, at_least, memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands import Bench

MAKE_PACKAGE = Path(__file__).with_name("imf_package.py")

IMFERNO = "imferno@3.0.1"
"""The rival, as pinned in the Makefile; with optimisation here."""

FINDINGS = '"$@"; test $? -le 1'
"""Findings are an answer, and exit code 1; anything above is a failure."""


def imf(bench: Bench) -> Iterator[Row]:
    """Packages of eight files and of one, with more bytes than documents."""
    imferno = install(bench.work / "imferno")
    for what, count, megabytes, target in [
        ("8 equal files", 8, 128, 3.5),
        ("one large file", 1, 1024, 2),
    ]:
        folder = bench.work / f"imf_{count}x{megabytes}"
        if not folder.exists():
            note(f"making an IMF package of {count} x {megabytes} MB")
            size = [str(count), str(megabytes)]
            subprocess.run([sys.executable, MAKE_PACKAGE, folder, *size], check=True)
        yield from verified(bench, imferno, folder, what, target)


def install(root: Path) -> Path:
    """The rival, built once."""
    binary = root / "bin" / "imferno"
    if not binary.exists():
        note("building imferno")
        cargo = ["cargo", "install", "--quiet", "--locked", "--root"]
        subprocess.run([*cargo, root, IMFERNO], check=True)
    return binary


def verified(bench: Bench, imferno: Path, folder: Path, what: str, target: float) -> Iterator[Row]:
    """All commands over one package, in turns."""
    warm(folder)
    ours = Contender("reelpack imf verify", bench.ours("imf", "verify", folder))
    sums = Contender("sha1sum", ["sha1sum", *sorted(folder.glob("*.mxf"))])
    rival = Contender("imferno validate", ["sh", "-c", FINDINGS, "sh", imferno, "validate", folder])
    race([sums, rival, ours], bench.rounds)
    yield at_least(f"`imf verify`, {what}: `sha1sum` takes", sums, ours, target)
    yield at_least(f"`imf verify`, {what}: `imferno` takes", rival, ours, 1)
    yield memory(f"`imf verify`, {what}", ours, 256)
