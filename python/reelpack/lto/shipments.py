"""A shipment of tapes: a folder with a readable record, `shipment.toml`, of what is in it.

The record is what every step reads and writes; it can be written by hand as well. One show to a
shipment, and the primary and the secondary set are shipments of their own (partnerhelp article
360000391288).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from reelpack.errors import LtoError
from reelpack.facts import Facts
from reelpack.lto.barcodes import check_show_code
from reelpack.lto.fields import Fields, read_toml, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reelpack.facts import Kind

__all__ = ["RECORD", "Box", "Outside", "Shipment", "Stated", "Tape", "open", "refuse_twice"]

RECORD = "shipment.toml"
"""Name of the record in the folder of a shipment."""

_OWN = {"steps"}
"""Tables of the record that are written and never read."""

FORMAT = 1
"""The only form of the record so far."""

Set = Literal["primary", "secondary"]


@dataclass(frozen=True, slots=True)
class Stated(Facts):
    """What the operator says of a tape, and nothing else tells.

    Attributes:
        error_correction: Whether it was on; None where nobody said so.
        compression: Whether the drive compressed; the same.
        generation: Of LTO; the same.
        by: Who says it.
    """

    error_correction: bool | None = None
    compression: bool | None = None
    generation: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Tape(Facts):
    """A tape of a shipment; all of it may be unknown but the barcode.

    Attributes:
        barcode: As it stands in the record, well formed or not.
        shoot_days: Days or dates of the shoot, in order.
        transfer_date: When it was written.
        camera_rolls: Names of the rolls, in order.
        sound_rolls: The same of sound.
        box: Number of the box that it lies in.
        content: Where it is mounted, or a list or an index of what is on it.
        index: A file with the index of LTFS.
        label: A file with the label of LTFS.
        files: Files on it, once it was read.
        bytes: Bytes of these.
        stated: What the operator says.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"stated": Stated.of}

    barcode: str
    shoot_days: tuple[str, ...] = ()
    transfer_date: str = ""
    camera_rolls: tuple[str, ...] = ()
    sound_rolls: tuple[str, ...] = ()
    box: int | None = None
    content: str | None = None
    index: str | None = None
    label: str | None = None
    files: int | None = None
    bytes: int | None = None
    stated: Stated = Stated()

    @property
    def rolls(self) -> tuple[str, ...]:
        """All rolls, those of the camera first."""
        return (*self.camera_rolls, *self.sound_rolls)


