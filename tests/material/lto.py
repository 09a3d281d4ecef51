"""Shipments of tapes to test with, and the judges of what is made for them.

Index and label are written as the LTFS Format Specification 2.4.0 of SNIA has them (elements and
their order: LinearTapeFileSystem/ltfs, src/libltfs/xml_writer_libltfs.c). No tape was at hand.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import numpy as np
import reelpack
import zxingcpp
from PIL import Image, ImageFilter

from material.needs import give_up

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

UUID = "7f8c9d1e-3a2b-4c5d-8e9f-0a1b2c3d4e5f"
TIME = "2026-11-20T12:00:00.000000000Z"
DAYS = ("20230510_EP103_Day05_MU", "20230511_EP103_Day06_MU")


@dataclass(frozen=True)
class OnTape:
    """A file of an index."""

    path: str
    size: int
    block: int | None = None
    xattrs: tuple[tuple[str, str], ...] = ()


def shoot(root: Path, *, days: Iterable[str] = DAYS, listed: bool = True, size: int = 3000) -> Path:
    """Make two days of a shoot, or one of them, each with two camera rolls and one of sound.

    Each roll has the MHL of its offload, MD5 for the cameras and xxHash64 for sound.
    """
    for day in days:
        number = 5 + DAYS.index(day)
        for roll in (f"A{number:03}", f"B{number:03}"):
            folder = root / day / "Camera_Media" / roll
            write(folder / "CLIP1" / "a.mov", roll, size)
            write(folder / "CLIP2" / "b.mov", roll, size // 2)
            if listed:
                offload(folder, "md5")
        sound = root / day / "Sound_Media" / f"S{number:03}"
        write(sound / "t1.wav", "sound", 500)
        if listed:
            offload(sound, "xxh64")
    return root


def write(path: Path, seed: str, size: int) -> None:
    """Write a file whose bytes are those of its seed and its name alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    word = f"{seed}/{path.name};".encode()
    path.write_bytes((word * (size // len(word) + 1))[:size])


def offload(roll: Path, algorithm: str) -> None:
    """Write the MHL of a roll."""
    reelpack.checksum(roll, formats=["mhl"], algorithms=[algorithm], state=False).write()


def index(files: Iterable[OnTape], *, version: str = "2.4.0", uuid: str = UUID) -> str:
    """Write the index of a tape."""
    tree: dict[str, object] = {}
    for file in files:
        *folders, name = file.path.split("/")
        place = tree
        for folder in folders:
            place = place.setdefault(folder, {})  # type: ignore[assignment]
        place[name] = file
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<ltfsindex version="{version}"><creator>test 1.0 - Linux</creator>'
        f"<volumeuuid>{uuid}</volumeuuid><generationnumber>7</generationnumber>"
        f"<updatetime>{TIME}</updatetime>"
        "<location><partition>a</partition><startblock>5</startblock></location>"
        "<allowpolicyupdate>true</allowpolicyupdate><highestfileuid>99</highestfileuid>"
        f"{_directory('ABC001', tree)}</ltfsindex>\n"
    )


def label(*, compression: bool = False, version: str = "2.4.0", uuid: str = UUID) -> str:
    """Write the label of a tape."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<ltfslabel version="{version}"><creator>test 1.0 - Linux - mkltfs</creator>'
        f"<formattime>{TIME}</formattime><volumeuuid>{uuid}</volumeuuid>"
        "<location><partition>b</partition></location>"
        "<partitions><index>a</index><data>b</data></partitions>"
        f"<blocksize>524288</blocksize><compression>{str(compression).lower()}</compression>"
        "</ltfslabel>\n"
    )


def files_of(mounted: Path) -> list[OnTape]:
    """Return the files of a folder as an index has them, the last first on the tape."""
    paths = sorted((path for path in mounted.rglob("*") if path.is_file()), reverse=True)
    return [
        OnTape(path.relative_to(mounted).as_posix(), path.stat().st_size, block)
        for block, path in enumerate(paths, 5)
    ]


def pages(pdf: Path, folder: Path, *, dpi: int = 300) -> list[Path]:
    """Render a PDF, a picture for each page."""
    if shutil.which("pdftoppm") is None:
        give_up("pdftoppm is not installed")
    folder.mkdir(exist_ok=True)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", pdf, folder / "page"], check=True)
    return sorted(folder.glob("page*.png"))


def noisy(picture: Path, *, seed: int, noise: float = 20.0, lens: float = 1.5) -> Path:
    """Spoil a picture as a bad print and a camera do.

    Grey paper, two pixels of a hundred of the other colour, noise on every pixel; then a lens that
    blurs. Without one (`lens` of 0) the noise is that of a sensor.
    """
    random = np.random.default_rng(seed)
    with Image.open(picture) as page:
        grey = np.array(page.convert("L"), dtype=np.float64)
    specks = random.random(grey.shape) < 0.02
    grey[specks] = 255 - grey[specks]
    dull = 40 + grey * (170 / 255) + random.normal(0.0, noise, grey.shape)
    spoilt = Image.fromarray(np.clip(dull, 0, 255).astype(np.uint8))
    target = picture.with_name(f"noisy-{picture.name}")
    spoilt.filter(ImageFilter.GaussianBlur(lens)).save(target)
    return target


def zbar(picture: Path) -> list[str]:
    """Read all bar codes of a picture with `zbarimg`, as ``CODE-39:ABC001L8``."""
    if shutil.which("zbarimg") is None:
        give_up("zbarimg is not installed")
    run = subprocess.run(
        ["zbarimg", "--quiet", "--nodbus", picture], capture_output=True, text=True, check=False
    )
    return sorted(run.stdout.split())


def zxing(picture: Path) -> list[str]:
    """Read all bar codes of a picture with zxing-cpp, in the same form."""
    with Image.open(picture) as page:
        found = zxingcpp.read_barcodes(
            page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.Code39)
        )
    return sorted(f"CODE-39:{each.text}" for each in found)


def text(pdf: Path) -> str:
    """Return the text of a PDF, as it is laid out."""
    if shutil.which("pdftotext") is None:
        give_up("pdftotext is not installed")
    run = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    )
    return run.stdout


def _directory(name: str, tree: dict[str, object]) -> str:
    """Write a folder and what is in it."""
    inner = "".join(
        _file(entry) if isinstance(entry, OnTape) else _directory(key, entry)  # type: ignore[arg-type]
        for key, entry in tree.items()
    )
    return (
        f"<directory>{_name('name', name)}<readonly>false</readonly>{_times()}<fileuid>1</fileuid>"
        f"<contents>{inner}</contents></directory>"
    )


def _file(file: OnTape) -> str:
    """Write a file."""
    name = file.path.rpartition("/")[2]
    xattrs = "".join(
        f"<xattr>{_name('key', key)}<value>{escape(value)}</value></xattr>"
        for key, value in file.xattrs
    )
    attributes = f"<extendedattributes>{xattrs}</extendedattributes>" if xattrs else ""
    extents = (
        ""
        if file.block is None
        else f"<extentinfo><extent><fileoffset>0</fileoffset><partition>b</partition>"
        f"<startblock>{file.block}</startblock><byteoffset>0</byteoffset>"
        f"<bytecount>{file.size}</bytecount></extent></extentinfo>"
    )
    return (
        f"<file>{_name('name', name)}<length>{file.size}</length><readonly>false</readonly>"
        f"{_times()}<fileuid>2</fileuid>{attributes}{extents}</file>"
    )


def _name(tag: str, name: str) -> str:
    """Write a name; what 2.4 encodes is encoded."""
    if ":" in name or "%" in name:
        coded = name.replace("%", "%25").replace(":", "%3A")
        return f'<{tag} percentencoded="true">{escape(coded)}</{tag}>'
    return f"<{tag}>{escape(name)}</{tag}>"


def _times() -> str:
    """Write the times of a file or folder."""
    names = ("creationtime", "changetime", "modifytime", "accesstime", "backuptime")
    return "".join(f"<{name}>{TIME}</{name}>" for name in names)
