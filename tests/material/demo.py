"""What a user sees: a sequence is listed, packed and checked, then one byte flips.

Run by ``make demo``. Every command is a real process, shown as it would be typed, with its real
output and the time it took.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from material.frames import write_frames

REELPACK = Path(sys.executable).with_name("reelpack")
SHOT = "plate_0100_v003"
COUNT = 240


def show(*arguments: str, folder: Path, expected: int = 0) -> None:
    """Run a `reelpack` command in ``folder``; stop the demo if it does not exit as it should."""
    print(f"\n$ reelpack {' '.join(arguments)}", flush=True)
    start = time.perf_counter()
    code = subprocess.run([REELPACK, *arguments], cwd=folder, check=False).returncode
    print(f"[exit {code}, {time.perf_counter() - start:.2f} s]", flush=True)
    if code != expected:
        sys.exit(f"expected exit {expected}")


def flip_a_byte(frame: Path) -> None:
    """Change one bit of the picture; size and everything else stay."""
    with frame.open("r+b") as file:
        file.seek(1_000_000)
        (byte,) = file.read(1)
        file.seek(1_000_000)
        file.write(bytes([byte ^ 1]))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="reelpack-demo-") as name:
        folder = Path(name)
        frames = write_frames(folder / SHOT, COUNT)
        size = sum(frame.stat().st_size for frame in frames)
        print(f"{COUNT} DPX frames, {size / 1e6:,.0f} MB, in {SHOT}/")
        show("checksum", SHOT, folder=folder)
        show("verify", SHOT, folder=folder)
        show("zip", SHOT, folder=folder)
        show("verify", f"{SHOT}.zip", folder=folder)
        show("copy", SHOT, f"shuttle/{SHOT}", "--verify", folder=folder)
        print(f"\none byte of {frames[119].name} flips, a disk says nothing of it")
        flip_a_byte(frames[119])
        show("verify", SHOT, folder=folder, expected=1)


if __name__ == "__main__":
    main()
