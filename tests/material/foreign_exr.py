"""OpenEXR frames of the OpenEXR library and FFmpeg."""

from __future__ import annotations

import fractions
from typing import TYPE_CHECKING, Any

import numpy as np
import OpenEXR

from material.foreign import HEIGHT, WIDTH, Case, Writer, ffmpeg, pixels

if TYPE_CHECKING:
    from collections.abc import Iterator

EXR = {
    "format": "exr",
    "layout": "scanline",
    "width": WIDTH,
    "height": HEIGHT,
    "bit_depth": "16f",
    "channels": "RGB",
    "compression": "zip",
    "encoding": "",
    "frame_rate": None,
    "time_code": None,
    "uniform": False,
}


def exr(header: dict[str, Any], channels: dict[str, Any]) -> Writer:
    return lambda path: OpenEXR.File(header, channels).write(str(path))


def known() -> Iterator[tuple[str, Any]]:
    """The library's own list: what it learns is tested as soon as it is here."""
    for name, value in OpenEXR.Compression.__members__.items():
        if name.endswith("_COMPRESSION"):
            word = name.removesuffix("_COMPRESSION").lower()
            yield "none" if word == "no" else word, value


def compressions() -> Iterator[Case]:
    for word, compression in known():
        for dtype, depth in (("f2", "16f"), ("f4", "32f"), ("u4", "32")):
            if dtype == "u4" and word in ("b44", "b44a", "dwaa", "dwab", "lj2k"):
                continue
            yield Case(
                f"openexr-{word}-{dtype}.exr",
                exr({"compression": compression}, {"RGB": pixels(dtype)}),
                EXR | {"compression": word, "bit_depth": depth, "uniform": word == "none"},
            )


def tiles(mode: str = "ONE_LEVEL") -> Any:  # noqa: ANN401  (it is the library's)
    description = OpenEXR.TileDescription()
    description.xSize = description.ySize = 16
    description.mode = getattr(OpenEXR.LevelMode, mode)
    return description


def deep() -> np.ndarray[Any, Any]:
    """From no sample to three in each pixel."""
    chance = np.random.default_rng(268)
    samples = np.empty((HEIGHT, WIDTH), dtype=object)
    for place in np.ndindex(samples.shape):
        samples[place] = chance.random(chance.integers(0, 4)).astype("f4")
    return samples


def parts() -> Iterator[Case]:
    tiled = {"type": OpenEXR.tiledimage, "tiles": tiles()}
    rgba, depth = {"RGBA": pixels("f2", 4)}, {"Z": pixels("f4", 1)}
    deep_lines = {"type": OpenEXR.deepscanline, "compression": OpenEXR.ZIPS_COMPRESSION}
    deep_tiles = deep_lines | {"type": OpenEXR.deeptile, "tiles": tiles()}
    deep_facts = {"channels": "Z", "bit_depth": "32f", "compression": "zips"}
    yield Case("tiled.exr", exr(tiled, rgba), EXR | {"layout": "tiled", "channels": "RGBA"})
    # The library's Python face writes the largest level, of 9 tiles, and leaves out the
    # rest, down to one pixel. The Rust crate `exr` counts as many in all: 15 and 72.
    for mode, word, missing in (("MIPMAP_LEVELS", "mipmap", 6), ("RIPMAP_LEVELS", "ripmap", 63)):
        yield Case(
            f"unfinished-{word}.exr",
            exr({"type": OpenEXR.tiledimage, "tiles": tiles(mode)}, rgba),
            EXR | {"layout": f"tiled {word}", "channels": "RGBA"},
            spare=-20 * missing,
        )
    yield Case(
        "deep-lines.exr",
        exr(deep_lines, {"Z": deep()}),
        EXR | deep_facts | {"layout": "deep scanline"},
    )
    yield Case(
        "deep-tiles.exr",
        exr(deep_tiles, {"Z": deep()}),
        EXR | deep_facts | {"layout": "deep tiled"},
    )

    def several(*parts: tuple[dict[str, Any], dict[str, Any]]) -> Writer:
        # The library writes the name into the header it is given.
        made = [
            OpenEXR.Part(dict(header), channels, f"part {index}")
            for index, (header, channels) in enumerate(parts)
        ]
        return lambda path: OpenEXR.File(made).write(str(path))

    lines = {"type": OpenEXR.scanlineimage}
    yield Case(
        "parts.exr",
        several((lines, rgba), (lines, depth)),
        EXR | {"layout": "multi-part scanline", "channels": "RGBA + Z", "bit_depth": "mixed"},
    )
    yield Case(
        "parts-deep.exr",
        several((lines, rgba), (deep_tiles, {"Z": deep()}), (tiled, depth)),
        EXR
        | {
            "layout": "multi-part scanline+deep tiled+tiled",
            "channels": "RGBA + Z + Z",
            "bit_depth": "mixed",
            "compression": "zip+zips",
        },
    )


