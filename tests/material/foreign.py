"""Frames that other people's software writes: what a case is, and what the writers share."""

from __future__ import annotations

import dataclasses
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

WIDTH, HEIGHT = 33, 40
"""Odd, so that lines need padding; no multiple of a tile or of a strip."""


Writer = Callable[[Path], object]
"""Writes a frame to where it is told."""


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """A frame: how it is made, and what its header says."""

    name: str
    write: Writer
    expected: dict[str, Any]
    spare: int = 0
    """Bytes that the file has beyond what its header promises."""


def pixels(dtype: str = "u1", channels: int = 3) -> np.ndarray[Any, Any]:
    """Noise, which no compression makes much smaller."""
    values = np.random.default_rng(268).random((HEIGHT, WIDTH, channels)) * 200
    return values[:, :, 0].astype(dtype) if channels == 1 else values.astype(dtype)


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)


def ffmpeg(pixel_format: str, *options: str) -> Writer:
    def write(path: Path) -> None:
        source = f"testsrc=size={WIDTH}x{HEIGHT}:rate=24"
        run(
            *("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-frames:v", "1"),
            *("-pix_fmt", pixel_format, *options, str(path)),
        )

    return write
