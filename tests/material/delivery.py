"""A delivery with known faults, made of real DPX frames: for the demo, the docs and tests.

One folder, named as an archival asset is, with one sequence of frames and a page of notes in it.
`write_delivery` makes it whole. `break_delivery` does what goes wrong before a list is made: a
render that left frames out, a copy that was cut off, a frame of another size, a name that is not
allowed. `flip_a_byte` does what goes wrong after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from material.frames import DPX_HEADER_SIZE, Sequence, dpx, write_frames

if TYPE_CHECKING:
    from pathlib import Path

ASSET = "demo_show_s01e101_nam_10b_sdr_rec709"
"""Name of the folder: project title, season and episode, asset type, bit depth, dynamic range and
color space, in the order of "Picture Archival Assets" (partnerhelp article 360000384727)."""

SMALL = Sequence(width=128, height=96, stem=ASSET)
"""Frames of 51 kB, for tests."""

LARGE = Sequence(stem=ASSET)
"""Frames of 3.1 MB, for people."""

COUNT = 48
"""Two seconds of frames."""

MISSING = range(86_410, 86_413)
TRUNCATED = 86_420
OTHER_SIZE = 86_425
CHANGED = 86_430

NOTES = "notes.txt"
BAD_NOTES = "notes (final).txt"
PATTERN = f"{ASSET}.#######.dpx"
"""The sequence as findings name it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What was done to the delivery, and what has to be found."""

    rule: str
    """Id of the rule that finds it."""

    path: str
    """The path that the finding has."""

    words: str
    """What the message has in it."""

    by_name: bool
    """Whether names and sizes tell it, so that `preflight` finds it too."""


FAULTS = (
    Fault("sequence.gap", PATTERN, "86410-86412", by_name=True),
    Fault("name.characters", BAD_NOTES, "not allowed: `blank`, `(`, `)`", by_name=True),
    Fault(
        "frame.truncated", SMALL.name(TRUNCATED, "dpx"), "shorter than the header", by_name=False
    ),
    Fault("frame.differs", PATTERN, f"{OTHER_SIZE} has `64x48`", by_name=False),
    Fault("list.changed", SMALL.name(CHANGED, "dpx"), "not as the list says", by_name=False),
)
"""The errors that `audit` finds in the broken delivery of `SMALL` frames by the profile
``picture-archival``. What follows from two of them, odd sizes, is a warning beside these."""


def write_delivery(parent: Path, sequence: Sequence = SMALL) -> Path:
    """Make the delivery in ``parent``, without a fault and without a list; return its folder."""
    folder = parent / ASSET
    write_frames(folder, COUNT, sequence)
    (folder / NOTES).write_text("Two seconds of the first reel.\n", "utf-8")
    return folder


def break_delivery(folder: Path, sequence: Sequence = SMALL) -> None:
    """Make a gap, a truncated frame, a frame of half the size and a name that is not allowed."""
    for number in MISSING:
        frame_of(folder, number).unlink()
    truncated = frame_of(folder, TRUNCATED)
    with truncated.open("r+b") as file:
        file.truncate(truncated.stat().st_size * 3 // 4)
    half = replace(sequence, width=sequence.width // 2, height=sequence.height // 2)
    frame_of(folder, OTHER_SIZE).write_bytes(dpx(half)(OTHER_SIZE))
    (folder / NOTES).rename(folder / BAD_NOTES)


def frame_of(folder: Path, number: int) -> Path:
    """Path of a frame, whether it is there or not."""
    return folder / SMALL.name(number, "dpx")


def flip_a_byte(frame: Path) -> None:
    """Change one bit in the middle of the picture; size and everything else stay."""
    place = (frame.stat().st_size + DPX_HEADER_SIZE) // 2
    with frame.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ 1]))
