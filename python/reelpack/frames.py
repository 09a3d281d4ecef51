"""What the header of a frame says: DPX, OpenEXR or TIFF."""

from __future__ import annotations

import os
from dataclasses import dataclass

from reelpack import _native

__all__ = ["FrameHeader", "frame_header"]


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """The facts of one header; a text is empty where the header is silent.

    Attributes:
        format: ``dpx``, ``exr`` or ``tiff``, told by the first bytes.
        layout: Version, byte order and arrangement, such as ``v2 big-endian, filled A``.
        bit_depth: Bits of a sample: ``10``, ``16f`` for floating point, ``mixed``.
        channels: ``RGB``, ``RGBA``, ``Y``, or names with commas between them.
        compression: ``none``, or the format's own word.
        encoding: Transfer and colorimetry (DPX), chromaticities (OpenEXR) or photometric
            interpretation (TIFF).
        width: Pixels from left to right; of OpenEXR those of the display window.
        height: Pixels from top to bottom.
        frame_rate: Frames a second; None where the header does not say.
        time_code: ``01:00:00:00``; None where the header does not say.
        promised: Bytes that the file must at least have: a shorter one is truncated. None where
            nothing is known.
        uniform: Whether frames of these facts have pictures of one size in bytes: neither
            compression nor deep samples.
    """

    format: str
    layout: str
    bit_depth: str
    channels: str
    compression: str
    encoding: str
    width: int
    height: int
    frame_rate: float | None
    time_code: str | None
    promised: int | None
    uniform: bool


def frame_header(path: str | os.PathLike[str]) -> FrameHeader | None:
    """Read the header of a frame: a few kB of the file, whatever its size.

    Args:
        path: A file.

    Returns:
        The facts; None if the first bytes are those of no format that is read here.

    Raises:
        FrameError: They are, but the header cannot be understood or is cut off.
        OSError: The file could not be read.

    Source: SMPTE 268M (DPX), the OpenEXR file layout, TIFF 6.0 and BigTIFF; where writers differ,
        `docs/decisions.md` says what is believed.
    """
    found = _native.frame_header(os.fspath(path))
    if found is None:
        return None
    texts, width, height, frame_rate, time_code, promised, uniform = found
    return FrameHeader(*texts, width, height, frame_rate, time_code, promised, uniform)
