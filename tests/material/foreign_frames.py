"""Frames that other people's software writes, and what their headers ought to say.

The writers are the judges: what is expected is what was asked of them, never what we read. Where a
writer does something else than it was asked, the case says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from material import foreign_dpx, foreign_exr, foreign_tiff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from material.foreign import Case


def all_cases() -> Iterator[Case]:
    yield from foreign_dpx.graphicsmagick()
    yield from foreign_dpx.from_ffmpeg()
    yield from foreign_exr.compressions()
    yield from foreign_exr.parts()
    yield from foreign_exr.facts()
    yield from foreign_exr.from_ffmpeg()
    yield from foreign_tiff.variants()
    yield from foreign_tiff.samples()
    yield from foreign_tiff.others()