@dataclass(frozen=True, slots=True)
class Box(Facts):
    """A box.

    Attributes:
        number: Counted from 1.
        weight_kg: Packed, in kg; None where it was not weighed.
        size_mm: Length, width and height in mm; None where it was not measured.
    """

    number: int
    weight_kg: float | None = None
    size_mm: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Outside(Facts):
    """What is written on the outside of each box, besides its number, weight and size.

    Attributes:
        to: Lines of the address.
        sender: Lines of the address that it comes from.
        notes: Further lines.
    """

    to: tuple[str, ...] = ()
    sender: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shipment(Facts):
    """A shipment, as its record has it.

    Attributes:
        path: Its folder.
        show_code: Three letters.
        set: Whether it is the ``primary`` or the ``secondary`` set.
        primary: Folder of the primary set, relative to this one's; None in a primary.
        production_company: For the case labels.
        title: Of the show; never on the outside of a box.
        security_title: Stands for the title on labels, where there is one.
        movie_id: What the studio calls the show (MID).
        received: When the studio confirmed that it has it; empty before.
        tapes: In the order of their numbers.
        boxes: In the order of theirs.
        outside: What the boxes bear.
        unknown: Keys of the record that mean nothing here, such as ``tapes[0].bocks``.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"tapes": Tape.of, "boxes": Box.of, "outside": Outside.of}

    path: str
    show_code: str
    set: Set
    primary: str | None
    production_company: str
    title: str
    security_title: str
    movie_id: str
    received: str
    tapes: tuple[Tape, ...]
    boxes: tuple[Box, ...]
    outside: Outside
    unknown: tuple[str, ...] = ()

    @property
    def label_title(self) -> str:
        """The security title, which must be used where there is one; else the title."""
        return self.security_title or self.title

    @property
    def record(self) -> Path:
        """Where its record lies."""
        return Path(self.path, RECORD)

    def resolve(self, name: str) -> Path:
        """Return a path of the record, which is relative to the folder of the shipment."""
        return Path(self.path, name)

    def place(self, barcode: str) -> int:
        """Return the place of a tape, counted from 0.

        Raises:
            ValueError: There is none of that barcode.
        """
        for place, tape in enumerate(self.tapes):
            if tape.barcode == barcode:
                return place
        raise ValueError(f"{self.record}: there is no tape {barcode!r}")


def open(path: str | os.PathLike[str]) -> Shipment:  # noqa: A001  (read as `lto.open`)
    """Read the record of a shipment.

    Args:
        path: The folder, or the record in it.

    Returns:
        The shipment. Keys of the record that are not known are passed over, and kept when it is
        written.

    Raises:
        OSError: There is none, or it cannot be read.
        LtoError: It is no TOML, or a key is missing or wrong; the message names it. A barcode that
            is not well formed is no error, but a finding of `check`.
    """
    found = Path(path)
    folder = found.parent if found.name == RECORD else found
    fields = read_toml(folder / RECORD)
    about = fields.table("shipment")
    _check_format(fields)
    shipment = Shipment(
        path=os.fspath(folder),
        show_code=_show_code(about),
        set=_set(about),
        primary=about.text("primary") or None,
        production_company=about.text("production_company").strip(),
        title=about.text("title").strip(),
        security_title=about.text("security_title").strip(),
        movie_id=about.text("movie_id").strip(),
        received=about.date("received"),
        tapes=tuple(map(_tape, fields.tables("tapes"))),
        boxes=tuple(map(_box, fields.tables("boxes"))),
        outside=_outside(fields.table("outside")),
    )
    unknown = (key for key in fields.unasked() if key not in _OWN)
    return replace(shipment, unknown=tuple(unknown))


def refuse_twice(barcodes: Iterable[str], where: str) -> None:
    """Refuse barcodes of which two are the same: what is done for one would be done for another.

    Raises:
        LtoError: One is there twice; the message names it.
    """
    seen: set[str] = set()
    for barcode in barcodes:
        if barcode in seen:
            hint = "give one of the tapes another number"
            raise LtoError(f"{where}: {barcode} is there twice; hint: {hint}", where)
        seen.add(barcode)


def _check_format(fields: Fields) -> None:
    """Refuse a record of a later form, whose keys may mean something else."""
    form = fields.whole("format")
    if form is None:
        raise fields.wrong("format", "is missing", f"format = {FORMAT} at the top of the record")
    if form != FORMAT:
        raise fields.wrong(
            "format", f"{form} is not known", f"this version reads format = {FORMAT}"
        )


def _show_code(about: Fields) -> str:
    """Return the show code."""
    code = about.text("show_code")
    try:
        return check_show_code(code)
    except ValueError as error:
        raise about.wrong("show_code", str(error)) from error


def _set(about: Fields) -> Set:
    """Return which of the two sets it is; a secondary set names its primary."""
    kind = about.text("set", "primary")
    if kind not in {"primary", "secondary"}:
        raise about.wrong("set", f"{shortened(kind)} is neither 'primary' nor 'secondary'")
    if (kind == "secondary") != bool(about.text("primary")):
        raise about.wrong(
            "primary", "a secondary set has it, and only that", "the folder of the primary set"
        )
    return cast("Set", kind)


def _tape(fields: Fields) -> Tape:
    """Make a tape of its table."""
    if not fields.text("barcode"):
        raise fields.wrong("barcode", "is missing", 'such as barcode = "ABC001L8"')
    stated = fields.table("stated")
    return Tape(
        barcode=fields.text("barcode"),
        shoot_days=fields.texts("shoot_days"),
        transfer_date=fields.date("transfer_date"),
        camera_rolls=fields.texts("camera_rolls"),
        sound_rolls=fields.texts("sound_rolls"),
        box=fields.whole("box"),
        content=fields.text("content") or None,
        index=fields.text("index") or None,
        label=fields.text("label") or None,
        files=fields.whole("files"),
        bytes=fields.whole("bytes"),
        stated=Stated(
            error_correction=stated.switch("error_correction"),
            compression=stated.switch("compression"),
            generation=stated.whole("generation"),
            by=stated.text("by").strip(),
        ),
    )


def _box(fields: Fields) -> Box:
    """Make a box of its table."""
    number = fields.whole("number")
    if not number:
        raise fields.wrong("number", "is missing", "boxes are counted from 1")
    return Box(number, fields.measure("weight_kg"), fields.measures("size_mm", 3))


def _outside(fields: Fields) -> Outside:
    """Make what is written on the boxes of its table."""
    return Outside(fields.texts("to"), fields.texts("sender"), fields.texts("notes"))
