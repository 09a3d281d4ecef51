"""Makes an IMF package of image files of one size: `imf_package.py DIR COUNT MB`.

It is a process of its own: what it needs would count as memory of the commands that are measured.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

from material.imf import Clip, Parts, Playlist, make
from material.imf_essence import image

FRAMES = 24


def main() -> None:
    folder, count, megabytes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    unit = megabytes * 1_000_000 // FRAMES
    files = {f"image_{n}.mxf": replace(image(FRAMES, seed=n + 1), unit=unit) for n in range(count)}
    clips = tuple(map(Clip, files))
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    make(unfinished, Parts(files, (Playlist(segments=((clips, ()),)),)))
    unfinished.rename(folder)


if __name__ == "__main__":
    main()
