"""What a user sees: a delivery is audited, then a sequence is listed, packed and checked.

Run by ``make demo``. Every command is a real process, shown as it would be typed, with its real
output and the time it took.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from material.delivery import (
    ASSET,
    BAD_NOTES,
    CHANGED,
    LARGE,
    MISSING,
    OTHER_SIZE,
    TRUNCATED,
    break_delivery,
    flip_a_byte,
    frame_of,
    write_delivery,
)
from material.frames import write_frames

REELPACK = Path(sys.executable).with_name("reelpack")
SHOT = "plate_0100_v003"
COUNT = 240
PROFILE = ("--profile", "picture-archival")


def show(*arguments: str, folder: Path, expected: int = 0) -> None:
    """Run a `reelpack` command in ``folder``; stop the demo if it does not exit as it should."""
    print(f"\n$ reelpack {' '.join(arguments)}", flush=True)
    start = time.perf_counter()
    code = subprocess.run([REELPACK, *arguments], cwd=folder, check=False).returncode
    print(f"[exit {code}, {time.perf_counter() - start:.2f} s]", flush=True)
    if code != expected:
        sys.exit(f"expected exit {expected}")


def show_a_delivery(folder: Path) -> None:
    """A delivery is whole, then has five faults."""
    delivery = write_delivery(folder, LARGE)
    print(f"a delivery of {len(list(delivery.iterdir()))} files, {ASSET}/")
    show("checksum", ASSET, folder=folder)
    show("audit", ASSET, *PROFILE, folder=folder)
    break_delivery(delivery, LARGE)
    print(
        f"\nframes {MISSING[0]} to {MISSING[-1]} are lost, {TRUNCATED} is cut off, {OTHER_SIZE} is"
    )
    print(f"of another size, the notes are called `{BAD_NOTES}`; then it is listed anew")
    show("checksum", ASSET, folder=folder)
    print(f"\none byte of frame {CHANGED} flips, a disk says nothing of it")
    flip_a_byte(frame_of(delivery, CHANGED))
    show("sequences", ASSET, folder=folder, expected=1)
    show("preflight", ASSET, *PROFILE, folder=folder, expected=1)
    show("audit", ASSET, *PROFILE, "--html", "audit.html", folder=folder, expected=1)
    print(f"\naudit.html: {(folder / 'audit.html').stat().st_size / 1e3:,.0f} kB, one file")


def show_a_sequence(folder: Path) -> None:
    """A sequence is listed, packed and checked, then one byte flips."""
    frames = write_frames(folder / SHOT, COUNT)
    size = sum(frame.stat().st_size for frame in frames)
    print(f"\n{COUNT} DPX frames, {size / 1e6:,.0f} MB, in {SHOT}/")
    show("checksum", SHOT, folder=folder)
    show("verify", SHOT, folder=folder)
    show("zip", SHOT, folder=folder)
    show("verify", f"{SHOT}.zip", folder=folder)
    show("copy", SHOT, f"shuttle/{SHOT}", "--verify", folder=folder)
    print(f"\none byte of {frames[119].name} flips")
    flip_a_byte(frames[119])
    show("verify", SHOT, folder=folder, expected=1)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="reelpack-demo-") as name:
        show_a_delivery(Path(name))
        show_a_sequence(Path(name))


if __name__ == "__main__":
    main()
