"""TIFF frames of tifffile, Pillow, GraphicsMagick and FFmpeg."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import imageio.v3 as imageio
import numpy as np
import tifffile

from material.foreign import HEIGHT, WIDTH, Case, Writer, ffmpeg, pixels, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TIFF = {
    "format": "tiff",
    "width": WIDTH,
    "height": HEIGHT,
    "channels": "RGB",
    "compression": "none",
    "encoding": "RGB",
    "frame_rate": None,
    "time_code": None,
}


def tiff(data: np.ndarray[Any, Any], **options: Any) -> Writer:  # noqa: ANN401  (they are the library's own)
    return lambda path: tifffile.imwrite(path, data, **options)


def variants() -> Iterator[Case]:
    """Byte order, size of offsets, arrangement and compression, each with each."""
    arrangements: dict[str, tuple[dict[str, Any], str]] = {
        "strips": ({"rowsperstrip": 7}, "strips"),
        "tiles": ({"tile": (16, 16)}, "tiles"),
    }
    for byteorder, order in (("<", "little-endian"), (">", "big-endian")):
        for bigtiff, variant in ((False, "classic"), (True, "bigtiff")):
            for name, (arrangement, word) in arrangements.items():
                for compression in ("none", "lzw", "deflate", "packbits", "zstd"):
                    options = {"byteorder": byteorder, "bigtiff": bigtiff, **arrangement}
                    if compression != "none":
                        options["compression"] = compression
                    yield Case(
                        f"tifffile-{variant}-{order}-{name}-{compression}.tif",
                        tiff(pixels("u2"), photometric="rgb", **options),
                        TIFF
                        | {
                            "layout": f"{variant} {order} {word}",
                            "bit_depth": "16",
                            "compression": compression,
                            "uniform": compression == "none",
                        },
                    )


def samples() -> Iterator[Case]:
    rgb: dict[str, Any] = {"photometric": "rgb"}
    depths = {"u1": "8", "u2": "16", "u4": "32", "i2": "16s", "f2": "16f", "f4": "32f", "f8": "64f"}
    for dtype, depth in depths.items():
        yield Case(f"tifffile-{dtype}.tif", tiff(pixels(dtype), **rgb), TIFF | {"bit_depth": depth})
    planes = np.moveaxis(pixels("u2"), 2, 0)
    yield Case(
        "tifffile-planar.tif",
        tiff(planes, planarconfig="separate", **rgb),
        TIFF | {"layout": "classic little-endian strips, planar"},
    )
    rgba = pixels("u2", 4)
    for extra, channels in (
        ("unassalpha", "RGBA"),
        ("assocalpha", "RGBA"),
        ("unspecified", "RGB+1"),
    ):
        yield Case(
            f"tifffile-{extra}.tif",
            tiff(rgba, extrasamples=extra, **rgb),
            TIFF | {"channels": channels},
        )
    yield Case(
        "tifffile-luma.tif",
        tiff(pixels("u2", 1)),
        TIFF | {"channels": "Y", "encoding": "black is zero"},
    )
    yield Case(
        "tifffile-white.tif",
        tiff(pixels("u1", 1), photometric="miniswhite"),
        TIFF | {"channels": "Y", "encoding": "white is zero", "bit_depth": "8"},
    )
    yield Case(
        "tifffile-cmyk.tif",
        tiff(pixels("u1", 4), photometric="separated"),
        TIFF | {"channels": "CMYK", "encoding": "separated"},
    )
    yield Case(
        "tifffile-filter-array.tif",
        tiff(pixels("u2", 1), photometric="cfa"),
        TIFF | {"channels": "1", "encoding": "colour filter array"},
    )

    def pages(path: Path) -> None:
        with tifffile.TiffWriter(path) as writer:
            for _ in range(3):
                writer.write(pixels("u1"), contiguous=False, **rgb)

    def pyramid(path: Path) -> None:
        with tifffile.TiffWriter(path) as writer:
            writer.write(pixels("u1"), subifds=1, **rgb)
            writer.write(pixels("u1")[::2, ::2], subfiletype=1, **rgb)

    three = {"layout": "classic little-endian strips, 3 pages", "bit_depth": "8"}
    yield Case("tifffile-pages.tif", pages, TIFF | three)
    yield Case("tifffile-beside.tif", pyramid, TIFF | {"layout": "classic little-endian strips"})


def others() -> Iterator[Case]:
    """Writers that put the directory behind the picture."""
    for option, word in (("None", "none"), ("LZW", "lzw"), ("Zip", "deflate")):
        for endian, order in (("MSB", "big-endian"), ("LSB", "little-endian")):

            def write(path: Path, option: str = option, endian: str = endian) -> None:
                noise = path.with_name("noise.tif")
                tifffile.imwrite(noise, pixels("u2") * 300)
                run("gm", "convert", noise, "-endian", endian, "-compress", option, f"tiff:{path}")

            yield Case(
                f"gm-{word}-{order}.tif",
                write,
                TIFF
                | {
                    "layout": f"classic {order} strips",
                    "bit_depth": "16",
                    "compression": word,
                    "uniform": word == "none",
                },
            )
    for option, word in (("raw", "none"), ("lzw", "lzw"), ("deflate", "deflate")):
        yield Case(
            f"ffmpeg-{word}.tif",
            ffmpeg("rgb48le", "-compression_algo", option),
            TIFF | {"bit_depth": "16", "compression": word},
        )
    for option, word in (("raw", "none"), ("tiff_lzw", "lzw"), ("jpeg", "jpeg")):

        def write_pillow(path: Path, option: str = option) -> None:
            imageio.imwrite(path, pixels("u1"), plugin="pillow", compression=option)

        yield Case(
            f"imageio-{word}.tif", write_pillow, TIFF | {"bit_depth": "8", "compression": word}
        )