def facts() -> Iterator[Case]:
    rgb = {"RGB": pixels("f2")}
    code = OpenEXR.TimeCode(1, 2, 3, 14, *[0] * 14)
    dropped = OpenEXR.TimeCode(23, 59, 59, 29, 1, *[0] * 13)
    ntsc = fractions.Fraction(24000, 1001)
    told: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "times": (
            {"timeCode": code, "framesPerSecond": ntsc},
            {"time_code": "01:02:03:14", "frame_rate": 24000 / 1001},
        ),
        "dropped": ({"timeCode": dropped}, {"time_code": "23:59:59;29"}),
        "downwards": ({"lineOrder": OpenEXR.DECREASING_Y}, {}),
        # A stale count, as of a file made from another: ours must not believe it.
        "counted": ({"chunkCount": 3}, {}),
        "window": (
            {"dataWindow": ((-5, -6), (27, 33)), "displayWindow": ((0, 0), (31, 29))},
            {"width": 32, "height": 30},
        ),
        "window-none": (
            {
                "dataWindow": ((-5, -6), (27, 33)),
                "displayWindow": ((0, 0), (31, 29)),
                "compression": OpenEXR.NO_COMPRESSION,
            },
            {"width": 32, "height": 30, "compression": "none", "uniform": False},
        ),
        "long": ({"comments": "x" * 100_000}, {}),
    }
    for name, (header, expected) in told.items():
        yield Case(f"facts-{name}.exr", exr(header, rgb), EXR | expected)
    spaces = {
        "ACES AP0": "lin_ap0_scene",
        "ACES AP1": "lin_ap1_scene",
        "ITU-R 709": "lin_rec709_scene",
        "ITU-R 2020": "lin_rec2020_scene",
        "P3-D65": "lin_p3d65_scene",
    }
    for word, identifier in spaces.items():
        values = OpenEXR.colorInteropIDToChromaticities(identifier)
        yield Case(
            f"space-{identifier}.exr",
            exr({"chromaticities": tuple(values)}, rgb),
            EXR | {"encoding": word},
        )
    layers = {name: pixels("f2", 1) for name in ("N.x", "A", "B", "G", "R", "Z")}
    yield Case("layers.exr", exr({}, layers), EXR | {"channels": "R,G,B,A,N.x,Z"})
    yield Case("luma.exr", exr({}, {"Y": pixels("f2", 1)}), EXR | {"channels": "Y"})


def from_ffmpeg() -> Iterator[Case]:
    words = {"none": "none", "rle": "rle", "zip1": "zips", "zip16": "zip"}
    for option, word in words.items():
        for pixel_format, channels in (
            ("gbrpf32le", "RGB"),
            ("gbrapf32le", "RGBA"),
            ("grayf32le", "Y"),
        ):
            for kind, depth in (("float", "32f"), ("half", "16f")):
                yield Case(
                    f"ffmpeg-{option}-{channels}-{kind}.exr",
                    ffmpeg(pixel_format, "-compression", option, "-format", kind),
                    EXR
                    | {
                        "bit_depth": depth,
                        "channels": channels,
                        "compression": word,
                        "frame_rate": 24.0,
                        "uniform": word == "none",
                    },
                )
