"""Videos for plans: small, of a size and a length that are told."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from material import movies

SECONDS = 2530
"""0:42:10."""


@functools.cache
def content(size: int, seconds: int = SECONDS) -> bytes:
    """A black movie, with a free box at its end that makes it as large as is wanted."""
    arguments = f"-f lavfi -i color=s=32x32:r=1/10:d={seconds} {movies.X264} -g 1000"
    with tempfile.TemporaryDirectory() as folder:
        made = movies.make(Path(folder) / "video.mov", arguments).read_bytes()
    left = size - len(made)
    return made + left.to_bytes(4, "big") + b"free" + bytes(left - 8)
