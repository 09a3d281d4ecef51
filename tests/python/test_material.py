"""The generated frames, held against a reader that is not ours (GraphicsMagick)."""

from __future__ import annotations

import shutil
import struct
import subprocess
from typing import TYPE_CHECKING

import pytest
from material.frames import DPX_HEADER_SIZE, Sequence, dpx, ramp, write_frames

if TYPE_CHECKING:
    from pathlib import Path

needs_gm = pytest.mark.skipif(shutil.which("gm") is None, reason="GraphicsMagick is not installed")


def identify(path: Path) -> dict[str, str]:
    """What `gm identify` tells of a frame, by the name it gives each fact."""
    run = subprocess.run(
        ["gm", "identify", "-verbose", path], capture_output=True, text=True, check=True
    )
    facts = (line.strip().partition(": ") for line in run.stdout.splitlines())
    return {name: value for name, _, value in facts}


def pixel(path: Path, x: int, y: int) -> tuple[int, int, int]:
    """Red, green and blue of one pixel, 0 to 65,535, as GraphicsMagick decodes it."""
    crop = ["-crop", f"1x1+{x}+{y}", "-depth", "16", "-endian", "MSB", "RGB:-"]
    run = subprocess.run(["gm", "convert", path, *crop], capture_output=True, check=True)
    red, green, blue = struct.unpack(">3H", run.stdout)
    return red, green, blue


@needs_gm
@pytest.mark.parametrize("version", ["V1.0", "V2.0"])
def test_an_outside_reader_finds_what_the_header_should_say(tmp_path: Path, version: str) -> None:
    sequence = Sequence(128, 96, first=90_061, rate=24, version=version)
    (frame,) = write_frames(tmp_path, 1, sequence)

    facts = identify(frame)

    assert facts["Geometry"] == "128x96"
    assert facts["DPX:file.version"] == version
    assert facts["DPX:file.filename"] == frame.name
    assert facts["DPX:mp.frame.position"] == "90061"
    assert facts["DPX:mp.frame.rate"] == facts["DPX:tv.temporal.sampling.rate"] == "24"
    assert facts["DPX:tv.time.code"] == "01:02:32:13"


@needs_gm
def test_an_outside_reader_sees_the_picture_that_was_meant(tmp_path: Path) -> None:
    (frame,) = write_frames(tmp_path, 1, Sequence(128, 96, first=0))

    wanted = ramp(128)[(50 + 70) % 128]

    assert pixel(frame, 70, 50) == tuple(round(value * 65_535 / 1023) for value in wanted)


@needs_gm
def test_the_frame_number_is_burnt_into_the_picture(tmp_path: Path) -> None:
    (frame,) = write_frames(tmp_path, 1, Sequence(128, 96, first=0b101))

    blocks = [pixel(frame, 4 * block + 1, 2) for block in range(24)]

    assert [red == 65_535 for red, _, _ in blocks[-3:]] == [True, False, True]
    assert blocks[0] == (0, 0, 0)


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(2048, 1556, 12_748_800), (1024, 768, 3_147_776), (88, 64, 24_576), (32, 16, 4_096)],
)
def test_a_frame_has_the_size_its_header_gives(width: int, height: int, size: int) -> None:
    frame = dpx(Sequence(width, height))(1)

    assert len(frame) == size
    assert struct.unpack_from(">I", frame, 16) == (size,)


def test_pictures_differ_from_frame_to_frame() -> None:
    frame = dpx(Sequence(128, 96))

    pictures = {frame(number)[DPX_HEADER_SIZE:] for number in range(240)}

    assert len(pictures) == 240


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    (here,) = write_frames(tmp_path / "here", 1)
    (there,) = write_frames(tmp_path / "there", 1)

    assert here.read_bytes() == there.read_bytes()
