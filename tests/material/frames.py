"""Frames for demo, tests and benches: real files of their format, each with a picture of its own.

A diagonal ramp moves to the left from frame to frame, and a row of bars in the upper left corner
spells the frame number in binary, so no two frames are alike and a picture can be told from its
neighbours. The same arguments give the same bytes on every machine and at any time.

A further format is one more function in `FORMATS`.

Run as ``python tests/material/frames.py --count 240 FOLDER``.
"""

from __future__ import annotations

import argparse
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DPX_HEADER_SIZE = 2048
"""Bytes before the picture: generic 1,664 and industry 384 (SMPTE 268M, tables 1 to 5)."""

UNDEFINED = 0xFFFF_FFFF
"""What SMPTE 268M writes into a number that is not known."""

WHITE = 1023
"""The largest value of ten bits."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """What the frames of one sequence have in common."""

    width: int = 1024
    """Pixels a line."""

    height: int = 768
    """Lines."""

    stem: str = "plate_0100_v003"
    """File name before the frame number."""

    first: int = 86_400
    """Number of the first frame: hour 1 at 24 frames a second, where reels begin."""

    rate: int = 24
    """Frames a second."""

    version: str = "V1.0"
    """Edition of the DPX header, ``"V1.0"`` or ``"V2.0"``."""

    def name(self, number: int, suffix: str) -> str:
        """File name of frame ``number``."""
        return f"{self.stem}.{number:07d}.{suffix}"


def ramp(width: int) -> list[tuple[int, int, int]]:
    """Red, green and blue (0 to 1023) of a line: up and down once, so that it wraps unseen."""
    values = [WHITE - abs(2 * x * WHITE // width - WHITE) for x in range(width)]
    return [(value, (value + 341) % 1024, WHITE - value) for value in values]


def bars(number: int, bit: bytes, white: bytes) -> bytes:
    """The frame number in binary, highest of 24 bits first, a block of pixels for each."""
    return b"".join(white if number >> shift & 1 else bit for shift in reversed(range(24)))


def dpx(sequence: Sequence) -> Callable[[int], bytes]:
    """DPX, 10-bit RGB, one 32-bit word for each pixel, big-endian (SMPTE 268M-2003).

    The line is packed once; every line of every frame is a slice of it.
    """
    width, height = sequence.width, sequence.height
    line = b"".join(_dpx_word(*pixel) for pixel in ramp(width)) * 2
    # Small pictures have no room for bars; there the ramp and the header tell frames apart.
    block = width // 32
    black, white = _dpx_word(0, 0, 0) * block, _dpx_word(WHITE, WHITE, WHITE) * block
    header = _dpx_header(sequence)

    def frame(number: int) -> bytes:
        starts = [(number * 3 + y) % width * 4 for y in range(height)]
        lines = [line[start : start + width * 4] for start in starts]
        burnt = bars(number, black, white)
        lines[: height // 16] = [burnt + above[len(burnt) :] for above in lines[: height // 16]]
        return b"".join([header(number), *lines])

    return frame


def _dpx_word(red: int, green: int, blue: int) -> bytes:
    """One pixel, "filled, method A": the two spare bits are the lowest (SMPTE 268M, annex C)."""
    return struct.pack(">I", red << 22 | green << 12 | blue << 2)


def _dpx_header(sequence: Sequence) -> Callable[[int], bytes]:
    """The header of a frame by its number; what all share is packed once."""
    size = DPX_HEADER_SIZE + sequence.width * sequence.height * 4
    shared = b"".join([_file_part(sequence, size), _image_part(sequence), *_source_parts(sequence)])

    def header(number: int) -> bytes:
        own = bytearray(shared)
        name = sequence.name(number, "dpx").encode()
        own[36 : 36 + len(name)] = name
        struct.pack_into(">I", own, 1712, number)
        struct.pack_into(">I", own, 1920, time_code(number, sequence.rate))
        return bytes(own)

    return header


def _file_part(sequence: Sequence, size: int) -> bytes:
    """File information, bytes 0 to 767; the file name is filled in for each frame."""
    return struct.pack(
        ">4sI8s5I100s24s100s200s200sI104x",
        b"SDPX",
        DPX_HEADER_SIZE,
        sequence.version.encode(),
        size,
        1,  # the frame differs from the one before
        1664,
        384,
        0,  # no user data
        b"",
        b"2026:01:01:00:00:00:Z",  # fixed, so that the bytes are the same at any time
        b"reelpack",
        sequence.stem.encode(),
        b"",
        UNDEFINED,  # not encrypted
    )


def _image_part(sequence: Sequence) -> bytes:
    """Image information, bytes 768 to 1407: one element, the other seven undefined."""
    # Descriptor 50 is RGB, transfer 6 and colour 6 are ITU-R BT.709, packing 1 is method A.
    layout = (50, 6, 6, 10, 1, 0, DPX_HEADER_SIZE, 0, 0)
    element = struct.pack(">5I4BHH3I32s", 0, 0, UNDEFINED, WHITE, UNDEFINED, *layout, b"RGB 10 bit")
    return b"".join(
        [
            struct.pack(">HHII", 0, 1, sequence.width, sequence.height),
            element,
            b"\xff" * (7 * len(element)),
            bytes(52),
        ]
    )


def _source_parts(sequence: Sequence) -> list[bytes]:
    """Orientation, film and television, bytes 1408 to 2047, with square pixels."""
    size = (sequence.width, sequence.height)
    rate = float(sequence.rate)
    return [
        struct.pack(">6I188s8s2I28x", 0, 0, UNDEFINED, UNDEFINED, *size, b"", b"", 1, 1),
        struct.pack(">16s32s3Iff32s100s56x", b"", b"", 0, UNDEFINED, 1, rate, 180.0, b"", b""),
        struct.pack(">II4B2If7I76x", 0, 0, 0, 0, 0, 0, *[UNDEFINED] * 2, rate, *[UNDEFINED] * 7),
    ]


def time_code(number: int, rate: int) -> int:
    """Hours, minutes, seconds and frames as eight decimal digits, four bits each (SMPTE 12M)."""
    seconds, frames = divmod(number, rate)
    text = f"{seconds // 3600 % 24:02d}{seconds // 60 % 60:02d}{seconds % 60:02d}{frames:02d}"
    return int(text, 16)


FORMATS: dict[str, Callable[[Sequence], Callable[[int], bytes]]] = {"dpx": dpx}
"""By file name suffix: a sequence gives a function from frame number to the bytes of the file."""


def write_frames(
    folder: Path, count: int, sequence: Sequence | None = None, *, suffix: str = "dpx"
) -> list[Path]:
    """Write ``count`` frames into ``folder``, which is made; return their paths in order."""
    sequence = sequence or Sequence()
    frame = FORMATS[suffix](sequence)
    folder.mkdir(parents=True, exist_ok=True)
    numbers = range(sequence.first, sequence.first + count)
    paths = [folder / sequence.name(number, suffix) for number in numbers]
    for number, path in zip(numbers, paths, strict=True):
        path.write_bytes(frame(number))
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a sequence of frames.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=240)
    parser.add_argument("--width", type=int, default=Sequence().width)
    parser.add_argument("--height", type=int, default=Sequence().height)
    parser.add_argument("--suffix", choices=sorted(FORMATS), default="dpx")
    arguments = parser.parse_args()
    sequence = Sequence(arguments.width, arguments.height)
    write_frames(arguments.folder, arguments.count, sequence, suffix=arguments.suffix)


if __name__ == "__main__":
    main()
