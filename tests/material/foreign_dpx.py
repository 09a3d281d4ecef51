"""DPX frames of GraphicsMagick and FFmpeg."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tifffile

from material.foreign import HEIGHT, WIDTH, Case, Writer, ffmpeg, pixels, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def gm(*options: str) -> Writer:
    """GraphicsMagick, on a picture of noise in RGB of 16 bits."""

    def write(path: Path) -> None:
        noise = path.with_name("noise.tif")
        tifffile.imwrite(noise, pixels("u2") * 300)
        run("gm", "convert", noise, *options, f"dpx:{path}")

    return write


def graphicsmagick() -> Iterator[Case]:
    base = {
        "format": "dpx",
        "width": WIDTH,
        "height": HEIGHT,
        "channels": "RGB",
        "compression": "none",
        "encoding": "linear",
        "frame_rate": None,
        "time_code": None,
        "uniform": True,
    }
    packings = {"packed": ", packed", "a": ", filled A", "b": ", filled B"}
    for bits in (1, 8, 10, 12, 16):
        for packing, word in packings.items():
            filled = word if bits in (10, 12) else ""
            for endian, order in (("MSB", "big"), ("LSB", "little")):
                options = (
                    *("-endian", endian),
                    *("-define", f"dpx:bits-per-sample={bits}"),
                    *("-define", f"dpx:packing-method={packing}"),
                )
                layout = f"v2 {order}-endian{filled}"
                yield Case(
                    f"gm-{bits}-{packing}-{order}.dpx",
                    gm(*options),
                    base | {"layout": layout, "bit_depth": str(bits)},
                )
    ten = ("-define", "dpx:bits-per-sample=10")
    yield Case(
        "gm-times.dpx",
        gm(*ten, "-define", "dpx:mp.frame.rate=23.976", "-define", "dpx:tv.time.code=01:02:03:04"),
        base | {"bit_depth": "10", "frame_rate": 23.976, "time_code": "01:02:03:04"},
    )
    yield Case(
        "gm-television-rate.dpx",
        gm(*ten, "-define", "dpx:tv.temporal.sampling.rate=25"),
        base | {"bit_depth": "10", "frame_rate": 25.0},
    )
    # In these GraphicsMagick 1.3.40 ends each line on a whole word and counts as if it did not: its
    # own debug log says "File length ..., TellBlob says ..." more. Its word is all we have.
    yield Case(
        "gm-alpha.dpx",
        gm(*ten, "-operator", "Opacity", "Assign", "50%", "-type", "TrueColorMatte"),
        base | {"bit_depth": "10", "channels": "RGBA"},
        spare=HEIGHT * 176 - 7040,
    )
    yield Case(
        "gm-planes.dpx",
        gm("-interlace", "plane", "-define", "dpx:bits-per-sample=16"),
        base | {"bit_depth": "16", "channels": "RGB", "layout": "v2 big-endian, 3 elements"},
    )
    yield Case(
        "gm-422.dpx",
        gm(*ten, "-crop", "32x40+0+0", "-colorspace", "YCbCr", "-sampling-factor", "2x1"),
        base
        | {"width": 32, "bit_depth": "10", "channels": "CbYCrY", "encoding": "ITU-R 601 525 lines"},
        spare=(64 // 3 + 1) * 4 * HEIGHT - (64 * HEIGHT // 3 + 1) * 4,
    )


def from_ffmpeg() -> Iterator[Case]:
    base = {
        "format": "dpx",
        "width": WIDTH,
        "height": HEIGHT,
        "compression": "none",
        # FFmpeg ends its header where the film header would begin.
        "frame_rate": None,
        "time_code": None,
        "uniform": True,
    }
    formats = {
        "gray": ("8", "Y", "little-endian"),
        "rgb24": ("8", "RGB", "little-endian"),
        "rgba": ("8", "RGBA", "little-endian"),
        "abgr": ("8", "ABGR", "little-endian"),
        "gbrp10be": ("10", "RGB", "big-endian, filled A"),
        "gbrp10le": ("10", "RGB", "little-endian, filled A"),
        "gbrp12be": ("12", "RGB", "big-endian, filled A"),
        "gbrp12le": ("12", "RGB", "little-endian, filled A"),
        "gray16be": ("16", "Y", "big-endian"),
        "rgb48be": ("16", "RGB", "big-endian"),
        "rgb48le": ("16", "RGB", "little-endian"),
        "rgba64be": ("16", "RGBA", "big-endian"),
        "rgba64le": ("16", "RGBA", "little-endian"),
    }
    for pixel_format, (depth, channels, layout) in formats.items():
        facts = {"bit_depth": depth, "channels": channels, "layout": f"v1 {layout}"}
        yield Case(f"ffmpeg-{pixel_format}.dpx", ffmpeg(pixel_format), base | facts)
